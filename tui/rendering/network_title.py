"""What the frame of the network says while it learns: how many weights are in sight, and what their marks mean."""

from __future__ import annotations

from textual.content import Content

from model.language import _
from model.simulation.simulation import Simulation
from model.training.recent_weights import MOVED_OVER
from tui.rendering.block import line
from tui.rendering.network_places import MOVED
from tui.text.glyphs import Glyphs


def network_title(simulation: Simulation, glyphs: Glyphs, width: int) -> Content:
    """The longest title that fits.

    Args:
        simulation: A place of the walk in the lesson that learns.
        glyphs: Characters to draw with.
        width: The cells there are.
    """
    weights = simulation.situation.network.parameters.flat.size
    name = _("The whole network")
    count = _("{weights:,} weights").format(weights=weights)
    moment = simulation.situation.snapshot
    marks: list[str] = []
    if moment is not None and moment.change is not None:
        signs, least = glyphs.heads[0] + glyphs.heads[2], f"{MOVED:.2f}"
        marks = [
            _("{signs} moved by more than {least} in the last {updates} updates"),
            _("{signs} moved more than {least} in {updates} updates"),
        ]
        marks = [text.format(signs=signs, least=least, updates=MOVED_OVER) for text in marks]
    titles = [line((name, "bold"), (f"   {count}   {text}", "$muted")) for text in marks]
    titles += [line((name, "bold"), (f"   {text}", "$muted")) for text in (*marks[1:], count)]
    titles.append(line((name, "bold")))
    return next((title for title in titles if title.cell_length <= width), titles[-1])
