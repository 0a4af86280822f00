"""``roommate-tui serve`` in a process of its own, as a person starts it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from tests.end_to_end.terminal import ROOT


class Served:
    """The server, on any free port.

    Args:
        arguments: The words after ``serve``.
        environ: Changes to the environment.
    """

    def __init__(self, *arguments: str, environ: Mapping[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui", "serve", "--port", "0", *arguments],
            cwd=ROOT,
            env={**os.environ, **(environ or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()
        self.port = urlsplit(self.url).port or 0
        self.key = urlsplit(self.url).query.removeprefix("key=")

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()

    @property
    def programs(self) -> list[int]:
        """The process numbers of the programs that run for tabs."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in children.read_text().split()]

    def end(self, signal: int, timeout: float = 20) -> tuple[int, str]:
        """Send a signal; gives the exit status and what was written to stderr."""
        self.process.send_signal(signal)
        _, told = self.process.communicate(timeout=timeout)
        return self.process.returncode, told


def wait_until(condition: Callable[[], bool], hoped: str, timeout: float = 30) -> None:
    """Ask again and again until a condition holds."""
    deadline = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < deadline, f"hoped for {hoped}"
        time.sleep(0.05)


def is_running(number: int) -> bool:
    """Whether a process runs and is no zombie."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
