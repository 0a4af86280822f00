"""Lines on a grid of cells: where they meet they join, where one passes over another it does not."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from tui.rendering.block import Part, line
from tui.text.glyphs import Glyphs

UP, RIGHT, DOWN, LEFT = 1, 2, 4, 8
"""The sides at which a line leaves a cell, as in `Glyphs.lines`."""


class Canvas:
    """Cells that lines run through, and text over them.

    Args:
        width: In cells.
        height: In lines.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._sides = [[0] * width for _unused in range(height)]
        self._styles = [[""] * width for _unused in range(height)]
        self._texts: list[list[str | None]] = [[None] * width for _unused in range(height)]

    def across(self, y: int, x_from: int, x_to: int, style: str) -> None:
        """A line along a row, joined to whatever is in its cells."""
        first, last = sorted((x_from, x_to))
        for x in range(first, last + 1):
            self._sides[y][x] |= (LEFT if x > first else 0) | (RIGHT if x < last else 0)
            self._styles[y][x] = style

    def down(self, x: int, y_from: int, y_to: int, style: str) -> None:
        """A line along a column: joined to what is at its ends, over what is between them."""
        first, last = sorted((y_from, y_to))
        for y in range(first, last + 1):
            sides = (UP if y > first else 0) | (DOWN if y < last else 0)
            self._sides[y][x] = sides if first < y < last else self._sides[y][x] | sides
            self._styles[y][x] = style

    def write(self, x: int, y: int, text: str, style: str) -> None:
        """Text over whatever is there."""
        for offset in range(cell_len(text)):
            self._texts[y][x + offset] = text if offset == 0 else ""
            self._styles[y][x + offset] = style

    def is_plain(self, x: int, y: int) -> bool:
        """Whether nothing but a line along the row is in a cell, so that a label can stand there."""
        return self._sides[y][x] == LEFT | RIGHT and self._texts[y][x] is None

    def rows(self, glyphs: Glyphs) -> list[Content]:
        """The drawing, a line a row."""
        drawn = []
        for sides, texts, styles in zip(self._sides, self._texts, self._styles, strict=True):
            cells: list[Part] = []
            for side, text, style in zip(sides, texts, styles, strict=True):
                shown = glyphs.lines[side] if text is None else text
                if shown:
                    cells.append((shown, style if side or text else ""))
            drawn.append(line(*cells))
        return drawn
