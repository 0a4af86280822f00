"""A line to type in."""

from __future__ import annotations

from textual.widgets import Input


class Entry(Input):
    """Textual's, with a cursor that stands still: nothing is sent while nothing happens."""

    def on_mount(self) -> None:
        """No blinking."""
        self.cursor_blink = False
