"""The day so far: every intermediate vector side by side, those to come left open."""

from __future__ import annotations

from textual.content import Content

from model.language import _
from model.simulation.simulation import Simulation
from model.steps.step import Axis, Operand, Step
from model.steps.titles import title_of
from tui.rendering.block import Block, beside, line
from tui.rendering.fitting import next_fitting
from tui.rendering.matrix import row_names, sign_style, with_dividers
from tui.text.glyphs import Glyphs
from tui.text.numbers import entries


def day_so_far(simulation: Simulation, glyphs: Glyphs, width: int) -> Block | None:
    """A column for each vector the day's steps make; None where there are too few to need it, or too many to fit.

    Hidden vectors stand beside their row names, the vectors over dishes beside theirs.
    """
    vectors = [(index, step) for index, step in enumerate(simulation.steps) if step.result.columns is None]
    if len(vectors) < 3:
        return None
    axes = sorted({step.result.rows: None for _unused, step in vectors}, key=lambda axis: -len(axis.labels))
    columns = []
    for number, axis in enumerate(axes):
        columns.append(_names(axis, glyphs, groups=number == 0))
        columns += [_column(simulation, index, step, glyphs) for index, step in vectors if step.result.rows == axis]
    table = next_fitting((beside(columns, gap=gap) for gap in (2, 1, 0)), width)
    if table.width > width:
        return None
    heading = _("{day} on the way back") if simulation.backward else _("{day} so far")
    return Block.of([line((heading.format(day=simulation.trace.name), "$muted bold")), *table.lines])


def _names(axis: Axis, glyphs: Glyphs, *, groups: bool) -> Block:
    """Row names, one line lower than the headings of the columns."""
    return Block.of([line(""), *row_names(axis, glyphs, None, groups=groups, align_right=True).lines])


def _column(simulation: Simulation, index: int, step: Step, glyphs: Glyphs) -> Block:
    operand: Operand = step.result
    lit = index == simulation.step
    seen = index <= simulation.step or (simulation.revealed and not simulation.backward)
    rows: list[Content] = []
    for number, (text,) in zip(operand.value, entries(operand.value), strict=True):
        shown = (text, sign_style(number) + (" bold" if number else "")) if seen else (glyphs.to_come, "$faint")
        rows.append(line(" ", shown, " "))
    block = Block.of(with_dividers(rows, operand.rows, line("")))
    heading = line((glyphs.text(title_of(operand.symbol)), f"${operand.role} bold" if seen else "$faint"))
    block = block.under([heading])
    return Block.of([text.stylize("on $lit") if lit else text for text in block.lines])
