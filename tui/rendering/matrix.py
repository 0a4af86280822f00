"""A matrix or vector in brackets, with the names of its rows and columns."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from model.arrays import Array
from model.steps.axes import Axis
from model.steps.step import Operand
from tui.rendering.block import Block, line, on_lit
from tui.text.glyphs import Glyphs
from tui.text.numbers import written

FAINT = "$faint"


def sign_style(number: float) -> str:
    """The colour of a number: by its sign, and faint for zero."""
    return "$plus" if number > 0 else "$minus" if number < 0 else FAINT


def _block_ends(axis: Axis) -> set[int]:
    """The rows after which a line divides two blocks."""
    return set(range(axis.block - 1, len(axis.labels) - 1, axis.block)) if axis.groups else set()


def with_dividers(rows: Sequence[Content], axis: Axis, divider: Content) -> list[Content]:
    """Rows with a divider between the blocks of their axis."""
    ends = _block_ends(axis)
    return [text for row, content in enumerate(rows) for text in ((content, divider) if row in ends else (content,))]


def body(
    operand: Operand,
    glyphs: Glyphs,
    current_row: int | None = None,
    active: Array | None = None,
    *,
    tight: bool = False,
    current_column: int | None = None,
    digits: int = 0,
) -> Block:
    """The numbers of an operand in brackets of its colour.

    Args:
        operand: A matrix or vector.
        glyphs: Characters to draw with.
        current_row: The row on a highlighted background.
        active: For a matrix, the vector it is multiplied with: columns that meet a zero have no colour.
        tight: Without a space inside the brackets.
        current_column: The column whose entry in the highlighted row stands out.
        digits: The least width of a number.
    """
    role = f"${operand.role}"
    texts = written(operand)
    rows, columns = len(texts), len(texts[0])
    header = _column_width(operand, glyphs, max(len(texts[0][0]), digits))
    ends = _block_ends(operand.columns) if operand.columns else set()
    left_top, right_top, left_bottom, right_bottom = glyphs.corners
    drawn = []
    for row in range(rows):
        left = left_top if row == 0 else left_bottom if row == rows - 1 else glyphs.vertical
        right = right_top if row == 0 else right_bottom if row == rows - 1 else glyphs.vertical
        if rows == 1:
            left, right = "[", "]"
        parts: list[str | Content | tuple[str, str]] = []
        for column in range(columns):
            number = operand.value[row] if operand.value.ndim == 1 else operand.value[row, column]
            style = sign_style(number) if operand.letters is None else role
            if active is not None and active[column] == 0:
                style = "$muted" if number else FAINT
            elif number != 0 and (operand.letters is None or active is not None):
                style += " bold"
            if row == current_row and column == current_column:
                style += " reverse"
            parts += [(texts[row][column].rjust(header), style), " "]
            if column in ends:
                parts += [(glyphs.vertical, role), " "]
        inside = line(*parts[:-1]) if tight else line(" ", *parts)
        if row == current_row:
            inside = on_lit(inside)
        drawn.append(line((left, role), inside, (right, role)))
    width = drawn[0].cell_length
    divider = line((glyphs.divide_left + glyphs.horizontal * (width - 2) + glyphs.divide_right, role))
    return Block.of(with_dividers(drawn, operand.rows, divider))


def _column_width(operand: Operand, glyphs: Glyphs, digits: int) -> int:
    if operand.columns is None:
        return digits
    return max(digits, *(cell_len(glyphs.short(operand.columns, c, 3)) for c in range(len(operand.columns.labels))))


def column_headings(operand: Operand, glyphs: Glyphs, *, tight: bool = False, digits: int = 0) -> list[Content]:
    """The names over a matrix's columns: a line of block names where it has blocks, and one of pictures."""
    axis = operand.columns
    if axis is None:
        return []
    width = _column_width(operand, glyphs, max(len(written(operand)[0][0]), digits))
    ends = _block_ends(axis)
    cells = groups = " " if tight else "  "
    for column in range(len(axis.labels)):
        name = glyphs.short(axis, column, width)
        cells += " " * (width - cell_len(name)) + name + " " + ("  " if column in ends else "")
    if not axis.groups:
        return [line((cells + " ", "$muted"))]
    block_width = axis.block * (width + 1)
    for group in glyphs.named(axis).groups:
        groups += group[: block_width - 1].center(block_width) + "  "
    return [line((groups[:-1], "$muted")), line((cells + " ", "$muted"))]


def row_names(axis: Axis, glyphs: Glyphs, current_row: int | None, *, groups: bool, align_right: bool) -> Block:
    """The names of rows, as they stand beside a bracket, with the names of blocks before them if asked for."""
    names = [glyphs.labelled(axis, row) for row in range(len(axis.labels))]
    blocks = glyphs.named(axis).groups
    width = max(cell_len(name) for name in names)
    group_width = max(map(cell_len, blocks), default=0) if groups else 0
    rows = []
    for row, name in enumerate(names):
        space = " " * (width - cell_len(name))
        label = space + name if align_right else name + space
        parts: list[str | Content | tuple[str, str]] = []
        if group_width:
            middle = row % axis.block == (axis.block - 1) // 2
            group = blocks[row // axis.block] if middle else ""
            parts.append((" " * (group_width - cell_len(group)) + group + "  ", "$muted italic"))
        parts.append((label, "bold" if row == current_row else "$muted"))
        rows.append(line(*parts))
    return Block.of(with_dividers(rows, axis, line("")))


def row_pictures(axis: Axis, glyphs: Glyphs) -> Block:
    """Only the pictures (or the beginnings of the names), where there is little room."""
    rows = [line((glyphs.short(axis, row, 3), "$muted")) for row in range(len(axis.labels))]
    return Block.of(with_dividers(rows, axis, line("")))
