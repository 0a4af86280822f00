"""Lines typed at a terminal: edited, completed with Tab, and found again with the arrow keys, by readline."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path

from model.errors import FileError
from model.foreign_text import shown
from model.storage.atomic import write_atomically
from model.storage.files import read
from model.storage.private import private_folder

MAX_KEPT = 500
"""The most lines of the history that are kept."""

MAX_LETTERS = 1000
"""Longer lines are not kept."""

MAX_BYTES = 4 * MAX_KEPT * (MAX_LETTERS + 1)
"""The most bytes of a history file; a larger one was not written by us."""

FILE = "lines.txt"
"""The file in the state directory that holds them."""


class LineEditor:
    """Asks for a line.

    Args:
        complete: Gives what the last word of a line can become.
        file: Where lines are kept for the next time; None: nowhere.

    Raises:
        ImportError: This Python has no readline.
    """

    def __init__(self, complete: Callable[[str], list[str]], file: Path | None) -> None:
        import readline  # noqa: PLC0415 - it is loaded where somebody types, and Windows has none

        self._readline, self._complete, self._file = readline, complete, file
        self._found: list[str] = []
        for line in kept(file):
            readline.add_history(line)
        self._own = readline.get_current_history_length()
        readline.set_completer_delims(" ")
        readline.set_completer(self._completion)
        other = "libedit" in (readline.__doc__ or "")
        readline.parse_and_bind("bind ^I rl_complete" if other else "tab: complete")

    def ask(self, prompt: str) -> str:
        """A line with its end, or nothing at the end of all lines."""
        try:
            return f"{input(prompt)}\n"
        except EOFError:
            return ""

    def keep(self) -> None:
        """Keep the lines of this session for the next one, beside what others have kept meanwhile."""
        if self._file is None:
            return
        count = self._readline.get_current_history_length()
        typed = [self._readline.get_history_item(at) or "" for at in range(self._own + 1, count + 1)]
        good = [line for line in typed if line.strip() and len(line) <= MAX_LETTERS and shown(line) == line]
        if good:
            text = "".join(f"{line}\n" for line in [*kept(self._file), *good][-MAX_KEPT:])
            with contextlib.suppress(FileError):  # nothing is lost but a convenience
                private_folder(self._file.parent)
                write_atomically(self._file, text.encode(), overwrite=True, private=True)

    def _completion(self, word: str, number: int) -> str | None:  # noqa: ARG002 - as readline calls it
        if number == 0:
            self._found = self._complete(self._readline.get_line_buffer()[: self._readline.get_endidx()])
        return f"{self._found[number]} " if number < len(self._found) else None


def kept(file: Path | None) -> list[str]:
    """The lines of earlier sessions; none where they cannot be read, or have been tampered with."""
    if file is None:
        return []
    try:
        lines = read(file, MAX_BYTES, private=True).decode().splitlines()
    except (FileError, OSError, ValueError):
        return []
    return [line for line in lines[-MAX_KEPT:] if shown(line) == line and len(line) <= MAX_LETTERS]


def editor_for(complete: Callable[[str], list[str]], file: Path | None) -> LineEditor | None:
    """An editor where a person types at a terminal, None elsewhere."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    try:
        return LineEditor(complete, file)
    except ImportError:
        return None
