"""What a process has taken: time and memory, as Linux tells it; so that a busy machine is no reason to fail."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path


def seconds_of(pid: int) -> float:
    """The processor's time that a process has taken; as much as it ever will, where it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_of(pid: int) -> int:
    """The most memory that a process has had, in bytes; 0 where it has ended."""
    with contextlib.suppress(OSError, IndexError):
        return int(Path(f"/proc/{pid}/status").read_text().split("VmHWM:")[1].split()[0]) * 1024
    return 0


class Patience:
    """How long a process is waited for: some seconds of the processor's time, and many more by the clock.

    Args:
        pid: The process.
        seconds: Of the processor's time.
    """

    CLOCK = 15
    """So many times longer it may take by the clock: then it waits for something that does not come."""

    def __init__(self, pid: int, seconds: float) -> None:
        self._pid, self._seconds = pid, seconds
        self._begun, self._clock = seconds_of(pid), time.monotonic()

    @property
    def left(self) -> float:
        """The seconds by the clock that are left; nothing where it has worked too long already."""
        if seconds_of(self._pid) - self._begun > self._seconds:
            return 0.0
        return max(self._clock + self.CLOCK * self._seconds - time.monotonic(), 0.0)
