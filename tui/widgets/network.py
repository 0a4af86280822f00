"""The network panel: all matrices and vectors of the day in one block, and the loop around them."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from model.simulation.simulation import Simulation
from tui.rendering.block import line
from tui.rendering.network_block import network_block
from tui.widgets.messages import FrameResized
from tui.widgets.panel import Panel


class NetworkPanel(Panel):
    """The whole network, of which a step highlights a part; its height does not depend on the step."""

    SCOPED_CSS = False  # it depends on the screen around it
    DEFAULT_CSS = """
    NetworkPanel { border: round $frame; border-subtitle-color: $foreground; }
    .-rows-20 NetworkPanel, .-rows-16 NetworkPanel, .-rows-0 NetworkPanel { border: none; border-top: solid $frame; }
    """

    def on_resize(self) -> None:
        """Tell the screen, which writes on the frame."""
        self.post_message(FrameResized())

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The drawing in the middle of the panel; nothing for a network that has none."""
        block = network_block(simulation, self.glyphs, width, height)
        if block is None:
            return []
        indent = " " * ((width - block.width) // 2)
        return [line(indent, text) for text in block.lines]
