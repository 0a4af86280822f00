"""The product panel's lines: equation, spelled row, overview."""

from __future__ import annotations

from textual.content import Content

from model.network.cell import Size
from model.simulation.simulation import Simulation
from tui.rendering.block import Block, line
from tui.rendering.equation import equation, spelled_row
from tui.rendering.network_plan import HEADINGS
from tui.rendering.node_diagram import unrolled
from tui.rendering.overview import overview
from tui.text.glyphs import Glyphs

MIN_DRAWING = 3
"""However long the row is that is spelled out, so many lines are left to the step itself."""


def product_lines(simulation: Simulation, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """The step, and all weights of a large matrix at once, if there is room."""
    step = simulation.current_step
    spelled = spelled_row(step, simulation.current_entry, glyphs).wrap(max(width, 1))
    drawing, window = equation(step, simulation.current_entry, glyphs, width, max(height - len(spelled), MIN_DRAWING))
    lines = [*_indented(drawing, width)]
    if len(lines) + len(spelled) < height:
        lines.append(line(""))
    if window.whole:  # the row stands where it stands at the day's highest step
        lines += [line("")] * (min(_spelled_at(simulation), height - len(spelled)) - len(lines))
    lines += spelled
    room = height - len(lines) - 1
    below = None if window.whole else overview(step, window, glyphs, width - 2, room)
    if unrolled_lines := unrolled(simulation, glyphs, width - 2):
        below = Block.of(unrolled_lines)
    if below is None or not below.height or below.height > room:
        return lines
    return [*lines, line(""), *_indented(below, width)]


def _spelled_at(simulation: Simulation) -> int:
    """The line of the row that is spelled out: under three lines of headings and a line for each hidden unit."""
    network = simulation.situation.network
    hidden = simulation.situation.sizes.get(Size.HIDDEN, 0)
    blocks = len(simulation.situation.roommate.rules) if network.blocks else 1
    return HEADINGS + hidden + blocks - 1 if hidden else 0


def _indented(block: Block, width: int) -> list[Content]:
    """The block in the middle of the panel."""
    indent = " " * max((width - block.width) // 2, 0)
    return [line(indent, text) for text in block.lines]
