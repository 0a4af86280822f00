"""The product panel: the current step, large."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from model.simulation.simulation import Simulation
from tui.rendering.product_panel import product_lines
from tui.widgets.messages import FrameResized
from tui.widgets.panel import Panel


class ProductPanel(Panel):
    """The step under the cursor: whole matrices and vectors, and a row with its numbers.

    It fills its frame; how much is shown depends on the room there is.
    """

    DEFAULT_CSS = """
    ProductPanel { height: 100%; }
    """

    def on_resize(self) -> None:
        """Tell the screen, which writes on the frame."""
        self.post_message(FrameResized())

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The step, and what there is room for under it."""
        return product_lines(simulation, self.glyphs, width, height)
