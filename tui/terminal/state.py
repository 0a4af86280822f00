"""The terminal's attributes (termios): saved at the start and restored at the end."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import sys
from types import FrameType

_found: list[object] | None = None


def found_attributes() -> list[object] | None:
    """Give what `termios.tcgetattr` told at first; None where there is no terminal, or nobody has asked yet."""
    return _found


def listen() -> None:
    """Remember how the terminal is, and have it hand on every key from now on, Ctrl+Q and Ctrl+S among them.

    What is typed before the screen is there waits for it. The terminal itself would take these two keys, which stop
    and start its output, and then nobody hears of them.
    """
    global _found  # noqa: PLW0603 - there is one terminal
    try:
        import termios  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError, AttributeError, termios.error):
        stdin = sys.__stdin__.fileno()  # type: ignore[union-attr]
        _found = termios.tcgetattr(stdin)
        if os.tcgetpgrp(stdin) != os.getpgrp():
            return  # in the background nobody may change it
        atexit.register(restore_attributes)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):  # until there is a screen that they end
            signal.signal(number, _end)
        attributes = termios.tcgetattr(stdin)
        attributes[0] &= ~termios.IXON
        termios.tcsetattr(stdin, termios.TCSANOW, attributes)


def restore_attributes() -> None:
    """Have the terminal treat what is typed as it did at first."""
    if _found is None:
        return
    import termios  # noqa: PLC0415

    with contextlib.suppress(OSError, ValueError, termios.error):
        stdin = sys.__stdin__.fileno()  # type: ignore[union-attr]
        if termios.tcgetattr(stdin) != _found:
            termios.tcsetattr(stdin, termios.TCSANOW, _found)  # type: ignore[arg-type]


def _end(number: int, _frame: FrameType | None) -> None:
    """End at once: an exception could come in the middle of an import or of the loop's start, and be lost there."""
    restore_attributes()
    os._exit(128 + number)
