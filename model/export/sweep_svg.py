"""A sweep as an SVG picture: a map for two settings, a curve with its band for one, a histogram for none.

What is dark is also a number or a height: nothing is told by a colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape

from model.foreign_text import shown
from model.language import _, ngettext
from model.sweep.axes import Axis
from model.sweep.statistics import Rate, percent, updates_histogram
from model.sweep.sweep_map import SweepMap

INK, PAPER, GRID_LINE, BAND, LINE = "#1a1a1a", "#ffffff", "#d0d0d0", "#c3d4e8", "#1f4e8c"
PALE, DARK = (0xF4, 0xF7, 0xFB), (0x10, 0x2F, 0x5C)
"""The colours of a cell that never learns and of one that always does; those between are as dark as they learn."""

CELL_WIDTH, CELL_HEIGHT = 36, 24
LEFT, TOP, RIGHT, BOTTOM = 96, 64, 24, 72
PLOT_WIDTH, PLOT_HEIGHT = 640, 320
BINS = 32


def sweep_svg(moment: SweepMap) -> bytes:
    """The picture of a map as it is known so far."""
    sides = len(moment.grid.axes)
    parts, width, height = (_histogram, _curve, _map)[sides](moment)
    title = [_text(LEFT, 24, _title(moment), size=15, bold=True), _text(LEFT, 44, _subtitle(moment), size=12)]
    body = "\n".join([*title, *parts])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="sans-serif">\n<rect width="100%" height="100%" fill="{PAPER}"/>\n{body}\n</svg>\n'
    ).encode()


def _title(moment: SweepMap) -> str:
    seeds = len(moment.grid.seeds)
    if not moment.grid.axes:
        return ngettext(
            "{roommate}: updates until the rule is learned, {seeds:,} seed",
            "{roommate}: updates until the rule is learned, {seeds:,} seeds",
            seeds,
        ).format(roommate=moment.grid.roommate.name, seeds=seeds)
    return ngettext(
        "{roommate}: percent of {seeds:,} seed that learn the rule",
        "{roommate}: percent of {seeds:,} seeds that learn the rule",
        seeds,
    ).format(roommate=moment.grid.roommate.name, seeds=seeds)


def _subtitle(moment: SweepMap) -> str:
    fixed = ", ".join(f"{name.replace('_', '-')}={value}" for name, value in moment.grid.fixed.items())
    done = (
        ""
        if moment.progress.finished
        else _("{done:,} of {total:,} trainings are done").format(
            done=moment.progress.done, total=moment.progress.total
        )
    )
    return " · ".join(filter(None, [fixed, done]))


def _map(moment: SweepMap) -> tuple[list[str], int, int]:
    across, up = moment.grid.axes
    rows, columns = moment.grid.shape
    parts = []
    for row in range(rows):
        y = TOP + (rows - 1 - row) * CELL_HEIGHT
        parts.append(_text(LEFT - 8, y + 16, up.labels[row], anchor="end", size=11))
        for column in range(columns):
            x = LEFT + column * CELL_WIDTH
            cell = moment.grid.at(row, column)
            rate = moment.statistics(cell).learned
            low, high = rate.interval
            name = escape(shown(moment.grid.name(cell)))
            about = f"{name}: {rate.count}/{rate.of} ({100 * low:.0f}–{100 * high:.0f} %)" if rate.of else name
            dark = bool(rate.of) and rate.value > 0.5
            parts.append(
                f'<g><title>{about}</title><rect x="{x}" y="{y}" width="{CELL_WIDTH - 1}" height="{CELL_HEIGHT - 1}" '
                f'fill="{_shade(rate)}" stroke="{GRID_LINE}" stroke-width="0.5"/>'
                + _text(
                    x + CELL_WIDTH / 2, y + 16, percent(rate), anchor="middle", size=11, fill=PAPER if dark else INK
                )
                + "</g>"
            )
    bottom = TOP + rows * CELL_HEIGHT
    for column, label in enumerate(across.labels):
        middle = LEFT + (column + 0.5) * CELL_WIDTH
        parts.append(_text(middle + 4, bottom + 12, label, anchor="end", size=11, turned=-45))
    width = LEFT + columns * CELL_WIDTH + RIGHT
    parts.append(_text(LEFT + columns * CELL_WIDTH / 2, bottom + 66, across.title, anchor="middle", size=13))
    parts.append(_text(20, TOP + rows * CELL_HEIGHT / 2, up.title, anchor="middle", size=13, turned=-90))
    return parts, max(width, 640), bottom + 80


def _shade(rate: Rate) -> str:
    if not rate.of:
        return PAPER
    mixed = (round(pale + (dark - pale) * rate.value) for pale, dark in zip(PALE, DARK, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _curve(moment: SweepMap) -> tuple[list[str], int, int]:
    (axis,) = moment.grid.axes
    places = [LEFT + part * PLOT_WIDTH for part in _places(axis)]
    known = [
        (x, moment.statistics(cell).learned)
        for x, cell in zip(places, moment.grid.cells, strict=True)
        if len(moment.outcomes[cell.index])
    ]
    parts = [*_frame(axis.title, _("learned, percent")), *_percent_lines()]
    upper = [(x, _height(rate.interval[1])) for x, rate in known]
    lower = [(x, _height(rate.interval[0])) for x, rate in known]
    line = [(x, _height(rate.value)) for x, rate in known]
    if axis.spacing == "names":  # names have no order, so nothing lies between two of them
        for (x, high), (_x, low), (_also_x, middle) in zip(upper, lower, line, strict=True):
            parts.append(
                f'<rect x="{x - 12:.1f}" y="{high:.1f}" width="24" height="{low - high:.1f}" fill="{BAND}"/>'
            )
            parts.append(
                f'<line x1="{x - 12:.1f}" x2="{x + 12:.1f}" y1="{middle:.1f}" y2="{middle:.1f}" stroke="{LINE}" '
                'stroke-width="2"/>'
            )
    elif known:
        parts.append(f'<polygon points="{_points([*upper, *reversed(lower)])}" fill="{BAND}"/>')
        parts.append(f'<polyline points="{_points(line)}" fill="none" stroke="{LINE}" stroke-width="2"/>')
    for (x, y), (_x, rate) in zip(line, known, strict=True):
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{LINE}"/>')
        parts.append(_text(x, y - 7 if y > TOP + 20 else y + 16, percent(rate), anchor="middle", size=10))
    for x, label in _spread(places, axis.labels):
        parts.append(_text(x + 4, TOP + PLOT_HEIGHT + 14, label, anchor="end", size=11, turned=-45))
    return parts, LEFT + PLOT_WIDTH + RIGHT, TOP + PLOT_HEIGHT + BOTTOM + 8


def _places(axis: Axis) -> list[float]:
    """Where the values of an axis lie, each from 0 to 1."""
    count = len(axis.values)
    numbers = [value for value in axis.values if not isinstance(value, str)]
    if axis.spacing == "names" or len(numbers) < count or count == 1:
        return [(index + 0.5) / count for index in range(count)]
    scale = math.log if axis.spacing == "log" else float
    least, most = scale(numbers[0]), scale(numbers[-1])
    return [(scale(number) - least) / (most - least) for number in numbers]


def _spread(places: Sequence[float], labels: Sequence[str]) -> list[tuple[float, str]]:
    """The labels that have room, from the left."""
    kept: list[tuple[float, str]] = []
    for place, label in zip(places, labels, strict=True):
        if not kept or place - kept[-1][0] >= 18:
            kept.append((place, label))
    return kept


def _histogram(moment: SweepMap) -> tuple[list[str], int, int]:
    (cell,) = moment.grid.cells
    outcomes = moment.outcomes[cell.index]
    histogram = updates_histogram(outcomes, BINS)
    rate = moment.statistics(cell).learned
    low, high = rate.interval
    parts = _frame(_("updates until the rule is learned"), _("trainings"))
    said = _(
        "{count:,} of {of:,} learned it ({low:.1f} to {high:.1f} percent of all seeds, with 95 percent certainty)"
    )
    parts.append(
        _text(
            LEFT,
            TOP - 4,
            said.format(count=rate.count, of=rate.of, low=100 * low, high=100 * high),
            size=12,
        )
    )
    if histogram is None:
        return parts, LEFT + PLOT_WIDTH + RIGHT, TOP + PLOT_HEIGHT + BOTTOM
    most, bins = int(histogram.counts.max()), len(histogram.counts)
    places = [LEFT + index * PLOT_WIDTH / bins for index in range(bins + 1)]
    for x, count in zip(places, histogram.counts.tolist(), strict=False):
        high_bar = count / most * (PLOT_HEIGHT - 24)
        y = TOP + PLOT_HEIGHT - high_bar
        parts.append(
            f'<rect x="{x + 0.5:.1f}" y="{y:.1f}" width="{PLOT_WIDTH / bins - 1:.1f}" height="{high_bar:.1f}" '
            f'fill="{LINE}"/>'
        )
        if count:
            parts.append(_text(x + PLOT_WIDTH / bins / 2, y - 4, str(count), anchor="middle", size=9))
    for x, label in _spread(places, [f"{edge:.0f}" for edge in histogram.edges]):
        parts.append(_text(x + 4, TOP + PLOT_HEIGHT + 14, label, anchor="end", size=11, turned=-45))
    return parts, LEFT + PLOT_WIDTH + RIGHT, TOP + PLOT_HEIGHT + BOTTOM + 8


def _frame(across: str, up: str) -> list[str]:
    """The axes of a plot with their names."""
    bottom = TOP + PLOT_HEIGHT
    return [
        f'<path d="M{LEFT} {TOP}V{bottom}H{LEFT + PLOT_WIDTH}" fill="none" stroke="{INK}"/>',
        _text(LEFT + PLOT_WIDTH / 2, bottom + 66, across, anchor="middle", size=13),
        _text(24, TOP + PLOT_HEIGHT / 2, up, anchor="middle", size=13, turned=-90),
    ]


def _percent_lines() -> list[str]:
    parts = []
    for value in (0, 25, 50, 75, 100):
        y = _height(value / 100)
        parts.append(
            f'<line x1="{LEFT}" x2="{LEFT + PLOT_WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GRID_LINE}" '
            'stroke-width="0.5"/>'
        )
        parts.append(_text(LEFT - 8, y + 4, str(value), anchor="end", size=11))
    return parts


def _height(part: float) -> float:
    return TOP + PLOT_HEIGHT * (1 - part)


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)


def _text(
    x: float,
    y: float,
    words: str,
    *,
    size: int,
    anchor: str = "start",
    bold: bool = False,
    turned: int = 0,
    fill: str = INK,
) -> str:
    """Words at a place, turned about it by so many degrees."""
    more = ' font-weight="bold"' if bold else ""
    more += f' transform="rotate({turned} {x:.1f} {y:.1f})"' if turned else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}"{more}>'
        f"{escape(shown(words))}</text>"
    )
