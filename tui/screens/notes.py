"""The lecturer's notes on a second terminal: what to say on the page that the first one shows."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui.classroom.publisher import Hands
from tui.rendering.block import line
from tui.screens.messages import ClassMoved
from tui.session.course_text import talk_lines
from tui.session.session import Session


class NotesScreen(Screen[None]):
    """Shows the notes, and turns with the class.

    Args:
        session: It follows the class.
    """

    DEFAULT_CSS = """
    NotesScreen VerticalScroll { padding: 0 1; }
    NotesScreen #notes { height: auto; }
    """

    BINDINGS = [Binding("q,escape", "app.quit", "quit"), Binding("ctrl+q", "app.quit", "quit", priority=True)]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll():
            yield Static(id="notes", markup=False)

    def on_mount(self) -> None:
        """Say what is waited for."""
        self._tell()
        if self.session.following is not None:
            self.session.following.begin()

    def on_class_moved(self, message: ClassMoved) -> None:
        """Tell the notes of the page that the class is at now."""
        following = self.session.following
        if following is not None and not isinstance(message.news, Hands):
            following.take(self.session, message.news)
            self._tell()

    def _tell(self) -> None:
        head, *rest = talk_lines(self.session)
        text = Content("\n\n").join([line((head, "bold $accent")), *map(line, rest)])
        self.query_one("#notes", Static).update(text)
        self.query_one(VerticalScroll).scroll_home(animate=False)
