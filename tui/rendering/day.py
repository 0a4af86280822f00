"""The day so far: every intermediate vector side by side, those to come left open."""

from __future__ import annotations

from textual.content import Content

from model.simulation import Simulation
from model.trace import Axis, Operand, Step
from tui.rendering.blocks import Block, beside, line
from tui.rendering.glyphs import Glyphs
from tui.rendering.matrix import row_names, sign_style, with_dividers
from tui.rendering.numbers import entries


def day_so_far(simulation: Simulation, glyphs: Glyphs) -> Block | None:
    """A column for each vector the day's steps make; None where a lesson has too few to need it.

    Hidden vectors stand beside their row names, the vectors over dishes beside theirs.
    """
    steps = simulation.trace.steps
    if len(steps) < 3:
        return None
    hidden = steps[0].result.rows
    columns = [_names(hidden, glyphs, groups=True)]
    for index, step in enumerate(steps):
        if step.result.rows.labels != hidden.labels:
            continue
        columns.append(_column(simulation, index, step, glyphs))
    over_dishes = [(index, step) for index, step in enumerate(steps) if step.result.rows.labels != hidden.labels]
    columns.append(_names(over_dishes[0][1].result.rows, glyphs, groups=False))
    columns += [_column(simulation, index, step, glyphs) for index, step in over_dishes]
    table = beside(columns, gap=2)
    return Block.of([line((f"{simulation.trace.name} so far", "$muted bold")), *table.lines])


def _names(axis: Axis, glyphs: Glyphs, *, groups: bool) -> Block:
    """Row names, one line lower than the headings of the columns."""
    return Block.of([line(""), *row_names(axis, glyphs, None, groups=groups, align_right=True).lines])


def _column(simulation: Simulation, index: int, step: Step, glyphs: Glyphs) -> Block:
    operand: Operand = step.result
    lit = index == simulation.step
    seen = index <= simulation.step or simulation.revealed
    rows: list[Content] = []
    for number, (text,) in zip(operand.value, entries(operand.value), strict=True):
        shown = (text, sign_style(number) + (" bold" if number else "")) if seen else (glyphs.to_come, "$faint")
        rows.append(line(" ", shown, " "))
    block = Block.of(with_dividers(rows, operand.rows, line("")))
    heading = line((operand.symbol, f"${operand.role} bold" if seen else "$faint"))
    block = block.under([heading])
    return Block.of([text.stylize("on $lit") if lit else text for text in block.lines])
