"""The one way from foreign text to any output: what could steer a terminal, or hide, is shown escaped.

Names and keys of files, paths, words of a command line and values of the environment may hold anything. Whatever is
written, to the screen, to a stream or to a file that people read, has gone through here.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Callable

from model.language import _

MAX_IN_A_WORD, MAX_IN_A_SENTENCE = 300, 4000
"""Letters of one word, and of a whole sentence, that a message shows; of what is longer the middle is left out."""

SHOWN = {
    *("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me"),  # letters, and the marks on them
    *("Nd", "Nl", "No"),  # numbers
    *("Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So"),  # punctuation and signs
    "Zs",  # spaces
}
"""The general categories of Unicode whose characters are written as they are, but for `NOTHING_TO_SEE`. The others
are not: controls (Cc) but the line end, ends of lines and paragraphs (Zl, Zp), formats (Cf) but `SEEN_FORMATS`,
halves of a pair (Cs), and what means nothing that everybody knows: private use (Co), and the unassigned (Cn)."""

NOTHING_TO_SEE = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\U000e0100-\U000e01ef"
"""Fillers and joiners that Unicode counts among letters and marks, and selectors of variants that no terminal has."""

SEEN_FORMATS = "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u200c\u200d\U000110bd\U000110cd"
"""Formats that are signs around a number, and the joiners, which are parts of words and pictures."""

_LOOKED_UP = re.compile("[^\n -~\u00a1-\u00ac\u00ae-\u024f\u2190-\u23ff\u2500-\u28ff]")
"""All characters but those that most texts consist of, which are letters and signs."""

_NOTHING, _SEEN = re.compile(f"[{NOTHING_TO_SEE}]"), re.compile(f"[{SEEN_FORMATS}]")

_LONG_WORD = re.compile(rf"\S{{{MAX_IN_A_WORD + 1},}}")


def shown(text: str) -> str:
    r"""A text with each character that could do harm as its escape, such as ``\x1b``; line ends stay."""
    return replaced(text, _escaped)


def replaced(text: str, by: Callable[[str], str]) -> str:
    """A text with another in place of each character that is never written as it is.

    Args:
        text: The text.
        by: What takes the place of one.
    """
    if text.isprintable() and not _NOTHING.search(text):  # mostly so, and quickly told
        return text
    return _LOOKED_UP.sub(lambda found: found[0] if _stays(found[0]) else by(found[0]), text)


def showable(text: str) -> bool:
    """Whether a text can be written as it is."""
    return shown(text) == text


def _stays(letter: str) -> bool:
    if unicodedata.category(letter) in SHOWN:
        return not _NOTHING.match(letter)
    return _SEEN.match(letter) is not None


def message(text: str) -> str:
    """A text as one line of bounded length, for messages: whatever a file or a person has put into it."""
    sentence = shown(text).replace("\n", "\\n")
    sentence = _LONG_WORD.sub(lambda word: clipped(word[0], MAX_IN_A_WORD), sentence)
    return clipped(sentence, MAX_IN_A_SENTENCE)


def clipped(text: str, most: int) -> str:
    """A text of at most so many letters beside the word on what its middle lacks: ``xx… (900,000 letters) …xx``."""
    if len(text) <= most:
        return text
    end = most // 4
    return _("{start}… ({count:,} letters) …{end}").format(start=text[: most - end], count=len(text), end=text[-end:])


def json_text(value: object, *, indent: int | None = None, nulls: bool = True) -> str:
    r"""A value as JSON, letters as they are, but with ``\u....`` for what `shown` escapes: readers get it back.

    Args:
        value: What is to be written.
        indent: As json's.
        nulls: Whether a number that is not finite becomes null.

    Raises:
        ValueError: There is such a number and no null for it.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    except ValueError:
        if not nulls:
            raise
        text = json.dumps(_finite(value), ensure_ascii=False, indent=indent)
    return replaced(text, lambda letter: json.dumps(letter)[1:-1])


def _finite(value: object) -> object:
    """A value with None for each number that is not finite, which JSON has no word for."""
    match value:
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {name: _finite(member) for name, member in value.items()}
        case list() | tuple():
            return [_finite(member) for member in value]
    return value


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


ROMAN = str.maketrans(
    {**dict(zip("øØđĐłŁħĦŧŦŋŊı", "oOdDlLhHtTnNi", strict=True)), "ß": "ss", "ẞ": "SS", "ð": "d", "Ð": "D"}
    | {"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th", "’": "'", "‘": "'", "“": '"', "”": '"'}
)
"""Latin letters and quotes that Unicode does not take apart, as people write them who lack them."""


def seven_bits(text: str) -> str:
    """Text in ASCII: letters without their accents, and ``?`` for what has no such letter."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text.translate(ROMAN))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return bare.encode("ascii", "replace").decode()
