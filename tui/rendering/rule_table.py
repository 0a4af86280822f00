"""The roommate's rule as a table of yesterday and weather, with the case of the day highlighted."""

from __future__ import annotations

from textual.content import Content

from model.language import _
from model.roommate.roommate import Roommate, Sees
from model.simulation.simulation import Simulation
from model.steps.axes import dish_axis, state_axis, weather_axis
from tui.rendering.block import Block, beside, line
from tui.text.glyphs import Glyphs
from tui.text.window import around

MAX_ROWS = 12
"""Of more dishes than this only those around yesterday's are shown."""


def rule(simulation: Simulation, glyphs: Glyphs, width: int) -> list[Content]:
    """What is cooked in each case: a row for each dish (or state) of yesterday, a column for each weather.

    A lesson that knows only one of the two shows only that one. Hidden states stand beside the dish they show. Of a
    large table there are the cases around today's.
    """
    situation = simulation.situation
    sees_yesterday, sees_weather = Sees.YESTERDAY in situation.cell.sees, Sees.WEATHER in situation.cell.sees
    roommate = situation.roommate.reduced(situation.cell.sees)
    states, weathers = state_axis(roommate), weather_axis(roommate)
    trace = simulation.trace
    n, k = len(states.labels), len(weathers.labels)
    before = _before(simulation, roommate)
    rows = [0] if not sees_yesterday else list(range(n))[around(before, min(MAX_ROWS, n), n)]
    columns = [0] if not sees_weather else list(range(k))
    here = (
        0 if not sees_yesterday else _before(simulation, roommate),
        0 if not sees_weather else trace.weather,
    )

    def table(columns: list[int], *, brief: bool) -> Block:
        names = [_("any dish")] if not sees_yesterday else [glyphs.labelled(states, row) for row in rows]
        heads = [_("any weather")] if not sees_weather else [glyphs.labelled(weathers, c) for c in columns]
        blocks = [Block.of([line((_("yesterday"), "$muted")), *(line((name, "$yesterday")) for name in names)])]
        for column, head in zip(columns, heads, strict=True):
            cells = [line((f" {head}", "$weather"))]
            for row in rows:
                cell = _cell(roommate, roommate.transitions[column][row], glyphs, brief=brief)
                cells.append(line((f" {cell} ", "bold $today on $lit" if (row, column) == here else "$muted")))
            blocks.append(Block.of(cells))
        return beside(blocks, gap=1 if brief else 2)

    at, most = columns.index(here[1]), len(columns)
    fewer = iter([columns[around(at, count, most)] for count in range(most, 0, -1)])
    drawn = table(columns, brief=False)
    while drawn.width > width and (some := next(fewer, None)) is not None:
        drawn, columns = table(some, brief=True), some
    lines = list(drawn.lines)
    if len(rows) * len(columns) < n * k and sees_yesterday and sees_weather:
        sentence = _("{shown} of {cases:,} cases, around today's")
        text = sentence.format(shown=len(rows) * len(columns), cases=n * k)
        lines.append(line((text, "$muted")))
    return lines


def _cell(roommate: Roommate, state: int, glyphs: Glyphs, *, brief: bool) -> str:
    """What follows: a dish, or a hidden state with the dish that it shows."""
    dishes, dish = dish_axis(roommate), roommate.shows[state]
    if roommate.memory is None:
        return glyphs.labelled(dishes, dish)
    name = glyphs.named(state_axis(roommate)).labels[state]
    return f"{name} {glyphs.short(dishes, dish, 3)}" if brief else f"{name}: {glyphs.labelled(dishes, dish)}"


def _before(simulation: Simulation, roommate: Roommate) -> int:
    """What the day under the cursor starts from: the roommate's hidden state, or the dish that the network cooked."""
    situation, day = simulation.situation, max(simulation.day, 0)
    if roommate.memory is None:
        return simulation.trace.yesterday
    return roommate.live(situation.week[:day], situation.start)[-1] if day else situation.start
