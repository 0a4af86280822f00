"""What a terminal shows that is too small for the walk."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.geometry import Size
from textual.widgets import Static

from model.language import _
from tui.screens.dialog import Dialog

LEAST = (40, 12)
"""The smallest terminal, columns and rows, in which every number of a step can be seen."""


def fits(size: Size) -> bool:
    """Whether a terminal is large enough."""
    return size.width >= LEAST[0] and size.height >= LEAST[1]


class TooSmallScreen(Dialog[None]):
    """Says the size that is needed; the app takes it away when there is room again."""

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Static(id="too-small")

    def on_screen_resume(self) -> None:
        """The screen above has gone: so does this one, if the terminal has grown meanwhile."""
        if fits(self.app.size):
            self.dismiss()

    def on_resize(self) -> None:
        """Name the size there is and the size that is needed."""
        columns, rows = self.app.size
        self.query_one("#too-small", Static).update(
            _(
                "The walk needs {least_columns}×{least_rows}; this terminal has {columns}×{rows}. "
                "Make it larger to go on, or press q to leave."
            ).format(least_columns=LEAST[0], least_rows=LEAST[1], columns=columns, rows=rows)
        )

    def key_q(self) -> None:
        """Leave."""
        self.app.exit()
