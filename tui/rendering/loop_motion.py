"""What goes in again, or its error on the way back, along the loop and the chain of days: small, and soon over."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from model.simulation.simulation import Simulation
from model.steps.axes import dish_axis
from tui.rendering.block import line
from tui.rendering.week_chain import ChainLayout
from tui.text.glyphs import Glyphs

PLACES, SECONDS = 8, 0.5
"""How many places it is seen at, and how long it takes."""


CHAIN_PLACES, CHAIN_SECONDS = 6, 0.4
"""The same of an error on its way along the chain to the day before."""

ROWS, SECONDS_OF_ROWS = 6, 0.3
"""In how many parts the rows that a step changes appear, and how long all of them take."""


def is_next_step(before: Simulation, now: Simulation) -> bool:
    """Whether somebody has just walked to the next step of the same day."""
    walked = before.situation is now.situation and before.backward == now.backward
    return walked and now.day == before.day and now.step == before.step + 1


def row_by_row(before: Sequence[Content], lines: Sequence[Content], part: int) -> list[Content]:
    """A drawing whose changed rows appear from the top, each entry being a sum of its own.

    Args:
        before: The drawing of the step before, with as many lines.
        lines: The drawing.
        part: How many parts of the changed rows are there already, from 0 to ``ROWS`` - 1.
    """
    changed = [at for at, (old, new) in enumerate(zip(before, lines, strict=True)) if old != new]
    later = {*changed[round(len(changed) * (part + 1) / ROWS) :]}
    return [before[at] if at in later else new for at, new in enumerate(lines)]


def is_next_day(before: Simulation, now: Simulation) -> bool:
    """Whether somebody has just walked from the last step of a day to the first of the next, with a loop between.

    On the way back the next is the day before.
    """
    walked = before.situation is now.situation and before.backward == now.backward
    last = before.step == len(before.steps) - 1
    loop = now.situation.cell.reads_yesterday or now.situation.cell.remembers
    return walked and loop and last and now.step == 0 and now.day == before.day + (-1 if now.backward else 1) >= 0


def going_in(simulation: Simulation, glyphs: Glyphs) -> tuple[str, str]:
    """What goes along the loop, and its colour: yesterday's dish, a node where the hidden units do, or an error."""
    cell = simulation.situation.cell
    if simulation.backward:
        return glyphs.text("∂"), "$error bold"
    if not cell.reads_yesterday:
        return glyphs.node, "$yesterday bold"
    return glyphs.short(dish_axis(simulation.situation.roommate), simulation.trace.yesterday, 3), "$yesterday bold"


def along_the_loop(lines: Sequence[Content], simulation: Simulation, place: int, glyphs: Glyphs) -> list[Content]:
    """A drawing of the network with a sign on the lowest line of its loop: from right to left, an error back again.

    Args:
        lines: The drawing; the loop runs along its last line.
        simulation: What goes along it, and which way.
        place: Where, from 0 to ``PLACES`` - 1.
        glyphs: The characters it is drawn with.
    """
    if not lines:
        return []
    text = lines[-1].plain
    runs = [at for at, letter in enumerate(text) if letter in {glyphs.lines[10], glyphs.heavy_horizontal}]
    sign, style = going_in(simulation, glyphs)
    width = cell_len(sign)
    if not runs or runs[-1] - runs[0] < PLACES * width or cell_len(text[: runs[-1]]) != runs[-1]:
        return list(lines)
    span = runs[-1] - width - runs[0]
    way = round(span * place / (PLACES - 1))
    at = runs[0] + way if simulation.backward else runs[-1] - width - way
    end = at + width
    return [*lines[:-1], line(lines[-1][:at], (sign, style), lines[-1][end:])]


def along_the_chain(
    lines: Sequence[Content], simulation: Simulation, place: int, glyphs: Glyphs, layout: ChainLayout
) -> list[Content]:
    """The chain of days with an error on its arrow, which has left the day after and comes to the day of the cursor.

    Args:
        lines: The chain; the arrows stand on its second line.
        simulation: Where the error arrives.
        place: Where it is, from 0 to ``CHAIN_PLACES`` - 1.
        glyphs: The characters it is drawn with.
        layout: Where the days stand.
    """
    day = simulation.day
    if len(lines) < 2 or day not in layout.days or day + 1 not in layout.days:
        return list(lines)
    begin = layout.left + (day - layout.first) * layout.cell
    cells = _cells(lines[1].plain)
    runs = [at for at in range(begin, begin + layout.cell) if lines[1].plain[cells[at]] in _run_signs(glyphs)]
    if len(runs) < 2:
        return list(lines)
    at = cells[runs[-1] - round((runs[-1] - runs[0]) * place / (CHAIN_PLACES - 1))]
    sign, style = going_in(simulation, glyphs)
    return [lines[0], line(lines[1][:at], (sign[:1], style), lines[1][at + 1 :]), *lines[2:]]


def _cells(text: str) -> list[int]:
    """The letter that each cell belongs to."""
    return [at for at, letter in enumerate(text) for _cell in range(cell_len(letter))]


def _run_signs(glyphs: Glyphs) -> str:
    return glyphs.horizontal + glyphs.heavy_horizontal + glyphs.heads[3]
