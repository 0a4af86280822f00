"""The panel of a network with hidden units as nodes and edges."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from model.simulation.simulation import Simulation
from tui.rendering.block import line
from tui.rendering.node_diagram import node_block
from tui.widgets.messages import FrameResized
from tui.widgets.panel import Panel


class NodesPanel(Panel):
    """The network of the day as it is often drawn: what goes in, the hidden units, what comes out."""

    DEFAULT_CSS = """
    NodesPanel { height: 100%; }
    """

    def on_resize(self) -> None:
        """Tell the screen, which writes on the frame."""
        self.post_message(FrameResized())

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The drawing in the middle of the panel."""
        block = node_block(simulation, self.glyphs, width, height)
        if block is None:
            return []
        indent = " " * ((width - block.width) // 2)
        return [line(indent, text) for text in block.lines]
