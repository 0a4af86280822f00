"""Base of modal screens: dismissed at most once, beside what they speak of, and scrolled where there is no room."""

from __future__ import annotations

from typing import TypeVar

from rich.cells import cell_len
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from model.language import _
from tui.screens.dialog_place import place_for

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


class Box(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The scrolling frame of a dialog; keys go to the widgets in it."""

    def on_mount(self) -> None:
        """Find its place before anything is painted."""
        if isinstance(self.screen, BoxScreen):
            self.screen.find_place()


FRAME = 2
"""Lines of a frame."""

ROWS_FOR_KEYS, COLUMNS_FOR_RIGHT = 30, 116
"""Lines from which the keys of the walk stay in sight, and columns from which a dialog stands at the right."""


class BoxScreen(Dialog[Answer]):
    """A screen with one `Box` that PgUp and PgDn scroll, and the mouse wheel.

    It stands below or beside the network, or the step where there is no network in sight.
    """

    BINDINGS = [Binding("pageup", "turn_page(-1)", "up"), Binding("pagedown", "turn_page(1)", "down")]

    LIST = ""
    """The selector of what gives way where there is no room for all; it scrolls by itself."""

    LEAST = 7
    """Lines that it needs, with its frame."""

    MOST = 12
    """Lines of its list that are in sight."""

    lines = 0
    """Lines that there is room for in the frame."""

    def action_turn_page(self, by: int) -> None:
        """A page up or down."""
        box = self.query_one(Box)
        box.scroll_relative(y=by * max(box.size.height - 1, 1), animate=False)

    def on_resize(self) -> None:
        """Stand elsewhere, when the walk has drawn for the new size."""
        self.call_after_refresh(self.find_place)

    def _spared(self) -> Region:
        """Where the drawing is that it speaks of."""
        walks = (screen for screen in self.app.screen_stack if not isinstance(screen, Dialog))
        drawings = (drawing for screen in walks for drawing in screen.query("#network, #stage"))
        return next((drawing.region for drawing in drawings if drawing.display and drawing.region), Region())

    def find_place(self) -> None:
        """Stand where it covers nothing of the drawing, and give the list the lines that the rest leaves."""
        if not self.query(Box):
            return
        size, box = self.app.size, self.query_one(Box)
        place = place_for(size, self._spared(), self.LEAST)
        keys = size.height >= ROWS_FOR_KEYS
        lines = place.height - keys
        self.styles.align_horizontal = "right" if size.width >= COLUMNS_FOR_RIGHT else "center"
        box.styles.margin = (0, 0, int(keys), 0)
        box.styles.max_height = lines
        if place.width < size.width:
            box.styles.max_width = place.width
            box.styles.width = "100%"
        self.set_class(place.width < size.width, "-beside")
        self.lines = max(lines - FRAME, 1)
        if self.LIST:
            shown = self.query_one(self.LIST)
            around = sum(self._lines_of(child) for child in box.children if child is not shown)
            shown.styles.max_height = min(max(self.lines - around, 2), self.MOST)
        self.placed()

    def placed(self) -> None:
        """Draw for the lines that there are."""

    def _lines_of(self, widget: Widget) -> int:
        """The lines of a text or a field of the dialog."""
        if isinstance(widget, Input):
            return 1
        width = self.query_one(Box).content_size.width or self.app.size.width
        return widget.get_content_height(self.app.size, self.app.size, width) if widget.display else 0


def fitting_key_hint(keys: str, width: int) -> tuple[str, str]:
    """The keys of a page as the title of its lower edge where they fit, else as its last paragraph.

    Args:
        keys: In one line.
        width: The cells of the edge.

    Returns:
        The title, and the paragraph; one of them is empty or only says how to leave.
    """
    return (keys, "") if cell_len(keys) + 4 <= width else (_("Esc leaves"), keys)
