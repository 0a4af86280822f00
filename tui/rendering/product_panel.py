"""The product panel's lines: equation, network, overview."""

from __future__ import annotations

from textual.content import Content

from model.language import _
from model.simulation.simulation import Simulation
from tui.rendering.block import Block, beside, line
from tui.rendering.equation import equation, spelled_row
from tui.rendering.node_diagram import LOOP, can_draw, looped, network
from tui.rendering.overview import overview
from tui.text.glyphs import Glyphs

MAX_NETWORK_WIDTH = 64
"""Wider than this a drawing of nodes and edges only gets flatter."""

MIN_NETWORK_HEIGHT, MIN_NETWORK_WIDTH = 9, 22
"""Smaller than this the numbers on its edges run into each other."""


MIN_DRAWING = 3
"""However long the row is that is spelled out, so many lines are left to the step itself."""


def product_lines(simulation: Simulation, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """The step, and as nodes and edges the network, or all weights of a large matrix at once, if there is room.

    Nodes and edges belong to the lessons that are one product each. They stand under the equation where the panel is
    high, beside it where it is low.
    """
    step = simulation.current_step
    first = simulation.steps[0]
    spelled = spelled_row(step, simulation.current_entry, glyphs).wrap(max(width, 1))
    drawing, window = equation(step, simulation.current_entry, glyphs, width, max(height - len(spelled), MIN_DRAWING))
    networked = len(simulation.situation.network.matrices) == 1 and can_draw(first)
    upper = Block.of([*drawing.lines, line(""), *spelled])
    if networked and MIN_NETWORK_HEIGHT <= height < drawing.height + 3 + MIN_NETWORK_HEIGHT:
        room = width - upper.width - 3
        if room >= MIN_NETWORK_WIDTH and upper.height <= height:
            edges = _network(simulation, glyphs, room, min(height, 11), pictures=True)
            return list(beside([upper, edges], gap=3).lines)

    lines = [*_indented(drawing, width)]
    if len(lines) + len(spelled) < height:
        lines.append(line(""))
    lines += spelled
    room = height - len(lines) - 1
    if networked and room >= MIN_NETWORK_HEIGHT:
        below: Block | None = _network(simulation, glyphs, min(width - 2, MAX_NETWORK_WIDTH), room)
    elif window.whole:
        below = None
    else:
        below = overview(step, window, glyphs, width - 2, room)
    if below is None or not below.height or below.height > room:
        return lines
    return [*lines, line(""), *_indented(below, width)]


def _network(simulation: Simulation, glyphs: Glyphs, width: int, height: int, *, pictures: bool = False) -> Block:
    """The nodes and edges of a network of one product; where its output goes in again, with the loop."""
    cell, first = simulation.situation.cell, simulation.steps[0]
    if simulation.backward or not cell.reads_yesterday or width - LOOP < MIN_NETWORK_WIDTH:
        return Block.of(network(first, glyphs, width, height, pictures=pictures))
    lines = network(first, glyphs, width - LOOP, height - 1, pictures=pictures)
    dish = simulation.trace.dish
    name = glyphs.labelled(first.result.rows, dish)
    known = simulation.is_cooked(simulation.day)
    sentence = (
        _("back in: {dish} is tomorrow's yesterday").format(dish=name) if known else _("what comes out goes in")
    )
    return Block.of(looped(lines, dish, len(first.result.value), glyphs, sentence, known=known))


def _indented(block: Block, width: int) -> list[Content]:
    """The block in the middle of the panel."""
    indent = " " * max((width - block.width) // 2, 0)
    return [line(indent, text) for text in block.lines]
