"""The week panel: weather in, dishes out, and an arrow from each day to the next."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.timer import Timer

from model.language import N_, _
from model.simulation.simulation import Simulation
from tui.rendering.block import line
from tui.rendering.loop_motion import CHAIN_PLACES, CHAIN_SECONDS, along_the_chain, is_next_day
from tui.rendering.week_chain import APART, chain_layout, week_chain
from tui.rendering.week_overview import days_overview
from tui.text.error_reach import beyond, reach
from tui.text.feedback import fed_back
from tui.widgets.frames import room_above, with_corner
from tui.widgets.messages import DayClicked, StartClicked, WeatherClicked
from tui.widgets.panel import Panel


class WeekPanel(Panel):
    """The chain of days; a click on a day goes there, a click on its weather changes it."""

    BORDER_TITLE = N_("Week")

    SCOPED_CSS = False  # it depends on the screen around it
    DEFAULT_CSS = """
    WeekPanel { height: 6; padding: 0 1; border: round $frame; }
    .-rows-24 WeekPanel { height: 5; border: none; border-top: solid $frame; }
    .-rows-20 WeekPanel, .-rows-16 WeekPanel, .-rows-0 WeekPanel { height: 3; border: none; }
    .-columns-0 WeekPanel { padding: 0; }
    """

    _seen: Simulation | None = None
    _place: int | None = None
    _motion: Timer | None = None

    def values(self, simulation: Simulation) -> tuple[object, ...]:
        """The simulation, and how far an error on its way to the day before has come."""
        return simulation, self._place

    @property
    def drawn_in_motion(self) -> bool:
        """Whether an error is on its way."""
        return self._place is not None

    def _move(self) -> None:
        """One place further; at the end all is as without it."""
        if self._place is not None and self._place < CHAIN_PLACES - 1:
            self._place += 1
        else:
            self._rest()
        self.draw_soon()

    def _rest(self) -> None:
        if self._motion is not None:
            self._motion.stop()
        self._place = self._motion = None

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """The chain, around the cursor; what should be has a line of its own where there are four."""
        chain = week_chain(simulation, self.glyphs, width, apart=height >= APART)
        if self._place is None:
            return chain
        layout = chain_layout(simulation, self.glyphs, width)
        return along_the_chain(chain, simulation, self._place, self.glyphs, layout)

    def redraw(self) -> None:
        """Draw, and name the frame; an error that goes to the day before is seen on its way."""
        before, self._seen = self._seen, self.simulation
        if before is not self.simulation:
            self._rest()
            moves = before is not None and self.app.animation_level != "none" and self.simulation.backward
            if moves and before is not None and is_next_day(before, self.simulation):
                self._place = 0
                self._motion = self.set_interval(CHAIN_SECONDS / CHAIN_PLACES, self._move, name="motion")
        if self.size:
            self.name_frame(above=self._frame_name())
        super().redraw()

    def _frame_name(self) -> Content:
        """What is fed back, and how far an error reaches; of a long week also a mark for every day."""
        simulation, glyphs, room = self.simulation, self.glyphs, room_above(self)
        feedback = glyphs.text(fed_back(simulation))
        title = line(_("Week, {feedback}").format(feedback=feedback) if feedback else _(self.BORDER_TITLE))
        place = chain_layout(simulation, glyphs, self.size.width)
        if place.shown < simulation.days:
            if title.cell_length > room // 2:
                title = line(_(self.BORDER_TITLE))
            return line(title, "  ", days_overview(simulation, glyphs, room - title.cell_length - 3, place))
        told = glyphs.text(reach(simulation) if simulation.backward else beyond(simulation))
        if title.cell_length + len(told) + 3 > room:
            title = line(_(self.BORDER_TITLE))
        return with_corner(title, (told,) if told else (), room, glyphs)

    def on_click(self, event: events.Click) -> None:
        """Ask for the day, weather or start that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        place = chain_layout(self.simulation, self.glyphs, self.size.width)
        day = place.day_at(offset.x)
        if day is not None:
            self.post_message(WeatherClicked(day) if offset.y == 0 else DayClicked(day))
        elif 0 <= offset.x < place.left and offset.y == 1:
            self.post_message(StartClicked())
