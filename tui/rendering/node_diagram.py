"""A network of one product drawn as nodes and edges, with the line that leads from its output back to its input."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from model.language import _, ngettext
from model.simulation.simulation import Simulation
from model.steps.step import Operand, Step, StepKind
from tui.rendering.block import Block, Part, line
from tui.rendering.edges import Edge, edge_lines
from tui.rendering.matrix import sign_style
from tui.text.glyphs import Glyphs
from tui.text.numbers import short

MAX_NODES = 5
"""More nodes than this on a side cannot be told apart in a panel."""

MAX_WIDTH, MIN_WIDTH = 76, 30
"""Wider the edges only get flatter; narrower the numbers on them run into each other."""

LINES_BETWEEN = (1, 3)
"""The lines from one node to the next, at the least and at the most."""

LOOP = 7
"""Cells beside the nodes that the loop takes."""


def can_draw(step: Step) -> bool:
    """Whether a step is a product small enough to be drawn as nodes and edges."""
    return step.operation is StepKind.PRODUCT and max(step.operands[0].value.shape) <= MAX_NODES


def product_of(simulation: Simulation) -> Step | None:
    """The product that is all of a network, where it can be drawn; on the way back nothing is."""
    if simulation.backward or simulation.situation.cell.hidden:
        return None
    first = simulation.steps[0]
    return first if can_draw(first) else None


def node_lines(simulation: Simulation) -> tuple[int, int]:
    """The lines that a drawing takes at the least, and how many more make it clearer; both 0 where there is none."""
    step = product_of(simulation)
    if step is None:
        return 0, 0
    gaps = max(step.operands[0].value.shape) - 1
    least, most = LINES_BETWEEN
    loop = simulation.situation.cell.reads_yesterday
    return 2 + gaps * (least + 1) + loop, gaps * (most - least - 1) + 1 + loop


def node_block(simulation: Simulation, glyphs: Glyphs, width: int, height: int) -> Block | None:
    """A network of one product as nodes and edges; where its output goes in again, with the loop.

    Args:
        simulation: A place of the walk.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are.
    """
    step, looping = product_of(simulation), simulation.situation.cell.reads_yesterday
    least, _more = node_lines(simulation)
    inside = min(width, MAX_WIDTH) - (LOOP if looping else 0)
    if step is None or height < least or inside < MIN_WIDTH:
        return None
    nodes = max(step.operands[0].value.shape)
    spare = height - least
    rows = 1 + (nodes - 1) * (3 if spare >= nodes - 1 else 2)
    pictures = inside < 50
    heading = _heading(simulation, inside)
    lines = network(step, glyphs, inside, rows, pictures=pictures)
    around = height - 1 - rows - looping
    below = [line("")] * (1 if looping and around >= 1 else 0)
    above = [line("")] * (1 if around >= 1 + len(below) else 0)
    if looping:
        return Block.of([line("   ", heading), *above, *_looped(simulation, step, [*lines, *below], glyphs)])
    return Block.of([heading, *above, *lines])


def _heading(simulation: Simulation, width: int) -> Content:
    """What stands on the left, on the edges, and on the right."""
    looping = simulation.situation.cell.reads_yesterday
    left = _("yesterday, in") if looping else _("today's weather, in")
    middle, right = simulation.steps[0].operands[0].title, _("today, out")
    before = max((width - cell_len(middle)) // 2 - cell_len(left), 1)
    after = max(width - cell_len(left) - before - cell_len(middle) - cell_len(right), 1)
    role = simulation.steps[0].operands[0].role
    return line(
        (left, "$yesterday" if looping else "$weather"), " " * before, (middle, f"${role} bold"), " " * after,
        (right, "$today"),
    )  # fmt: skip


def _looped(simulation: Simulation, step: Step, lines: Sequence[Content], glyphs: Glyphs) -> list[Content]:
    """The drawing with the loop of the day's dish, or of no dish before it is known."""
    dish, known = simulation.trace.dish, simulation.is_cooked(simulation.day)
    name = glyphs.labelled(step.result.rows, dish)
    sentences = [_("what comes out goes in")]
    if known:
        sentences = [
            _("the output goes back in: today's {dish} is tomorrow's yesterday").format(dish=name),
            _("back in: {dish} is tomorrow's yesterday").format(dish=name),
            _("{dish} goes in as tomorrow's yesterday").format(dish=glyphs.short(step.result.rows, dish, 3)),
            *sentences,
        ]
    width = max(text.cell_length for text in lines) + LOOP - 6
    sentence = next((text for text in sentences if cell_len(text) <= width), "")
    rows = [row for row, text in enumerate(lines) if _is_node(text.plain, glyphs)]
    return looped(lines, rows[dish] if known else len(lines) - 1, glyphs, sentence, known=known)


def _numbers(vector: Operand) -> list[str]:
    """What stands at the nodes: each number as short as can be, or what stands in its place."""
    if vector.letters is not None:
        return [str(letter) for letter in vector.letters.flat]
    return [short(number) for number in vector.value]


def _is_node(text: str, glyphs: Glyphs) -> bool:
    return glyphs.node in text or glyphs.empty_node in text


def unrolled(simulation: Simulation, glyphs: Glyphs, width: int) -> list[Content]:
    """The loop written out day by day: the same matrix again and again; nothing for a network without one."""
    step = product_of(simulation)
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


def network(step: Step, glyphs: Glyphs, width: int, rows: int, *, pictures: bool = False) -> list[Content]:
    """Inputs on the left, outputs on the right, one edge for each entry of the matrix, with its number but for 0.

    Edges that carry something today are heavy, other ones thin; those without weight are dots.

    Args:
        step: A product of a matrix and a vector, for which `can_draw` holds.
        glyphs: Characters to draw with.
        width: The cells there are.
        rows: The lines there are.
        pictures: Whether nodes are only pictures (or the beginnings of names), to save room.
    """
    matrix, vector = step.operands
    outputs, inputs = len(step.result.value), len(vector.value)
    left, right = _names(vector, glyphs, pictures), _names(step.result, glyphs, pictures)
    left_numbers, right_numbers = (_numbers(one) for one in (vector, step.result))
    left_width = max(map(cell_len, left)) + max(map(len, left_numbers)) + 4
    right_width = max(map(cell_len, right)) + max(map(len, right_numbers)) + 4
    middle = max(width - left_width - right_width - 1, 8)
    y_out, y_in = _spread(outputs, rows), _spread(inputs, rows)
    edges = []
    for column in range(inputs):
        for row in range(outputs):
            weight, signal = matrix.value[row, column], vector.value[column]
            active = bool(weight != 0 and signal != 0)
            style = f"{sign_style(weight)} bold" if active else "$muted" if weight else "$faint"
            edges.append(Edge(y_in[column], y_out[row], short(weight) if weight else "", style, active))
    ordered = sorted(edges, key=lambda edge: (edge.active, bool(edge.text)))
    canvas = edge_lines(ordered, middle, rows, glyphs)
    reached = {edge.y_to: edge.style for edge in ordered if edge.text}
    lines = []
    for row in range(rows):
        before: list[Part] = [" " * left_width]
        after: list[Part] = [" " * right_width]
        if row in y_in:
            at = y_in.index(row)
            before = _node(left[at], left_numbers[at], vector, at, glyphs, width=left_width, after=False)
        if row in y_out:
            at = y_out.index(row)
            head = (glyphs.arrow, reached[row]) if row in reached else " "
            after = [
                head,
                *_node(right[at], right_numbers[at], step.result, at, glyphs, width=right_width, after=True),
            ]
        lines.append(line(*before, canvas[row], *after))
    return lines


def looped(lines: Sequence[Content], at: int, glyphs: Glyphs, sentence: str, *, known: bool) -> list[Content]:
    """The network with the line that leads from today's dish to the same dish as tomorrow's yesterday.

    Args:
        lines: The drawing by `network`, whose inputs and outputs are the dishes.
        at: The line of the day's dish.
        glyphs: Characters to draw with.
        sentence: What the line says.
        known: Whether the dish has been seen; until then the line is faint, and leaves at no dish.
    """
    top_left, top_right, bottom_left, bottom_right = glyphs.heavy_corners
    run, style = glyphs.heavy_horizontal, "$yesterday bold" if known else "$faint"
    width = max(text.cell_length for text in lines)
    drawn = []
    for row, text in enumerate(lines):
        left = "   " if row < at else f"{top_left}{run}{glyphs.arrow}" if row == at else f"{glyphs.heavy_vertical}  "
        right = "" if row < at else f" {run * 2}{top_right}" if row == at else f"   {glyphs.heavy_vertical}"
        if not known and row == at:
            left, right = f"{glyphs.heavy_vertical}  ", f"   {glyphs.heavy_vertical}"
        drawn.append(line((left, style), text.pad_right(width - text.cell_length), (right, style)))
    inside = width + LOOP - 2
    told = f" {sentence} " if sentence else ""
    before = (inside - cell_len(told)) // 2
    after = inside - cell_len(told) - before
    bottom = line((bottom_left + run * before, style), (told, "$muted"), (run * after + bottom_right, style))
    return [*drawn, bottom]


def _spread(count: int, rows: int) -> list[int]:
    """Rows for some nodes, from the first to the last; one alone stands in the middle."""
    return [round((rows - 1) * index / (count - 1)) for index in range(count)] if count > 1 else [rows // 2]


def _names(operand: Operand, glyphs: Glyphs, pictures: bool) -> list[str]:
    axis = operand.rows
    return [glyphs.short(axis, row, 3) if pictures else glyphs.labelled(axis, row) for row in range(len(axis.labels))]


def _node(
    name: str, number: str, operand: Operand, row: int, glyphs: Glyphs, *, width: int, after: bool
) -> list[Part]:
    on = operand.value[row] != 0
    style = f"${operand.role} bold" if on else "$faint"
    node, shown = (glyphs.node if on else glyphs.empty_node, style), (number, style)
    room = width - cell_len(name) - cell_len(number) - 4
    if after:
        return [" ", node, " ", shown, " ", (name, style), " " * max(room, 0)]
    return [" " * max(room, 0), (name, style), " ", shown, " ", node, " "]
