"""The cases panel: what the network answers for each weather and yesterday."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from model.language import N_
from model.simulation.simulation import Simulation
from tui.rendering.case_history import lines_of
from tui.rendering.case_table import case_lines
from tui.rendering.loss_panel import MIN_CHART, arrangement
from tui.widgets.panel import Panel


class CasesPanel(Panel):
    """The truth table of a network that learns."""

    BORDER_TITLE = N_("The rule, case by case")

    SCOPED_CSS = False  # it depends on the screen around it
    DEFAULT_CSS = """
    CasesPanel { height: 1fr; padding: 0 1; border: round $frame; }
    .-rows-16 CasesPanel, .-rows-0 CasesPanel { padding: 0; border: none; border-top: solid $frame; }
    """

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """A row a case; nothing in a lesson without a training run."""
        moment = simulation.situation.learning
        if moment is None:
            return []
        stacked = self.styles.height is not None and self.styles.height.is_auto  # then the loss beside it is higher
        past = not stacked and height > 0 and not arrangement(lines_of(moment), MIN_CHART[0], height).history
        return case_lines(simulation, moment, self.glyphs, width, height, past=past)
