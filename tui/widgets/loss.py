"""The loss panel: how training goes."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.reactive import reactive

from model.language import N_
from model.simulation.simulation import Simulation
from tui.rendering.loss_chart import AXIS, plot_width
from tui.rendering.loss_panel import loss_lines
from tui.session.training_controls import TrainingControls
from tui.widgets.messages import UpdateClicked
from tui.widgets.panel import Panel


class LossPanel(Panel):
    """Settings, state, the loss chart, and a sentence; a click on the chart goes to the update there."""

    BORDER_TITLE = N_("Loss")

    SCOPED_CSS = False  # it depends on the screen around it
    DEFAULT_CSS = """
    LossPanel { width: 1fr; height: 1fr; padding: 0 1; border: round $frame; }
    .-rows-16 LossPanel, .-rows-0 LossPanel { padding: 0 1 0 0; border: none; border-top: solid $frame; }
    """

    controls: reactive[TrainingControls] = reactive(TrainingControls, repaint=False)
    """What the person has set."""

    def watch_controls(self) -> None:
        """Draw with the new controls."""
        self.draw_soon()

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The run of the simulation; nothing in a lesson without one."""
        moment = simulation.situation.learning
        return loss_lines(moment, self.controls, self.glyphs, width, height) if moment is not None else []

    def on_click(self, event: events.Click) -> None:
        """Ask for the update under the mouse."""
        offset, moment = event.get_content_offset(self), self.simulation.situation.learning
        columns = plot_width(self.size.width)
        if offset is not None and moment is not None and 0 <= offset.x - AXIS < columns:
            self.post_message(UpdateClicked((offset.x - AXIS) * (moment.latest + 1) // columns))
