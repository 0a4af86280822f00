"""What only the way back has: an outer product as a table, and a sum over the days with each day's share."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from model.step import Operand, Step
from tui.rendering.blocks import Block, Part, beside, line
from tui.rendering.glyphs import Glyphs
from tui.rendering.matrix import body, column_headings, row_names, row_pictures, sign_style
from tui.rendering.numbers import entries

MOST_DAYS = 7
"""Of more days than this only those with the largest shares are drawn."""

BAR = 8
"""The longest bar, in cells."""


def next_fitting(drawings: Iterable[Block], width: int) -> Block:
    """The first drawing that fits a width; the last one where none does."""
    drawing = Block.of([])
    for drawing in drawings:
        if drawing.width <= width:
            break
    return drawing


def names_of(operand: Operand, lit: int, glyphs: Glyphs, *, brief: bool) -> Block:
    """The names of an operand's rows on its left, or only their pictures."""
    if brief:
        return row_pictures(operand.rows, glyphs)
    return row_names(operand.rows, glyphs, lit, groups=True, align_right=True)


def bar(part: float, width: int, glyphs: Glyphs) -> str:
    """A horizontal bar for a part of a whole, from 0 to 1, in at most so many cells."""
    steps = len(glyphs.bar)
    eighths = min(max(round(part * width * steps), 1 if part > 0 else 0), width * steps)
    whole, rest = divmod(eighths, steps)
    return glyphs.bar[-1] * whole + (glyphs.bar[rest - 1] if rest else "")


def outer(step: Step, lit: int, glyphs: Glyphs, width: int, height: int | None = None) -> Block:
    """An outer product as a multiplication table: one vector down the side, the other across the top.

    Args:
        step: The step.
        lit: The entry of the result that is lit.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are, if they are few: then the names of blocks over columns are left out.
    """
    drawing = next_fitting((_outer(step, lit, glyphs, level) for level in range(4)), width)
    if height is None or drawing.height <= height:
        return drawing
    return next_fitting((_outer(step, lit, glyphs, level, low=True) for level in range(4)), width)


def _outer(step: Step, lit: int, glyphs: Glyphs, level: int, *, low: bool = False) -> Block:
    """The table; the higher the level, the less it says that is said elsewhere: in pictures, or in the formula."""
    side, top = step.operands
    brief = level > 0
    row, column = step.result.place(lit)
    # The row on top shares the columns of the table below it, so both take the wider of their numbers.
    across = Operand(top.name, top.symbol, top.value[None, :], top.role, top.rows, top.rows)
    digits = max(len(entries(operand.value)[0][0]) for operand in (across, step.result))
    above = column_headings(step.result, glyphs, tight=brief, digits=digits)[-1 if low else 0 :]
    above.append(body(across, glyphs, tight=brief, digits=digits, column_lit=column, lit=0).lines[0])
    table = Block.of([*above, *body(step.result, glyphs, row, tight=brief, column_lit=column, digits=digits).lines])
    lead = [line("")] * (len(above) - 1)
    name = line((glyphs.text(side.name), f"${side.role} bold"))
    vector = Block.of([*lead, name, *body(side, glyphs, row, tight=brief).lines])
    names = names_of(side, row, glyphs, brief=brief)
    left = Block.of([*lead, line(""), *names.lines])
    symbol = f"{glyphs.text(top.symbol)}{glyphs.text('ᵀ')}"
    named = line((symbol if level > 1 else f"{symbol} {top.name}", f"${top.role} bold"))
    result = line(("= ", "$muted"))
    if level < 3:
        result = line(result, (glyphs.text(step.result.name), f"${step.result.role} bold"))
    middle = (table.height - len(above)) // 2
    below = [line("")] * (table.height - len(above) - middle - 1)
    right = Block.of([*lead, named, *[line("")] * middle, result, *below])
    return beside([left, vector, table, right])


def total(step: Step, lit: int, glyphs: Glyphs, width: int, days: int = MOST_DAYS) -> Block:
    """A sum over the days: the whole result, and for its lit row what each day gave, with each day's size as a bar.

    Args:
        step: The step.
        lit: The entry of the result that is lit.
        glyphs: Characters to draw with.
        width: The cells there are.
        days: The most days that are drawn.
    """
    days = min(max(days, 1), MOST_DAYS)
    drawing = next_fitting((_total(step, lit, glyphs, level, days) for level in range(3)), width)
    if drawing.width <= width:
        return drawing
    return _days(step, *step.result.place(lit), glyphs, days, brief=True, alone=True)


def _total(step: Step, lit: int, glyphs: Glyphs, level: int, most: int) -> Block:
    row, column = step.result.place(lit)
    brief, result = level > 0, step.result
    headings = column_headings(result, glyphs, tight=brief)
    matrix = body(result, glyphs, row, tight=brief, column_lit=column).under(headings)
    names = names_of(result, row, glyphs, brief=level > 1)
    lead = [line("")] * len(headings)
    left = beside([Block.of([*lead, *names.lines]), matrix])
    days = _days(step, row, column, glyphs, most, brief=brief)
    equals = Block.of([*lead, *[line("")] * (result.value.shape[0] // 2), line(("=", "$muted"))])
    return beside([_from_top(block, max(left.height, days.height)) for block in (left, equals, days)])


def _from_top(block: Block, height: int) -> Block:
    return Block.of([*block.lines, *[line("")] * (height - block.height)], block.width)


def _days(
    step: Step, row: int, column: int, glyphs: Glyphs, most_days: int, *, brief: bool, alone: bool = False
) -> Block:
    """A line for each day: its name, its share of the lit row, and the size of its whole share.

    Where this has to stand alone, without the whole result beside it, the row's sum follows under the days.
    """
    sizes = [float(np.linalg.norm(operand.value)) for operand in step.operands]
    drawn = sorted(sorted(range(len(sizes)), key=lambda index: -sizes[index])[:most_days])
    summands = [step.operands[index] for index in drawn] + ([step.result] if alone else [])
    shares = np.array([operand.value[row] for operand in summands])
    sizes = [sizes[index] for index in drawn] + ([float(np.linalg.norm(step.result.value))] if alone else [])
    most = max(sizes) or 1.0
    names, numbers, bars = [], [], []
    for day, size, texts, values in zip(summands, sizes, entries(shares), shares, strict=True):
        name = glyphs.text("Σ") if day is step.result else day.symbol if brief else day.name
        names.append(line((name, "$muted")))
        parts: list[Part] = []
        for at, (text, value) in enumerate(zip(texts, values, strict=True)):
            parts += [(text, sign_style(value) + (" reverse" if at == column else "")), " "]
        numbers.append(line(*parts))
        drawing = bar(size / most, BAR // 2 if brief else BAR, glyphs)
        bars.append(line((f"{drawing} {size:.2g}", "$error")))
    heading = line((f"row {row + 1} by days; size of the whole", "$muted"))
    table = beside([Block.of(names), Block.of(numbers), Block.of(bars)])
    lines = [heading, *table.lines]
    if len(drawn) < len(step.operands):
        lines.append(line((f"and {len(step.operands) - len(drawn)} days with less", "$muted")))
    return Block.of(lines)
