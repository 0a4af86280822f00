"""The narration of a step as styled text."""

from __future__ import annotations

from textual.content import Content

from model.simulation.simulation import Simulation
from tui.rendering.block import line
from tui.text.glyphs import Glyphs
from tui.text.narration import styled_parts


def narration(simulation: Simulation, glyphs: Glyphs) -> Content:
    """What the step under the cursor does and why, in a few sentences."""
    return line(*styled_parts(simulation, glyphs))
