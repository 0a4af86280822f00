"""The first of several drawings that fits; bars."""

from __future__ import annotations

from collections.abc import Iterable

from model.steps.step import Operand
from tui.rendering.block import Block
from tui.rendering.matrix import row_names, row_pictures
from tui.text.glyphs import Glyphs

BAR = 8
"""The longest bar, in cells."""


def next_fitting(drawings: Iterable[Block], width: int) -> Block:
    """The first drawing that fits a width; the last one where none does."""
    drawing = Block.of([])
    for drawing in drawings:
        if drawing.width <= width:
            break
    return drawing


def names_of(operand: Operand, current_row: int, glyphs: Glyphs, *, brief: bool) -> Block:
    """The names of an operand's rows on its left, or only their pictures."""
    if brief:
        return row_pictures(operand.rows, glyphs)
    return row_names(operand.rows, glyphs, current_row, groups=True, align_right=True)


def bar(part: float, width: int, glyphs: Glyphs) -> str:
    """A horizontal bar for a part of a whole, from 0 to 1, in at most so many cells."""
    steps = len(glyphs.bar)
    eighths = min(max(round(part * width * steps), 1 if part > 0 else 0), width * steps)
    whole, rest = divmod(eighths, steps)
    return glyphs.bar[-1] * whole + (glyphs.bar[rest - 1] if rest else "")
