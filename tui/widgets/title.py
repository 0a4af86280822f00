"""The line at the top: the lessons, and how well the network does."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content

from model.simulation import LESSONS, Simulation
from tui.messages import LessonPointedAt
from tui.rendering.blocks import Part, line
from tui.rendering.narration import pages
from tui.widgets.panel import Panel

NAME = " Perfect Roommate  "


class TitlePanel(Panel):
    """The program's name, the lessons as tabs, where the weights come from and how many days are right."""

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """One line; the status gives way where there is no room."""
        parts: list[Part] = [(NAME, "bold $primary")]
        for lesson in LESSONS:
            here = lesson == simulation.situation.lesson
            text = f" {lesson} {pages(lesson)['title']} "
            parts.append((text, "bold $background on $accent" if here else "$muted"))
        left = line(*parts)
        situation = simulation.situation
        days = [day for day in range(simulation.days) if simulation.is_cooked(day)]
        right = sum(simulation.dish(day) == situation.expected[day] for day in days)
        score = f"{right} of {len(days)} right" if days else "nothing cooked yet"
        dot = f" {self.glyphs.middle_dot} "
        loss = [f"loss {situation.descent.loss:.3g}"] if simulation.backward else []
        told_of = [situation.network.origin, *loss, score]
        room = width - left.cell_length - 2
        shorter = (dot.join(told_of), dot.join(told_of[1:]), *loss)
        told = next((text for text in shorter if len(text) <= room), "")
        return [line(left, " " * (room - len(told) + 1), (told, "$muted"))]

    def on_click(self, event: events.Click) -> None:
        """A click on a tab asks for its lesson."""
        x = event.x - len(NAME)
        for lesson in LESSONS:
            width = len(f" {lesson} {pages(lesson)['title']} ")
            if 0 <= x < width:
                self.post_message(LessonPointedAt(lesson))
                return
            x -= width
