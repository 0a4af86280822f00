"""Parse what people type: weeks, dishes and other names, in any case; an error names the nearest word."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Literal

from model.errors import InputError
from model.language import N_, _
from model.roommate.naming import cut
from model.roommate.spelling import folded
from model.roommate.typed_numbers import decimal_number

if TYPE_CHECKING:  # names of options are found without it
    from model.roommate.roommate import Roommate

MAX_DAYS = 100_000
"""The longest week that is accepted."""


def nearest(word: str, names: Sequence[str]) -> str | None:
    """The one of the names that is near the word, or None."""
    import difflib  # noqa: PLC0415 - most words are spelled right

    near = difflib.get_close_matches(folded(cut(word)), [folded(name) for name in names], n=1, cutoff=0.5)
    return next((name for name in names if near and folded(name) == near[0]), None)


def suggestion(word: str, names: Sequence[str]) -> str:
    """``" Did you mean burger?"`` when one of the names is near the word, otherwise nothing."""
    match = nearest(word, names)
    return " " + _("Did you mean {name}?").format(name=match) if match else ""


def listed(names: Sequence[str], last: Literal["and", "or"] = "and") -> str:
    """Names as a person lists them: ``pasta, burger and salad``."""
    if len(names) < 2:
        return "".join(names)
    sentence = _("{names} and {last}") if last == "and" else _("{names} or {last}")
    return sentence.format(names=", ".join(names[:-1]), last=names[-1])


def find(word: str, names: Sequence[str]) -> int | None:
    """The index of the name that a word or the beginning of one means, or None; case and spelling do not matter."""
    wanted = folded(word)
    if not wanted:
        return None
    for index, name in enumerate(names):
        if folded(name) == wanted:
            return index
    starts = [index for index, name in enumerate(names) if folded(name).startswith(wanted)]
    return starts[0] if len(starts) == 1 else None


def parse_dish(word: str, roommate: Roommate) -> int:
    """The index of the dish that was typed, whole or by its beginning.

    Raises:
        InputError: No dish of this roommate is called so, or more than one begins so.
    """
    dish = find(word, roommate.dishes)
    if dish is None:
        raise InputError(
            _("{word!r} is not a dish of the {roommate}, who cooks {dishes}.").format(
                word=cut(word.strip()), roommate=roommate.name, dishes=listed(roommate.dishes)
            )
            + suggestion(word, roommate.dishes)
        )
    return dish


def parse_start(word: str, roommate: Roommate) -> int:
    """The state before the first day as it was typed: by its own name, or the first that shows the dish of the name.

    Raises:
        InputError: Neither is called so, or no state shows the dish.
    """
    state = find(word, roommate.states)
    if state is not None:
        return state
    dish = parse_dish(word, roommate)
    if dish not in roommate.shows:
        raise InputError(
            _("No state of the {roommate} shows {dish}: name the state itself.").format(
                roommate=roommate.name, dish=roommate.dishes[dish]
            )
        )
    return roommate.shows.index(dish)


def _initials(word: str, names: Sequence[str]) -> tuple[int, ...] | None:
    """``srr`` as a run of names, where every name has an initial of its own; otherwise None."""
    initials = [folded(name)[:1] for name in names]
    if len(set(initials)) < len(initials) or any(letter not in initials for letter in folded(word)):
        return None
    return tuple(initials.index(letter) for letter in folded(word))


def parse_week(text: str, roommate: Roommate) -> tuple[int, ...]:
    """A week as typed: ``sunny,rainy``, ``s,r``, ``sr`` or any of these with spaces and capitals.

    Returns:
        The weather of each day, as indices.

    Raises:
        InputError: The week is empty or longer than `MAX_DAYS`, or a word is not a weather; it says which day.
    """
    names = roommate.weathers
    if not text.strip(" ,"):
        raise InputError(
            _("The week is empty: give the weather of each day, {names}, such as {week}.").format(
                names=listed(names, "or"), week=",".join(names)
            )
        )
    return parse_days(
        text,
        names,
        N_("Day {day}: {word!r} is not a weather; the {roommate} knows {names}."),
        N_("Day {day}: between two commas there is no weather; the {roommate} knows {names}."),
        roommate.name,
    )


def parse_dishes(text: str, roommate: Roommate) -> tuple[int, ...]:
    """The dishes of several days as typed, in the same ways as a week.

    Returns:
        The dish of each day, as indices.

    Raises:
        InputError: There is none, there are more than `MAX_DAYS`, or a word is not a dish; it says which day.
    """
    names = roommate.dishes
    if not text.strip(" ,"):
        raise InputError(
            _("Give the dish of each day, {names}, with commas between.").format(names=listed(names, "or"))
        )
    return parse_days(
        text,
        names,
        N_("Day {day}: {word!r} is not a dish; the {roommate} cooks {names}."),
        N_("Day {day}: between two commas there is no dish; the {roommate} cooks {names}."),
        roommate.name,
    )


def parse_days(text: str, names: Sequence[str], unknown: str, empty: str, roommate: str = "") -> tuple[int, ...]:
    """A name for each day as typed, with commas or spaces between, or as a run of initials.

    Args:
        text: What was typed.
        names: What a day can be.
        unknown: The sentence about a word that is none of them, with gaps for the day, the word and the names.
        empty: The sentence about a day of which nothing is said.
        roommate: The name that is filled in there.

    Returns:
        The name of each day, as an index.

    Raises:
        InputError: There are more than `MAX_DAYS` days, or a word is not such a name; it says which day.
    """
    days: list[int] = []
    parts: list[str] = []
    found = cache(partial(find, names=names))  # a long week says the same few words again and again
    for part in text.split(","):  # a name may have spaces in it, or spaces may stand between names
        parts += [part] if found(part) is not None else part.split() or [""]
    if not parts[-1]:  # one comma at the end is forgiven
        parts.pop()
    for word in parts:
        index = found(word)
        run = (index,) if index is not None else _initials(word, names)
        if not run:
            sentence = _(unknown) if word else _(empty)
            sentence = sentence.format(day=len(days) + 1, word=cut(word), names=listed(names), roommate=roommate)
            raise InputError(sentence + suggestion(word, names))
        days += run
        if len(days) > MAX_DAYS:
            raise InputError(
                _("The week has more than {most:,} days: that is the most that is accepted.").format(most=MAX_DAYS)
            )
    return tuple(days)


def parse_weight(text: str) -> float:
    """A weight as typed.

    Raises:
        InputError: It is no finite number; it says what is in the way.
    """
    shown = repr(text if len(text) <= 24 else f"{text[:24]}…")
    if not text.strip():
        raise InputError(_("A weight is a number, such as 0.5 or -2e-3."))
    if any(letter.isspace() for letter in text):
        raise InputError(_("{word} has a space in it: write the number alone, such as 0.5.").format(word=shown))
    if "," in text:
        raise InputError(
            _("{word} has a comma: write a decimal point, {replace}.").format(
                word=shown, replace=text.replace(",", ".")[:24]
            )
        )
    value = decimal_number(text)
    if value is None:
        raise InputError(_("{word} is not a number, such as 0.5 or -2e-3.").format(word=shown))
    if not math.isfinite(value):
        raise InputError(
            _("{word} is not a finite number; the largest there is has some 308 digits.").format(word=shown)
        )
    return value
