"""Answers as people type them, read as values: numbers, names, rows and edges."""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Callable, Sequence

import numpy as np

from model.course.here import Here
from model.course.kinds import Kind
from model.course.values import Entry, Vector
from model.errors import InputError
from model.foreign_text import seven_bits
from model.language import N_, _
from model.roommate.naming import cut
from model.roommate.parsing import find, listed, parse_days, suggestion
from model.roommate.roommate import DAY_NAMES, day_name
from model.roommate.spelling import folded
from model.roommate.typed_numbers import decimal_number
from model.steps.axes import Axis, dish_axis
from model.steps.step import Operand

Reader = Callable[[str, object, Here, int], object]


def typed_number(text: str) -> float | None:
    """A number as people write it by hand: with a point or a comma, as a fraction, or in per cent."""
    plain = text.strip()
    if plain.endswith("%"):
        number = typed_number(plain[:-1])
        return None if number is None else number / 100
    if plain.count("/") == 1:
        above, below = map(typed_number, plain.split("/"))
        return None if above is None or not below else above / below
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    number = decimal_number(plain)
    return number if number is not None and np.isfinite(number) else None


def typed_numbers(text: str, wanted: int) -> list[float] | None:
    """Several numbers, with blanks or commas between: whichever way makes as many as are wanted.

    Args:
        text: What was typed; brackets around it and bars in it are only signs.
        wanted: How many there should be.
    """
    plain = re.sub(r"[()\[\]|;]", " ", text)
    readings = []
    for parts in (
        [part.strip(",") for part in plain.split() if part.strip(",")],
        re.split(r"[\s,]+", plain.strip(" ,\t")),
    ):
        numbers = [number for number in map(typed_number, parts) if number is not None]
        if parts and len(numbers) == len(parts):
            readings.append(numbers)
    return next((one for one in readings if len(one) == wanted), readings[0] if readings else None)


def _number(text: str, _truth: object, _here: Here, _options: int) -> object:
    number = typed_number(text)
    if number is None:
        raise InputError(_("{text!r} is no number, such as 0.5, 0,5 or 1/3.").format(text=cut(text)))
    return number


def _numbers(text: str, truth: object, _here: Here, _options: int) -> object:
    assert isinstance(truth, Vector)
    wanted = len(truth.values)
    numbers = typed_numbers(text, wanted)
    if numbers is None:
        raise InputError(_("{text!r} are no numbers, such as '0 1 0'.").format(text=cut(text)))
    if len(numbers) != wanted:
        sentence = _("{wanted} numbers are asked for, and {given} were given.")
        raise InputError(sentence.format(wanted=wanted, given=len(numbers)))
    return Vector(np.array(numbers), truth.axis)


def _choice(text: str, _truth: object, _here: Here, options: int) -> object:
    letters = string.ascii_lowercase[:options]
    letter = text.casefold().rstrip(").")
    if letter not in [*letters]:
        raise InputError(
            _("{text!r} is not one of {letters}.").format(text=cut(text), letters=listed([*letters], "or"))
        )
    return letter


def _dish(text: str, _truth: object, here: Here, _options: int) -> object:
    axis = dish_axis(here.situation.roommate)
    index = find_row(text, axis, numbered=False)
    if index is None:
        sentence = _("{text!r} is not a dish: there are {names}.")
        raise InputError(sentence.format(text=cut(text), names=listed(axis.labels)) + suggestion(text, axis.labels))
    return index


def _dishes(text: str, truth: object, here: Here, _options: int) -> object:
    roommate, unknown = here.situation.roommate, N_("Day {day}: {word!r} is not a dish; there are {names}.")
    empty = N_("Day {day}: between two commas there is no dish; there are {names}.")
    names = [axis.labels for axis in (dish_axis(roommate), dish_axis(roommate).in_ascii)]
    try:
        dishes = parse_days(text, names[0], unknown, empty)
    except InputError:
        try:
            dishes = parse_days(text, names[1], unknown, empty)
        except InputError:
            dishes = parse_days(text, names[0], unknown, empty)  # the fault is told of the names as they are
    wanted = len(truth) if isinstance(truth, tuple) else 0
    if len(dishes) != wanted:
        sentence = _("The week has {days} days, and {dishes} dishes were given.")
        raise InputError(sentence.format(days=wanted, dishes=len(dishes)))
    return dishes


def _one_day(word: str, days: int) -> int:
    if word.isdecimal() and len(word) < 6 and 1 <= int(word) <= days:
        return int(word) - 1
    count = min(days, len(DAY_NAMES))
    spoken = [day_name(day) for day in range(count)]
    words = dict.fromkeys((word, word.partition("-")[0]))  # "quarta-feira" is "quarta" at more length
    found = (find(one, names) for one in words for names in (spoken, [*map(seven_bits, spoken)], DAY_NAMES[:count]))
    index = next((day for day in found if day is not None), None)
    if index is None:
        sentence = _("{text!r} is no day of this week: write its name, or its number from 1 to {days}.")
        raise InputError(sentence.format(text=cut(word), days=days))
    return index


def _day(text: str, _truth: object, here: Here, _options: int) -> object:
    return _one_day(text, here.simulation.days)


def _days(text: str, _truth: object, here: Here, _options: int) -> object:
    words = [word for word in re.split(r"[\s,;]+", text) if word and folded(word) != folded(_("and"))]
    return frozenset(_one_day(word, here.simulation.days) for word in words)


def find_row(word: str, axis: Axis, *, numbered: bool = True) -> int | None:
    """The row that a word means: by its name, with or without its block, by its plain name, or by its number.

    Args:
        word: What was typed.
        axis: The rows.
        numbered: Whether numbers from 1 are taken, where no row is called so.
    """
    rows = range(len(axis.labels))
    spoken = [[axis.describe(row) for row in rows], [axis.in_ascii.describe(row) for row in rows]]
    without = [[name.replace(":", "") for name in names] for names in spoken]
    for names in (*spoken, *without, axis.labels, axis.in_ascii.labels):
        if len({*map(folded, names)}) == len(names) and (row := find(word, names)) is not None:
            return row
    plain = folded(word).removeprefix(folded(_("row"))).removeprefix("row").strip()
    if numbered and plain.isdecimal() and len(plain) < 6 and 1 <= int(plain) <= len(axis.labels):
        return int(plain) - 1
    return None


def _operand(truth: object) -> Operand:
    entry = truth[0] if isinstance(truth, tuple) else truth
    assert isinstance(entry, Entry)
    return entry.operand


def _entry(text: str, truth: object, _here: Here, _options: int) -> object:
    operand = _operand(truth)
    return Entry(operand, _row(text, operand.rows))


def _row(text: str, axis: Axis) -> int:
    row = find_row(text, axis)
    if row is None:
        names = [axis.describe(row) for row in range(min(len(axis.labels), 12))]
        sentence = _("{text!r} is no row: there are {names}; a number from 1 to {most} will do.")
        raise InputError(sentence.format(text=cut(text), names=listed(names), most=len(axis.labels)))
    return row


def _entries(text: str, truth: object, _here: Here, _options: int) -> object:
    operand = _operand(truth)
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    if len(parts) == 1 and all(word.isdecimal() for word in text.split()):
        parts = text.split()
    joined = re.compile(rf"\s+(?:and|{re.escape(_('and'))})\s+", re.IGNORECASE)
    rows = []
    for part in parts:
        words = [part] if find_row(part, operand.rows) is not None else joined.split(part)
        rows += [_row(word, operand.rows) for word in words]
    return tuple(Entry(operand, row) for row in rows)


def _edge(text: str, truth: object, _here: Here, _options: int) -> object:
    operand = _operand(truth)
    assert operand.columns is not None
    words = [word for word in re.split(r"\s*(?:->|→|←|–|-|,|\s)\s*", text) if word]
    for at in range(1, len(words)):
        rest = words[at + 1 :] if len(words) > at + 1 and folded(words[at]) in {"to", folded(_("to"))} else words[at:]
        ends = " ".join(words[:at]), " ".join(rest)
        for column, row in (ends, ends[::-1]):
            places = find_row(row, operand.rows), find_row(column, operand.columns)
            if places[0] is not None and places[1] is not None:
                return Entry(operand, places[0] * len(operand.columns.labels) + places[1])
    names = listed(operand.columns.labels[:12]), listed(_described(operand.rows))
    sentence = _("{text!r} is no edge: say both ends, one of {columns} and one of {rows}.")
    raise InputError(sentence.format(text=cut(text), columns=names[0], rows=names[1]))


def _described(axis: Axis) -> Sequence[str]:
    return [axis.describe(row) for row in itertools.islice(range(len(axis.labels)), 12)]


READERS: dict[Kind, Reader] = {
    Kind.ENTRY: _entry,
    Kind.EDGE: _edge,
    Kind.ENTRIES: _entries,
    Kind.DISH: _dish,
    Kind.DISHES: _dishes,
    Kind.DAY: _day,
    Kind.DAYS: _days,
    Kind.NUMBER: _number,
    Kind.NUMBERS: _numbers,
    Kind.CHOICE: _choice,
    Kind.GUESS: _number,
}
