"""What dishes, weathers and states can be called, and what pictures they can have."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from model.errors import InputError
from model.roommate.spelling import JOINERS, alike, canonical, folded, joins, mixed_scripts

MAX_DISHES, MAX_WEATHERS, MAX_STATES = 64, 16, 64
"""The largest roommate: of so many dishes, weathers and hidden states."""

MAX_LETTERS = 40
"""The longest name: longer ones leave no room for the numbers."""


MAX_HIDDEN = 1024
"""The most hidden units: those of the largest roommate, one for each state in each weather."""

INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc\U00016fe4\U0001d159"
)
"""Letters, marks and signs, for Unicode, of which nothing is to be seen: fillers, a blank of Braille, a joiner."""

WANTED_PICTURE = "take one character that is two cells wide by itself, such as 🍝 or 🌞."


def cut(text: str) -> str:
    """As much of a text as a sentence has room for."""
    return text if len(text) <= MAX_LETTERS else f"{text[:MAX_LETTERS]}…"


def name_of_file(source: str) -> str:
    """A good name for what a file describes that names nothing itself: as the file is called, without folders."""
    stem = "".join(letter if letter.isprintable() else " " for letter in Path(source).stem)
    name = canonical(" ".join(stem.split()))[:MAX_LETTERS].strip()
    return "roommate" if problem_of_name(name, commas=True) else name


def problem_of_name(name: str, *, commas: bool = False) -> str:
    """What is wrong with a name, or nothing.

    Args:
        name: The name.
        commas: Whether it may have commas; on the command line they stand between names.
    """
    if not name:
        return "a name is empty."
    if len(name) > MAX_LETTERS:
        return f"{cut(name)!r} is too long: a name has at most {MAX_LETTERS} letters."
    if fault := fault_of_letters(name):
        return f"{name!r} {fault}"
    if name != name.strip():
        return f"{name!r} begins or ends with a space."
    if "," in name and not commas:
        return f"{name!r} has a comma in it, which stands between names elsewhere."
    return ""


def fault_of_letters(name: str) -> str:
    """What is wrong with single characters of a name, or with the company they keep, or nothing."""
    for at in range(len(name)):
        if fault := _fault_of_letter(name, at):
            return fault
    if name and unicodedata.category(name[0])[0] == "M":
        return "begins with a mark, which needs a letter before it."
    if scripts := mixed_scripts(name):
        return f"has a word of {' and '.join(scripts)} letters, which look alike: write it in one alphabet."
    return ""


def _fault_of_letter(name: str, at: int) -> str:
    letter = name[at]
    if _is_selector(letter):
        return f"has a hidden second character (a variation selector), and terminals differ on it; {WANTED_PICTURE}"
    if unicodedata.category(letter) == "Me" or "\U0001f3fb" <= letter <= "\U0001f3ff":
        return f"is a picture of several characters, and terminals differ on it; {WANTED_PICTURE}"
    if letter in JOINERS and at and unicodedata.category(name[at - 1]) == "So":
        return f"has pictures joined to one in it, and terminals differ on it; {WANTED_PICTURE}"
    if letter in JOINERS:
        return "" if joins(name, at) else "has a joiner in it, which cannot be seen, where no letters are joined."
    return "" if letter.isprintable() and letter not in INVISIBLE else "has characters in it that cannot be shown."


def _is_selector(letter: str) -> bool:
    return "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"


def fault_beside(name: str, names: Sequence[str]) -> str:
    """What is wrong with a name beside those there are already, or nothing."""
    if folded(name) in map(folded, names):
        return f"{name!r} is named twice."
    if twin := alike(name, list(names)):
        return f"{name!r} looks like {twin!r} and is another name: write both in the same letters."
    return ""


def typed_name(text: str, others: Sequence[str], *, commas: bool = False) -> str:
    """A name as a person types it, in its one spelling.

    Args:
        text: What was typed.
        others: The names it stands among.
        commas: As for `problem_of_name`.

    Raises:
        InputError: It cannot be a name, or there is one like it.
    """
    name = canonical(text).strip()
    if fault := problem_of_name(name, commas=commas) or fault_beside(name, others):
        raise InputError(fault[0].upper() + fault[1:])
    return name


def problem_of_icon(icon: str) -> str:
    """What is wrong with a picture, or nothing.

    Terminals agree on the width of a single code point that is wide by itself, and on no other picture's.
    """
    if "\ufe0f" in icon:
        return (
            f"{icon!r} has a hidden second character (a variation selector), and terminals differ on it; "
            f"{WANTED_PICTURE}"
        )
    if len(icon) != 1:
        return f"{cut(icon)!r} is {len(icon)} characters; {WANTED_PICTURE}"
    if unicodedata.east_asian_width(icon) not in {"W", "F"} or unicodedata.category(icon)[0] in "MC":
        return f"{icon!r} is not two cells wide; {WANTED_PICTURE}"
    return ""


def problem_of_ascii_name(twin: str) -> str:
    """What is wrong with a name for where only ASCII can be drawn, or nothing."""
    if not twin.isascii():
        return f"{cut(twin)!r} has letters beyond ASCII; this is what stands where only those can be drawn."
    return problem_of_name(twin)
