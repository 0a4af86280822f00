"""How soon a key is answered while training runs at full speed, and how fast training is meanwhile.

    python tests/benchmarks/training_response.py [--seconds N] [--rounds N]

The real program in lesson 4 on a pseudo-terminal of 120×40, with keys that change the step: none, ten a second, or
the next one as soon as the one before is answered; each is timed until the terminal shows the new step. Speed is told
by the number of the update on the screen, as a part of the speed of the same updates without a screen.
All have their turn in every round.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[2])

from rich.console import Console
from rich.table import Table

from tests.benchmarks.bare_terminal import ENDLESS, late
from tests.benchmarks.light_terminal import LightTerminal
from tests.end_to_end.terminal import ROOT

HEADLESS = """
import sys, time
from model.roommate.roommate import PERFECT_ROOMMATE
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(stop="updates", updates=1_000_000))
run.advance(500)
begin = time.perf_counter()
while time.perf_counter() - begin < float(sys.argv[1]) and not run.finished:
    run.advance()
print((run.update - 500) / (time.perf_counter() - begin))
"""

ALL_THE_TIME = float("inf")

SIZE = 120, 40

MAX_P95, MAX_P95_RATIO, MIN_SHARES = 0.030, 1.2, {0: 0.85, 10: 0.60}
"""What is hoped for: the seconds that one key in twenty exceeds, these as a multiple of those without training, and
the share of headless speed by the keys a second."""


@dataclass
class Found:
    """What was measured in all rounds with so many keys a second, with training or without.

    Attributes:
        answers: Seconds from a key to the screen.
        shares: Training's part of its speed without a screen, in each round.
        speeds: Updates a second.
        quits: Seconds from the key that quits to the end of the process.
    """

    answers: list[float] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)
    speeds: list[float] = field(default_factory=list)
    quits: list[float] = field(default_factory=list)

    @property
    def late(self) -> float:
        """The seconds that one key in twenty exceeds."""
        return late(self.answers)


def update_in(text: str) -> int:
    """The number of the update on the screen."""
    found = re.findall(r"update ([\d,]+) ·", text)
    return int(found[-1].replace(",", "")) if found else 0


def session(found: Found, keys: float, seconds: float, *, train: bool) -> float:
    """Start the program, type for some seconds, and quit.

    Args:
        found: Takes what is measured.
        keys: How many are pressed a second.
        seconds: How long.
        train: Whether training runs at full speed.

    Returns:
        Updates a second.
    """
    with LightTerminal(size=SIZE, python=("-c", ENDLESS)) as terminal:
        terminal.wait(lambda: "step 1 of 6" in terminal.text and "update 0" in terminal.text, "lesson 4")
        terminal.wait_for_more(0.7)
        row = next(y for y in range(SIZE[1]) if "step 1 of 6" in terminal.row(y))
        if train:
            terminal.press(*["+"] * 9, "t")
            terminal.wait(lambda: "running" in terminal.text, "a run")
            terminal.wait_for_more(1.0)
        first, begin = update_in(terminal.text), time.perf_counter()
        number = 0
        while (passed := time.perf_counter() - begin) < seconds:
            if passed * keys < number or not keys:
                terminal.wait_for_more(number / keys - passed if keys else seconds)
                continue
            number += 1
            terminal.press("right" if number % 2 else "left")
            step = f"step {1 + number % 2} of 6"
            found.answers.append(terminal.wait(lambda step=step: step in terminal.row(row), step))  # type: ignore[misc]
        speed = (update_in(terminal.text) - first) / (time.perf_counter() - begin)
        begin = time.perf_counter()
        terminal.press("q")
        terminal.wait_for_exit()
        found.quits.append(time.perf_counter() - begin)
    return speed


def headless(seconds: float) -> float:
    """Updates a second without a screen."""
    words = [sys.executable, "-c", HEADLESS, str(seconds)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    return float(subprocess.run(words, capture_output=True, text=True, check=True, env=environ).stdout)


def measured(seconds: float, rounds: int) -> dict[tuple[float, bool], Found]:
    """What was found, by the keys a second and whether training runs."""
    cases = [(keys, train) for keys in (0, 10, ALL_THE_TIME) for train in (False, True) if keys or train]
    found = {case: Found() for case in cases}
    for _round in range(rounds):
        before = headless(seconds / 2)
        speeds = {case: session(found[case], case[0], seconds, train=case[1]) for case in cases}
        alone = (before + headless(seconds / 2)) / 2
        for (keys, train), speed in speeds.items():
            if train:
                found[keys, train].speeds.append(speed)
                found[keys, train].shares.append(speed / alone)
    return found


def table_of(found: dict[tuple[float, bool], Found]) -> Table:
    """A row a way to type."""
    table = Table(
        "keys",
        "training",
        "keys timed",
        "p50 ms",
        "p95 ms",
        "÷ paused",
        "updates/s",
        "of headless",
        "goal",
        "quit ms",
        title="A key while training runs at full speed, 120×40",
        caption="From the key to the new step on the terminal. The goal of a row with keys: p95 at most "
        f"{1000 * MAX_P95:.0f} ms and {MAX_P95_RATIO:g} × paused; and the least share of the speed without a screen. "
        "Paces: all the time means that the next key is pressed as soon as the one before is answered.",
    )
    for (keys, train), case in found.items():
        name = "all the time" if keys == ALL_THE_TIME else f"{keys:g} a second" if keys else "none"
        times = [f"{len(case.answers):,}", "", "", ""]
        reached = []
        if keys:
            times[1:3] = f"{1000 * statistics.median(case.answers):.1f}", f"{1000 * case.late:.1f}"
        if keys and train:
            ratio = case.late / found[keys, False].late
            times[3] = f"{ratio:.2f}"
            reached.append(case.late <= MAX_P95 and ratio <= MAX_P95_RATIO)
        speed = ["", ""]
        if train:
            share = statistics.median(case.shares)
            speed = [f"{statistics.median(case.speeds):,.0f}", f"{share:.0%}"]
            if keys in MIN_SHARES:
                reached.append(share >= MIN_SHARES[int(keys)])
        goal = f"{MIN_SHARES[int(keys)]:.0%}, " if train and keys in MIN_SHARES else ""
        goal += ("reached" if all(reached) else "missed") if reached else ""
        quitting = f"{1000 * statistics.median(case.quits):.0f}"
        table.add_row(name, "full speed" if train else "paused", *times, *speed, goal, quitting)
    return table


def tables(*, quick: bool) -> Iterator[Table]:
    """The one table."""
    yield table_of(measured(seconds=2.0, rounds=1) if quick else measured(seconds=6.0, rounds=3))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    Console().print(table_of(measured(options.seconds, options.rounds)))


if __name__ == "__main__":
    main()
