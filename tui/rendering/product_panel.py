"""The product panel's lines: equation, spelled row, overview."""

from __future__ import annotations

from textual.content import Content

from model.network.cell import Size
from model.simulation.simulation import Simulation
from model.steps.spelling import MAX_FACTORS
from tui.rendering.block import Block, line
from tui.rendering.equation import equation, spelled_row
from tui.rendering.network_plan import HEADINGS
from tui.rendering.node_diagram import unrolled
from tui.rendering.overview import overview
from tui.text.glyphs import Glyphs

MIN_DRAWING = 3
"""However long the row is that is spelled out, so many lines are left to the step itself."""

ROOM_FOR_ALL = 16
"""With so many lines, a step that is too large leaves some of them to the overview of all weights."""

NAMED, WHOLE_TERM, TERM = 30, 6, 20
"""The most cells of a spelled row that its names take, and a term of whole numbers, and one of any others."""

MAX_RESERVED = 3
"""Lines that are kept for the row that is spelled out, however many it may take."""


def product_lines(simulation: Simulation, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """The step, and all weights of a large matrix at once, if there is room.

    The row that is spelled out begins on the same line at every step.
    """
    step = simulation.current_step
    spelled = spelled_row(step, simulation.current_entry, glyphs).wrap(max(width, 1))
    at = _spelled_at(simulation, width, height, len(spelled))
    drawing, window = equation(step, simulation.current_entry, glyphs, width, max(at, MIN_DRAWING))
    lines = [*_indented(drawing, width)]
    lines += [line("")] * (at - len(lines))
    lines += spelled
    room = height - len(lines) - 1
    below = None if window.whole else overview(step, window, glyphs, width - 2, room)
    if unrolled_lines := unrolled(simulation, glyphs, width - 2):
        below = Block.of(unrolled_lines)
    if below is None or not below.height or below.height > room:
        return lines
    return [*lines, line(""), *_indented(below, width)]


def _spelled_at(simulation: Simulation, width: int, height: int, spelled: int) -> int:
    """The line of the row that is spelled out, the same at all steps of all days.

    It is under three lines of headings, a line for each row of the highest step, and an empty one, if there is room
    for these; so many lines are kept for it as its longest form takes, but for those of the rows themselves.

    Args:
        simulation: A place of the walk.
        width: The cells there are.
        height: The lines there are.
        spelled: The lines that the row takes now.
    """
    situation = simulation.situation
    sizes = situation.sizes
    rows = max(sizes.get(Size.HIDDEN, 0), sizes[Size.DISHES])
    blocks = len(situation.roommate.rules) if situation.network.blocks else 1
    term = WHOLE_TERM if situation.by_hand and not situation.can_go_back else TERM
    longest = NAMED + term * min(rows, MAX_FACTORS)
    spare = height - rows - blocks  # beside the rows themselves, and the lines between blocks
    kept = min(-(-longest // max(width - term, 1)), MAX_RESERVED, max(spare - 1, min(spare, 2), 1))
    most = height - max(kept, spelled)
    wanted = HEADINGS + rows + blocks
    if wanted > most >= ROOM_FOR_ALL:
        wanted = most * 3 // 5
    return max(min(wanted, most), 0)


def _indented(block: Block, width: int) -> list[Content]:
    """The block in the middle of the panel."""
    indent = " " * max(min(1, width - block.width), 0)
    return [line(indent, text) for text in block.lines]
