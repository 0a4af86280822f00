"""The line at the top: the lessons, and how well the network does."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content

from model.language import N_, _, ngettext
from model.simulation.lessons import LESSONS
from model.simulation.simulation import Simulation
from tui.rendering.block import Part, line
from tui.text.lesson_pages import lesson_page
from tui.widgets.messages import LessonClicked
from tui.widgets.panel import Panel

NAMES = (N_("Perfect Roommate"), N_("Roommate"))
"""The program's name, shorter where the tabs and the score need the room; translated when it is shown."""

MIN_STATUS = 16
"""The room for a score beside the tabs."""


def tabs(width: int, here: int) -> list[str]:
    """The lessons by number and title; where there is little room only the one on screen has its title."""
    full = [f" {lesson} {lesson_page(lesson)['title']} " for lesson in LESSONS]
    if width >= 1 + sum(map(cell_len, full)) + MIN_STATUS:
        return full
    return [text if lesson == here else f" {lesson} " for lesson, text in zip(LESSONS, full, strict=True)]


def name_for(width: int, here: int) -> str:
    """The longest name that leaves room for the tabs and a score."""
    room = width - sum(map(cell_len, tabs(width, here))) - MIN_STATUS
    names = (f" {_(name)}  " for name in NAMES)
    return next((name for name in names if cell_len(name) <= room), " ")


class TitlePanel(Panel):
    """The program's name, the lessons as tabs, where the weights come from and how many days are right."""

    DEFAULT_CSS = """
    TitlePanel { height: 1; background: $panel; }
    """

    def values(self, simulation: Simulation) -> tuple[object, ...]:
        """Which weights there are, and how many days are cooked: most steps change nothing of it."""
        return simulation.situation, simulation.backward, simulation.days_cooked

    def lines(self, width: int, height: int) -> Sequence[Content]:
        """The lessons in any case; only the status is left out while it is covered."""
        return self.draw(self.simulation, width, height)

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """One line; the status gives way where there is no room."""
        here = simulation.situation.lesson
        parts: list[Part] = [(name_for(width, here), "bold $primary")]
        for lesson, text in zip(LESSONS, tabs(width, here), strict=True):
            parts.append((text, "bold $background on $accent" if lesson == here else "$muted"))
        left = line(*parts)
        situation = simulation.situation
        days, right = simulation.days_cooked, simulation.days_right
        score = _("none cooked yet")
        if days:
            score = ngettext("{right} of {days} days right", "{right} of {days} days right", right)
            score = score.format(right=right, days=days)
        dot = f" {self.glyphs.middle_dot} "
        if not simulation.run.finite:
            score = _("numbers not finite")
        loss = [_("week's loss {loss:.3g}").format(loss=situation.week_update.loss)] if simulation.backward else []
        parts_of_status = [situation.network.origin_in_words, *loss, score]
        room = width - left.cell_length - 2
        brief = _("{right}/{days} days").format(right=right, days=days) if simulation.run.finite else score
        origin = situation.network.origin_in_words
        shorter = (
            dot.join(parts_of_status),
            dot.join([origin, *loss, brief]),
            dot.join(parts_of_status[1:]),
            dot.join([*loss, brief]),
            *loss,
            brief,
        )
        facts = "" if self.covered else next((text for text in shorter if cell_len(text) <= room), "")
        return [line(left, " " * (room - cell_len(facts) + 1), (facts, "$muted"))]

    def on_click(self, event: events.Click) -> None:
        """Ask for the lesson of the tab that was clicked."""
        here, width = self.simulation.situation.lesson, self.size.width
        x = event.x - cell_len(name_for(width, here))
        for lesson, text in zip(LESSONS, tabs(width, here), strict=True):
            if 0 <= x < cell_len(text):
                self.post_message(LessonClicked(lesson))
                return
            x -= cell_len(text)
