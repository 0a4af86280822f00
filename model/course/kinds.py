"""How questions of the course can be answered."""

from __future__ import annotations

from enum import StrEnum

from model.course.values import Type
from model.language import N_, _


class Kind(StrEnum):
    """How a question is answered; the value is what a page says."""

    ENTRY = "entry"
    EDGE = "edge"
    ENTRIES = "entries"
    DISH = "dish"
    DISHES = "dishes"
    DAY = "day"
    DAYS = "days"
    NUMBER = "number"
    NUMBERS = "numbers"
    CHOICE = "choice"
    GUESS = "guess"

    @property
    def type(self) -> Type:
        """The type of what is right."""
        return _TYPES[self]

    @property
    def how(self) -> str:
        """How an answer is typed, as a sentence."""
        return _(_HOW[self])


_TYPES = {
    Kind.ENTRY: Type.ENTRY,
    Kind.EDGE: Type.ENTRY,
    Kind.ENTRIES: Type.ENTRIES,
    Kind.DISH: Type.DISH,
    Kind.DISHES: Type.DISHES,
    Kind.DAY: Type.DAY,
    Kind.DAYS: Type.DAYS,
    Kind.NUMBER: Type.NUMBER,
    Kind.NUMBERS: Type.NUMBERS,
    Kind.CHOICE: Type.LETTER,
    Kind.GUESS: Type.NUMBER,
}

_HOW = {
    Kind.ENTRY: N_("Answer with the name of the row, or its number."),
    Kind.EDGE: N_("Answer with both ends, such as 'rainy burger'."),
    Kind.ENTRIES: N_("Answer with the names of the rows, or their numbers, with commas between."),
    Kind.DISH: N_("Answer with a dish, or its beginning."),
    Kind.DISHES: N_("Answer with the dish of each day."),
    Kind.DAY: N_("Answer with a day."),
    Kind.DAYS: N_("Answer with the days, with commas between."),
    Kind.NUMBER: N_("Answer with a number, such as 0.5 or 1/3."),
    Kind.NUMBERS: N_("Answer with the numbers, with blanks between."),
    Kind.CHOICE: N_("Answer with a letter."),
    Kind.GUESS: N_("Answer with a number; it is only noted."),
}
