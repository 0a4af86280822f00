"""All weights of a large matrix at once, each a mark."""

from __future__ import annotations

import numpy as np
from textual.content import Content

from model.arrays import Array
from model.language import _
from model.steps.step import Step
from tui.rendering.block import Block, Part, line
from tui.text.glyphs import Glyphs
from tui.text.window import Window


def overview(step: Step, window: Window, glyphs: Glyphs, width: int, height: int) -> Block | None:
    """All weights of the step's matrix at once, a cell for each or for a block of them; the window is marked.

    A cell is a sign, stronger for larger entries, so that plus and minus are told apart without colours, too. A
    matrix that is higher than wide lies on its side. A block shows the entry of it that is farthest from zero.

    Args:
        step: The step.
        window: The part that is drawn large.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are, with the line that says what this is.
    """
    matrix = next((o for o in (*step.operands, step.result) if o.columns is not None), None)
    if matrix is None or height < 3 or width < 20:
        return None
    value, down, across = matrix.value, window.rows, window.columns
    lying = value.shape[0] > value.shape[1]
    if lying:
        value, down, across = value.T, across, down
    lines, cells = min(value.shape[0], height - 2), min(value.shape[1], width - 2)
    pooled = _pooled(value, lines, cells)
    largest = float(np.abs(pooled).max()) or 1.0
    marks = [_mark(column, cells, value.shape[1], across) for column in range(cells)]
    drawn = [line("  ", ("".join(glyphs.heads[2] if mark else " " for mark in marks), "$accent"))]
    for row in range(lines):
        inside = _mark(row, lines, value.shape[0], down)
        parts: list[Part] = [(glyphs.arrow if inside else " ", "$accent"), " "]
        parts += [_cell(float(entry) / largest, glyphs) for entry in pooled[row]]
        drawn.append(line(*parts))
    rows, columns = matrix.value.shape
    sentences = {
        (False, False): _("{matrix} whole, {rows:,}×{columns}: a cell shows the largest of its weights"),
        (False, True): _("{matrix} whole, {rows:,}×{columns}: one cell a weight"),
        (True, False): _("{matrix} whole, {rows:,}×{columns}, on its side: a cell shows the largest of its weights"),
        (True, True): _("{matrix} whole, {rows:,}×{columns}, on its side: one cell a weight"),
    }
    sentence = sentences[lying, pooled.shape == value.shape]
    text = glyphs.text(sentence.format(matrix=matrix.title, rows=rows, columns=columns))
    return Block.of([line((text, "$muted")).truncate(width), *drawn])


def _mark(cell: int, cells: int, of: int, part: slice) -> bool:
    """Whether a cell of the overview stands for an entry in the window."""
    begin, end = cell * of // cells, max((cell + 1) * of // cells, cell * of // cells + 1)
    return bool(begin < part.stop and end > part.start)


def _pooled(value: Array, rows: int, columns: int) -> Array:
    """The matrix in fewer rows and columns: of each block the entry that is farthest from zero."""
    for axis, count in ((0, rows), (1, columns)):
        size = value.shape[axis]
        if count < size:
            begins = np.arange(count) * size // count
            low, high = np.minimum.reduceat(value, begins, axis), np.maximum.reduceat(value, begins, axis)
            value = np.where(-low > high, low, high)
    return value


def _cell(part: float, glyphs: Glyphs) -> tuple[str, str]:
    """An entry by its sign and its size, as a part of the largest."""
    if part == 0:
        return glyphs.to_come, "$faint"
    strength = 100 if abs(part) > 0.66 else 65 if abs(part) > 0.33 else 35
    return ("+", f"$plus {strength}%") if part > 0 else (glyphs.text("−"), f"$minus {strength}%")


def part_in_sight(window: Window, glyphs: Glyphs) -> Content:
    """A line that says which part is in sight."""
    return line((glyphs.text(window.text()), "$muted"))
