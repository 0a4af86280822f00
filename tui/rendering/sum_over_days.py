"""A sum over days with each day's share."""

from __future__ import annotations

import numpy as np

from model.language import _, ngettext
from model.steps.step import Step
from model.steps.titles import title_of
from tui.rendering.block import Block, Part, beside, line
from tui.rendering.fitting import BAR, bar, names_of, next_fitting
from tui.rendering.matrix import body, column_headings, sign_style
from tui.text.glyphs import Glyphs
from tui.text.numbers import entries

MAX_DAYS = 7
"""Of more days than this only those with the largest shares are drawn."""


def total(step: Step, entry: int, glyphs: Glyphs, width: int, days: int = MAX_DAYS) -> Block:
    """A sum over the days: the whole result, and for its highlighted row what each day gave, and its size as a bar.

    Args:
        step: The step.
        entry: The entry of the result that is highlighted.
        glyphs: Characters to draw with.
        width: The cells there are.
        days: The most days that are drawn.
    """
    days = min(max(days, 1), MAX_DAYS)
    drawing = next_fitting((_total(step, entry, glyphs, level, days) for level in range(3)), width)
    if drawing.width <= width:
        return drawing
    return _days(step, *step.result.place(entry), glyphs, days, brief=True, alone=True)


def _total(step: Step, entry: int, glyphs: Glyphs, level: int, most: int) -> Block:
    row, column = step.result.place(entry)
    brief, result = level > 0, step.result
    headings = column_headings(result, glyphs, tight=brief)
    matrix = body(result, glyphs, row, tight=brief, current_column=column).under(headings)
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
    """A line for each day: its name, its share of the highlighted row, and the size of its whole share.

    Where this has to stand alone, without the whole result beside it, the row's sum follows under the days.
    """
    sizes = [float(np.linalg.norm(operand.value)) for operand in step.operands]
    drawn = sorted(sorted(range(len(sizes)), key=lambda index: -sizes[index])[:most_days])
    summands = [step.operands[index] for index in drawn] + ([step.result] if alone else [])
    shares = np.array([operand.value[row] for operand in summands])
    sizes = [sizes[index] for index in drawn] + ([float(np.linalg.norm(step.result.value))] if alone else [])
    most = max(sizes) or 1.0
    names, numbers, bars = [], [], []
    for day, size, texts, values in zip(summands, sizes, entries(shares, gradient=True), shares, strict=True):
        name = glyphs.text("Σ") if day is step.result else title_of(day.symbol) if brief else day.title
        names.append(line((name, "$muted")))
        parts: list[Part] = []
        for at, (text, value) in enumerate(zip(texts, values, strict=True)):
            parts += [(text, sign_style(value) + (" reverse" if at == column else "")), " "]
        numbers.append(line(*parts))
        drawing = bar(size / most, BAR // 2 if brief else BAR, glyphs)
        bars.append(line((f"{drawing} {size:.2g}", "$error")))
    heading = line((_("row {row} by days; size of the whole").format(row=row + 1), "$muted"))
    table = beside([Block.of(names), Block.of(numbers), Block.of(bars)])
    lines = [heading, *table.lines]
    if len(drawn) < len(step.operands):
        others = len(step.operands) - len(drawn)
        sentence = ngettext("and {count} day with less", "and {count} days with less", others)
        lines.append(line((sentence.format(count=others), "$muted")))
    return Block.of(lines)
