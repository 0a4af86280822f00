"""How names are spelled: one spelling for what is one name, and what two names that look alike have in common."""

from __future__ import annotations

import re
import unicodedata

JOINERS = "\u200c\u200d"
"""ZWNJ and ZWJ: invisible, and parts of words in Arabic and Indic scripts."""

JOINING_SCRIPTS = (
    "ARABIC", "SYRIAC", "MONGOLIAN", "NKO", "MANDAIC", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA",
    "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "TIBETAN", "BALINESE", "JAVANESE",
)  # fmt: skip
"""The scripts, as Unicode's names of their letters begin, in which a joiner changes how a word is written."""

ALIKE_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
"""The scripts that have letters of the same shape."""

_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_WORD = re.compile(r"[^\W\d_]+")
_TWINS = str.maketrans("авеһіјкӏмноԛрѕтухсԁԝαβεζηικμνορτυχ", "abehijklmhoqpstyxcdwabezhikmvoptux")
"""Cyrillic and Greek letters, small, and the Latin ones that they or their capitals look like."""


def canonical(text: str) -> str:
    """A name in its one spelling: composed (NFC), and a plain space for spaces of any kind and number."""
    if text.isascii() and "  " not in text:
        return text
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text))


def folded(text: str) -> str:
    """What names are compared by: neither capitals nor the spelling of letters and spaces make another name."""
    if text.isascii():
        return canonical(text).strip().casefold()
    return unicodedata.normalize("NFC", canonical(text).strip().casefold())


def outline(text: str) -> str:
    """What names that a person cannot tell apart have in common: width, ligatures, joiners and twins folded."""
    if text.isascii():
        return folded(text)
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folded(plain.translate(dict.fromkeys(map(ord, JOINERS)))).translate(_TWINS)


def alike(name: str, names: tuple[str, ...] | list[str]) -> str | None:
    """The first of some names that a person could take a name for though it is another; None where there is none."""
    wanted = outline(name)
    return next((other for other in names if outline(other) == wanted and folded(other) != folded(name)), None)


def script_of(letter: str) -> str:
    """The first word of a letter's name in Unicode, which is that of its script: "LATIN"; nothing for no letter."""
    return unicodedata.name(letter, "").partition(" ")[0]


def mixed_scripts(name: str) -> tuple[str, ...]:
    """The scripts that one word of a name mixes though their letters look alike; none where no word does."""
    if name.isascii():
        return ()
    for word in _WORD.findall(unicodedata.normalize("NFKC", name)):
        found = {script_of(letter) for letter in word}.intersection(ALIKE_SCRIPTS)
        if len(found) > 1:
            return tuple(script.capitalize() for script in ALIKE_SCRIPTS if script in found)
    return ()


def joins(text: str, at: int) -> bool:
    """Whether a joiner stands where a script needs it: between two letters or marks of such a script.

    Args:
        text: A name.
        at: The place of the joiner in it.
    """
    if not 0 < at < len(text) - 1:
        return False
    around = text[at - 1], text[at + 1]
    scripts = {script_of(letter) for letter in around}
    return (
        all(unicodedata.category(letter)[0] in "LM" for letter in around)
        and len(scripts) == 1
        and scripts.issubset(JOINING_SCRIPTS)
    )
