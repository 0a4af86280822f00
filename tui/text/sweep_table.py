"""A sweep as lines of text: a map for two settings, a table for one, a histogram for none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rich.cells import cell_len

from model.language import _
from model.sweep.statistics import Histogram, Rate, percent, updates_histogram
from model.sweep.sweep_map import SweepMap
from tui.text.glyphs import Glyphs
from tui.text.sweep import cell_in_words, quartiles_in_words, rate_in_words

BINS = 20
"""The lines of a histogram at the most."""

BAR = 30
"""The cells of its longest bar."""


def sweep_lines(moment: SweepMap, glyphs: Glyphs, width: int) -> Iterator[str]:
    """What is known of all cells.

    Args:
        moment: The map.
        glyphs: Characters that it is drawn with.
        width: Cells that a line may take; a wide map is given in parts beside which its rows stand again.
    """
    lines = (_histogram, _table, _map)[len(moment.grid.axes)](moment, glyphs, width)
    return (glyphs.text(line).rstrip() for line in lines)


def shade(rate: Rate, glyphs: Glyphs) -> str:
    """A rate as a bar that stands in one cell: empty where nothing is known."""
    if not rate.of:
        return " "
    heights = glyphs.heights
    return heights[min(int(rate.value * len(heights)), len(heights) - 1)]


def _map(moment: SweepMap, glyphs: Glyphs, width: int) -> Iterator[str]:
    across, up = moment.grid.axes
    rows, columns = moment.grid.shape
    beside = max(map(cell_len, up.labels))
    cell = max(5, *(cell_len(label) + 1 for label in across.labels))
    room = max((width - beside - 1) // cell, 1)
    yield _("percent learned: {across} from left to right, {up} upwards").format(across=across.title, up=up.title)
    for first in range(0, columns, room):
        part = range(first, min(first + room, columns))
        yield ""
        for row in reversed(range(rows)):
            rates = [moment.statistics(moment.grid.at(row, column)).learned for column in part]
            numbers = (f"{percent(rate) or glyphs.to_come}{shade(rate, glyphs)}" for rate in rates)
            yield _right(up.labels[row], beside) + " " + "".join(_right(number, cell) for number in numbers)
        yield " " * (beside + 1) + "".join(_right(f"{across.labels[column]} ", cell) for column in part)


def _table(moment: SweepMap, glyphs: Glyphs, width: int) -> Iterator[str]:  # noqa: ARG001 - as the others
    (axis,) = moment.grid.axes
    days = moment.grid.rollout_days
    head = [
        "",
        axis.title,
        _("learned"),
        _("after updates"),
        *([_("true for {days:,} days").format(days=days)] * bool(days)),
    ]
    rows = [head]
    for label, cell in zip(axis.labels, moment.grid.cells, strict=True):
        statistics = moment.statistics(cell)
        rate = statistics.learned
        known = [
            rate_in_words(rate) if rate.of else glyphs.to_come,
            quartiles_in_words(statistics.updates),
            *([rate_in_words(statistics.stays_true) if statistics.stays_true.of else ""] * bool(days)),
        ]
        rows.append([shade(rate, glyphs), label, *known])
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(head))]
    for row in rows:
        yield "  ".join(_left(text, size) for text, size in zip(row, widths, strict=True))


def _histogram(moment: SweepMap, glyphs: Glyphs, width: int) -> Iterator[str]:
    (cell,) = moment.grid.cells
    yield cell_in_words(moment, cell)
    histogram = updates_histogram(moment.outcomes[0], BINS)
    if histogram is None:
        return
    yield ""
    yield _("learned after so many updates, and how many trainings did:")
    names = bin_names(histogram)
    beside, most = max(map(cell_len, names)), int(histogram.counts.max())
    longest = max(min(BAR, width - beside - 10), 1)
    for name, count in zip(names, histogram.counts.tolist(), strict=True):
        bar = glyphs.square * (-(-count * longest // most))
        yield f"{_right(name, beside)} {bar} {count:,}"


def bin_names(histogram: Histogram) -> list[str]:
    """The updates that are in each bin: ``80–89``, or one number."""
    edges = [int(edge) for edge in histogram.edges.tolist()]
    return [f"{first:,}" if last - first == 1 else f"{first:,}–{last - 1:,}" for first, last in pairwise(edges)]


def _right(text: str, width: int) -> str:
    return " " * (width - cell_len(text)) + text


def _left(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))
