"""The loss panel: how training goes."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.reactive import reactive

from model.language import N_, _
from model.simulation.simulation import Simulation
from model.training.snapshot import TrainingSnapshot
from tui.rendering.block import line
from tui.rendering.loss_chart import AXIS, plot_width, update_at
from tui.rendering.loss_panel import loss_lines, settings_line, state_line
from tui.session.training_controls import TrainingControls
from tui.widgets.frames import room_above, with_corner
from tui.widgets.messages import UpdateClicked
from tui.widgets.panel import Panel

HINT = 25
"""Cells of the frame that are left to what says how to come closer and go farther."""


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

    _ways: tuple[str, ...] = ()

    def lead(self, ways: tuple[str, ...]) -> None:
        """Say in the frame's right corner where keys lead from the loss in large; nothing where it is not."""
        if ways != self._ways:
            self._ways = ways
            self.draw_soon()

    def watch_controls(self) -> None:
        """Draw with the new controls."""
        self.draw_soon()

    def values(self, simulation: Simulation) -> tuple[object, ...]:
        """The run, the controls and where keys lead: a step of the walk changes none of them."""
        return simulation.situation.learning, self.controls, self._ways

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The run of the simulation; nothing in a lesson without one."""
        moment = simulation.situation.learning
        if moment is None:
            return []
        framed = self.styles.border_left[0] == "round"
        if framed:
            self._name_frame(moment, width - 4)
        else:
            name = line(_(self.BORDER_TITLE or ""))
            self.name_frame(above=with_corner(name, self._ways, room_above(self), self.glyphs))
        return loss_lines(moment, self.controls, self.glyphs, width, height, framed=framed)

    def _name_frame(self, moment: TrainingSnapshot, width: int) -> None:
        """Say the state above and the settings below, where that costs no line."""
        name = _(self.BORDER_TITLE or "")
        corner = cell_len(self._ways[-1]) + 3 if self._ways else 0
        state = state_line(moment, self.controls, self.glyphs, width - cell_len(name) - 3 - corner)
        below = settings_line(moment, self.controls, self.glyphs).truncate(width)
        above = with_corner(line((name, "bold"), "   ", state), self._ways[-1:], room_above(self), self.glyphs)
        self.name_frame(above=above, below=below)

    def on_click(self, event: events.Click) -> None:
        """Ask for the update under the mouse."""
        offset, moment = event.get_content_offset(self), self.simulation.situation.learning
        if offset is None or moment is None:
            return
        column = offset.x - AXIS
        if 0 <= column < plot_width(self.size.width):
            self.post_message(UpdateClicked(update_at(column, moment.latest, self.size.width)))
