"""The sheet for editing: a whole matrix with a cell lit, and that cell in words."""

from __future__ import annotations

from textual.content import Content

from model.activation import number
from model.simulation import Simulation
from model.step import Operand
from tui.rendering.blocks import Block, beside, line
from tui.rendering.glyphs import Glyphs
from tui.rendering.matrix import body, column_headings, row_names


def sheet(
    simulation: Simulation, operand: Operand, cell: tuple[int, int], glyphs: Glyphs, *, frozen: bool
) -> Content:
    """The matrix and the words.

    Args:
        simulation: For the loss that the weights lead to.
        operand: The matrix.
        cell: Row and column of the cell under the cursor.
        glyphs: Characters to draw with.
        frozen: Whether training leaves the matrix as it is.
    """
    row, column = cell
    headings = column_headings(operand, glyphs)
    matrix = body(operand, glyphs, row, column_lit=column).under(headings)
    names = row_names(operand.rows, glyphs, row, groups=True, align_right=True)
    drawn = beside([Block.of([*[line("")] * len(headings), *names.lines]), matrix])
    entry = row * operand.value.shape[1] + column
    value = number(operand.value[row, column])
    words = line(
        (f"{operand.name}[{glyphs.text(operand.describe(entry))}]", f"${operand.role} bold"), (f" = {value}", "bold")
    )
    situation = simulation.situation
    parts = [f"loss of the week {situation.descent.loss:.4g}"] if situation.can_go_back else []
    parts += ["frozen: training leaves this matrix as it is"] if frozen else []
    told = line((f" {glyphs.middle_dot} ".join(parts), "$muted"))
    return Content("\n").join([*drawn.lines, words, told])
