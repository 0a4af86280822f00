"""The network's answer in each case of the rule."""

from __future__ import annotations

from textual.content import Content

from model.language import _
from model.simulation.simulation import Simulation
from model.steps.axes import dish_axis, state_axis, weather_axis
from model.training.snapshot import TrainingSnapshot
from tui.rendering.block import Block, beside, line
from tui.text.glyphs import Glyphs

MAX_CASES = 12
"""The panel of cases is no higher than this unless there is room."""

STYLES = {
    "learned": "$right bold",
    "fitted": "$right bold",
    "diverging": "$wrong bold",
    "limited": "$minus bold",
    "stuck": "$minus bold",
    "learning": "$muted",
}
"""The colour of how a run goes."""


def case_lines(
    simulation: Simulation, moment: TrainingSnapshot, glyphs: Glyphs, width: int, height: int
) -> list[Content]:
    """A row for each case: weather, yesterday, the network's dish, right or wrong and by what margin, the right.

    Where there is little room, what goes in is only a picture; of too many cases there are those around today's.

    Args:
        simulation: Its day's case is highlighted.
        moment: The run.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are; 0: as many as are wanted.
    """
    k, n = moment.verdict.right.shape
    cases, most = k * n, height or MAX_CASES
    shown = range(cases)
    if cases > most:
        trace = simulation.trace
        begin = min(max(trace.weather * n + trace.yesterday - (most - 1) // 2, 0), cases - most + 1)
        shown = range(begin, begin + most - 1)
    full = _cases(simulation, moment, glyphs, shown, brief=False)
    lines = list((full if full.width <= width else _cases(simulation, moment, glyphs, shown, brief=True)).lines)
    if len(shown) < cases:
        sentence = _("{right:,} of {cases:,} cases are right")
        text = sentence.format(right=moment.verdict.count, cases=moment.verdict.cases)
        lines.append(line((text, "$muted")))
    return lines


def _cases(simulation: Simulation, moment: TrainingSnapshot, glyphs: Glyphs, shown: range, *, brief: bool) -> Block:
    dishes, weathers = dish_axis(moment.roommate), weather_axis(moment.roommate)
    starts = state_axis(moment.roommate) if moment.network.cell.remembers else dishes
    roommate = moment.roommate
    wanted = [[roommate.shows[state] for state in row] for row in roommate.transitions]
    if not moment.network.cell.remembers:
        wanted = [list(row) for row in roommate.next_dish]
    verdict, here = moment.verdict, (simulation.trace.weather, simulation.trace.yesterday)
    if moment.network.cell.remembers:
        here = simulation.situation.case(max(simulation.day, 0))
    columns: list[list[Content]] = [[], [], [], [], []]
    for case in shown:
        weather, yesterday = divmod(case, len(starts.labels))
        highlight = " on $lit" if (weather, yesterday) == here else ""
        right = bool(verdict.right[weather, yesterday])
        style, sign = ("$right bold", glyphs.right) if right else ("$wrong bold", glyphs.wrong)
        if not verdict.known[weather, yesterday]:
            style, sign = "$muted", glyphs.unknown
        style += highlight
        sky = glyphs.short(weathers, weather, 3) if brief else glyphs.labelled(weathers, weather)
        before = glyphs.short(starts, yesterday, 3) if brief else glyphs.labelled(starts, yesterday)
        margin = f"{float(verdict.margin[weather, yesterday]):+.2f}"
        should = ""
        if not right and verdict.known[weather, yesterday]:
            should = f" {glyphs.short(dishes, wanted[weather][yesterday], 3)}"
        row = (
            (sky, f"$weather{highlight}"),
            (before, f"$yesterday{highlight}"),
            (glyphs.arrow, "$faint"),
            (glyphs.labelled(dishes, int(verdict.dish[weather, yesterday])), style),
            (f"{sign} {margin}{should}", style),
        )
        for column, cell in zip(columns, row, strict=True):
            column.append(line(cell))
    return beside([Block.of(column) for column in columns])
