"""What happens when something goes wrong that nobody thought of: a report in a file, and one line of apology."""

from __future__ import annotations

import contextlib
import os
import platform
import shlex
import shutil
import sys
import threading
import time
import traceback
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from model.atomic import write_atomically
from model.errors import FileError
from model.private import private_folder
from model.shown import clipped, message, shown
from tui import __version__
from tui.command_line import command_for
from tui.help_texts import PROGRAM
from tui.state import state_folder
from tui.terminal_state import found_attributes, restore_attributes

if TYPE_CHECKING:
    from tui.app import RoommateApp

EXIT_STATUS = 1
"""What the program ends with then."""

MOST_REPORTS = 20
"""So many reports are kept; the oldest go."""

MOST_LETTERS = 200
"""So much is told of an error in the apology."""

RESTORING = (
    "\x1b[?2004l\x1b[?7h\x1b[?2048l"  # pastes as they are, lines wrap, no reports of the size
    "\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?1004l"  # no reports of the mouse and the focus
    "\x1b[?2026l\x1b[<u\x1b[?1049l\x1b[m\x1b[?25h"  # shows at once, the usual keys, the first screen, a cursor
)
"""What gives a terminal back to the shell, whatever was done to it; said twice it does no harm."""


def sentence(error: BaseException) -> str:
    """An error's name and its first line, in characters that a terminal shows."""
    lines = str(error).splitlines()
    told = f"{type(error).__name__}: {lines[0]}" if lines and lines[0].strip() else type(error).__name__
    return clipped(message(told), MOST_LETTERS)


def report(error: BaseException, arguments: Sequence[str], notes: Sequence[str] = ()) -> str:
    """All that helps to find the fault, and nothing that could be a secret: of the environment only TERM.

    Args:
        error: What went wrong.
        arguments: The words after the program's name.
        notes: What else is to be said, a line each.
    """
    columns, rows = shutil.get_terminal_size()
    parts = [f"{name} {metadata.version(name)}" for name in ("textual", "rich", "numpy")]
    lines = [
        f"{PROGRAM} {__version__}",
        time.strftime("%Y-%m-%d %H:%M:%S %z"),
        f"{platform.python_implementation()} {platform.python_version()}, {', '.join(parts)}",
        platform.platform(),
        f"terminal: {columns}×{rows}, TERM={os.environ.get('TERM', '(not set)')}",
        f"started as: {shlex.join([PROGRAM, *arguments])}",
        *notes,
        "",
        *"".join(traceback.format_exception(error)).splitlines(),
    ]
    return shown("\n".join(lines)) + "\n"


def folder() -> Path | None:
    """Where reports go: beside the run that is saved by itself; None where there can be no such place."""
    return state_folder()[0]


def _written(text: str, where: Path) -> Path:
    private_folder(where)
    path = where / f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    write_atomically(path, text.encode(errors="backslashreplace"), overwrite=True, private=True)
    for old in sorted(where.glob("crash-*.txt"))[:-MOST_REPORTS]:
        with contextlib.suppress(OSError):
            old.unlink()
    return path


def apology(
    error: BaseException, arguments: Sequence[str], where: Path | None, notes: Sequence[str] = (), saved: str = ""
) -> str:
    """Write the report, and give the one line that says so.

    Args:
        error: What went wrong.
        arguments: The words after the program's name.
        where: The folder for the report; None: nothing is to be written.
        notes: See `report`.
        saved: What has become of the training run, as the end of a sentence.
    """
    sorry = f"{PROGRAM}: sorry, something went wrong that should not have ({sentence(error)}){saved}."
    if where is None:
        why = "--no-state" if "--no-state" in arguments else "there is no home folder for it"
        return f"{sorry} No report was written ({why}).\n"
    try:
        return f"{sorry} A report is in {_written(report(error, arguments, notes), where)}\n"
    except Exception as fault:  # of all things a report about a fault must not end in another one
        reason = str(fault).rstrip(".") if isinstance(fault, FileError) else sentence(fault)
        return f"{sorry} A report could not be written: {reason}.\n"


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


def run_screen(app: RoommateApp, arguments: Sequence[str], where: Path | None) -> int:
    """Run the app to its end, however it ends.

    Args:
        app: The application.
        arguments: The words after the program's name.
        where: The folder for a report; None: nothing is to be written.

    Returns:
        The exit status.
    """
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
    saved = "" if app.walk is None else app.walk.rescue()
    sys.stderr.write(apology(app.crash, arguments, where, [_on_screen(app), f"pages: {', '.join(app.pages)}"], saved))
    return EXIT_STATUS


def _heard(app: RoommateApp, told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        app.call_later(throw, told.exc_value)


def _on_screen(app: RoommateApp) -> str:
    try:
        return f"on the screen: {command_for(app.walk.simulation)}" if app.walk else "nothing was on the screen yet"
    except Exception as error:  # what is on the screen may be the very fault
        return f"on the screen: cannot be told ({sentence(error)})"
