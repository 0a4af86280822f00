"""A small network drawn as nodes and edges, with the line that leads from its output back to its input.

On the way back each gradient stands where its quantity stood: at its node, or on its edge.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from model.language import _, ngettext
from model.network.cell import Size
from model.simulation.simulation import Simulation
from model.steps.step import Step, StepKind
from tui.rendering.block import Block, Part, line
from tui.rendering.edges import edge_lines
from tui.rendering.network_parts import WalkedNetwork
from tui.rendering.node_layers import Layer, Layers, layers_of
from tui.text.glyphs import Glyphs

MAX_NODES, MAX_INPUTS, MAX_UNITS = 5, 8, 8
"""More nodes than this on a side of one product, at the input of several, and between, cannot be told apart."""

MAX_WIDTH, MIN_WIDTH = 76, 30
"""Wider the edges of one product only get flatter; narrower the numbers on them run into each other."""

MAX_WIDTH_OF_TWO, MIN_WIDTH_OF_TWO = 110, 64
"""The same of a network with hidden units, which has edges on both sides of them."""

LINES_BETWEEN = (1, 3)
"""The lines from one node to the next, at the least and at the most."""

LOOP = 7
"""Cells beside the nodes that the loop takes."""


def can_draw(simulation: Simulation) -> bool:
    """Whether a network is small enough to be drawn as nodes and edges."""
    situation = simulation.situation
    cell, sizes = situation.cell, situation.sizes
    if cell.hidden:
        inputs = sizes[Size.DISHES] + sizes[Size.WEATHERS]
        small = inputs <= MAX_INPUTS and sizes[Size.HIDDEN] <= MAX_UNITS and sizes[Size.DISHES] <= MAX_NODES
        return small and cell.feeds_dish_back and not cell.gated
    return bool(max(situation.network.parameters[situation.network.matrices[0]].shape) <= MAX_NODES)


def node_lines(simulation: Simulation) -> tuple[int, int]:
    """The lines that a drawing takes at the least, and how many more make it clearer; both 0 where there is none."""
    if not can_draw(simulation):
        return 0, 0
    situation = simulation.situation
    loop = situation.cell.reads_yesterday
    if situation.cell.hidden:
        least = 2 * _tallest(simulation) - 1
        return 1 + least + 2, 3 * _tallest(simulation)
    gaps = max(situation.network.parameters[situation.network.matrices[0]].shape) - 1
    least, most = LINES_BETWEEN
    return 2 + gaps * (least + 1) + loop, gaps * (most - least - 1) + 1 + loop


def _tallest(simulation: Simulation) -> int:
    """The most nodes that stand over each other, those of two inputs with a gap between them."""
    sizes = simulation.situation.sizes
    return max(sizes[Size.DISHES] + 1 + sizes[Size.WEATHERS], sizes[Size.HIDDEN])


def node_block(simulation: Simulation, glyphs: Glyphs, width: int, height: int) -> Block | None:
    """A small network as nodes and edges; where its output goes in again, with the loop.

    Args:
        simulation: A place of the walk.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are.
    """
    least, _more = node_lines(simulation)
    hidden, looping = simulation.situation.cell.hidden, simulation.situation.cell.reads_yesterday
    most, narrowest = (MAX_WIDTH_OF_TWO, MIN_WIDTH_OF_TWO) if hidden else (MAX_WIDTH, MIN_WIDTH)
    inside = min(width, most) - (LOOP if looping else 0)
    if not least or height < least or inside < narrowest:
        return None
    layers = layers_of(simulation, glyphs, pictures=inside < (90 if hidden else 50))
    if layers.width > inside:  # names this long leave too little between them
        layers = layers_of(simulation, glyphs, pictures=True)
    spare = height - least
    nodes = _tallest(simulation) if hidden else max(len(layer.names) for layer in layers.layers)
    step = 2 + min(spare // max(nodes - 1, 1), 3 if hidden else 1)
    rows = 1 + (nodes - 1) * step
    lines, heading = _drawn(layers, glyphs, inside, rows)
    around = height - 1 - rows - looping
    below = [line("")] * (1 if looping and around >= 1 else 0)
    above = [line("")] * (1 if around >= 1 + len(below) else 0)
    if looping:
        return Block.of([line("   ", heading), *above, *_looped(simulation, layers, [*lines, *below], rows, glyphs)])
    return Block.of([heading, *above, *lines])


def _drawn(layers: Layers, glyphs: Glyphs, width: int, rows: int) -> tuple[list[Content], Content]:
    """The nodes and the edges between them, and the names over them."""
    columns = layers.layers
    spare = max(width - sum(column.width for column in columns), len(layers.edges))
    places = [_places(column, rows) for column in columns]
    parts: list[list[Content]] = []
    titles: list[tuple[int, Content]] = []
    start, between = 0, spare // len(layers.edges)
    for at, column in enumerate(columns):
        title = column.heading()
        over = (0, (column.width - title.cell_length) // 2, column.width - title.cell_length)[column.side]
        titles.append((start + over, title))
        parts.append(
            column.lines(rows, places[at], _reached(layers, at, places[at]), glyphs, backward=layers.backward)
        )
        start += column.width
        if at < len(layers.edges):
            edges = [edge.at(places[at], places[at + 1]) for edge in layers.edges[at]]
            parts.append(
                edge_lines(sorted(edges, key=lambda one: (one.active, not one.quiet)), between, rows, glyphs)
            )
            titles.append((start + (between - layers.names[at].cell_length) // 2, layers.names[at]))
            start += between
    return [line(*(part[row] for part in parts)) for row in range(rows)], _in_a_line(titles, start)


def _in_a_line(titles: Sequence[tuple[int, Content]], width: int) -> Content:
    """Titles from left to right, each at its cell or behind the one before it."""
    heading = line("")
    for place, title in titles:
        at = max(min(place, width - title.cell_length), heading.cell_length + bool(heading.cell_length))
        heading = line(heading.pad_right(at - heading.cell_length), title)
    return heading.truncate(width) if heading.cell_length > width else heading


def _reached(layers: Layers, at: int, places: Sequence[int]) -> dict[int, str]:
    """The lines of the nodes of a column that an edge leads to, with the styles of the edges."""
    side = at if layers.backward else at - 1
    edges = layers.edges[side] if 0 <= side < len(layers.edges) else ()
    reached = sorted((edge for edge in edges if edge.weight), key=lambda edge: edge.active)
    return {places[edge.source if layers.backward else edge.target]: edge.style for edge in reached}


def _places(column: Layer, rows: int) -> list[int]:
    """Rows for the nodes of a column, from the first to the last; one alone stands in the middle."""
    gaps = column.gap_after is not None
    count = len(column.names) + gaps
    spread = [round((rows - 1) * index / (count - 1)) for index in range(count)] if count > 1 else [rows // 2]
    if gaps and column.gap_after is not None:
        del spread[column.gap_after]
    return spread


def _looped(
    simulation: Simulation, layers: Layers, lines: Sequence[Content], rows: int, glyphs: Glyphs
) -> list[Content]:
    """The drawing with the loop of the day's dish, or of no dish before it is known; on the way back of the error."""
    dish, known = simulation.trace.dish, simulation.is_cooked(simulation.day)
    width = max(text.cell_length for text in lines) + LOOP - 6
    style = "$yesterday bold" if known else "$faint"
    if layers.backward:
        made = WalkedNetwork(simulation).results.get("∂d") is not None
        sentences = [_("how the loss changes with what yesterday handed on"), _("to yesterday")]
        style, known = "$error bold" if made else "$faint", False
    else:
        name = glyphs.labelled(layers.outputs, dish)
        sentences = [_("what comes out goes in")]
        if known:
            sentences = [
                _("the output goes back in: today's {dish} is tomorrow's yesterday").format(dish=name),
                _("back in: {dish} is tomorrow's yesterday").format(dish=name),
                _("{dish} goes in as tomorrow's yesterday").format(dish=glyphs.short(layers.outputs, dish, 3)),
                *sentences,
            ]
    sentence = next((text for text in map(glyphs.text, sentences) if cell_len(text) <= width), "")
    ends = (len(lines) - 1, len(lines) - 1)
    if known:
        ends = _places(layers.layers[0], rows)[dish], _places(layers.layers[-1], rows)[dish]
    return looped(lines, ends, glyphs, sentence, style=style, known=known)


def unrolled(simulation: Simulation, glyphs: Glyphs, width: int) -> list[Content]:
    """The loop written out day by day: the same matrix again and again; nothing for a network without one."""
    step = _product(simulation)
    if step is None or not simulation.situation.cell.reads_yesterday:
        return []
    matrix, dishes = step.operands[0], step.result.rows
    arrow: Part = (f" {glyphs.horizontal}{matrix.title}{glyphs.arrow} ", "$muted")
    parts: list[Part] = [(glyphs.short(dishes, simulation.situation.start, 4), "$yesterday")]
    for day in range(simulation.days):
        known = simulation.is_cooked(day)
        dish = glyphs.short(dishes, simulation.dish(day), 4) if known else glyphs.unknown
        style = "$today bold" if day == simulation.day else "$yesterday" if known else "$faint"
        if line(*parts, arrow, dish).cell_length > width:
            parts.append((f" {glyphs.more}", "$faint"))
            break
        parts += [arrow, (dish, style)]
    days = simulation.days
    headings = [
        ngettext(
            "The loop unrolled: the same matrix, on {days:,} day",
            "The loop unrolled: the same matrix, on {days:,} days",
            days,
        ),
        ngettext("Unrolled over {days:,} day", "Unrolled over {days:,} days", days),
    ]
    heading = next((text for text in (one.format(days=days) for one in headings) if cell_len(text) <= width), "")
    return [line((heading, "$muted"))] * bool(heading) + [line(*parts).truncate(width)]


def _product(simulation: Simulation) -> Step | None:
    """The product that is all of a network, where it can be drawn; on the way back nothing is."""
    if simulation.backward or simulation.situation.cell.hidden or not can_draw(simulation):
        return None
    first = simulation.steps[0]
    return first if first.operation is StepKind.PRODUCT else None


def looped(
    lines: Sequence[Content], ends: tuple[int, int], glyphs: Glyphs, sentence: str, *, style: str, known: bool
) -> list[Content]:
    """The network with the line that leads from today's dish to the same dish as tomorrow's yesterday.

    Args:
        lines: The drawing, whose first nodes are the dishes, and its last ones.
        ends: The lines of the day's dish on the left and on the right.
        glyphs: Characters to draw with.
        sentence: What the line says.
        style: Of the line.
        known: Whether the dish has been seen; until then the line leaves at no dish.
    """
    top_left, top_right, bottom_left, bottom_right = glyphs.heavy_corners
    run, vertical = glyphs.heavy_horizontal, glyphs.heavy_vertical
    width = max(text.cell_length for text in lines)
    drawn = []
    for row, text in enumerate(lines):
        left = "   " if row < ends[0] else f"{vertical}  "
        right = "" if row < ends[1] else f"   {vertical}"
        if known and row == ends[0]:
            left = f"{top_left}{run}{glyphs.arrow}"
        if known and row == ends[1]:
            right = f" {run * 2}{top_right}"
        drawn.append(line((left, style), text.pad_right(width - text.cell_length), (right, style)))
    inside = width + LOOP - 2
    told = f" {sentence} " if sentence else ""
    before = (inside - cell_len(told)) // 2
    after = inside - cell_len(told) - before
    bottom = line((bottom_left + run * before, style), (told, "$muted"), (run * after + bottom_right, style))
    return [*drawn, bottom]
