"""The edges of a network as lines of braille dots, with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from tui.rendering.block import Part, line
from tui.text.glyphs import Glyphs

LABEL_AT = 0.25
"""How far along an edge its number stands: near the input, where edges of different inputs are apart."""

QUIET = 3
"""Of an edge without weight every third cell has a dot."""


@dataclass(frozen=True)
class Edge:
    """A line between two points, in cells, with its number and style.

    Attributes:
        y_from: The line of its input.
        y_to: The line of its output.
        text: Its number; nothing where it is 0.
        style: Its style.
        active: Whether something passes along it: it is heavy then.
    """

    y_from: int
    y_to: int
    text: str
    style: str
    active: bool


def edge_lines(edges: Sequence[Edge], width: int, height: int, glyphs: Glyphs) -> list[Content]:
    """The edges as styled lines; later edges lie over earlier ones, numbers over all."""
    dots = [[0] * width for _unused in range(height)]
    styles = [[""] * width for _unused in range(height)]
    texts = [[""] * width for _unused in range(height)]
    for edge in edges:
        if edge.text:
            _draw(edge, dots, texts, styles)
        else:
            _draw_quiet(edge, texts, styles, glyphs.to_come)
    for edge in edges:
        x = round(LABEL_AT * (width - 1))
        y = int(edge.y_from + (edge.y_to - edge.y_from) * LABEL_AT + (0.5 if edge.y_to >= edge.y_from else 0.499))
        for offset, character in enumerate(edge.text[: width - x - 1]):
            texts[y][x + offset] = character
            styles[y][x + offset] = edge.style
        for beside in (x - 1, x + len(edge.text)) if edge.text else ():
            if beside < width:
                texts[y][beside] = " "
    lines = []
    for y in range(height):
        cells: list[Part] = []
        for x in range(width):
            drawn = chr(0x2800 + dots[y][x]) if glyphs.braille and dots[y][x] else "-" if dots[y][x] else " "
            cells.append((texts[y][x] or drawn, styles[y][x]))
        lines.append(line(*cells))
    return lines


def _draw(edge: Edge, dots: list[list[int]], texts: list[list[str]], styles: list[list[str]]) -> None:
    """Set the braille dots of an edge, two by four in each cell; a heavy one is two dots wide."""
    bits = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
    width, height = len(dots[0]), len(dots)
    top, bottom = edge.y_from * 4 + 1.5, edge.y_to * 4 + 1.5
    steps = max(width * 2, abs(edge.y_to - edge.y_from) * 4)
    for index in range(steps):
        part = index / (steps - 1)
        x, y = round(part * (width * 2 - 1)), int(top + (bottom - top) * part)
        for below in (0, 1) if edge.active else (0,):
            if (y + below) // 4 >= height:
                continue
            cell = (y + below) // 4, x // 2
            dots[cell[0]][cell[1]] |= bits[x % 2][(y + below) % 4]
            styles[cell[0]][cell[1]] = edge.style
            texts[cell[0]][cell[1]] = ""


def _draw_quiet(edge: Edge, texts: list[list[str]], styles: list[list[str]], dot: str) -> None:
    """Dots along an edge without weight."""
    width = len(texts[0])
    for x in range(1, width - 1, QUIET):
        y = round(edge.y_from + (edge.y_to - edge.y_from) * x / (width - 1))
        texts[y][x], styles[y][x] = dot, edge.style
