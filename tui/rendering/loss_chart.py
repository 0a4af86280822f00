"""The chart of a run: the loss in braille dots, under it the history of the cases, all on one axis of updates.

Its axes do not follow the numbers, so that an update adds dots at its right and moves nothing: the loss goes from
0.01 to twice that of guessing, the updates to a power of two, which doubles when it is full.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rich.cells import cell_len
from textual.content import Content

from model.arrays import Array
from model.language import _, grouped
from tui.rendering.block import Part, line
from tui.rendering.case_history import past_of
from tui.text.glyphs import Glyphs

DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bits of a braille cell: two columns of four dots, from the top."""

AXIS = 7
"""Cells left of the plot: a label of six and the axis itself."""

LEAST_LOSS = 0.01
"""What is smaller lies on the floor of a logarithmic axis."""

LEAST_AXIS = 128
"""The updates that the axis of a short run has."""


@dataclass(frozen=True, eq=False)
class Curve:
    """What a curve has in each dot column: its least and its greatest value there.

    Attributes:
        low: (columns,): NaN where the curve has no number.
        high: (columns,), likewise; infinite where the curve leaves every axis.
    """

    low: Array
    high: Array


@dataclass(frozen=True, eq=False)
class Chart:
    """Everything that is drawn.

    Attributes:
        loss: In nats; two dot columns a cell of `plot_width`.
        last: The latest update; the first is 0.
        log: Whether the axis is logarithmic.
        guessing: The loss of whoever knows nothing: ln n.
        guess: The same as it is written: "ln 3".
        names: What stands before each line of the history of the cases, the shortest name first to last.
        parts: (cells, lines): the part of a cell's updates after which the cases of a line were right; NaN: unknown.
        gradient: (cells,): the longest gradient; None where it is not drawn.
        right_at: The update since which all cases have been right, or None.
        right: What stands beside the line there.
        cursor: The update that is looked at, while travelling in time; None: the latest.
        told: What stands at the end of the curve, or at the cursor.
    """

    loss: Curve
    last: int
    log: bool
    guessing: float
    guess: str = ""
    names: tuple[str, ...] = ()
    parts: Array = field(default_factory=lambda: np.empty((0, 0)))
    gradient: Array | None = None
    right_at: int | None = None
    right: str = ""
    cursor: int | None = None
    told: str = ""


def plot_width(width: int) -> int:
    """The cells that are left for the curves in a chart of a width."""
    return max(width - AXIS - 1, 1)


def axis_of(last: int) -> int:
    """How many updates the axis has: a power of two that has room for the latest."""
    return max(LEAST_AXIS, 1 << last.bit_length())


@dataclass(frozen=True)
class Scale:
    """An axis from ``least`` to ``most``, which `position` maps to 0 and 1."""

    least: float
    most: float
    log: bool

    def position(self, value: float) -> float:
        """Where a value lies, held within the axis; infinity is at its top."""
        value = min(max(value, self.least), self.most)
        if self.log:
            return math.log(value / self.least) / math.log(self.most / self.least)
        return (value - self.least) / (self.most - self.least)


def scale_of(guessing: float, *, log: bool) -> Scale:
    """The axis of the loss, which depends on the number of dishes alone."""
    most = max(2 * guessing, 2 * LEAST_LOSS)
    return Scale(LEAST_LOSS if log else 0.0, most, log)


def chart(data: Chart, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """The chart with its axes.

    Args:
        data: What is drawn.
        glyphs: Characters to draw with.
        width: In cells, 20 or more.
        height: In lines: three and those of the history and the gradient, or more.
    """
    columns = plot_width(width)
    rows = max(height - len(data.names) - 1 - (data.gradient is not None), 1)
    plot = _Plot(data, glyphs, rows, columns)
    lines = plot.lines()
    for at, name in enumerate(data.names):
        lines.append(line(*_label(name, glyphs), *plot.history(data.parts[:, at])))
    lines.append(_time_axis(data, glyphs, columns))
    if data.gradient is not None:
        lines.append(_gradient_line(data.gradient, glyphs))
    return lines


class _Plot:
    """The cells of the plot: each a character and its style."""

    def __init__(self, data: Chart, glyphs: Glyphs, rows: int, columns: int) -> None:
        self.data, self.glyphs, self.rows, self.columns = data, glyphs, rows, columns
        self.scale = scale_of(data.guessing, log=data.log)
        self.dots = np.zeros((rows, columns), dtype=np.int64)
        _draw(data.loss, self.scale, self.dots)
        self.taken = self.dots > 0
        self.marks = _marks(data, glyphs, columns)

    def row_of(self, value: float) -> int:
        """The line that a loss lies in."""
        return (self.rows * 4 - 1 - round(self.scale.position(value) * (self.rows * 4 - 1))) // 4

    def lines(self) -> list[Content]:
        """The loss, with the line of guessing, the update that is looked at, and that since which all is right."""
        data, glyphs = self.data, self.glyphs
        cells: list[list[Part]] = [
            [self._cell(row, column) for column in range(self.columns)] for row in range(self.rows)
        ]
        guess = self.row_of(data.guessing)
        for column in range(0, self.columns, 2):
            if self._is_free(guess, column, 1):
                cells[guess][column] = glyphs.dashed, "$muted"
        self._write(cells, guess, self.columns - cell_len(data.guess) - 2, f" {data.guess} ", "$muted")
        if data.right_at is not None:
            at = _column_of(data.right_at, data.last, self.columns)
            beside = ((row, text) for row in range(self.rows) for text in (f" {data.right} ", data.right))
            next((True for row, text in beside if self._write(cells, row, at + 1, text, "$right")), False)
        self._tell(cells)
        labels = self._labels()
        return [
            line(*_label(labels.get(row, ""), glyphs, tick=row in labels), *cells[row]) for row in range(self.rows)
        ]

    def _cell(self, row: int, column: int) -> Part:
        bits, mark = int(self.dots[row, column]), self.marks.get(column)
        if mark or not bits:
            return mark or (" ", "")
        return chr(0x2800 + bits) if self.glyphs.braille else "*", "$primary bold"

    def _is_free(self, row: int, start: int, width: int) -> bool:
        """Whether nothing is drawn in some cells of a line."""
        cells = range(start, start + width)
        inside = start >= 0 and start + width <= self.columns and 0 <= row < self.rows
        return (
            inside and not self.taken[row, start : start + width].any() and not any(at in self.marks for at in cells)
        )

    def _write(self, cells: list[list[Part]], row: int, start: int, text: str, style: str) -> bool:
        """Write over a line where nothing is in the way; says whether it could be."""
        width = cell_len(text)
        if not text.strip() or not self._is_free(row, start, width):
            return False
        cells[row][start : start + width] = [(text, style), *[""] * (width - 1)]
        self.taken[row, start : start + width] = True
        return True

    def _tell(self, cells: list[list[Part]]) -> None:
        """Write the loss at the end of the curve, or as near as there is room."""
        data = self.data
        at = _column_of(data.last if data.cursor is None else data.cursor, data.last, self.columns)
        high = data.loss.high[min(2 * at + 1, len(data.loss.high) - 1)]
        text = f" {data.told}"
        if not data.told or math.isnan(high):
            return
        own, start = self.row_of(float(high)), min(at + 1, self.columns - len(text))
        for row in sorted(range(self.rows), key=lambda row: abs(row - own)):
            if self._write(cells, row, start, text, "$primary bold"):
                return

    def _labels(self) -> dict[int, str]:
        """Axis labels by row; no two in one row, that of guessing first."""
        most = self.data.guessing
        ticks = [most, 0.1, LEAST_LOSS] if self.data.log else [most, 0.0, 2 * most]
        labels: dict[int, str] = {}
        for tick in ticks:
            if tick <= self.scale.most:
                labels.setdefault(self.row_of(tick), f"{tick:.2f}" if tick in (most, 2 * most) else f"{tick:g}")
        return labels

    def history(self, parts: Array) -> list[Part]:
        """A line of the history of the cases, with what stands out in the chart."""
        signs = past_of(parts, self.glyphs)
        return [self.marks.get(column) or sign for column, sign in enumerate(signs)]


def _draw(curve: Curve, scale: Scale, dots: NDArray[np.int64]) -> None:
    """Draw from each column's least to its greatest value, joined to the one before."""
    rows, columns = dots.shape
    bottom = rows * 4 - 1
    before: tuple[int, int] | None = None
    for x in range(min(len(curve.low), columns * 2)):
        low, high = float(curve.low[x]), float(curve.high[x])
        if math.isnan(low) or math.isnan(high):
            before = None
            continue
        top_dot = bottom - round(scale.position(high) * bottom)
        low_dot = bottom - round(scale.position(low) * bottom)
        first, last = top_dot, low_dot
        if before is not None:  # close the gap to a steep neighbour
            first, last = min(top_dot, before[1]), max(low_dot, before[0])
        for y in range(first, last + 1):
            dots[y // 4, x // 2] |= DOTS[x % 2][y % 4]
        before = (top_dot, low_dot)


def _column_of(update: int, last: int, columns: int) -> int:
    return min(update * columns // axis_of(last), columns - 1)


def update_at(column: int, last: int, width: int) -> int:
    """The update that a column of a chart begins with, none being later than the latest."""
    return min(column * axis_of(last) // plot_width(width), last)


def _marks(data: Chart, glyphs: Glyphs, columns: int) -> dict[int, tuple[str, str]]:
    """What stands in the columns that stand out: where all became right, and the cursor."""
    marks = {}
    if data.right_at is not None:
        marks[_column_of(data.right_at, data.last, columns)] = glyphs.vertical, "$right"
    if data.cursor is not None:
        marks[_column_of(data.cursor, data.last, columns)] = glyphs.heavy_vertical, "$accent bold"
    return marks


def _label(text: str, glyphs: Glyphs, *, tick: bool = False) -> tuple[Part, Part]:
    axis = glyphs.divide_right if tick else glyphs.vertical
    return (" " * (AXIS - 1 - cell_len(text)) + text, "$muted"), (axis, "$frame")


def _time_axis(data: Chart, glyphs: Glyphs, columns: int) -> Content:
    """The line under the plot with the numbers of updates in it: four parts, or two where there is little room."""
    updates = axis_of(data.last)
    axis = list(glyphs.horizontal * columns)
    parts = 4 if columns >= 8 * len(str(updates)) else 2
    for part in range(parts + 1):
        word = grouped(updates * part // parts) if columns > 60 else str(updates * part // parts)
        start = min(part * columns // parts, columns - len(word))
        axis[max(start, 0) : max(start, 0) + len(word)] = word
    return line(" " * (AXIS - 1), (glyphs.corners[2] + "".join(axis)[:columns], "$muted"))


def _gradient_line(gradient: Array, glyphs: Glyphs) -> Content:
    """The longest gradients as bars; the highest is a power of two, so that it seldom changes."""
    heights, top = glyphs.heights, float(np.nanmax(gradient, initial=0.0))
    most = 2.0 ** math.ceil(math.log2(top)) if 0 < top < math.inf else 1.0
    drawn = ""
    for length in gradient:
        part = 0.0 if math.isnan(length) else min(float(length) / most, 1.0)
        drawn += " " if math.isnan(length) else heights[round(part * (len(heights) - 1))]
    return line(*_label(_("grad.")[: AXIS - 1], glyphs)[:1], " ", (drawn, "$hidden"))
