"""The line at the top: the lessons, and how well the network does."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content

from model.simulation.lessons import LESSONS
from model.simulation.simulation import Simulation
from tui.rendering.block import Part, line
from tui.text.narration import pages
from tui.widgets.messages import LessonClicked
from tui.widgets.panel import Panel

NAMES = (" Perfect Roommate  ", " Roommate  ", " ")
"""The program's name, shorter where the tabs and the score need the room."""

MIN_STATUS = 16
"""The room for a score beside the tabs."""


def tabs(width: int, here: int) -> list[str]:
    """The lessons by number and title; where there is little room only the one on screen has its title."""
    full = [f" {lesson} {pages(lesson)['title']} " for lesson in LESSONS]
    if width >= 1 + sum(map(len, full)) + MIN_STATUS:
        return full
    return [text if lesson == here else f" {lesson} " for lesson, text in zip(LESSONS, full, strict=True)]


def name_for(width: int, here: int) -> str:
    """The longest name that leaves room for the tabs and a score."""
    room = width - sum(map(len, tabs(width, here))) - MIN_STATUS
    return next((name for name in NAMES if len(name) <= room), NAMES[-1])


class TitlePanel(Panel):
    """The program's name, the lessons as tabs, where the weights come from and how many days are right."""

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """One line; the status gives way where there is no room."""
        here = simulation.situation.lesson
        parts: list[Part] = [(name_for(width, here), "bold $primary")]
        for lesson, text in zip(LESSONS, tabs(width, here), strict=True):
            parts.append((text, "bold $background on $accent" if lesson == here else "$muted"))
        left = line(*parts)
        situation = simulation.situation
        days = [day for day in range(simulation.days) if simulation.is_cooked(day)]
        right = sum(simulation.dish(day) == situation.expected[day] for day in days)
        score = f"{right} of {len(days)} right" if days else "none cooked yet"
        dot = f" {self.glyphs.middle_dot} "
        loss = [f"loss {situation.descent.loss:.3g}"] if simulation.backward else []
        told_of = [situation.network.origin, *loss, score]
        room = width - left.cell_length - 2
        brief = f"{right}/{len(days)} right"
        shorter = (dot.join(told_of), dot.join(told_of[1:]), dot.join([*loss, brief]), *loss, brief)
        told = next((text for text in shorter if len(text) <= room), "")
        return [line(left, " " * (room - len(told) + 1), (told, "$muted"))]

    def on_click(self, event: events.Click) -> None:
        """A click on a tab asks for its lesson."""
        here, width = self.simulation.situation.lesson, self.size.width
        x = event.x - len(name_for(width, here))
        for lesson, text in zip(LESSONS, tabs(width, here), strict=True):
            if 0 <= x < len(text):
                self.post_message(LessonClicked(lesson))
                return
            x -= len(text)
