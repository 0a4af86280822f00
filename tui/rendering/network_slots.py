"""What is drawn of the network of a day, as values: every matrix and vector in its place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.arrays import Array, Indices
from model.steps.axes import Axis
from model.steps.step import Operand


@dataclass(frozen=True, eq=False)
class Slot:
    """A matrix or a vector in its place.

    Attributes:
        name: What stands above it: a matrix's name, a vector's symbol.
        key: The matrix's name or the quantity's symbol, the same whatever is shown in its place.
        value: (units, columns), a vector being one column; of a matrix that reads the units, its transpose.
        role: Its colour.
        columns: The meaning of a matrix's columns; None for a vector.
        above: What a matrix is multiplied with, where that stands above its columns.
        known: Whether it has been computed at this step.
        highlighted: Whether the step reads or makes it.
        gradient: Whether its gradient is shown, not itself.
        turned: Whether it is a matrix on its side.
        sign: What stands before it: how it is made from what is left of it.
        largest: The largest size of its numbers in the whole week, so that its format stays.
        whole: Whether all its numbers are whole, in the whole week.
        letters: What is written in place of the numbers, of the same shape; None: the numbers.
        pointed: Whether a page points at what the matrix is multiplied with.
        moved: Of the weights of a matrix that learns: 1 for those that have grown, -1 for those that have shrunk, 0
            for those that have hardly moved; None where nobody knows.
    """

    name: str
    key: str
    value: Array
    role: str
    columns: Axis | None = None
    above: Operand | None = None
    known: bool = True
    highlighted: bool = False
    gradient: bool = False
    turned: bool = False
    sign: str = ""
    largest: float = 1.0
    whole: bool = False
    letters: NDArray[np.str_] | None = None
    pointed: bool = False
    moved: Indices | None = None


@dataclass(frozen=True, eq=False)
class Row:
    """A vector over the dishes, as a row under the columns of the last matrix.

    Attributes:
        name: What it is.
        value: (dishes,).
        role: Its colour.
        known: Whether it has been computed at this step.
        highlighted: Whether the step reads or makes it.
        kind: "number", "gradient", "part" (a probability) or "whole" (a one-hot).
        largest: The largest size of its numbers; of what is made forwards, in the whole week.
        whole: Whether all its numbers are whole; of what is made forwards, in the whole week.
        letters: What is written in place of the numbers; None: these.
    """

    name: str
    value: Array
    role: str
    known: bool
    highlighted: bool
    kind: str
    largest: float
    whole: bool
    letters: NDArray[np.str_] | None = None


@dataclass(frozen=True, eq=False)
class Places:
    """Everything that the drawing of the network shows at a step.

    Attributes:
        slots: From left to right.
        rows: From top to bottom, under the last matrix.
        units: The meaning of the rows.
        outputs: The meaning of the last matrix's columns.
        unit: The unit that is spelled out, or None.
        output: The dish that is spelled out, or None.
        column: The matrix, by its key, of which one column is spelled out, and the column.
        returns: The keys of the slots that go in again tomorrow.
        dish_returns: Whether it is the dish that goes in again.
        backward: Whether the way back is walked.
        whole: Whether all numbers are whole, at every step of the week, so that they need little room.
    """

    slots: tuple[Slot, ...]
    rows: tuple[Row, ...]
    units: Axis
    outputs: Axis
    unit: int | None
    output: int | None
    column: tuple[str, int] | None
    returns: tuple[str, ...]
    dish_returns: bool
    backward: bool
    whole: bool


def extent(value: Array) -> tuple[float, bool]:
    """The largest size of the numbers of an array, and whether all are whole."""
    return float(np.abs(value).max(initial=0.0)), bool((value == np.round(value)).all())
