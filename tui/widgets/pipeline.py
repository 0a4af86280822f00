"""The map: where the current step stands in the day."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from model.simulation.simulation import Simulation
from tui.rendering.pipeline import pipeline
from tui.widgets.panel import Panel


class PipelinePanel(Panel):
    """The day's pipeline, in as many lines as the panel has."""

    SCOPED_CSS = False  # it depends on the screen around it
    DEFAULT_CSS = """
    PipelinePanel { height: 1; }
    PipelinePanel.-playing { background: $surface-lighten-1; }
    .-rows-30 PipelinePanel { height: 5; padding: 1 0; }
    """

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The map."""
        return pipeline(simulation, self.glyphs, width, height)
