"""The edges of a network as lines of braille dots, with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from tui.rendering.block import Part, line
from tui.text.glyphs import Glyphs

LABELS_AT = (0.25, 0.33, 0.18, 0.42, 0.5, 0.6, 0.7)
"""How far along an edge its number stands, the best place first: near the input edges of others are not yet near."""

QUIET = 3
"""Of an edge without weight every third cell has a dot."""


@dataclass(frozen=True)
class Edge:
    """A line between two points, in cells, with its number and style.

    Attributes:
        y_from: The line of its input.
        y_to: The line of its output.
        text: Its number, or nothing.
        style: Its style.
        active: Whether something passes along it: it is heavy then.
        quiet: Whether its weight is 0: then it is a row of dots.
    """

    y_from: int
    y_to: int
    text: str
    style: str
    active: bool
    quiet: bool = False


def edge_lines(edges: Sequence[Edge], width: int, height: int, glyphs: Glyphs) -> list[Content]:
    """The edges as styled lines; later edges lie over earlier ones, numbers over all."""
    dots = [[0] * width for _unused in range(height)]
    styles = [[""] * width for _unused in range(height)]
    texts = [[""] * width for _unused in range(height)]
    for edge in edges:
        if not edge.quiet:
            _draw(edge, dots, texts, styles)
        else:
            _draw_quiet(edge, texts, styles, glyphs.to_come)
    taken: set[tuple[int, int]] = set()
    for edge in edges:
        place = _place(edge, width, taken) if edge.text else None
        if place is None:
            continue
        x, y = place
        covered = range(x - 1, x + len(edge.text) + 1)
        taken |= {(at, y) for at in covered}
        for at, character in zip(covered, f" {edge.text} ", strict=True):
            texts[y][at], styles[y][at] = character, edge.style if character != " " else styles[y][at]
    lines = []
    for y in range(height):
        cells: list[Part] = []
        for x in range(width):
            drawn = chr(0x2800 + dots[y][x]) if glyphs.braille and dots[y][x] else "-" if dots[y][x] else " "
            cells.append((texts[y][x] or drawn, styles[y][x]))
        lines.append(line(*cells))
    return lines


def _place(edge: Edge, width: int, taken: set[tuple[int, int]]) -> tuple[int, int] | None:
    """Where the number of an edge touches no other; nowhere if there is no such place."""
    for part in LABELS_AT:
        x = max(round(part * (width - 1)), 1)
        y = int(edge.y_from + (edge.y_to - edge.y_from) * part + (0.5 if edge.y_to >= edge.y_from else 0.499))
        cells = {(at, y) for at in range(x - 1, x + len(edge.text) + 1)}
        if x + len(edge.text) < width and not cells & taken:
            return x, y
    return None


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
