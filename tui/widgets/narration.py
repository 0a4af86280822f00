"""What happens in this step, in words."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from model.language import N_
from model.simulation.simulation import Simulation
from tui.rendering.equation import title
from tui.rendering.narration import narration
from tui.widgets.panel import Panel
from tui.widgets.sizes import COLUMNS_FOR_NAMES


class NarrationPanel(Panel):
    """The lesson's text for the step under the cursor."""

    BORDER_TITLE = N_("What happens")

    SCOPED_CSS = False  # it depends on the screen around it
    DEFAULT_CSS = """
    NarrationPanel { height: auto; min-height: 4; max-height: 5; padding: 0 1; }  /* 4: nothing above it moves */
    .-rows-16 NarrationPanel, .-rows-0 NarrationPanel { height: 1fr; min-height: 2; max-height: 100%; }
    .-columns-0 NarrationPanel { max-height: 9; }
    .-columns-0.-rows-16 NarrationPanel, .-columns-0.-rows-0 NarrationPanel { max-height: 100%; padding: 0; }
    .-rows-30 NarrationPanel { height: auto; min-height: 6; max-height: 9; border: round $frame; }
    .-columns-116.-rows-30 NarrationPanel { min-height: 9; max-height: 16; }
    """

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The text, wrapped; after the step's name and formula where the frame may be too narrow for them."""
        room, lines = self.app.size.width, []
        if room < COLUMNS_FOR_NAMES:
            heading = title(simulation.current_step, self.glyphs)
            lines = heading.wrap(max(width, 1)) if room < heading.cell_length + 6 else []
        return [*lines, *narration(simulation, self.glyphs).wrap(max(width, 1))]
