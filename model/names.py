"""What dishes, weathers and states can be called, and what pictures they can have."""

from __future__ import annotations

import unicodedata

MOST_DISHES, MOST_WEATHERS, MOST_STATES = 64, 16, 64
"""The largest roommate: of so many dishes, weathers and hidden states."""

MOST_LETTERS = 40
"""The longest name: longer ones leave no room for the numbers."""


def cut(text: str) -> str:
    """As much of a text as a sentence has room for."""
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}…"


def fault_of_name(name: str, *, commas: bool = False) -> str:
    """What is wrong with a name, or nothing.

    Args:
        name: The name.
        commas: Whether it may have commas; on the command line they stand between names.
    """
    if not name:
        return "a name is empty."
    if len(name) > MOST_LETTERS:
        return f"{cut(name)!r} is too long: a name has at most {MOST_LETTERS} letters."
    if not name.isprintable():
        return f"{name!r} has characters in it that cannot be shown."
    if name != name.strip():
        return f"{name!r} begins or ends with a space."
    if "," in name and not commas:
        return f"{name!r} has a comma in it, which stands between names elsewhere."
    return ""


def fault_of_icon(icon: str) -> str:
    """What is wrong with a picture, or nothing.

    Terminals agree on the width of a single code point that is wide by itself, and on no other picture's.
    """
    wanted = "take one character that is two cells wide by itself, such as 🍝 or 🌞."
    if "\ufe0f" in icon:
        return f"{icon!r} has a hidden second character (a variation selector), and terminals differ on it; {wanted}"
    if len(icon) != 1:
        return f"{cut(icon)!r} is {len(icon)} characters; {wanted}"
    if unicodedata.east_asian_width(icon) not in {"W", "F"} or unicodedata.category(icon)[0] in "MC":
        return f"{icon!r} is not two cells wide; {wanted}"
    return ""


def fault_of_twin(twin: str) -> str:
    """What is wrong with a name for where only ASCII can be drawn, or nothing."""
    if not twin.isascii():
        return f"{cut(twin)!r} has letters beyond ASCII; this is what stands where only those can be drawn."
    return fault_of_name(twin)
