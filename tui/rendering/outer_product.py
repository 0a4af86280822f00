"""An outer product as a table with its factors at the margins."""

from __future__ import annotations

from model.steps.step import Operand, Step
from tui.rendering.block import Block, beside, line
from tui.rendering.fitting import names_of, next_fitting
from tui.rendering.matrix import body, column_headings
from tui.text.glyphs import Glyphs
from tui.text.numbers import written


def outer(step: Step, entry: int, glyphs: Glyphs, width: int, height: int | None = None) -> Block:
    """An outer product as a multiplication table: one vector down the side, the other across the top.

    Args:
        step: The step.
        entry: The entry of the result that is highlighted.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are, if they are few: then the names of blocks over columns are left out.
    """
    drawing = next_fitting((_outer(step, entry, glyphs, level) for level in range(4)), width)
    if height is None or drawing.height <= height:
        return drawing
    return next_fitting((_outer(step, entry, glyphs, level, low=True) for level in range(4)), width)


def _outer(step: Step, entry: int, glyphs: Glyphs, level: int, *, low: bool = False) -> Block:
    """The table; the higher the level, the less it says that is said elsewhere: in pictures, or in the formula."""
    side, top = step.operands
    brief = level > 0
    row, column = step.result.place(entry)
    # The row on top shares the columns of the table below it, so both take the wider of their numbers.
    across = Operand(top.name, top.symbol, top.value[None, :], top.role, top.rows, top.rows, gradient=top.gradient)
    digits = max(len(written(operand)[0][0]) for operand in (across, step.result))
    above = column_headings(step.result, glyphs, tight=brief, digits=digits)[-1 if low else 0 :]
    above.append(body(across, glyphs, tight=brief, digits=digits, current_column=column, current_row=0).lines[0])
    table = Block.of(
        [*above, *body(step.result, glyphs, row, tight=brief, current_column=column, digits=digits).lines]
    )
    lead = [line("")] * (len(above) - 1)
    name = line((glyphs.text(side.title), f"${side.role} bold"))
    vector = Block.of([*lead, name, *body(side, glyphs, row, tight=brief).lines])
    names = names_of(side, row, glyphs, brief=brief)
    left = Block.of([*lead, line(""), *names.lines])
    symbol = f"{glyphs.text(top.symbol)}{glyphs.text('ᵀ')}"
    named = line((symbol if level > 1 else f"{symbol} {top.title}", f"${top.role} bold"))
    result = line(("= ", "$muted"))
    if level < 3:
        result = line(result, (glyphs.text(step.result.title), f"${step.result.role} bold"))
    middle = (table.height - len(above)) // 2
    below = [line("")] * (table.height - len(above) - middle - 1)
    right = Block.of([*lead, named, *[line("")] * middle, result, *below])
    return beside([left, vector, table, right])
