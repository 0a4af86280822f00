"""Base of modal screens: dismissed at most once, and scrolled where the terminal is low."""

from __future__ import annotations

from typing import TypeVar

from rich.cells import cell_len
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen

from model.language import _

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A modal screen that is dismissed at most once, however fast Enter repeats."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave it, unless that has happened: Textual would take away the screen below it.

        Who types ahead may leave it before it is there; then it goes as soon as it is.
        """
        if not self.is_mounted:
            self.call_later(self._leave, result)
            return AwaitComplete()
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def _leave(self, result: Result | None) -> None:
        self.dismiss(result)  # and wait for nothing: nobody can wait in the page for its own end


Answer = TypeVar("Answer")


class Box(VerticalScroll, can_focus=False):
    """The scrolling frame of a dialog; keys go to the widgets in it."""


class BoxScreen(Dialog[Answer]):
    """A screen with one `Box` that PgUp and PgDn scroll, and the mouse wheel."""

    BINDINGS = [Binding("pageup", "turn_page(-1)", "up"), Binding("pagedown", "turn_page(1)", "down")]

    def action_turn_page(self, by: int) -> None:
        """A page up or down."""
        box = self.query_one(Box)
        box.scroll_relative(y=by * max(box.size.height - 1, 1), animate=False)


def fitting_key_hint(keys: str, width: int) -> tuple[str, str]:
    """The keys of a page as the title of its lower edge where they fit, else as its last paragraph.

    Args:
        keys: In one line.
        width: The cells of the edge.

    Returns:
        The title, and the paragraph; one of them is empty or only says how to leave.
    """
    return (keys, "") if cell_len(keys) + 4 <= width else (_("Esc leaves"), keys)
