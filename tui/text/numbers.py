"""Numbers for the screen: an array's entries share one format, so that its columns line up."""

from __future__ import annotations

import numpy as np

from model.arrays import Array
from model.numbers import format_of
from model.steps.step import Operand


def entries(value: Array, *, gradient: bool = False) -> list[list[str]]:
    """The entries of a matrix or vector as text, all of one width.

    Args:
        value: (rows, columns), or (rows,) for a vector, which becomes one column.
        gradient: Whether it is a gradient, which has a decimal more.
    """
    table, form = value[:, None] if value.ndim == 1 else value, format_of(value, gradient=gradient)
    texts = [[form.write(number) for number in row] for row in table.tolist()]
    width = max(len(text) for row in texts for text in row)
    return [[text.rjust(width) for text in row] for row in texts]


def written(operand: Operand) -> list[list[str]]:
    """What stands in a matrix or vector: its letters where it has some, else its entries; all of one width."""
    if operand.letters is None:
        return entries(operand.value, gradient=operand.shows_gradient)
    table = operand.letters[:, None] if operand.letters.ndim == 1 else operand.letters
    width = max(map(len, table.flat))
    return [[letter.rjust(width) for letter in row] for row in table.tolist()]


def short(number: float) -> str:
    """One number as its array would write it."""
    return format_of(np.array([number])).write(number)
