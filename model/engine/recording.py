"""Quantities that are named and not computed: what numpy is asked to do with them is noted.

An operation of a cell says what it does by the numpy calls that it makes. Called with `Symbol` objects instead of
arrays, it makes the same calls, and each becomes a `Note`: numpy hands every call over to the objects that it is
called with. So what a cell, a non-linearity or an optimizer does is written once, and read off here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from model.arrays import Array

WEEKS = -1
"""The length of the last axis of what every week has its own of."""

Shape = tuple[int, ...]
"""(rows, columns) of a matrix, (rows, `WEEKS`) of a quantity of one day, (size,) of a vector, () of a number."""


class NotUnderstood(Exception):  # noqa: N818 - nothing failed: numpy does it
    """A numpy call that cannot be noted, so that what makes it is left to numpy."""


@dataclass(frozen=True)
class Note:
    """One numpy call.

    Attributes:
        ufunc: The function.
        over: "" entry by entry; "rows" or "weeks": reduced over them.
        inputs: What it was called with.
        out: Where its result goes.
    """

    ufunc: np.ufunc
    over: str
    inputs: tuple[Symbol | float, ...]
    out: Symbol


@dataclass
class Notes:
    """The calls so far, in their order.

    Attributes:
        prefix: What the names of unnamed results begin with.
        calls: See `Note`.
        intermediate: How many results were nowhere to be written to, and got a symbol of their own.
    """

    prefix: str = ""
    calls: list[Note] = field(default_factory=list)
    intermediate: int = 0

    def symbol(self, name: str, *shape: int, days_on: int = 0) -> Symbol:
        """A quantity whose calls are noted here; see `Symbol`."""
        return Symbol(self, name, shape, days_on=days_on)

    def unnamed(self, shape: Shape) -> Symbol:
        """A quantity for a result that nothing was named for."""
        self.intermediate += 1
        return Symbol(self, f"{self.prefix}_{self.intermediate}", shape)


def as_array(symbol: Symbol) -> Array:
    """A symbol for those who ask for an array."""
    return cast("Array", symbol)


class Symbol(NDArrayOperatorsMixin):
    """A quantity by its name; to numpy it looks like an array of three axes, of which the first is the days.

    Args:
        notes: Where calls are noted.
        name: Its name.
        shape: See `Shape`.
        transposed: Whether it is the transposed of the matrix or quantity of that name.
        days_on: How many days after today.
    """

    def __init__(self, notes: Notes, name: str, shape: Shape, *, transposed: bool = False, days_on: int = 0) -> None:
        self.notes, self.name, self.shape, self.transposed, self.days_on = notes, name, shape, transposed, days_on

    ndim = 3

    def transpose(self, *_axes: int) -> Symbol:
        """Rows as columns."""
        return Symbol(self.notes, self.name, self.shape[::-1], transposed=not self.transposed, days_on=self.days_on)

    @property
    def T(self) -> Symbol:  # noqa: N802 - as an array calls it
        """Rows as columns."""
        return self.transpose()

    def __getitem__(self, key: object) -> Symbol:
        raise NotUnderstood(key)

    def __setitem__(self, key: object, value: Symbol | float) -> None:
        if key != slice(None):
            raise NotUnderstood(key)
        self.notes.calls.append(Note(np.positive, "", (value,), self))

    def argmax(self, *_given: object, **_named: object) -> Symbol:
        """The place of the largest."""
        raise NotUnderstood("argmax")

    def __array_function__(self, function: object, _types: object, given: tuple[Any, ...], named: object) -> None:
        if function is not np.copyto or named:
            raise NotUnderstood(function)
        self.notes.calls.append(Note(np.positive, "", (given[1],), given[0]))

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: Symbol | float, out: tuple[Any, ...] = (), **named: object
    ) -> Symbol:
        shape, over = _shape(inputs), ""
        if method == "reduce":
            over = {-2: "rows", 1: "rows", 2: "weeks", -1: "weeks"}.get(named.get("axis", 0), "")  # type: ignore[call-overload]
            shape = (1, shape[1]) if over == "rows" else (shape[0], 1)
        if (method, over) not in {("__call__", ""), ("reduce", "rows"), ("reduce", "weeks")}:
            raise NotUnderstood(ufunc, method, named)
        written = out[0] if out and out[0] is not None else self.notes.unnamed(shape)
        self.notes.calls.append(Note(ufunc, over, inputs, written))
        result: Symbol = written
        return result


def _shape(inputs: tuple[Symbol | float, ...]) -> Shape:
    """The shape of what several quantities make entry by entry."""
    shapes = [given.shape for given in inputs if isinstance(given, Symbol)]
    return max(shapes, key=lambda shape: (len(shape), shape and shape[0], WEEKS in shape))
