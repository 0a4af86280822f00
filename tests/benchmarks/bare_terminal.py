"""A pseudo-terminal without an emulator: what comes is counted and timed, and nothing else takes the processor."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.end_to_end.terminal import Terminal

ENDLESS = """
from model.training.config import TrainingConfig
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from tui.app.app import RoommateApp
from tui.app.run import run_screen
app = RoommateApp(Simulation(Situation(lesson=4)), config=TrainingConfig(stop="updates", updates=1_000_000))
run_screen(app, [], None)
"""
"""The program in lesson 4, with a run that does not end."""


def late(values: Sequence[float]) -> float:
    """The value that one in twenty exceeds."""
    return statistics.quantiles(values, n=20)[18]


@dataclass(frozen=True)
class Answer:
    """What came of a key.

    Attributes:
        size: The bytes that were written.
        first: Seconds from the key to the first of them.
        last: Seconds to the last.
        cpu: Seconds of the processor that the program took, in all of its threads.
    """

    size: int
    first: float
    last: float
    cpu: float


class BareTerminal(Terminal):
    """Runs a program, and reads what it writes without looking at it."""

    def draw(self, data: bytes) -> None:
        """Draw nothing."""

    @property
    def cpu(self) -> float:
        """The seconds of the processor that the program has taken so far; on Linux a process has a clock of it."""
        return time.clock_gettime((~self.process.pid << 3) | 2)

    def wait_until_begun(self, least: int = 1000) -> None:
        """Read until the first screen is there, and nothing has come for a while."""
        deadline = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < deadline:
            if not self.read(0.7) and len(self.bytes) >= least:
                return
        raise AssertionError(f"nothing is drawn: {self.bytes[-2000:].decode(errors='replace')}")

    def wait_for_more(self, seconds: float) -> None:
        """Read for so many seconds, whatever comes."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self.read(left)

    def answer(self, key: str, quiet: float) -> Answer:
        """Press a key, and read until nothing has come for so many seconds."""
        size, cpu, begin = len(self.bytes), self.cpu, time.perf_counter()
        self.press(key)
        first = last = begin
        while self.read(quiet):
            last = time.perf_counter()
            first = last if first == begin else first
        return Answer(len(self.bytes) - size, first - begin, last - begin, self.cpu - cpu)
