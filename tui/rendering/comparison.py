"""Two networks beside each other: their weeks, their units, and a matrix of both with the difference."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from rich.cells import cell_len
from textual.content import Content

from model.analysis.unit_matching import match_units
from model.language import _, ngettext
from model.network.network import Network
from model.numbers import number
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.steps.axes import dish_axis, hidden_axis
from model.steps.difference import difference
from tui.rendering.block import Block, beside, line
from tui.rendering.equation import equation, spelled_row
from tui.rendering.fitting import bar
from tui.text.comparison import comparable_weights, has_the_same_units, largest_of_all
from tui.text.glyphs import Glyphs

SHOWN_DAYS = 7
"""So many days of a week stand beside each other."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """What is compared.

    Attributes:
        simulation: Its network is the one on the left.
        other: The network on the right.
        matrix: The matrix that is shown.
        entry: The entry that is spelled out; None: the one that differs most.
        match: Whether the other's units are put in the order of this one's; None: unless both are moments of one
            run, whose units are the same ones.
    """

    simulation: Simulation
    other: Network
    matrix: str
    entry: int | None = None
    match: bool | None = None

    @property
    def matched(self) -> bool:
        """Whether the other's units are put in the order of this one's."""
        if self.match is not None:
            return self.match
        return not has_the_same_units(self.simulation.situation, self.other)


def comparison(data: Comparison, glyphs: Glyphs, width: int) -> list[Content]:
    """The whole page.

    Args:
        data: What is compared.
        glyphs: Characters to draw with.
        width: The cells there are.
    """
    situation = data.simulation.situation
    one, other, roommate = situation.network, data.other, situation.roommate
    lines = [*weeks(data, glyphs, width), line("")]
    if one.parameters.hidden != other.parameters.hidden:
        sentence = _("{here} hidden units here, {there} there: so their weights cannot be compared one by one.")
        text = sentence.format(here=one.parameters.hidden, there=other.parameters.hidden)
        return [*lines, *units(data, glyphs, width), line(""), *line((text, "$minus")).wrap(width)]
    weights = comparable_weights(situation, other, matched=data.matched)
    step = difference(roommate, one, weights, data.matrix, ("this", "other"))
    entry = step.telling if data.entry is None else data.entry % step.result.value.size
    drawn, _window = equation(step, entry, glyphs, width)
    sentence = (
        _("weight for weight, units matched; largest difference {largest}")
        if data.matched
        else _("weight for weight, units in their own order; largest difference {largest}")
    )
    text = sentence.format(largest=number(float(np.abs(step.result.value).max())))
    title = line((step.title, f"${step.result.role} bold"), (f"  {text}", "$muted")).wrap(width)
    spelled = spelled_row(step, entry, glyphs).wrap(width)
    largest = line((largest_of_all(situation, weights, glyphs), "$muted")).wrap(width)
    return [*lines, *title, *drawn.lines, *spelled, *largest, line(""), *units(data, glyphs, width)]


def weeks(data: Comparison, glyphs: Glyphs, width: int) -> list[Content]:
    """Two rows of dishes, one under the other, fed back the same; where they differ is marked, and what is wrong."""
    situation = data.simulation.situation
    dishes = dish_axis(situation.roommate)
    mine = [situation.dish(day) for day in range(len(situation.week))]
    run = situation.run_of(data.other)
    theirs = [int(run.dish[day, 0]) for day in range(len(situation.week))]
    rows: list[Content] = []
    this, other = _("this"), _("other")
    label = max(map(cell_len, (this, other, _("really")))) + 1
    brief = width < label + 7 * 12
    for name, week in ((this, mine), (other, theirs)):
        cells = [Block.of([line((name, "bold"))], label)]
        for day, dish in enumerate(week[:SHOWN_DAYS]):
            wrong, differs = dish != situation.expected[day], mine[day] != theirs[day]
            style = "$wrong bold" if wrong else "$today bold" if differs else "$today"
            mark = glyphs.wrong if wrong else glyphs.differs if differs else ""
            dish_name = f"{glyphs.short(dishes, dish, 3) if brief else glyphs.labelled(dishes, dish)}"
            cells.append(
                Block.of([line((f"{dish_name}{'' if brief or not mark else ' '}{mark}", style))], 4 if brief else 11)
            )
        rows += beside(cells).lines
    wrong_days = {day for week in (mine, theirs) for day, dish in enumerate(week) if dish != situation.expected[day]}
    if any(day < SHOWN_DAYS for day in wrong_days):
        rows += _really(situation, wrong_days, glyphs, label, brief=brief)
    differing = sum(a != b for a, b in zip(mine, theirs, strict=True))
    sentence = ngettext("{count} of {days} days differ", "{count} of {days} days differ", differing)
    weights = line(
        (f"{this}: ", "bold"),
        situation.network.origin_in_words,
        (f"   {other}: ", "bold"),
        data.other.origin_in_words,
        (f"   {sentence.format(count=differing, days=len(mine))}", "$muted"),
    )
    return [*weights.wrap(width), *(text.truncate(width) for text in rows)]


def _really(
    situation: Situation, days: Collection[int], glyphs: Glyphs, label: int, *, brief: bool
) -> Sequence[Content]:
    """A row of what is really cooked on the days that one of both gets wrong."""
    dishes = dish_axis(situation.roommate)
    cells = [Block.of([line((_("really"), "$muted"))], label)]
    for day, dish in enumerate(situation.expected[:SHOWN_DAYS]):
        name = glyphs.short(dishes, dish, 3) if brief else glyphs.labelled(dishes, dish)
        cells.append(Block.of([line((name if day in days else "", "$muted"))], 4 if brief else 11))
    return beside(cells).lines


def units(data: Comparison, glyphs: Glyphs, width: int) -> list[Content]:
    """Which unit of the other network plays each unit of this one, and how like it is."""
    situation = data.simulation.situation
    roommate, one, other = situation.roommate, situation.network, data.other
    match = match_units(one, other, roommate)
    mine = hidden_axis(roommate, one)
    theirs = hidden_axis(roommate, other)
    names, others, bars, alike = [], [], [], []
    for row in range(len(mine.labels)):
        names.append(line((glyphs.text(glyphs.named(mine).describe(row)), "$hidden")))
        found = int(match.unit[row])
        if found < 0:
            others.append(line((_("nobody"), "$faint")))
            bars.append(line(""))
            alike.append(line(""))
            continue
        unit = glyphs.text(glyphs.named(theirs).describe(found))
        unit = _("the opposite of {unit}").format(unit=unit) if match.sign[row] < 0 else unit
        others.append(line((unit, "$hidden bold")))
        bars.append(line((f"{bar(float(match.likeness[row]), 10, glyphs):<10} {match.likeness[row]:.2f}", "$plus")))
        alike.append(line((f"{match.likeness[row]:.2f}", "$plus")))
    verb = _("plays") if other.blocks and not one.blocks else _("is played by")
    plays = Block.of([line((verb, "$muted"))] * len(names))
    columns = [Block.of(names), plays, Block.of(others), Block.of(bars)]
    table = beside(columns, gap=2)
    if table.width > width:
        table = beside([columns[0], Block.of([line(("=", "$muted"))] * len(names)), columns[2], Block.of(alike)])
    heading = line((_("Hidden units"), "bold"), (f"  {_('and how alike they behave over all cases')}", "$muted"))
    return [*heading.wrap(width), *(text.truncate(width) for text in table.lines)]
