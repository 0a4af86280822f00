"""Run the app to its end, however it ends."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.session.permalink import command_for
from tui.terminal.state import restore_attributes

if TYPE_CHECKING:
    from tui.app.app import RoommateApp
from tui.terminal.crash_report import EXIT_STATUS, crash_message, sentence
from tui.terminal.recovery import restore_terminal, throw

OBJECTS_BETWEEN_COLLECTIONS = 10_000
"""Each drawing makes thousands of objects that live on. Python's 700 is a third of the time of a key."""


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
    app.tells_of_crashes = True
    before, threading.excepthook = threading.excepthook, lambda told: _heard(app, told)
    try:
        app.run()
    except Exception as error:
        app.crash = app.crash or error
    finally:
        threading.excepthook = before
        restore_attributes()
    if app.crash is None:
        return app.return_code or 0
    restore_terminal()
    saved = None if app.walk is None else app.walk.session.rescue()
    sys.stderr.write(
        crash_message(app.crash, arguments, where, [_on_screen(app), f"pages: {', '.join(app.pages)}"], saved)
    )
    return EXIT_STATUS


def _heard(app: RoommateApp, told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        app.call_later(throw, told.exc_value)


def _on_screen(app: RoommateApp) -> str:
    try:
        return f"on the screen: {command_for(app.walk.simulation)}" if app.walk else "nothing was on the screen yet"
    except Exception as error:  # what is on the screen may be the very fault
        return f"on the screen: cannot be told ({sentence(error)})"
