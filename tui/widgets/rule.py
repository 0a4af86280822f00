"""The rule panel: what the roommate cooks in each case."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from model.language import N_
from model.simulation.simulation import Simulation
from tui.rendering.rule_table import rule
from tui.widgets.panel import Panel


class RulePanel(Panel):
    """The transition table, today's case highlighted."""

    BORDER_TITLE = N_("The roommate's rule")

    SCOPED_CSS = False  # it depends on the screen around it
    DEFAULT_CSS = """
    RulePanel { height: auto; padding: 0 1; border: round $frame; }
    .-rows-16 RulePanel, .-rows-0 RulePanel { padding: 0; border: none; border-top: solid $frame; }
    """

    def values(self, simulation: Simulation) -> tuple[object, ...]:
        """The day, whose case is highlighted."""
        return simulation.situation, simulation.day, simulation.backward

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The table."""
        return rule(simulation, self.glyphs, width)
