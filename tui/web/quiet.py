"""A log handler for the server: one line for each error, and a limited number of lines."""

from __future__ import annotations

import logging

from model.language import _
from tui.terminal.crash_report import sentence
from tui.text.output import tell

MAX_LINES = 20
"""The most lines that are written while the server runs."""


class QuietLog(logging.Handler):
    """Writes the first line of what is logged, or of the error itself, to stderr; after some lines nothing more."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._left = MAX_LINES

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, if there is one left."""
        if self._left:
            self._left -= 1
            error = record.exc_info[1] if record.exc_info else None
            text = sentence(error) if error is not None else record.getMessage().partition("\n")[0]
            tell(f"{record.name}: {text}" + ("" if self._left else " " + _("(more of this is not told)")))


def quieten() -> None:
    """Send everything that this process logs through `QuietLog`."""
    logging.basicConfig(handlers=[QuietLog()], level=logging.WARNING, force=True)
