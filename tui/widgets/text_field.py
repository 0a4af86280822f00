"""A line to type in."""

from __future__ import annotations

from textual import events
from textual.widgets import Input


class Entry(Input):
    """Textual's, with a cursor that stands still: nothing is sent while nothing happens."""

    def on_mount(self) -> None:
        """No blinking."""
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        """Of what is pasted Textual takes the first line; it may be empty, and the next one is meant."""
        event.text = next((line for line in event.text.splitlines() if line.strip()), "")
