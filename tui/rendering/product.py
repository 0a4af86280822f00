"""A step drawn large: operands, signs and result with whole matrices, and a row with its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from model.activation import number
from model.trace import Operand, Operation, Step
from tui.rendering.blocks import Block, beside, line
from tui.rendering.glyphs import Glyphs
from tui.rendering.matrix import body, column_headings, row_names, row_pictures


def equation(step: Step, lit: int, glyphs: Glyphs, width: int) -> Block:
    """The whole step as an equation; names that are there already are left out where there is little room.

    Args:
        step: Any step: this drawing knows operands and operations, not networks.
        lit: The row of the result that is lit, together with the row of each operand that makes it.
        glyphs: Characters to draw with.
        width: The cells there are.
    """
    full = _equation(step, lit, glyphs, brief=False)
    return full if full.width <= width else _equation(step, lit, glyphs, brief=True)


def _equation(step: Step, lit: int, glyphs: Glyphs, *, brief: bool) -> Block:
    first = step.operands[0]
    bodies = [_body_of(step, index, lit, glyphs, tight=brief) for index in range(len(step.operands))]
    bodies.append(body(step.result, glyphs, lit, tight=brief))
    tall = max(block.height for block in bodies)
    headings = [
        [_name(operand), *column_headings(operand, glyphs, tight=brief)] for operand in (*step.operands, step.result)
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

    parts = [placed(row_names(first.rows, glyphs, lit, groups=True, align_right=True))]
    for index, operand in enumerate(step.operands):
        if index:
            parts.append(placed(Block.text((_sign(step, glyphs), "$muted"))))
        block = bodies[index]
        if index and operand.rows.labels != first.rows.labels and not brief:
            block = beside([block, row_pictures(operand.rows, glyphs)])
        parts.append(placed(block, headings[index]))
    parts.append(placed(_equals(step, glyphs)))
    rows = step.result.rows
    names = row_pictures(rows, glyphs) if brief else row_names(rows, glyphs, lit, groups=False, align_right=False)
    parts.append(placed(beside([bodies[-1], names]), headings[-1]))
    return beside(parts)


def _name(operand: Operand) -> Content:
    return line((operand.name, f"${operand.role} bold"))


def _spare(tall: int, block: Block) -> int:
    """The empty lines above a block that is centred in a height."""
    return (tall - block.height) // 2


def _body_of(step: Step, index: int, lit: int, glyphs: Glyphs, *, tight: bool) -> Block:
    operand = step.operands[index]
    if step.operation is Operation.PRODUCT:
        if index == 0:
            return body(operand, glyphs, lit, step.operands[1].value, tight=tight)
        return body(operand, glyphs, tight=tight)
    return body(operand, glyphs, lit, tight=tight)


def _sign(step: Step, glyphs: Glyphs) -> str:
    return glyphs.times if step.operation is Operation.PRODUCT else step.operation.value


def _equals(step: Step, glyphs: Glyphs) -> Block:
    if step.operation is Operation.APPLY and step.activation is not None:
        word = step.activation.name.replace("-", " ")
    elif step.operation is Operation.CHOOSE:
        word = "the largest"
    else:
        return Block.text(("=", "$muted"))
    width = len(word)
    arrow = glyphs.horizontal * (width - 1) + glyphs.arrow
    return Block.of([line((word, "$muted italic")), line((arrow, "$muted"))])


def spelled_row(step: Step, lit: int, glyphs: Glyphs) -> Content:
    """One row of the result with the numbers in its formula: ``next day: burger   1·1 + 0·0 + 0·0 = 1``."""
    value = number(step.result.value[lit])
    spelled = step.spell(lit).replace("·", glyphs.times).replace("→", glyphs.arrow)
    if step.operation is Operation.CHOOSE:
        tail = ""
    elif step.operation is Operation.APPLY:
        tail = "" if spelled.endswith(value) else f" = {value}"
    else:
        tail = f" = {value}"
    return line(
        (f" row {lit + 1} ", "on $lit"),
        (f" {step.result.rows.describe(lit)} ", "$muted"),
        (f" {spelled}", ""),
        (tail, "bold"),
    )


def title(step: Step, glyphs: Glyphs) -> Content:
    """The step's name and formula."""
    formula = step.formula.replace("·", glyphs.times)
    return line((step.name.capitalize(), "bold"), "   ", (formula, f"${step.result.role}"))
