"""What happens in this step, in words."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from model.simulation import Simulation
from tui.rendering.narration import narration
from tui.widgets.panel import Panel


class NarrationPanel(Panel):
    """The lesson's text for the step under the cursor."""

    BORDER_TITLE = "What happens"

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The text, wrapped."""
        return narration(simulation, self.glyphs).wrap(max(width, 1))
