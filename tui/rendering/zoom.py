"""Steps too large for the screen: the part around the entry that is looked at, and an overview of all weights."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from textual.content import Content

from model.activation import Array
from model.step import Axis, Operand, Operation, Step
from tui.rendering.blocks import Block, Part, line
from tui.rendering.glyphs import Glyphs

MOST_WHOLE = (40, 24)
"""Arrays with more rows or columns than this are not tried whole: to draw them costs more than a key may."""

FEWEST = 3
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

    def told(self) -> str:
        """The part in words: ``rows 5–14 of 1,024, columns 3–8 of 64``."""
        parts = []
        for name, part, of in (("rows", self.rows, self.of_rows), ("columns", self.columns, self.of_columns)):
            if part != slice(0, of):
                parts.append(f"{name} {part.start + 1}–{part.stop} of {of:,}")
        return ", ".join(parts)


def size_of(step: Step) -> tuple[int, int]:
    """The rows of a step's result, and the columns of its matrix; 1 where there are only vectors."""
    matrix = next((o for o in (*step.operands, step.result) if o.columns is not None), None)
    return step.result.value.shape[0], 1 if matrix is None else matrix.value.shape[1]


def widest(step: Step, rows: int) -> int:
    """The most columns that a window of so many rows has."""
    most = min(size_of(step)[1], MOST_WHOLE[1])
    # The vector of a product stands upright beside the matrix, so it needs as many rows.
    return min(most, max(rows, FEWEST)) if step.operation is Operation.PRODUCT else most


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
    if step.operation is Operation.PRODUCT:  # the column that counts most in this row
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
        lies_across = step.operation in {Operation.PRODUCT, Operation.OUTER} and operand is step.operands[1]
        along = window.columns if lies_across else window.rows
        return replace(operand, value=operand.value[along], rows=_part(operand.rows, along))

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
    return replace(matrix, value=matrix.value[window.rows, window.columns], rows=rows, columns=columns)


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


def overview(step: Step, window: Window, glyphs: Glyphs, width: int, height: int) -> Block | None:
    """All weights of the step's matrix at once, a cell for each or for a block of them; the window is marked.

    A cell is a sign, stronger for larger entries, so that plus and minus are told apart without colours, too. A
    matrix that is higher than wide lies on its side. A block shows the entry of it that is farthest from zero.

    Args:
        step: The step.
        window: The part that is drawn large.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are, with the line that says what this is.
    """
    matrix = next((o for o in (*step.operands, step.result) if o.columns is not None), None)
    if matrix is None or height < 3 or width < 20:
        return None
    value, down, across = matrix.value, window.rows, window.columns
    lying = value.shape[0] > value.shape[1]
    if lying:
        value, down, across = value.T, across, down
    lines, cells = min(value.shape[0], height - 2), min(value.shape[1], width - 2)
    pooled = _pooled(value, lines, cells)
    largest = float(np.abs(pooled).max()) or 1.0
    marks = [_mark(column, cells, value.shape[1], across) for column in range(cells)]
    drawn = [line("  ", ("".join(glyphs.heads[2] if mark else " " for mark in marks), "$accent"))]
    for row in range(lines):
        inside = _mark(row, lines, value.shape[0], down)
        parts: list[Part] = [(glyphs.arrow if inside else " ", "$accent"), " "]
        parts += [_cell(float(entry) / largest, glyphs) for entry in pooled[row]]
        drawn.append(line(*parts))
    rows, columns = matrix.value.shape
    each = "one cell a weight" if pooled.shape == value.shape else "a cell shows the largest of its weights"
    side = ", on its side" if lying else ""
    told = line((f"{glyphs.text(matrix.name)} whole, {rows:,}{glyphs.text('×')}{columns}{side}: {each}", "$muted"))
    return Block.of([told.truncate(width), *drawn])


def _mark(cell: int, cells: int, of: int, part: slice) -> bool:
    """Whether a cell of the overview stands for an entry in the window."""
    begin, end = cell * of // cells, max((cell + 1) * of // cells, cell * of // cells + 1)
    return bool(begin < part.stop and end > part.start)


def _pooled(value: Array, rows: int, columns: int) -> Array:
    """The matrix in fewer rows and columns: of each block the entry that is farthest from zero."""
    for axis, count in ((0, rows), (1, columns)):
        size = value.shape[axis]
        if count < size:
            begins = np.arange(count) * size // count
            low, high = np.minimum.reduceat(value, begins, axis), np.maximum.reduceat(value, begins, axis)
            value = np.where(-low > high, low, high)
    return value


def _cell(part: float, glyphs: Glyphs) -> tuple[str, str]:
    """An entry by its sign and its size, as a part of the largest."""
    if part == 0:
        return glyphs.to_come, "$faint"
    strength = 100 if abs(part) > 0.66 else 65 if abs(part) > 0.33 else 35
    return ("+", f"$plus {strength}%") if part > 0 else (glyphs.text("−"), f"$minus {strength}%")


def told_part(window: Window, glyphs: Glyphs) -> Content:
    """A line that says which part is in sight."""
    return line((glyphs.text(window.told()), "$muted"))
