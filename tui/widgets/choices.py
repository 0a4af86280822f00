"""Answers of which one is picked with the cursor keys, or by a click."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from tui.rendering.choices import choice_lines


class Picked(Message):
    """An answer was clicked.

    Args:
        number: Which, counted from 0.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class Choices(Widget):
    """A list of answers with a cursor, which stands on none at first.

    Attributes:
        answers: What can be picked.
        current: The answer that the cursor stands on; None: none.
    """

    DEFAULT_CSS = """
    Choices { height: auto; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.answers: Sequence[str] = ()
        self.current: int | None = None
        self._apart = False

    def offer(self, answers: Sequence[str], *, apart: bool) -> None:
        """List other answers, the cursor on none.

        Args:
            answers: What can be picked; nothing: the list is out of sight.
            apart: Whether each has a line of its own.
        """
        self.answers, self.current, self._apart = answers, None, apart
        self.display = bool(answers)
        self.refresh(layout=True)

    def move(self, by: int) -> None:
        """The cursor some answers on or back, round and round; from none to the first or the last."""
        if self.answers:
            start = self.current if self.current is not None else (-1 if by > 0 else 0)
            self.point(start + by)

    def point(self, number: int) -> None:
        """The cursor on an answer."""
        self.current = number % len(self.answers)
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the answers take."""
        return len(choice_lines(self.answers, None, width, apart=self._apart)[0])

    def render(self) -> Content:
        """The answers."""
        return Content("\n").join(choice_lines(self.answers, self.current, self.size.width, apart=self._apart)[0])

    def on_click(self, event: events.Click) -> None:
        """Tell which answer it was."""
        ends = choice_lines(self.answers, None, self.size.width, apart=self._apart)[1]
        places = ends[event.y] if event.y < len(ends) else ()
        number = next((number for end, number in places if event.x < end), None)
        if number is not None:
            self.post_message(Picked(number))
