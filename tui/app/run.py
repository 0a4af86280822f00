"""Run the app to its end, however it ends."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import gc
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.terminal.recovery import restore_terminal, throw
from tui.terminal.screen_loop import ScreenLoop
from tui.terminal.state import restore_attributes

if TYPE_CHECKING:
    from tui.app.app import RoommateApp

OBJECTS_BETWEEN_COLLECTIONS = 10_000
"""Each drawing makes thousands of objects that live on. Python's 700 is a third of the time of a key."""

SWITCH_SECONDS = 0.0005
"""How long a thread that trains may go on when the screen wakes up; Python's 0.005 can be felt."""

MMAP_THRESHOLD, LARGE = -3, 128 * 1024
"""glibc's name of the setting (``M_MMAP_THRESHOLD``), and the bytes from which an array is given back."""


def give_back_large_arrays() -> None:
    """Have the memory of large arrays given back to the system as soon as they are let go.

    Otherwise glibc keeps for itself what it once had to give for them, and beside a large network that is more than
    is in use. Other systems have no such setting.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(MMAP_THRESHOLD, LARGE)


def run_screen(app: RoommateApp, arguments: Sequence[str], where: Path | None) -> int:
    """Run the app to its end, however it ends.

    Args:
        app: The application.
        arguments: The words after the program's name.
        where: The folder for a report; None: nothing is to be written.

    Returns:
        The exit status.
    """
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    give_back_large_arrays()
    app.tells_of_crashes = True
    before, threading.excepthook = threading.excepthook, lambda hook: _heard(app, hook)
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        with asyncio.Runner(loop_factory=ScreenLoop) as runner:
            runner.run(app.run_async())
    except Exception as error:
        app.crash = app.crash or error
    finally:
        threading.excepthook = before
        restore_attributes()
    if app.crash is None:
        return app.return_code or 0
    from tui.terminal.crash_report import EXIT_STATUS, crash_message  # noqa: PLC0415 - seldom needed, and slow

    restore_terminal()
    saved = None if app.walk is None else app.walk.session.rescue()
    sys.stderr.write(
        crash_message(app.crash, arguments, where, [_on_screen(app), f"pages: {', '.join(app.pages)}"], saved)
    )
    return EXIT_STATUS


def _heard(app: RoommateApp, hook: threading.ExceptHookArgs) -> None:
    if hook.exc_value is not None:
        app.call_later(throw, hook.exc_value)


def _on_screen(app: RoommateApp) -> str:
    from tui.terminal.crash_report import sentence  # noqa: PLC0415

    try:
        from tui.session.permalink import command_for  # noqa: PLC0415 - it needs numpy, and the opening has none

        return f"on the screen: {command_for(app.walk.simulation)}" if app.walk else "nothing was on the screen yet"
    except Exception as error:  # what is on the screen may be the very fault
        return f"on the screen: cannot be told ({sentence(error)})"
