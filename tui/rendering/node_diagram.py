"""A product drawn as a network: nodes in two columns, an edge for each matrix entry, its number on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from model.steps.step import Operand, Step, StepKind
from tui.rendering.block import Part, line
from tui.rendering.matrix import sign_style
from tui.text.glyphs import Glyphs
from tui.text.numbers import short

MAX_NODES = 5
"""More nodes than this on a side cannot be told apart in a panel."""

LABEL_AT = 0.25
"""How far along an edge its number stands: near the input, where edges of different inputs are apart."""


@dataclass(frozen=True)
class Edge:
    """A line between two points, in cells, with its number and style."""

    y_from: int
    y_to: int
    text: str
    style: str
    order: int


def can_draw(step: Step) -> bool:
    """Whether a step is a product small enough to be drawn as nodes and edges."""
    return step.operation is StepKind.PRODUCT and max(step.operands[0].value.shape) <= MAX_NODES


def network(step: Step, glyphs: Glyphs, width: int, height: int, *, pictures: bool = False) -> list[Content]:
    """Inputs on the left, outputs on the right, one edge for each entry of the matrix, with its number but for 0.

    Edges that carry a 1 today are bright, those with a zero weight or a zero input faint.

    Args:
        step: A product of a matrix and a vector, for which `can_draw` holds.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are.
        pictures: Whether nodes are only pictures (or the beginnings of names), to save room.
    """
    matrix, vector = step.operands
    outputs, inputs = len(step.result.value), len(vector.value)
    rows = max(min(height, 13), 2 * outputs - 1)
    left, right = _names(vector, glyphs, pictures), _names(step.result, glyphs, pictures)
    left_width = max(cell_len(name) for name in left) + 3
    right_width = max(cell_len(name) for name in right) + 3
    middle = max(width - left_width - right_width, 12)
    y_out, y_in = _spread(outputs, rows), _spread(inputs, rows)
    edges = []
    for column in range(inputs):
        for row in range(outputs):
            weight, signal = matrix.value[row, column], vector.value[column]
            active = weight != 0 and signal != 0
            style = f"{sign_style(weight)} bold" if active else "$faint"
            number = short(weight) if weight else ""  # a zero is quiet
            edges.append(Edge(y_in[column], y_out[row], number, style, int(active)))
    canvas = _canvas(sorted(edges, key=lambda edge: edge.order), middle, rows, braille=glyphs.braille)
    lines = []
    for row in range(rows):
        before: list[Part] = [" " * left_width]
        after: list[Part] = [""]
        if row in y_in:
            before = _node(left[y_in.index(row)], vector, y_in.index(row), left_width, after=False)
        if row in y_out:
            after = _node(right[y_out.index(row)], step.result, y_out.index(row), right_width, after=True)
        lines.append(line(*before, canvas[row], *after))
    return lines


LOOP = 7
"""Cells beside the nodes that the loop takes, and a line under them."""


def looped(
    lines: Sequence[Content], dish: int, dishes: int, glyphs: Glyphs, sentence: str, *, known: bool
) -> list[Content]:
    """The network with the line that leads from today's dish to the same dish as tomorrow's yesterday.

    Args:
        lines: The drawing by `network`, whose inputs and outputs are the dishes.
        dish: The dish of the day, as an index.
        dishes: How many there are.
        glyphs: Characters to draw with.
        sentence: What the line says.
        known: Whether the dish has been seen; until then the line is faint, and leaves at no dish.
    """
    top_left, top_right, bottom_left, bottom_right = glyphs.heavy_corners
    run, style = glyphs.heavy_horizontal, "$yesterday bold" if known else "$faint"
    width = max(text.cell_length for text in lines)
    at = _spread(dishes, len(lines))[dish] if known else len(lines) - 1
    drawn = []
    for row, text in enumerate(lines):
        left = "   " if row < at else f"{top_left}{run}{glyphs.arrow}" if row == at else f"{glyphs.heavy_vertical}  "
        right = "" if row < at else f" {run * 2}{top_right}" if row == at else f"   {glyphs.heavy_vertical}"
        if not known and row == at:
            left, right = f"{glyphs.heavy_vertical}  ", f"   {glyphs.heavy_vertical}"
        drawn.append(line((left, style), text.pad_right(width - text.cell_length), (right, style)))
    inside = width + LOOP - 2
    caption = f" {sentence} " if cell_len(sentence) + 4 <= inside else ""
    before = (inside - cell_len(caption)) // 2
    after = inside - cell_len(caption) - before
    bottom = line((bottom_left + run * before, style), (caption, "$muted"), (run * after + bottom_right, style))
    return [*drawn, bottom]


def _spread(count: int, rows: int) -> list[int]:
    """Rows for some nodes, from the first to the last; one alone stands in the middle."""
    return [round((rows - 1) * index / (count - 1)) for index in range(count)] if count > 1 else [rows // 2]


def _names(operand: Operand, glyphs: Glyphs, pictures: bool) -> list[str]:
    axis = operand.rows
    return [glyphs.short(axis, row, 3) if pictures else glyphs.labelled(axis, row) for row in range(len(axis.labels))]


def _node(name: str, operand: Operand, row: int, width: int, *, after: bool) -> list[Part]:
    on = operand.value[row] != 0
    style = f"${operand.role} bold" if on else "$faint"
    number = (short(operand.value[row]), style)
    text = (name, style)
    if after:
        return [" ", number, " ", text]
    return [" " * (width - cell_len(name) - 3), text, " ", number, " "]


def _canvas(edges: Sequence[Edge], width: int, height: int, *, braille: bool) -> list[Content]:
    """The edges as styled lines; later edges lie over earlier ones, numbers over all."""
    dots = [[0] * width for _unused in range(height)]
    styles = [[""] * width for _unused in range(height)]
    texts = [[""] * width for _unused in range(height)]
    for edge in edges:
        _draw(edge, dots, styles, width)
    for edge in edges:
        x = round(LABEL_AT * (width - 1))
        y = int(edge.y_from + (edge.y_to - edge.y_from) * LABEL_AT + (0.5 if edge.y_to >= edge.y_from else 0.499))
        for offset, character in enumerate(edge.text):
            texts[y][x + offset] = character
            styles[y][x + offset] = edge.style
        for beside in (x - 1, x + len(edge.text)) if edge.text else ():
            texts[y][beside] = " "
    lines = []
    for y in range(height):
        cells: list[Part] = []
        for x in range(width):
            drawn = chr(0x2800 + dots[y][x]) if braille and dots[y][x] else "." if dots[y][x] else " "
            cells.append((texts[y][x] or drawn, styles[y][x]))
        lines.append(line(*cells))
    return lines


def _draw(edge: Edge, dots: list[list[int]], styles: list[list[str]], width: int) -> None:
    """Set the braille dots of an edge: two columns and four rows of dots in each cell."""
    bits = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
    top, bottom = edge.y_from * 4 + 1.5, edge.y_to * 4 + 1.5
    steps = max(width * 2, abs(edge.y_to - edge.y_from) * 4)
    for index in range(steps):
        part = index / (steps - 1)
        x, y = int(part * (width * 2 - 1)), int(top + (bottom - top) * part)
        dots[y // 4][x // 2] |= bits[x % 2][y % 4]
        styles[y // 4][x // 2] = edge.style
