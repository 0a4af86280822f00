"""The roommate's rule as a table of yesterday and weather, with the case of the day lit."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from model.roommate import Kind
from model.simulation import Simulation
from model.trace import dish_axis, weather_axis
from tui.rendering.blocks import Block, beside, line
from tui.rendering.glyphs import Glyphs
from tui.rendering.zoom import around

MOST_ROWS = 12
"""Of more dishes than this only those around yesterday's are shown."""


def rule(simulation: Simulation, glyphs: Glyphs, width: int) -> list[Content]:
    """What is cooked in each case: a row for each dish of yesterday, a column for each weather.

    A lesson that knows only one of the two shows only that one. Of a large table there are the cases around today's.
    """
    situation = simulation.situation
    roommate = situation.roommate.reduced(situation.kind)
    dishes, weathers = dish_axis(roommate), weather_axis(roommate)
    trace = simulation.trace
    n, k = len(dishes.labels), len(weathers.labels)
    rows = [0] if situation.kind is Kind.WEATHER else list(range(n))[around(trace.yesterday, min(MOST_ROWS, n), n)]
    columns = [0] if situation.kind is Kind.CYCLE else list(range(k))
    here = (
        0 if situation.kind is Kind.WEATHER else trace.yesterday,
        0 if situation.kind is Kind.CYCLE else trace.weather,
    )
    widest = max(
        cell_len(glyphs.labelled(axis, row)) for axis in (dishes, weathers) for row in range(len(axis.labels))
    )
    fitting = max((width - widest) // (widest + 4), 1)
    columns = columns if len(columns) <= fitting else columns[around(trace.weather, fitting, k)]
    names = ["any dish"] if situation.kind is Kind.WEATHER else [glyphs.labelled(dishes, row) for row in rows]
    heads = ["any weather"] if situation.kind is Kind.CYCLE else [glyphs.labelled(weathers, c) for c in columns]
    blocks = [Block.of([line(("yesterday", "$muted")), *(line((name, "$yesterday")) for name in names)])]
    for column, head in zip(columns, heads, strict=True):
        cells = [line((f" {head}", "$weather"))]
        for row in rows:
            dish = glyphs.labelled(dishes, roommate.next_dish[column][row])
            style = "bold $today on $lit" if (row, column) == here else "$muted"
            cells.append(line((f" {dish} ", style)))
        blocks.append(Block.of(cells))
    lines = list(beside(blocks, gap=2).lines)
    if len(rows) * len(columns) < n * k and situation.kind is Kind.RNN:
        lines.append(line((f"{len(rows) * len(columns)} of {n * k:,} cases, around today's", "$muted")))
    return lines
