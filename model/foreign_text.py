"""The one way from foreign text to any output: what could steer a terminal, or hide, is shown escaped.

Names and keys of files, paths, words of a command line and values of the environment may hold anything. Whatever is
written, to the screen, to a stream or to a file that people read, has gone through here.
"""

from __future__ import annotations

import json
import math
import re

from model.language import _

MAX_IN_A_WORD, MAX_IN_A_SENTENCE = 300, 4000
"""Letters of one word, and of a whole sentence, that a message shows; of what is longer the middle is left out."""

UNSHOWABLE = re.compile(
    "["
    "\x00-\x09\x0b-\x1f\x7f-\x9f"  # C0 but the line end, DEL, C1
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"  # what is nothing to look at, or turns the writing round
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"  # bidirectional controls, ends of lines and paragraphs
    "\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff"  # halves of a pair: bytes of a path that are no text
    "\U000e0000-\U000e0fff"
    "]"
)
"""The characters that are never written as they are. Joiners (U+200C, U+200D) and variation selectors are parts of
words and pictures, and stay."""

_LONG_WORD = re.compile(rf"\S{{{MAX_IN_A_WORD + 1},}}")


def shown(text: str) -> str:
    r"""A text with each character that could do harm as its escape, such as ``\x1b``; line ends stay."""
    return UNSHOWABLE.sub(_escaped, text)


def message(text: str) -> str:
    """A text as one line of bounded length, for messages: whatever a file or a person has put into it."""
    told = shown(text).replace("\n", "\\n")
    told = _LONG_WORD.sub(lambda word: clipped(word[0], MAX_IN_A_WORD), told)
    return clipped(told, MAX_IN_A_SENTENCE)


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
    return UNSHOWABLE.sub(lambda found: json.dumps(found[0])[1:-1], text)


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


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
