"""Steps too large for the screen: the part around the entry that is looked at, and an overview of all weights."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from model.language import _
from model.steps.axes import Axis
from model.steps.step import Operand, Step, StepKind

MAX_WHOLE = (40, 24)
"""Arrays with more rows or columns than this are not tried whole: to draw them costs more than a key may."""

FEWEST = 1
"""So many rows and columns are shown at the least."""


@dataclass(frozen=True)
class Window:
    """Which part of a step is in sight.

    Attributes:
        rows: The rows of the result.
        columns: The columns of the first matrix.
        of_rows: How many rows there are.
        of_columns: How many columns.
    """

    rows: slice
    columns: slice
    of_rows: int
    of_columns: int

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return self.rows == slice(0, self.of_rows) and self.columns == slice(0, self.of_columns)

    def text(self) -> str:
        """The part in words: ``rows 5–14 of 1,024, columns 3–8 of 64``."""
        rows, columns = self.rows, self.columns
        parts = []
        if rows != slice(0, self.of_rows):
            sentence = _("rows {first}–{last} of {count:,}")
            parts.append(sentence.format(first=rows.start + 1, last=rows.stop, count=self.of_rows))
        if columns != slice(0, self.of_columns):
            sentence = _("columns {first}–{last} of {count:,}")
            parts.append(sentence.format(first=columns.start + 1, last=columns.stop, count=self.of_columns))
        return ", ".join(parts)


def size_of(step: Step) -> tuple[int, int]:
    """The rows of a step's result, and the columns of its matrix; 1 where there are only vectors."""
    matrix = next((o for o in (*step.operands, step.result) if o.columns is not None), None)
    return step.result.value.shape[0], 1 if matrix is None else matrix.value.shape[1]


def widest(step: Step, rows: int) -> int:
    """The most columns that a window of so many rows has."""
    most = min(size_of(step)[1], MAX_WHOLE[1])
    # The vector of a product stands upright beside the matrix, so it needs as many rows.
    return min(most, max(rows, FEWEST)) if step.operation is StepKind.PRODUCT else most


def window_of(step: Step, entry: int, rows: int, columns: int) -> Window:
    """A window around an entry of the result, as far as there are so many rows and columns.

    Args:
        step: The step.
        entry: The entry that must be in sight.
        rows: How many rows are wanted.
        columns: How many columns.
    """
    of_rows, of_columns = size_of(step)
    row, column = step.result.place(entry)
    if step.operation is StepKind.PRODUCT:  # the column that counts most in this row
        column = int(np.abs(step.operands[0].value[row] * step.operands[1].value).argmax())
    down = around(row, min(of_rows, max(rows, FEWEST)), of_rows)
    return Window(down, around(column, min(columns, of_columns), of_columns), of_rows, of_columns)


def around(at: int, size: int, of: int) -> slice:
    """So many neighbours of an index, itself among them."""
    begin = min(max(at - size // 2, 0), of - size)
    return slice(begin, begin + size)


def part_of(step: Step, entry: int, window: Window) -> tuple[Step, int]:
    """A step with only the entries in a window, and where the entry stands in it.

    Its numbers are those of the whole step: the part of a product is not the product of the parts.
    """

    def cut(operand: Operand) -> Operand:
        if operand.columns is not None:
            return part_of_matrix(operand, window)
        lies_across = step.operation in {StepKind.PRODUCT, StepKind.OUTER} and operand is step.operands[1]
        along = window.columns if lies_across else window.rows
        letters = None if operand.letters is None else operand.letters[along]
        return replace(operand, value=operand.value[along], rows=_part(operand.rows, along), letters=letters)

    row, column = step.result.place(entry)
    result = cut(step.result)
    at = row - window.rows.start
    if step.result.columns is not None:
        at = at * result.value.shape[1] + column - window.columns.start
    return replace(step, operands=tuple(map(cut, step.operands)), result=result, telling=at, how=None), at


def part_of_matrix(matrix: Operand, window: Window) -> Operand:
    """The entries of a matrix in a window."""
    assert matrix.columns is not None
    rows, columns = _part(matrix.rows, window.rows), _part(matrix.columns, window.columns)
    letters = None if matrix.letters is None else matrix.letters[window.rows, window.columns]
    value = matrix.value[window.rows, window.columns]
    return replace(matrix, value=value, rows=rows, columns=columns, letters=letters)


def _part(axis: Axis, part: slice) -> Axis:
    """Some labels of an axis; those from several blocks are told with their block."""
    if part == slice(0, len(axis.labels)):
        return axis
    icons, plain = axis.icons[part], axis.plain[part]
    block = part.start // axis.block
    if axis.groups and block == (part.stop - 1) // axis.block:
        return replace(axis, labels=axis.labels[part], groups=(axis.groups[block],), icons=icons, plain=plain)
    labels, plain = (tuple(map(names.describe, range(part.start, part.stop))) for names in (axis, axis.in_ascii))
    return replace(axis, labels=labels, groups=(), icons=icons, plain=plain)
