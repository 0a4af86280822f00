"""What happens in this step, in words."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from model.language import N_
from model.simulation.simulation import Simulation
from tui.rendering.equation import title
from tui.rendering.narration import narration
from tui.widgets.panel import Panel
from tui.widgets.sizes import SLIM


class NarrationPanel(Panel):
    """The lesson's text for the step under the cursor."""

    BORDER_TITLE = N_("What happens")

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The text, wrapped; after the step's name and formula where the frame may be too narrow for them."""
        heading = title(simulation.current_step, self.glyphs)
        cut = self.app.size.width < min(heading.cell_length + 6, SLIM)
        lines = heading.wrap(max(width, 1)) if cut else []
        return [*lines, *narration(simulation, self.glyphs).wrap(max(width, 1))]
