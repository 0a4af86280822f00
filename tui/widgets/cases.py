"""The cases panel: what the network answers for each weather and yesterday."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from model.language import N_
from model.simulation.simulation import Simulation
from tui.rendering.case_table import case_lines
from tui.widgets.panel import Panel


class CasesPanel(Panel):
    """The truth table of a network that learns."""

    BORDER_TITLE = N_("The rule, case by case")

    SCOPED_CSS = False  # it depends on the screen around it
    DEFAULT_CSS = """
    CasesPanel { width: 30; height: 1fr; padding: 0 1; border: round $frame; }
    .-rows-16 CasesPanel, .-rows-0 CasesPanel { padding: 0; border: none; border-top: solid $frame; }
    .-columns-0 CasesPanel { width: 1fr; }
    """

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """A row a case; nothing in a lesson without a training run."""
        moment = simulation.situation.learning
        return case_lines(simulation, moment, self.glyphs, width, height) if moment is not None else []
