"""The weight editor's drawing: a whole matrix with one entry highlighted, and that entry in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual.content import Content

from model.language import _
from model.network.operations import title
from model.numbers import number
from model.simulation.simulation import Simulation
from model.steps.step import Operand
from tui.rendering.block import Block, beside, line
from tui.rendering.fitting import names_of, next_fitting
from tui.rendering.matrix import body, column_headings
from tui.text.glyphs import Glyphs
from tui.text.window import Window, around, part_of_matrix

MOST = (8, 9)
"""The most rows and columns of a matrix in the editor."""

NAMES, ENTRY = 6, 7
"""Cells that the names of rows and the brackets take at the least, and a number in its column."""


def sheet(
    simulation: Simulation,
    operand: Operand,
    cell: tuple[int, int],
    glyphs: Glyphs,
    room: tuple[int, int],
    *,
    frozen: bool,
) -> Content:
    """The matrix, its gradient where there is one and room for it, and the words.

    Args:
        simulation: For the loss that the weights lead to, and its gradient.
        operand: The matrix.
        cell: Row and column of the cell under the cursor.
        glyphs: Characters to draw with.
        room: The cells there are, and the rows of the matrix that there is room for.
        frozen: Whether training leaves the matrix as it is.
    """
    row, column = cell
    width, rows = room
    situation = simulation.situation
    shown = [operand]
    if situation.can_go_back:
        gradients = {title(name): gradient for name, gradient in situation.week_update.gradients.items()}
        gradient = gradients[operand.name]
        shown.append(replace(operand, name=f"∂{operand.name}", value=gradient))
    window = _window(operand, cell, (rows, max((width - NAMES) // ENTRY, 1)))
    at = cell[0] - window.rows.start, cell[1] - window.columns.start
    seen = [part_of_matrix(matrix, window) for matrix in shown]
    ways = ((seen, False), (seen, True), (seen[:1], False), (seen[:1], True))
    drawn = next_fitting((_matrices(some, at, glyphs, brief=brief) for some, brief in ways), width)
    entry = row * operand.value.shape[1] + column
    value = number(operand.value[row, column])
    words = line(
        (f"{operand.name}[{glyphs.describe(operand, entry)}]", f"${operand.role} bold"), (f" = {value}", "bold")
    )
    parts = [_("loss of the week {loss:.4g}").format(loss=situation.loss)]
    if situation.can_go_back:
        parts.append(_("gradient of this weight {gradient}").format(gradient=number(shown[-1].value[cell])))
    elif situation.has_derivative:
        parts.append(_("no gradient: the week is too long"))
    else:
        sentence = _("no gradient: {activation} has no derivative")
        parts.append(sentence.format(activation=situation.network.activation.name))
    parts += [_("frozen")] if frozen else []
    parts += [] if window.whole else [glyphs.text(window.text())]
    text = line((f" {glyphs.middle_dot} ".join(parts), "$muted"))
    return Content("\n").join([*drawn.lines, words, text])


def _matrices(operands: Sequence[Operand], cell: tuple[int, int], glyphs: Glyphs, *, brief: bool) -> Block:
    """Matrices of one shape side by side, one entry of each highlighted."""
    row, column = cell
    headings = [column_headings(operand, glyphs, tight=brief) for operand in operands]
    blocks = [names_of(operands[0], row, glyphs, brief=brief).under([line("")] * (1 + len(headings[0])))]
    for operand, above in zip(operands, headings, strict=True):
        name = line((glyphs.text(operand.name), f"${operand.role} bold"))
        blocks.append(body(operand, glyphs, row, current_column=column, tight=brief).under([name, *above]))
    return beside(blocks, gap=1 if brief else 2)


def _window(operand: Operand, cell: tuple[int, int], room: tuple[int, int]) -> Window:
    """The part of a matrix around a cell that there is room for."""
    rows, columns = operand.value.shape
    sizes = [min(sides) for sides in zip(MOST, room, (rows, columns), strict=True)]
    down, across = (around(at, size, of) for at, size, of in zip(cell, sizes, (rows, columns), strict=True))
    return Window(down, across, rows, columns)
