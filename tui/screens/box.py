"""What all boxes over the walk have in common: where the terminal is too low for one, its page can be turned."""

from __future__ import annotations

from typing import TypeVar

from textual.binding import Binding
from textual.containers import VerticalScroll

from tui.screens.page import Page

Answer = TypeVar("Answer")


class Box(VerticalScroll, can_focus=False):
    """The frame; the keys belong to what is in it."""


class BoxScreen(Page[Answer]):
    """A screen with one `Box` that PgUp and PgDn scroll, and the mouse wheel."""

    BINDINGS = [Binding("pageup", "turn_page(-1)", "up"), Binding("pagedown", "turn_page(1)", "down")]

    def action_turn_page(self, by: int) -> None:
        """A page up or down."""
        box = self.query_one(Box)
        box.scroll_relative(y=by * max(box.size.height - 1, 1), animate=False)


def keys_told(keys: str, width: int) -> tuple[str, str]:
    """The keys of a page as the title of its lower edge where they fit, else as its last paragraph.

    Args:
        keys: In one line.
        width: The cells of the edge.

    Returns:
        The title, and the paragraph; one of them is empty or only says how to leave.
    """
    return (keys, "") if len(keys) + 4 <= width else ("Esc leaves", keys)
