"""The curve of a sweep over one setting with its 95 % band, and the histogram of one over none."""

from __future__ import annotations

from itertools import pairwise

from rich.cells import cell_len
from textual.content import Content

from model.language import _
from model.sweep.statistics import percent, updates_histogram
from model.sweep.sweep_map import SweepMap
from tui.rendering.block import Part, line
from tui.rendering.sweep_map import in_sight, names_below, right_aligned, shortened, style_of
from tui.text.glyphs import Glyphs
from tui.text.sweep_table import bin_names

BESIDE = 4
"""Cells of the percents beside the curve, with a blank."""

MOST_STEP = 12
"""Cells from one value to the next at the most."""

LEAST_STEP = 4
"""And at the least, so that the percents have room; of more values those around the cursor are in sight."""


def curve_lines(moment: SweepMap, cursor: int, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """The rate at each value as a node with its percent, and its interval as a line through it.

    Where the values are numbers, dots between two of them carry the band on.

    Args:
        moment: What is known.
        cursor: The index of the value under the cursor.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are.
    """
    (axis,) = moment.grid.axes
    count, room = len(axis.values), max(width - BESIDE - 1, 1)
    step = min(max(room // count, LEAST_STEP), MOST_STEP)
    window = in_sight(count, room // step, cursor)
    high = max(height - 3, 2)
    rates = {index: moment.statistics(moment.grid.cells[index]).learned for index in window}
    cells: dict[tuple[int, int], tuple[str, str]] = {}

    def y(part: float) -> int:
        return round((1 - part) * (high - 1))

    known = [index for index in window if rates[index].of]
    places = {index: (index - window.start) * step + step // 2 for index in window}
    if axis.spacing != "names":
        for left, right in pairwise(known):
            for x in range(places[left] + 1, places[right]):
                part = (x - places[left]) / (places[right] - places[left])
                low, top = (
                    (1 - part) * rates[left].interval[end] + part * rates[right].interval[end] for end in (0, 1)
                )
                for at in range(y(top), y(low) + 1):
                    cells[at, x] = (glyphs.to_come, "$faint")
    for index in known:
        rate, x = rates[index], places[index]
        low, top = rate.interval
        style = style_of(rate) + (" bold" if index == cursor else "")
        for at in range(y(top), y(low) + 1):
            cells[at, x] = (glyphs.heavy_vertical if index == cursor else glyphs.vertical, "$muted")
        cells[y(rate.value), x] = (glyphs.node, style)
        text = percent(rate)
        begin = x + 1 if x + 1 + len(text) <= room else x - len(text)
        for offset, letter in enumerate(text):
            cells[y(rate.value), begin + offset] = (letter, style)
    title = _("percent learned by {setting}; the lines are the 95 % interval").format(setting=axis.title)
    lines = [shortened(line((glyphs.text(title), "$muted")), width, glyphs)]
    marks = {y(part / 4): str(25 * part) for part in range(5)}
    for at in range(high):
        parts: list[Part] = [(f"{marks.get(at, ''):>{BESIDE - 1}} ", "$muted"), (glyphs.vertical, "$faint")]
        parts += [cells.get((at, x), " ") for x in range(step * len(window))]
        lines.append(line(*parts).rstrip())
    base = [glyphs.horizontal] * (step * len(window))
    base[places[cursor]] = glyphs.heads[0]
    lines.append(line(" " * BESIDE, (glyphs.lines[3], "$faint"), *((sign, "$faint") for sign in base)))
    lines.append(names_below(axis.labels, window, cursor, (BESIDE + 1, step), glyphs))
    return lines


def histogram_lines(moment: SweepMap, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """After how many updates it was learned, a bar for each stretch, and a last one for those that did not learn.

    Args:
        moment: What is known.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are.
    """
    statistics = moment.statistics(moment.grid.cells[0])
    histogram = updates_histogram(moment.outcomes[0], max(height - 2, 1))
    rows = [] if histogram is None else list(zip(bin_names(histogram), histogram.counts.tolist(), strict=True))
    bars = [(name, count, "$right") for name, count in rows]
    failed = statistics.learned.of - statistics.learned.count
    bars.append((_("not learned"), failed, "$wrong"))
    beside = max(cell_len(glyphs.text(name)) for name, _many, _colour in bars)
    most = max(1, *(count for _title, count, _colour in bars))
    longest = max(width - beside - 10, 1)
    lines = [line((glyphs.text(_("learned after so many updates, and how many trainings did")), "$muted"))]
    for name, count, style in bars:
        told = right_aligned(glyphs.text(name), beside)
        bar = glyphs.square * (-(-count * longest // most))
        lines.append(line((told, "$muted"), " ", (bar, style), f" {count:,}" if count else ""))
    return lines
