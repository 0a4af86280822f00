"""The opening as one panel: it has no simulation yet, so it is none of the walk's."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from model.roommate.roommate import PERFECT_ROOMMATE
from tui.rendering.block import line
from tui.rendering.opening import Opening, Place, key_line, opening, title_line
from tui.text.glyphs import UNICODE, Glyphs


class DoorClicked(Message):
    """A door was clicked.

    Attributes:
        lesson: Whose it is.
    """

    def __init__(self, lesson: int) -> None:
        super().__init__()
        self.lesson = lesson


class OpeningPanel(Widget):
    """Title, story, doors and keys, over the whole screen."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    OpeningPanel { height: 1fr; text-wrap: nowrap; text-overflow: clip; }
    """

    about: reactive[Opening] = reactive(Opening(PERFECT_ROOMMATE))
    """What is told."""

    def __init__(self, glyphs: Glyphs = UNICODE) -> None:
        super().__init__()
        self._glyphs = glyphs
        self._places: list[Place] = []

    def render(self) -> Content:
        """All lines, the title first and the keys last."""
        width, height = self.size
        lines, self._places = opening(self.about, self._glyphs, width, max(height - 2, 0))
        lines += [line("")] * (height - 2 - len(lines))
        bars = [title_line(self._glyphs, width), key_line(self.about, self._glyphs, width)]
        first, last = (text.pad_right(width - text.cell_length).stylize("on $panel") for text in bars)
        return Content("\n").join([first, *lines, last])

    def on_click(self, event: events.Click) -> None:
        """A click on a door opens it."""
        x, y = event.x, event.y - 1
        for place in self._places:
            if place.top <= y <= place.bottom and place.left <= x <= place.right:
                self.post_message(DoorClicked(place.lesson))
