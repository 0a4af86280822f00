"""Keys as control sequences, each in the one form that is understood: the rest is no key, and means nothing.

Terminals that know kitty's protocol report a key as ``code:shifted:base ; modifiers:event ; text``, of which much may
be missing; others report arrows and function keys in several ways.
"""

from __future__ import annotations

import re

SHIFT, ALT, CONTROL, CAPS_LOCK, NUM_LOCK = 1, 2, 4, 64, 128

KEYPAD = dict(zip(range(57409, 57414), "./*-+", strict=True)) | {57415: "=", 57416: ","}
"""Keys of the keypad that mean what the same characters do elsewhere; Textual gives them names of their own."""

DIGITS = {57399 + digit: str(digit) for digit in range(10)}
"""The keypad's digits."""

SHIFTED = dict(zip("`1234567890-=[]\\;',./", '~!@#$%^&*()_+{}|:"<>?', strict=True))
"""What Shift makes of a key of the commonest keyboard, for terminals that name the key and not the character."""

FUNCTIONAL = {9, 13, 27, 127}
"""Codes that are control characters, and keys."""

PRIVATE = range(57344, 63744)
"""Codes that kitty's protocol gives to keys without a character."""

KNOWN = range(57358, 57455)
"""All codes that kitty's protocol gives to keys without a character so far."""

TILDE = {*range(1, 9), *range(11, 16), *range(17, 22), 23, 24, 57427}
"""Numbers of the keys whose sequence ends with a tilde."""

KEYPAD_SS3 = {"l": ",", "X": "="}
"""Keys of the keypad in application mode that Textual does not know."""

LETTERS = re.compile(
    r"(?:(?P<number>1?)|(?P<old>[2-8])|1;(?P<modifiers>\d{1,4})(?::(?P<event>\d))?)(?P<end>[A-FHPQS])"
)
KITTY = re.compile(
    r"(?P<code>\d{0,7})(?::(?P<shifted>\d{0,7}))?(?::(?P<base>\d{0,7}))?"
    r"(?:;(?P<modifiers>\d{0,4})(?::(?P<event>\d))?(?:;(?P<text>[\d:]*))?)?u"
)
NUMBERED = re.compile(r"(?P<number>\d{1,5})(?:;(?P<modifiers>\d{0,4})(?::(?P<event>\d))?)?~")
OTHER = re.compile(r"27;(?P<modifiers>\d{1,4});(?P<code>\d{1,7})~")
OLD = re.compile(r"[ZRabcdG~]|\[[A-E]|\d{1,2}[$^@]|1;[5-8][p-y]")
"""Keys of older terminals, which Textual has in a table."""

RELEASED = "3"
"""The event of a key that is let go: its press was told, too."""


def key_sequences(sequence: str) -> list[str]:
    """Give a key's control sequence in the forms that Textual understands.

    Args:
        sequence: Without what introduces it.

    Returns:
        One sequence, or where a key has typed several characters one for each; nothing where it is no key.
    """
    for pattern, form in ((KITTY, _kitty), (LETTERS, _letter), (NUMBERED, _numbered), (OTHER, _other)):
        match = pattern.fullmatch(sequence)
        if match is not None:
            return form(match)
    return [f"\x1b[{sequence}"] if OLD.fullmatch(sequence) else []


def keypad_sequence(sequence: str) -> str:
    """Give what follows SS3 in the form that Textual understands.

    Args:
        sequence: Without SS3; old terminals tell of modifiers before the letter.
    """
    modifiers = sequence[:-1].removeprefix("1;")
    if modifiers.isdecimal():
        return f"\x1b[1;{modifiers}{sequence[-1]}"
    return KEYPAD_SS3.get(sequence, f"\x1bO{sequence}")


def _typed(code: int) -> bool:
    """Whether a code is a character that a key can type."""
    surrogate = 0xD800 <= code < 0xE000
    return 0x20 <= code < 0x110000 and not 0x7F <= code < 0xA0 and not surrogate and code not in PRIVATE


def _kitty(match: re.Match[str]) -> list[str]:
    if match["event"] == RELEASED:
        return []
    code, modifiers = int(match["code"] or 0), max(int(match["modifiers"] or 1), 1) - 1
    text = [int(part) for part in (match["text"] or "").split(":") if part]
    if code in KEYPAD or code in DIGITS:
        code = ord((KEYPAD | DIGITS)[code])
    pressed = modifiers & ~(CAPS_LOCK | NUM_LOCK)
    if pressed & ~SHIFT and match["base"]:  # another alphabet: Ctrl and a letter mean the key, wherever it is
        code = int(match["base"])
    if not text and not pressed & ~SHIFT and _typed(code):
        text = [_shifted(code, modifiers, int(match["shifted"] or 0))]
    text = [one for one in text if _typed(one) or one in FUNCTIONAL]
    if text:
        return [f"\x1b[{code};{modifiers + 1};{one}u" for one in text]
    if code in FUNCTIONAL or code in KNOWN or _typed(code):
        return [f"\x1b[{code};{modifiers + 1}u" if modifiers else f"\x1b[{code}u"]
    return []


def _shifted(code: int, modifiers: int, shifted: int) -> int:
    """The character that a key types with Shift or Caps Lock, where the terminal names only the key."""
    letter, shift = chr(code), bool(modifiers & SHIFT)
    if shift and shifted:
        return shifted
    if shift != bool(modifiers & CAPS_LOCK) and len(letter.upper()) == 1 and letter.islower():
        return ord(letter.upper())
    return ord(SHIFTED.get(letter, letter)) if shift else code


def _letter(match: re.Match[str]) -> list[str]:
    if match["event"] == RELEASED:
        return []
    modifiers = match["modifiers"] or match["old"]
    return [f"\x1b[1;{modifiers}{match['end']}" if modifiers else f"\x1b[{match['end']}"]


def _numbered(match: re.Match[str]) -> list[str]:
    if match["event"] == RELEASED or int(match["number"]) not in TILDE:
        return []
    modifiers = match["modifiers"]
    return [f"\x1b[{match['number']};{modifiers}~" if modifiers else f"\x1b[{match['number']}~"]


def _other(match: re.Match[str]) -> list[str]:
    """A key as xterm reports it that ordinarily has no sequence of its own."""
    return key_sequences(f"{match['code']};{match['modifiers']}u")
