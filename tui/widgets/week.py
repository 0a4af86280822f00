"""The week panel: weather in, dishes out."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content

from model.language import N_, _
from model.simulation.simulation import Simulation
from tui.rendering.block import line
from tui.rendering.week import layout, week
from tui.text.feedback import fed_back
from tui.widgets.messages import DayClicked, StartClicked, WeatherClicked
from tui.widgets.panel import Panel


class WeekPanel(Panel):
    """The schedule; a click on a day goes there, a click on its weather changes it."""

    BORDER_TITLE = N_("Week")

    SCOPED_CSS = False  # it depends on the screen around it
    DEFAULT_CSS = """
    WeekPanel { height: 5; border: round $frame; }
    .-backward WeekPanel { height: 6; }
    .-rows-20 WeekPanel, .-rows-16 WeekPanel, .-rows-0 WeekPanel { height: 3; border: none; padding: 0 1; }
    .-backward.-rows-20 WeekPanel, .-backward.-rows-16 WeekPanel, .-backward.-rows-0 WeekPanel { height: 4; }
    .-rows-16 WeekPanel, .-rows-0 WeekPanel { padding: 0; }
    """

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The schedule, windowed around the cursor."""
        return week(simulation, self.glyphs, width)

    def redraw(self) -> None:
        """Draw; the frame names what is fed back, without which the dishes say nothing."""
        feedback = self.glyphs.text(fed_back(self.simulation))
        title = _("Week, {feedback}").format(feedback=feedback) if feedback else _(self.BORDER_TITLE)
        self.name_frame(above=line(title))
        super().redraw()

    def on_click(self, event: events.Click) -> None:
        """Ask for the day, weather or start that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        place = layout(self.simulation, self.glyphs, self.size.width)
        day = place.day_at(offset.x)
        if day is not None:
            self.post_message(WeatherClicked(day) if offset.y == 1 else DayClicked(day))
        elif place.left - place.cell <= offset.x < place.left:
            self.post_message(StartClicked())
