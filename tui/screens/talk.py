"""A talk: the page of the course without chrome, led by a clicker's keys; and a screen that is black."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Click, Key
from textual.widgets import Static

from tui.screens.course import CourseScreen
from tui.screens.dialog import Dialog
from tui.session.commands.course import next_page, previous_page


class TalkScreen(CourseScreen):
    """The page of a talk: on shows the answer to its question, and then turns the page; back turns it back.

    Clickers send PgDn, PgUp, b or a full stop for a black screen, and F5 or Esc for the start of a talk.
    """

    BINDINGS = [
        Binding("pagedown,right,space", "go_on", "on", priority=True),
        Binding("pageup,left", "back", "back", priority=True),
        Binding("b,full_stop", "black", "black", priority=True),
        Binding("f5", "begin", "begin", priority=True),
    ]

    def on_mount(self) -> None:
        """Leave out what a hall need not see."""
        super().on_mount()
        self.query_one("#hint").display = False

    def action_go_on(self) -> None:
        """Show what is covered; the next page where nothing is, or where a page only takes a guess."""
        walk = self._walk
        question = walk.open_page.question
        if question is not None and question.right is not None and not walk.answered:
            super().action_go_on()
        else:
            self._attempt(lambda: next_page(self._stage.session))

    def action_back(self) -> None:
        """The page before."""
        self._attempt(lambda: previous_page(self._stage.session))

    def action_black(self) -> None:
        """Show nothing, until any key."""
        self.app.push_screen(BlackScreen())

    def action_begin(self) -> None:
        """Stay: the talk has begun."""


class BlackScreen(Dialog[None]):
    """Nothing, so that a hall looks at who speaks; any key or click ends it."""

    DEFAULT_CSS = """
    BlackScreen { background: black; }
    BlackScreen Static { width: 100%; height: 100%; background: black; }
    """

    def compose(self) -> ComposeResult:
        """Nothing."""
        yield Static()

    def on_key(self, event: Key) -> None:
        """Show the talk again."""
        event.stop()
        self.dismiss(None)

    def on_click(self, event: Click) -> None:
        """Show the talk again."""
        event.stop()
        self.dismiss(None)
