"""A real pseudo-terminal with a terminal emulator on the other end: what a person would see and type."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

import pyte
from wcwidth import wcwidth

ROOT = Path(__file__).parent.parent.parent

# The child must own the terminal, so that it gets signals for resizing and ctrl+c; a forked test runner may not.
LAUNCH = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execv(sys.argv[1], sys.argv[1:])"

KEYS = {
    "right": "\x1b[C",
    "left": "\x1b[D",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
}


def saved_runs(state: Path) -> list[Path]:
    """The runs in a state directory: of the last session that ended in order, and of those that were cut off."""
    folder = state / "roommate-tui"
    return [*folder.glob("run.npz"), *folder.glob("sessions/*/run.npz")]


def text_of(screen: pyte.Screen) -> str:
    """A screen as text."""
    return "\n".join(line_of(screen, row) for row in range(screen.lines))


def line_of(screen: pyte.Screen, row: int) -> str:
    """A row; a cell without a character is the second half of a wide one, or what is left of one."""
    cells = [screen.buffer[row][column].data for column in range(screen.columns)]
    text = ""
    for before, cell in zip(["", *cells], cells, strict=False):
        text += cell or ("" if before and wcwidth(before[0]) == 2 else " ")
    return text.rstrip()


class Terminal:
    """Runs ``roommate-tui`` on a pty and keeps the screen as a terminal would show it.

    Args:
        arguments: The words after the program's name.
        size: Columns and rows.
        environ: Changes to the environment.
        python: Arguments of the interpreter, if another program is to be run.
        cwd: The folder it is started in.
    """

    def __init__(
        self,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        environ: Mapping[str, str] | None = None,
        python: Sequence[str] = ("-m", "tui"),
        cwd: Path = ROOT,
    ) -> None:
        self.bytes = b""
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._master, slave = os.openpty()
        self.set_size(*size)
        # The last two would hide the size of the pty.
        inherited = {key: os.environ[key] for key in os.environ.keys() - {"NO_COLOR", "COLUMNS", "LINES"}}
        found = {"PYTHONPATH": str(ROOT)}
        utf_8 = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        env = {**inherited, **found, **utf_8, **(environ or {})}
        command: Sequence[str] = (sys.executable, "-P", "-c", LAUNCH, sys.executable, *python, *arguments)
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=env, cwd=cwd, start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        with contextlib.suppress(OSError):
            os.close(self._master)

    @property
    def file(self) -> int:
        """The descriptor of the end that shows."""
        return self._master

    @property
    def text(self) -> str:
        """The screen as text."""
        return text_of(self.screen)

    def line(self, row: int) -> str:
        """A row of the screen as text."""
        return line_of(self.screen, row)

    def press(self, *keys: str) -> None:
        """Type keys, by name or as they are."""
        for key in keys:
            self.send(KEYS.get(key, key).encode())

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        os.write(self._master, data)

    @property
    def attributes(self) -> list[object]:
        """How the terminal treats what is typed, as `termios.tcgetattr` tells it."""
        return termios.tcgetattr(self._master)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        self.screen.resize(rows, columns)
        self.set_size(columns, rows)

    def hang_up(self) -> None:
        """Take the terminal away, as a lost connection does: the program gets SIGHUP and can draw no more."""
        os.close(self._master)

    def wait_until(self, condition: Callable[[str], bool], hoped: str, timeout: float = 20) -> str:
        """Read until a condition holds for the screen's text, which is given back."""
        deadline = time.monotonic() + timeout
        while not condition(self.text):
            left = deadline - time.monotonic()
            if left <= 0 or not self.read(left):
                raise AssertionError(f"hoped for {hoped}; the screen shows\n{self.text}")
        return self.text

    def wait_for(self, *words: str) -> str:
        """Read until the screen shows all the words; gives its text."""
        return self.wait_until(lambda text: all(word in text for word in words), repr(words))

    def wait_until_gone(self, word: str) -> str:
        """Read until the screen no longer shows a word."""
        return self.wait_until(lambda text: word not in text, f"no {word!r}")

    def wait_for_row(self, row: int, word: str, timeout: float = 20) -> None:
        """Read until a row shows a word; looks at nothing else: for timing."""
        deadline = time.monotonic() + timeout
        while word not in self.line(row):
            if not self.read(max(deadline - time.monotonic(), 0)):
                raise AssertionError(f"hoped for {word!r} in row {row}")

    def wait_until_quiet(self, seconds: float = 0.3) -> int:
        """Read until nothing comes for so long; gives the number of bytes so far."""
        while self.read(seconds):
            pass
        return len(self.bytes)

    def wait_for_exit(self, timeout: float = 20) -> int:
        """Read to the end; gives the exit status."""
        deadline = time.monotonic() + timeout
        while self.read(max(deadline - time.monotonic(), 0)):
            pass
        return self.process.wait(max(deadline - time.monotonic(), 0.1))

    def read(self, timeout: float) -> bool:
        """Take in what the program has written; False at its end or when nothing came in time."""
        ready, _, _ = select.select([self._master], [], [], timeout)
        if not ready:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # Linux says EIO when the other side has closed
            return False
        self.bytes += data
        self.draw(data)
        return bool(data)

    def draw(self, data: bytes) -> None:
        """Show what the program has written."""
        # pyte has no second screen: enough that it begins empty
        data = data.replace(b"\x1b[?1049h", b"\x1b[2J\x1b[H")
        # pyte prints the end of sequences it does not know; those of the keyboard protocol draw nothing
        self._stream.feed(re.sub(rb"\x1b\[[<>?=][0-9;]*[um]", b"", data))

    def fileno(self) -> int:
        """The descriptor of our end, to wait for."""
        return self._master

    def set_size(self, columns: int, rows: int) -> None:
        """Tell the program of another size; the emulator keeps its own."""
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
