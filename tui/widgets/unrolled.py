"""The panel of the week unrolled: every day's hidden units, and the error on its way back."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content

from model.language import N_
from model.simulation.simulation import Simulation
from tui.rendering.week_unrolled import unrolled, unrolled_columns
from tui.widgets.messages import DayClicked, FrameResized
from tui.widgets.panel import Panel


class UnrolledPanel(Panel):
    """One network, once for each day; a click on a day goes there."""

    BORDER_TITLE = N_("The week unrolled")

    SCOPED_CSS = False  # it depends on the screen around it
    DEFAULT_CSS = """
    UnrolledPanel { height: 1fr; border: round $frame; }
    .-rows-20 UnrolledPanel, .-rows-16 UnrolledPanel { border: none; border-top: solid $frame; }
    .-rows-0 UnrolledPanel { border: none; border-top: solid $frame; }
    .-columns-116 UnrolledPanel { padding: 0 1; }
    """

    def on_resize(self) -> None:
        """Tell the screen, which writes on the frame."""
        self.post_message(FrameResized())

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """As much of every day as there is room for, and as many days."""
        return unrolled(simulation, self.glyphs, width, height) if height else []

    def on_click(self, event: events.Click) -> None:
        """Go to the day under the mouse."""
        offset = event.get_content_offset(self)
        if offset is not None:
            day = unrolled_columns(self.simulation, self.glyphs, self.size.width).place.day_at(offset.x)
            if day is not None:
                self.post_message(DayClicked(day))
