"""What an expression of a course page can be: the types, and the values that need more than a Python number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from model.arrays import Array
from model.language import N_
from model.steps.axes import Axis
from model.steps.step import Operand, Role


class Type(StrEnum):
    """The types of expressions; each value is what it is called in a sentence, translated when it is shown."""

    NUMBER = N_("a number")
    TRUTH = N_("true or false")
    TEXT = N_("a text")
    DISH = N_("a dish")
    WEATHER = N_("a weather")
    DAY = N_("a day")
    ENTRY = N_("an entry")
    LETTER = N_("a letter of a choice")
    NUMBERS = N_("several numbers")
    MATRIX = N_("a matrix")
    DISHES = N_("a week of dishes")
    DAYS = N_("several days")
    ENTRIES = N_("several entries")


@dataclass(frozen=True, eq=False)
class Vector:
    """Several numbers, and what each of them stands for, where that is known."""

    values: Array
    axis: Axis | None = None

    def operand(self) -> Operand:
        """The vector as an operand of a step."""
        axis = self.axis or Axis(tuple(str(number) for number in range(1, len(self.values) + 1)))
        return Operand("", "", self.values, Role.HIDDEN, axis)


@dataclass(frozen=True, eq=False)
class Entry:
    """An entry of a vector, or of a matrix: an edge of the network's picture.

    Attributes:
        operand: What it is an entry of.
        index: Which one, counted row by row from 0.
    """

    operand: Operand
    index: int

    @property
    def value(self) -> float:
        """The number that stands there."""
        return float(self.operand.value.flat[self.index])

    def is_same(self, other: Entry) -> bool:
        """Whether it is the same entry of something of the same name."""
        return (self.operand.name, self.index) == (other.operand.name, other.index)


@dataclass(frozen=True)
class AnyOf:
    """Several values of one type, each of which is right."""

    values: tuple[object, ...]


def is_equal(one: object, other: object) -> bool:
    """Whether two values of one type are equal."""
    if isinstance(one, AnyOf):
        return any(is_equal(value, other) for value in one.values)
    if isinstance(one, Entry) and isinstance(other, Entry):
        return one.is_same(other)
    if isinstance(one, Vector) and isinstance(other, Vector):
        return np.array_equal(one.values, other.values)
    if isinstance(one, tuple) and one and isinstance(one[0], Entry):
        places = [{entry.index for entry in entries} for entries in (one, other) if isinstance(entries, tuple)]
        return len(places) == 2 and places[0] == places[1]
    return one == other
