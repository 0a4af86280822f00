"""The loss chart: curves in braille dots over any number of updates, on a linear or a logarithmic axis."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from textual.content import Content

from model.arrays import Array
from model.language import _
from tui.rendering.block import Part, line
from tui.text.glyphs import Glyphs

DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bits of a braille cell: two columns of four dots, from the top."""

AXIS = 7
"""Cells left of the plot: a label of six and the axis itself."""

FLOOR_DECADES = 12
"""A logarithmic axis shows so many decades below its largest value at the most; what is smaller lies on its floor."""


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
        accuracy: From 0 to 1, drawn over the full height.
        last: The latest update; the first is 0.
        log: Whether the axis is logarithmic.
        accuracy_now: The accuracy that the legend names.
        learned_at: The update in which the rule was first learned, or None.
        cursor: The update that is looked at, while travelling in time; None: the latest.
    """

    loss: Curve
    accuracy: Curve
    last: int
    log: bool
    accuracy_now: float = math.nan
    learned_at: int | None = None
    cursor: int | None = None


def plot_width(width: int) -> int:
    """The cells that are left for the curves in a chart of a width."""
    return max(width - AXIS - 1, 1)


@dataclass(frozen=True)
class Scale:
    """An axis from ``least`` to ``most``, which `position` maps to 0 and 1."""

    least: float
    most: float
    log: bool

    def position(self, value: float) -> float:
        """Where a value lies, held within the axis; infinity is at its top."""
        if self.log:
            if value <= self.least:
                return 0.0
            value, least, most = math.log10(min(value, self.most)), math.log10(self.least), math.log10(self.most)
        else:
            least, most = self.least, self.most
            value = min(max(value, least), most)
        return (value - least) / (most - least)

    def ticks(self, most: int) -> list[float]:
        """At most so many values that an axis label should stand at: decades, or round steps."""
        most = max(most, 1)
        if self.log:
            low, high = math.ceil(math.log10(self.least)), math.floor(math.log10(self.most))
            if high - low < 1:  # less than two decades in sight: the round numbers between them help
                found = [factor * 10.0**power for power in range(low - 1, high + 1) for factor in (1, 2, 5)]
                return [tick for tick in found if self.least <= tick <= self.most]
            stride = max(1, math.ceil((high - low) / most))
            return [10.0**exponent for exponent in range(high, low - 1, -stride)]
        step = nice_step((self.most - self.least) / most)
        return [step * index for index in range(math.ceil(self.least / step), int(self.most / step + 1e-9) + 1)]


def nice_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, … times a power of ten that is not below ``least``."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))


def scale_of(curve: Curve, *, log: bool) -> Scale:
    """The axis that holds a curve's finite values; zeros and infinities do not stretch it."""
    values = np.concatenate([curve.low, curve.high])
    values = values[np.isfinite(values)]
    if not log:
        most = float(values.max(initial=0.0))
        return Scale(0.0, nice_step(most / 4) * math.ceil(most / nice_step(most / 4)) if most > 0 else 1.0, log=False)
    values = values[values > 0]
    if not values.size:
        return Scale(0.1, 1.0, log=True)
    high = min(math.log10(float(values.max())) + 0.05, 308.0)
    low = min(max(math.log10(float(values.min())) - 0.05, high - FLOOR_DECADES, -307.0), high - 1)
    return Scale(10.0**low, 10.0**high, log=True)


def chart(data: Chart, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """The chart with its axes and a line that says what the curves are.

    Args:
        data: The curves, with ``2 * plot_width(width)`` columns.
        glyphs: Characters to draw with.
        width: In cells, 20 or more.
        height: In lines, 5 or more.
    """
    columns, rows = plot_width(width), max(height - 3, 1)
    scale = scale_of(data.loss, log=data.log)
    dots = np.zeros((rows, columns), dtype=np.int64)
    owner = np.zeros((rows, columns), dtype=np.int64)  # 0 nothing, 1 accuracy, 2 loss
    _plot(data.accuracy, Scale(0.0, 1.0, log=False), dots, owner, 1, dotted=True)  # told apart without colours, too
    _plot(data.loss, scale, dots, owner, 2)
    marks = _marks(data, columns)
    labels = _labels(scale, rows)
    lines = [_legend(data, glyphs, width)]
    for row in range(rows):
        parts: list[Part] = [(labels.get(row, "").rjust(AXIS - 1), "$muted")]
        parts.append((glyphs.divide_right if row in labels else glyphs.vertical, "$frame"))
        for column in range(columns):
            parts.append(_cell(int(dots[row, column]), int(owner[row, column]), marks.get(column), glyphs))
        lines.append(line(*parts))
    lines += _time_axis(data, glyphs, columns)
    return lines


def _plot(
    curve: Curve, scale: Scale, dots: NDArray[np.int64], owner: NDArray[np.int64], who: int, *, dotted: bool = False
) -> None:
    """Draw from each column's least to its greatest value, joined to the one before; dotted: every other column."""
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
        for y in () if dotted and x % 2 else range(first, last + 1):
            dots[y // 4, x // 2] |= DOTS[x % 2][y % 4]
            owner[y // 4, x // 2] = who
        before = (top_dot, low_dot)


def _column_of(update: int, last: int, columns: int) -> int:
    return min(update * columns // (last + 1), columns - 1)


def _marks(data: Chart, columns: int) -> dict[int, str]:
    """The styles of the columns that stand out: where the rule was learned, and the cursor."""
    marks = {}
    if data.learned_at is not None:
        marks[_column_of(data.learned_at, data.last, columns)] = "$right"
    if data.cursor is not None:
        marks[_column_of(data.cursor, data.last, columns)] = "$accent"
    return marks


def _cell(bits: int, owner: int, mark: str | None, glyphs: Glyphs) -> tuple[str, str]:
    if not bits:
        return (glyphs.vertical, mark) if mark else (" ", "")
    style = ("", "$muted", "$primary bold")[owner]
    if not glyphs.braille:
        return (("", ".", "*")[owner], style)
    return (chr(0x2800 + bits), f"{style} on $lit" if mark else style)


def _labels(scale: Scale, rows: int) -> dict[int, str]:
    """Axis labels by row; no two in one row."""
    labels: dict[int, str] = {}
    for tick in scale.ticks(max(rows // 2, 1)):
        row = rows - 1 - min(round(scale.position(tick) * (rows * 4 - 1)) // 4, rows - 1)
        labels.setdefault(row, tick_label(tick))
    return labels


def tick_label(value: float) -> str:
    """A number in at most six characters."""
    if value == 0:
        return "0"
    text = f"{value:g}"
    return (
        text
        if 0.001 <= abs(value) < 10_000 and len(text) <= 6
        else f"{value:.0e}".replace("e-0", "e-").replace("e+0", "e")
    )


def _legend(data: Chart, glyphs: Glyphs, width: int) -> Content:
    lines, points = ("⠤⠤", "⠄⠄") if glyphs.braille else ("**", "..")
    known = not math.isnan(data.accuracy_now)
    loss = _("loss, nats (log)") if data.log else _("loss, nats (linear)")
    accuracy = _("batch accuracy {part:.0%}").format(part=data.accuracy_now) if known else _("batch accuracy")
    full = line((f" {loss} {lines}", "$primary bold"), (f"  {accuracy} {points}", "$muted"))
    if full.cell_length <= width:
        return full
    loss = _("loss (log)") if data.log else _("loss (linear)")
    accuracy = _("right {part:.0%}").format(part=data.accuracy_now) if known else _("right")
    short = line((f" {loss}", "$primary bold"), (f" {accuracy}", "$muted"))
    return short if short.cell_length <= width else line((f" {_('loss')}", "$primary bold")).truncate(width)


def _time_axis(data: Chart, glyphs: Glyphs, columns: int) -> list[Content]:
    """The line under the plot, and the numbers of updates under that."""
    axis = line(" " * (AXIS - 1), (glyphs.corners[2] + glyphs.horizontal * columns, "$frame"))
    text = [" "] * (columns + AXIS + 1)

    def write(update: int, word: str) -> None:
        middle = AXIS + _column_of(update, data.last, columns)
        start = min(max(middle - len(word) // 2, AXIS - 1), len(text) - len(word))
        around = text[max(start - 1, 0) : start + len(word) + 1]
        if start >= 0 and all(letter == " " for letter in around):
            text[start : start + len(word)] = word

    if data.cursor is not None:
        write(data.cursor, str(data.cursor))
    if data.learned_at is not None:
        write(data.learned_at, _("learned {update}").format(update=data.learned_at))
    write(0, "0")
    write(data.last, f"{data.last:,}" if columns > 30 else str(data.last))
    return [axis, line(("".join(text).rstrip(), "$muted"))]
