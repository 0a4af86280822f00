"""The network's answer in each case of the rule."""

from __future__ import annotations

import math

from rich.cells import cell_len
from textual.content import Content

from model.language import _
from model.simulation.simulation import Simulation
from model.steps.axes import dish_axis, state_axis, weather_axis
from model.training.snapshot import TrainingSnapshot
from tui.rendering.block import Block, beside, line
from tui.rendering.case_history import past_of
from tui.rendering.fitting import bar
from tui.rendering.loss_chart import axis_of
from tui.text.error_reach import percent_of
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


MIN_HISTORY, MIN_BAR, MAX_BAR = 8, 4, 12
"""Cells of the history of a case, and of the bar of a probability."""


def case_lines(
    simulation: Simulation, moment: TrainingSnapshot, glyphs: Glyphs, width: int, height: int, *, past: bool = False
) -> list[Content]:
    """A row for each case: weather, yesterday, the network's dish, right or wrong, the probability of the right one.

    Where there is little room, what goes in is only a picture; of too many cases there are those around today's.

    Args:
        simulation: Its day's case is highlighted.
        moment: The run.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are; 0: as many as are wanted.
        past: Whether the history of each case stands in its row, if there is room, and not a bar.
    """
    k, n = moment.verdict.right.shape
    cases, most = k * n, height or MAX_CASES
    shown = range(cases)
    if cases > most:
        trace = simulation.trace
        begin = min(max(trace.weather * n + trace.yesterday - (most - 1) // 2, 0), cases - most + 1)
        shown = range(begin, begin + most - 1)
    full = _cases(simulation, moment, glyphs, shown, brief=False)
    spare = MIN_HISTORY if past else MIN_BAR
    drawn = full if full.width + spare + 1 <= width else _cases(simulation, moment, glyphs, shown, brief=True)
    room = width - drawn.width - 1
    if past and room >= MIN_HISTORY:
        drawn = _cases(simulation, moment, glyphs, shown, brief=drawn is not full, past=room)
    elif room >= MIN_BAR and not past:
        drawn = beside([drawn, _bars(moment, glyphs, shown, min(room, MAX_BAR))])
    lines = list(drawn.lines)
    if len(shown) < cases:
        sentence = _("{right:,} of {cases:,} cases are right")
        text = sentence.format(right=moment.verdict.count, cases=moment.verdict.cases)
        lines.append(line((text, "$muted")))
    return lines


def _bars(moment: TrainingSnapshot, glyphs: Glyphs, shown: range, width: int) -> Block:
    """The probability of each right dish as a bar."""
    verdict, bars = moment.verdict, []
    for case in shown:
        part = float(verdict.probability.flat[case])
        style = "$right" if verdict.right.flat[case] else "$wrong"
        bars.append(line((bar(0.0 if math.isnan(part) else part, width, glyphs), style)))
    return Block.of(bars, width)


def _cases(
    simulation: Simulation, moment: TrainingSnapshot, glyphs: Glyphs, shown: range, *, brief: bool, past: int = 0
) -> Block:
    dishes, weathers = dish_axis(moment.roommate), weather_axis(moment.roommate)
    starts = state_axis(moment.roommate) if moment.network.cell.remembers else dishes
    verdict, here = moment.verdict, (simulation.trace.weather, simulation.trace.yesterday)
    if moment.network.cell.remembers:
        here = simulation.situation.case(max(simulation.day, 0))
    parts = moment.cases.columns(past, axis_of(moment.latest))[0] if past else None
    columns: list[list[Content]] = [[] for _column in range(6 if past else 5)]
    says = max(cell_len(glyphs.labelled(dishes, dish)) for dish in range(len(dishes.labels)))
    for case in shown:
        weather, yesterday = divmod(case, len(starts.labels))
        highlight = " on $lit" if (weather, yesterday) == here else ""
        right, known = bool(verdict.right[weather, yesterday]), bool(verdict.known[weather, yesterday])
        style, sign = ("$right bold", glyphs.right) if right else ("$wrong bold", glyphs.wrong)
        if not known:
            style, sign = "$muted", glyphs.unknown
        style += highlight
        sky = glyphs.short(weathers, weather, 3) if brief else glyphs.labelled(weathers, weather)
        before = glyphs.short(starts, yesterday, 3) if brief else glyphs.labelled(starts, yesterday)
        told = percent_of(float(verdict.probability[weather, yesterday])).rjust(4)
        should = glyphs.short(dishes, moment.right_dishes[weather][yesterday], 2) if known and not right else "  "
        dish = glyphs.labelled(dishes, int(verdict.dish[weather, yesterday]))
        row = [
            line((sky, f"$weather{highlight}")),
            line((before, f"$yesterday{highlight}")),
            line((glyphs.arrow, "$faint")),
            line((dish + " " * (says - cell_len(dish)), style)),
            line((f"{sign} {told} {should}", style)),
        ]
        if parts is not None:
            row.insert(2, line(*past_of(parts[:, case], glyphs)))
        for column, cell in zip(columns, row, strict=True):
            column.append(cell)
    return beside([Block.of(column) for column in columns])
