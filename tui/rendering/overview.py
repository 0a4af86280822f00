"""All weights of a large matrix or network at once, each a mark."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from rich.cells import cell_len
from textual.content import Content

from model.arrays import Array
from model.language import _
from model.steps.step import Step
from tui.rendering.block import Block, Part, line
from tui.rendering.network_plan import Plan
from tui.rendering.network_slots import Places
from tui.text.glyphs import Glyphs, beginning
from tui.text.window import Window

MAX_POOLED = 16
"""So many matrices are kept in fewer rows and columns."""

POOLED: dict[Hashable, tuple[Array, Array]] = {}
"""The weights themselves, so that their place in memory stays theirs, and what was made of them."""

LEAST = 4
"""Cells that the smallest matrix has among others, if it has so many columns."""


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


def all_weights(seen: Places, plan: Plan, glyphs: Glyphs, width: int, height: int) -> Block:
    """All matrices of a network side by side, a cell for each weight or for a block of them; what is drawn is marked.

    Args:
        seen: All of the network.
        plan: What of it is drawn in large.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines that it has.
    """
    matrices = [slot for slot in seen.slots if slot.columns is not None]
    units, drawn = len(seen.units.labels), {slot.key for slot in plan.slots}
    lines = min(units, height - 3)
    shares = _shares([slot.value.shape[1] for slot in matrices], width - 2 - (len(matrices) - 1))
    each = lines == units and all(cells == slot.value.shape[1] for cells, slot in zip(shares, matrices, strict=True))
    heading = _("all weights, a cell each") if each else _("all weights in blocks")
    names: list[Part] = ["  "]
    marks: list[Part] = ["  "]
    pooled = []
    for slot, cells in zip(matrices, shares, strict=True):
        count, shown = slot.value.shape[1], plan.columns(slot)
        inside = slice(shown.start, shown.stop) if slot.key in drawn else slice(0, 0)
        name = beginning(glyphs.text(slot.name), cells)
        names += [(name, f"${slot.role}"), " " * (cells - cell_len(name) + 1)]
        marks += [(glyphs.heads[2] if _mark(at, cells, count, inside) else " ", "$accent") for at in range(cells)]
        marks.append(" ")
        pooled.append(_kept_pooled(slot.value, lines, cells))
    down = slice(plan.rows.start, plan.rows.stop)
    drawing = [line((glyphs.text(heading), "$muted")).truncate(width), line(*names), line(*marks)]
    for row in range(lines):
        inside_row = _mark(row, lines, units, down)
        parts: list[Part] = [(glyphs.arrow if inside_row else " ", "$accent"), " "]
        for values in pooled:
            parts += [_cell(entry, glyphs) for entry in values[row].tolist()]
            parts.append(" ")
        drawing.append(line(*parts))
    drawing = [text.truncate(width) for text in drawing]
    return Block.of([*drawing, *[line("")] * (height - len(drawing))], width)


def _kept_pooled(value: Array, rows: int, columns: int) -> Array:
    """A matrix in fewer rows and columns as parts of its largest entry; of weights that cannot change, as it was."""
    base = value if value.base is None else value.base
    if value.flags.writeable or not isinstance(base, np.ndarray) or base.flags.writeable:
        return _parts_of_largest(_pooled(value, rows, columns))
    key = (value.__array_interface__["data"][0], value.shape, value.strides, rows, columns)
    if key not in POOLED:
        if len(POOLED) >= MAX_POOLED:
            del POOLED[next(iter(POOLED))]
        POOLED[key] = value, _parts_of_largest(_pooled(value, rows, columns))
    return POOLED[key][1]


def _parts_of_largest(value: Array) -> Array:
    return value / (float(np.abs(value).max(initial=0.0)) or 1.0)


def _shares(counts: Sequence[int], cells: int) -> list[int]:
    """How many cells each of several matrices gets: one for each of its columns, or its share of what there is."""
    if sum(counts) <= cells:
        return list(counts)
    least = [min(count, LEAST) for count in counts]
    rest, wanting = max(cells - sum(least), 0), sum(counts) - sum(least)
    return [few + (count - few) * rest // wanting for few, count in zip(least, counts, strict=True)]


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
