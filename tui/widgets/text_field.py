"""A text field whose cursor does not blink."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

PROMPT = "› "
"""What stands before a field in which one answers."""


class Entry(Input):
    """Textual's `Input` with a cursor that does not blink: nothing is sent while nothing happens."""

    def on_mount(self) -> None:
        """Switch the blinking of the cursor off."""
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        """Of what is pasted Textual takes the first line; it may be empty, and the next one is meant."""
        event.text = next((line for line in event.text.splitlines() if line.strip()), "")
