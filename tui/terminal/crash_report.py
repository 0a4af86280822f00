"""Unhandled exceptions: write a report and print one line that says where it is."""

from __future__ import annotations

import contextlib
import os
import platform
import shlex
import shutil
import time
import traceback
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from model.errors import FileError
from model.foreign_text import clipped, message, shown
from model.language import _
from model.storage.atomic import write_atomically
from model.storage.private import private_folder
from tui import PROGRAM, __version__
from tui.session.state_directory import state_folder

EXIT_STATUS = 1
"""The exit status after an unexpected error."""

MAX_REPORTS = 20
"""The most reports that are kept; the oldest go."""

MAX_LETTERS = 200
"""The most characters of an error in the message."""


def sentence(error: BaseException) -> str:
    """An error's name and its first line, in characters that a terminal shows."""
    lines = str(error).splitlines()
    text = f"{type(error).__name__}: {lines[0]}" if lines and lines[0].strip() else type(error).__name__
    return clipped(message(text), MAX_LETTERS)


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
    for old in sorted(where.glob("crash-*.txt"))[:-MAX_REPORTS]:
        with contextlib.suppress(OSError):
            old.unlink()
    return path


def crash_message(
    error: BaseException,
    arguments: Sequence[str],
    where: Path | None,
    notes: Sequence[str] = (),
    saved: str | None = None,
) -> str:
    """Write the report, and give the one line that says so.

    Args:
        error: What went wrong.
        arguments: The words after the program's name.
        where: The folder for the report; None: nothing is to be written.
        notes: See `report`.
        saved: Why the training run could not be saved, or nothing where it was; None: there is none.
    """
    if saved is None:
        sorry = _("sorry, something went wrong that should not have ({error}).")
    elif saved:
        sorry = _(
            "sorry, something went wrong that should not have ({error}); the training run could not be saved "
            "({saved})."
        )
    else:
        sorry = _("sorry, something went wrong that should not have ({error}); the training run is saved.")
    sorry = sorry.format(error=sentence(error), saved=saved)
    sorry = f"{PROGRAM}: {sorry}"
    if where is None:
        why = "--no-state" if "--no-state" in arguments else _("there is no home folder for it")
        return f"{sorry} " + _("No report was written ({why}).").format(why=why) + "\n"
    try:
        return (
            f"{sorry} "
            + _("A report is in {path}").format(path=_written(report(error, arguments, notes), where))
            + "\n"
        )
    except Exception as fault:  # of all things a report about a fault must not end in another one
        reason = str(fault).rstrip(".") if isinstance(fault, FileError) else sentence(fault)
        return f"{sorry} " + _("A report could not be written: {reason}.").format(reason=reason) + "\n"
