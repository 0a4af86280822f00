"""The narration of a step as styled text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.simulation.simulation import Simulation
from tui.text.glyphs import Glyphs

if TYPE_CHECKING:
    from textual.content import Content
from tui.text.narration import told


def narration(simulation: Simulation, glyphs: Glyphs) -> Content:
    """What the step under the cursor does and why, in a few sentences."""
    from tui.rendering.block import line  # noqa: PLC0415 - the words alone need no Textual

    return line(*told(simulation, glyphs))
