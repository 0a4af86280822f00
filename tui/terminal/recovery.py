"""Restore the terminal after an error or a crash."""

from __future__ import annotations

import contextlib
import sys
from typing import NoReturn

from tui.terminal.state import found_attributes, restore_attributes

RESTORING = (
    "\x1b[?2004l\x1b[?7h\x1b[?2048l"  # pastes as they are, lines wrap, no reports of the size
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?1004l"  # no reports of the mouse and the focus
    "\x1b[?2026l\x1b[<u\x1b[?1049l\x1b[m\x1b[?25h"  # shows at once, the usual keys, the first screen, a cursor
)
"""What gives a terminal back to the shell, whatever was done to it; said twice it does no harm."""


def restore_terminal() -> None:
    """Give the terminal back as it was found."""
    if sys.__stderr__ is None or found_attributes() is None:
        return
    with contextlib.suppress(OSError, ValueError):
        sys.__stderr__.write(RESTORING)
        sys.__stderr__.flush()
    restore_attributes()


def throw(error: BaseException) -> NoReturn:
    """Raise an error where it is called: for one that came up in a thread whose errors nobody hears of."""
    raise error
