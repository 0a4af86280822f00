"""A line to type in."""

from __future__ import annotations

from textual.widgets import Input


class Entry(Input):
    """Textual's, with a cursor that blinks only where animations are wanted: one that stands still costs no bytes."""

    def on_mount(self) -> None:
        """Follow what is said about animations, such as TEXTUAL_ANIMATIONS."""
        self.cursor_blink = self.app.animation_level != "none"
