"""A step drawn large: operands, signs and result with whole matrices, and a row with its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from model.language import _
from model.steps.step import Operand, Step, StepKind
from model.steps.titles import title_of
from tui.rendering.block import Block, beside, line
from tui.rendering.fitting import names_of, next_fitting
from tui.rendering.matrix import body, column_headings, row_names, row_pictures
from tui.rendering.outer_product import outer
from tui.rendering.overview import part_in_sight
from tui.rendering.sum_over_days import MAX_DAYS, total
from tui.text.entry import spelling
from tui.text.glyphs import Glyphs
from tui.text.window import FEWEST, MAX_WHOLE, Window, part_of, size_of, widest, window_of


def equation(step: Step, entry: int, glyphs: Glyphs, width: int, height: int = 0) -> tuple[Block, Window]:
    """The whole step as an equation, or as much of it around the highlighted entry as there is room for.

    Names that are there already are left out where there is little room, before anything else is.

    Args:
        step: Any step: this drawing knows operands and operations, not networks.
        entry: The entry of the result that is highlighted, together with the row of each operand that makes it.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are; 0: any number.

    Returns:
        The drawing, and which part of the step it shows.
    """
    rows, columns = size_of(step)
    if rows <= MAX_WHOLE[0] and columns <= MAX_WHOLE[1]:
        drawing = _drawn(step, entry, glyphs, width, height, levels=3)
        if drawing.width <= width and (not height or drawing.height <= height):
            return drawing, Window(slice(0, rows), slice(0, columns), rows, columns)
    most = height or MAX_WHOLE[0]
    rows = max(most - 3, 1)  # headings take some lines; how many shows only the drawing
    while True:
        drawing, window = _widest_fitting(step, entry, glyphs, width, rows)
        over = drawing.height + 1 - most
        if over <= 0 or rows == 1:
            break
        rows = max(rows - over, 1)
    if over > 0:  # the rows that are named say so themselves
        return drawing, window
    return Block.of([*drawing.lines, part_in_sight(window, glyphs)]), window


def _widest_fitting(step: Step, entry: int, glyphs: Glyphs, width: int, rows: int) -> tuple[Block, Window]:
    """The window with the most columns that fits a width, by bisection; the narrowest where none does."""

    def drawn(columns: int, levels: int = 2) -> tuple[Block, Window]:
        window = window_of(step, entry, rows, columns)
        return _drawn(*part_of(step, entry, window), glyphs, width, 0, levels=levels, days=rows), window

    least, most = min(FEWEST, widest(step, rows)), widest(step, rows)
    if most == size_of(step)[1]:  # all columns, even if that leaves no room for names
        best = drawn(most, levels=3)
        if best[0].width <= width:
            return best
    best = drawn(least)
    if best[0].width > width:
        return drawn(least, levels=3)
    while least < most:
        middle = (least + most + 1) // 2
        tried = drawn(middle)
        if tried[0].width <= width:
            best, least = tried, middle
        else:
            most = middle - 1
    return best


def _drawn(
    step: Step, entry: int, glyphs: Glyphs, width: int, height: int, *, levels: int, days: int = MAX_DAYS
) -> Block:
    """The step at the first of some levels of brevity that fits; the last is without names."""
    match step.operation:
        case StepKind.OUTER:
            return outer(step, entry, glyphs, width, height)
        case StepKind.SUM:
            return total(step, entry, glyphs, width, days)
        case _:
            drawings = (_equation(step, entry, glyphs, level=level) for level in range(levels))
            drawing = next_fitting(drawings, width)
            if not height or drawing.height <= height:
                return drawing
            return next_fitting(
                (_equation(step, entry, glyphs, level=level, low=True) for level in range(levels)), width
            )


def _equation(step: Step, entry: int, glyphs: Glyphs, *, level: int, low: bool = False) -> Block:
    """The equation; the higher the level, the less room it takes, and the less height where it must be low."""
    brief = level > 0
    row, column = step.result.place(entry)
    first = step.operands[0]
    bodies = [_body_of(step, index, row, glyphs, tight=brief) for index in range(len(step.operands))]
    bodies.append(body(step.result, glyphs, row, tight=brief, current_column=column if step.result.columns else None))
    tall = max(block.height for block in bodies)
    everything = (*step.operands, step.result)
    named = [column_headings(operand, glyphs, tight=brief) for operand in everything]
    by_symbol = level > 1 and len({operand.symbol for operand in everything}) == len(everything)
    headings = [
        [_name(operand, glyphs, brief=by_symbol), *(lines[-1:] if low else lines)]
        for operand, lines in zip(everything, named, strict=True)
    ]
    # Headings stand right above their body; a short body leaves room for its own beside a tall one.
    above = max(len(lines) - _spare(tall, block) for lines, block in zip(headings, bodies, strict=True))

    def placed(block: Block, lines: Sequence[Content] = ()) -> Block:
        """The block centred among the bodies, its headings right above it."""
        column = block.under(lines)
        blank = (Content(" " * column.width),)
        top = above + _spare(tall, block) - len(lines)
        bottom = tall - block.height - _spare(tall, block)
        return Block(blank * top + column.lines + blank * bottom, column.width)

    least = level > 1
    parts = [placed(names_of(first, row, glyphs, brief=least))]
    for index, operand in enumerate(step.operands):
        if index:
            parts.append(placed(Block.text((_sign(step, glyphs), "$muted"))))
        block = bodies[index]
        if index and operand.rows.labels != first.rows.labels and not brief:
            block = beside([block, row_pictures(operand.rows, glyphs)])
        parts.append(placed(block, headings[index]))
    parts.append(placed(_equals(step, glyphs)))
    rows = step.result.rows
    names = row_pictures(rows, glyphs) if brief else row_names(rows, glyphs, row, groups=False, align_right=False)
    parts.append(placed(beside([bodies[-1], names]), headings[-1]))
    return beside(parts, gap=0 if least else 1)


def _name(operand: Operand, glyphs: Glyphs, *, brief: bool) -> Content:
    return line((glyphs.text(title_of(operand.symbol) if brief else operand.title), f"${operand.role} bold"))


def _spare(tall: int, block: Block) -> int:
    """The empty lines above a block that is centred in a height."""
    return (tall - block.height) // 2


def _body_of(step: Step, index: int, row: int, glyphs: Glyphs, *, tight: bool) -> Block:
    operand = step.operands[index]
    if step.operation is StepKind.PRODUCT:
        if index == 0:
            return body(operand, glyphs, row, step.operands[1].value, tight=tight)
        return body(operand, glyphs, tight=tight)
    return body(operand, glyphs, row, tight=tight)


def _sign(step: Step, glyphs: Glyphs) -> str:
    return glyphs.text(step.operation.value)


def _equals(step: Step, glyphs: Glyphs) -> Block:
    if step.operation is StepKind.APPLY:
        word = step.shown_word.replace("-", " ")
    elif step.operation is StepKind.CHOOSE:
        word = _("the largest")
    else:
        return Block.text(("=", "$muted"))
    width = cell_len(word)
    arrow = glyphs.horizontal * (width - 1) + glyphs.arrow
    return Block.of([line((word, "$muted italic")), line((arrow, "$muted"))])


def spelled_row(step: Step, entry: int, glyphs: Glyphs) -> Content:
    """One entry of the result with the numbers in it: ``next day: burger   1·1 + 0·0 + 0·0 = 1``."""
    place, name, spelled, value = spelling(step, entry, glyphs, placed=True)
    return line((f" {place} ", "on $lit"), (f" {name} ", "$muted"), (f" {spelled}", ""), (value, "bold"))


def title(step: Step, glyphs: Glyphs) -> Content:
    """The step's name and formula."""
    name = step.title[:1].upper() + step.title[1:]
    return line((name, "bold"), "   ", (glyphs.text(step.shown_formula), f"${step.result.role}"))
