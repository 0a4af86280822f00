"""Many logins at one time, as of a class that begins: each with a terminal, and all read by one loop."""

from __future__ import annotations

import os
import selectors
import shlex
import struct
import subprocess
import time
from dataclasses import dataclass
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pyte

from tests.end_to_end.sshd import Sshd
from tests.end_to_end.terminal import text_of

COLUMNS, ROWS = 80, 24


@dataclass(frozen=True, eq=False)
class Login:
    """A client, its terminal, and what that shows."""

    client: subprocess.Popen[bytes]
    terminal: int
    screen: pyte.Screen
    stream: pyte.ByteStream

    @property
    def text(self) -> str:
        """The lines on the screen."""
        return text_of(self.screen)


class Logins:
    """So many people who log in at once, and get the kiosk.

    Args:
        sshd: Where.
        number: How many.
        words: What else the kiosk is told.
    """

    def __init__(self, sshd: Sshd, number: int, *words: str) -> None:
        self._sshd, self._words = sshd, shlex.join(("--kiosk", *words))
        self._selector = selectors.DefaultSelector()
        self.all = [self._log_in() for _ in range(number)]

    def _log_in(self) -> Login:
        ours, theirs = os.openpty()
        ioctl(theirs, TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        command = f"{shlex.quote(str(self._sshd.script))} {self._words}"
        words = ["ssh", "-tt", "-e", "none", *self._sshd.options(), self._sshd.address, command]
        client = subprocess.Popen(words, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
        os.close(theirs)
        screen = pyte.Screen(COLUMNS, ROWS)
        login = Login(client, ours, screen, pyte.ByteStream(screen))
        self._selector.register(ours, selectors.EVENT_READ, login)
        return login

    def wait_for(self, word: str, seconds: float) -> list[float]:
        """Read until all of them show a word; gives after how many seconds each did."""
        began, seen = time.monotonic(), dict[int, float]()
        while len(seen) < len(self.all):
            passed = time.monotonic() - began
            missing = [login for login in self.all if login.terminal not in seen]
            assert passed < seconds, f"{len(missing)} of {len(self.all)} do not show {word!r}: {missing[0].text}"
            self._read()
            for login in missing:
                if word in login.text:
                    seen[login.terminal] = time.monotonic() - began
        return sorted(seen.values())

    def _read(self) -> None:
        for key, _ in self._selector.select(0.5):
            login: Login = key.data
            try:
                data = os.read(login.terminal, 65536)
            except OSError:  # how Linux says that the client has ended
                data = b""
            if not data:
                self._selector.unregister(login.terminal)
            login.stream.feed(data)

    def press(self, keys: str) -> None:
        """All of them type."""
        for login in self.all:
            os.write(login.terminal, keys.encode())

    def wait_for_the_end(self, seconds: float) -> list[int]:
        """Read until all clients have ended; gives their exit status."""
        deadline = time.monotonic() + seconds
        while any(login.client.poll() is None for login in self.all):
            assert time.monotonic() < deadline, "a client does not end"
            self._read()
        return [login.client.returncode for login in self.all]

    @property
    def programs(self) -> list[int]:
        """The process numbers of the programs that run for them."""
        mine = f"XDG_STATE_HOME={self._sshd.folder / 'state'}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words, environ = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
            except OSError:  # another user's, or it has ended
                continue
            if b"\0--kiosk\0" in words and mine in environ.split(b"\0"):
                found.append(int(folder.name))
        return found

    def __enter__(self) -> Logins:
        return self

    def __exit__(self, *error: object) -> None:
        for login in self.all:
            login.client.kill()
            login.client.wait()
            os.close(login.terminal)
        self._selector.close()


def kilobytes(pid: int, name: str) -> int:
    """A process's memory: ``Rss``, or ``Pss``, in which what several share is counted once."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def threads(pid: int) -> int:
    """How many threads a process has: what ``TasksMax`` counts."""
    return len(list(Path(f"/proc/{pid}/task").iterdir()))
