"""A training run drawn: its settings, how it goes, its loss, and the table of cases."""

from __future__ import annotations

import math
from dataclasses import dataclass

from textual.content import Content

from model.moment import Moment
from model.progress import describe
from model.roommate import Kind
from model.simulation import Simulation
from model.trace import dish_axis, state_axis, weather_axis
from tui.rendering.blocks import Block, beside, line
from tui.rendering.chart import Chart, Curve, chart, plot_width
from tui.rendering.glyphs import Glyphs

LEAST_CHART = (20, 5)
"""Columns and rows below which a chart says nothing."""

MOST_CASES = 12
"""The panel of cases is no higher than this unless there is room."""

STYLES = {
    "learned": "$right bold",
    "diverging": "$wrong bold",
    "limited": "$minus bold",
    "stuck": "$minus bold",
    "learning": "$muted",
}
"""The colour of how a run goes."""


@dataclass(frozen=True)
class Desk:
    """What a person has set about the training, beside the run itself.

    Attributes:
        running: Whether updates are being made.
        pace: Updates a second; infinite: as fast as the machine goes.
        log: Whether the loss has a logarithmic axis.
        trouble: Why training stopped, if it did so by itself.
    """

    running: bool = False
    pace: float = 10.0
    log: bool = True
    trouble: str = ""


def settings_line(moment: Moment, glyphs: Glyphs) -> Content:
    """The settings that matter most; the seed is always among them."""
    config = moment.config
    fed_back = "elman" if config.kind is Kind.ELMAN else config.feedback
    words = [f"{config.optimizer} {config.learning_rate:g}", config.activation, fed_back]
    words += [f"{config.weeks} weeks"] + ([f"clip {config.clip:g}"] if config.clip else [])
    rest = f" {glyphs.middle_dot} ".join(words)
    return line((f"seed {config.seed}", "bold $accent"), (f" {glyphs.middle_dot} {rest}", "$muted"))


def state_line(moment: Moment, desk: Desk, glyphs: Glyphs) -> Content:
    """Which update, how fast, and the loss at it."""
    speed = "full speed" if math.isinf(desk.pace) else f"{desk.pace:g}/s"
    if moment.update < moment.latest:
        how = (f"back from {moment.latest:,}", "$accent bold")
    else:
        how = (f"{'running' if desk.running else 'paused'} {speed}", "$right bold" if desk.running else "$muted")
    dot = f" {glyphs.middle_dot} "
    return line((f"update {moment.update:,}", "bold"), dot, how, dot, f"loss {moment.loss:.3g}")


def loss_lines(moment: Moment, desk: Desk, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """The whole panel: settings, state, chart, and how it goes in a sentence."""
    word, sentence = describe(moment)
    if desk.trouble:
        word, sentence = "diverging", desk.trouble
    told = line((sentence, STYLES[word])).wrap(max(width, 1))
    state = state_line(moment, desk, glyphs).wrap(max(width, 1))
    head = [*settings_line(moment, glyphs).wrap(max(width, 1)), *state]
    if 0 < height < len(head) + len(told) + LEAST_CHART[1]:  # the settings have a page of their own
        head = state
    room = height - len(head) - len(told)
    if width < LEAST_CHART[0] or room < LEAST_CHART[1]:
        return [*head, *told][:height]
    dots = 2 * plot_width(width)
    data = Chart(
        Curve(*moment.losses.columns(dots)),
        Curve(*moment.accuracies.columns(dots)),
        last=moment.latest,
        accuracy_now=moment.accuracy,
        log=desk.log,
        learned_at=moment.learned_at,
        cursor=moment.update if moment.update < moment.latest else None,
    )
    return [*head, *chart(data, glyphs, width, room), *told]


def case_lines(simulation: Simulation, moment: Moment, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """A row for each case: weather and yesterday, the network's dish, right or wrong, and by what margin.

    Where there is little room, what goes in is only a picture; of too many cases there are those around today's.

    Args:
        simulation: Its day's case is lit.
        moment: The run.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are; 0: as many as are wanted.
    """
    k, n = moment.verdict.right.shape
    cases, most = k * n, height or MOST_CASES
    shown = range(cases)
    if cases > most:
        trace = simulation.trace
        begin = min(max(trace.weather * n + trace.yesterday - (most - 1) // 2, 0), cases - most + 1)
        shown = range(begin, begin + most - 1)
    full = _cases(simulation, moment, glyphs, shown, brief=False)
    lines = list((full if full.width <= width else _cases(simulation, moment, glyphs, shown, brief=True)).lines)
    if len(shown) < cases:
        lines.append(line((f"{moment.verdict.count:,} of {moment.verdict.cases:,} cases are right", "$muted")))
    return lines


def _cases(simulation: Simulation, moment: Moment, glyphs: Glyphs, shown: range, *, brief: bool) -> Block:
    dishes, weathers = dish_axis(moment.roommate), weather_axis(moment.roommate)
    starts = state_axis(moment.roommate) if moment.network.kind is Kind.ELMAN else dishes
    verdict, here = moment.verdict, (simulation.trace.weather, simulation.trace.yesterday)
    if moment.network.kind is Kind.ELMAN:
        here = simulation.situation.case(max(simulation.day, 0))
    columns: list[list[Content]] = [[], [], [], [], []]
    for case in shown:
        weather, yesterday = divmod(case, len(starts.labels))
        lit = " on $lit" if (weather, yesterday) == here else ""
        right = bool(verdict.right[weather, yesterday])
        style, sign = ("$right bold", glyphs.right) if right else ("$wrong bold", glyphs.wrong)
        if not verdict.known[weather, yesterday]:
            style, sign = "$muted", glyphs.unknown
        style += lit
        sky = glyphs.short(weathers, weather, 3) if brief else glyphs.labelled(weathers, weather)
        before = glyphs.short(starts, yesterday, 3) if brief else glyphs.labelled(starts, yesterday)
        margin = f"{float(verdict.margin[weather, yesterday]):+.2f}"
        row = (
            (sky, f"$weather{lit}"),
            (before, f"$yesterday{lit}"),
            (glyphs.arrow, "$faint"),
            (glyphs.labelled(dishes, int(verdict.dish[weather, yesterday])), style),
            (f"{sign} {margin}", style),
        )
        for column, cell in zip(columns, row, strict=True):
            column.append(line(cell))
    return beside([Block.of(column) for column in columns])
