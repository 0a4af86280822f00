"""What dishes, weathers and states can be called, and what pictures they can have."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from model.errors import InputError
from model.language import _
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
        return _("a name is empty.")
    if len(name) > MAX_LETTERS:
        return _("{name!r} is too long: a name has at most {most} letters.").format(name=cut(name), most=MAX_LETTERS)
    if fault := fault_of_letters(name, repr(name)):
        return fault
    if name != name.strip():
        return _("{name!r} begins or ends with a space.").format(name=name)
    if "," in name and not commas:
        return _("{name!r} has a comma in it, which stands between names elsewhere.").format(name=name)
    return ""


def fault_of_letters(name: str, called: str) -> str:
    """What is wrong with single characters of a name, or with the company they keep, or nothing.

    Args:
        name: The name.
        called: What the sentence calls it.
    """
    for at in range(len(name)):
        if fault := _fault_of_letter(name, at):
            return fault.format(name=called)
    if name and unicodedata.category(name[0])[0] == "M":
        return _("{name} begins with a mark, which needs a letter before it.").format(name=called)
    if scripts := mixed_scripts(name):
        return _(
            "{name} has a word of {script} and {other} letters, which look alike: write it in one alphabet."
        ).format(name=called, script=scripts[0], other=scripts[-1])
    return ""


def _fault_of_letter(name: str, at: int) -> str:
    """What is wrong with one character, as a sentence with a gap for the name, or nothing."""
    letter = name[at]
    if _is_selector(letter):
        return _(
            "{name} has a hidden second character (a variation selector), and terminals differ on it; take one "
            "character that is two cells wide by itself, such as 🍝 or 🌞."
        )
    if unicodedata.category(letter) == "Me" or "\U0001f3fb" <= letter <= "\U0001f3ff":
        return _(
            "{name} is a picture of several characters, and terminals differ on it; take one character that is two "
            "cells wide by itself, such as 🍝 or 🌞."
        )
    if letter in JOINERS and at and unicodedata.category(name[at - 1]) == "So":
        return _(
            "{name} has pictures joined to one in it, and terminals differ on it; take one character that is two "
            "cells wide by itself, such as 🍝 or 🌞."
        )
    if letter in JOINERS:
        return (
            ""
            if joins(name, at)
            else _("{name} has a joiner in it, which cannot be seen, where no letters are joined.")
        )
    if letter.isprintable() and letter not in INVISIBLE:
        return ""
    return _("{name} has characters in it that cannot be shown.")


def _is_selector(letter: str) -> bool:
    return "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"


def fault_beside(name: str, names: Sequence[str]) -> str:
    """What is wrong with a name beside those there are already, or nothing."""
    if folded(name) in map(folded, names):
        return _("{name!r} is named twice.").format(name=name)
    if twin := alike(name, list(names)):
        return _("{name!r} looks like {twin!r} and is another name: write both in the same letters.").format(
            name=name, twin=twin
        )
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
        return _fault_of_letter("\ufe0f", 0).format(name=repr(icon))
    if len(icon) != 1:
        return _(
            "{name} is {count} characters; take one character that is two cells wide by itself, such as 🍝 or 🌞."
        ).format(name=repr(cut(icon)), count=len(icon))
    if unicodedata.east_asian_width(icon) not in {"W", "F"} or unicodedata.category(icon)[0] in "MC":
        return _(
            "{name} is not two cells wide; take one character that is two cells wide by itself, such as 🍝 or 🌞."
        ).format(name=repr(icon))
    return ""


def problem_of_ascii_name(twin: str) -> str:
    """What is wrong with a name for where only ASCII can be drawn, or nothing."""
    if not twin.isascii():
        return _("{twin!r} has letters beyond ASCII; this is what stands where only those can be drawn.").format(
            twin=cut(twin)
        )
    return problem_of_name(twin)
