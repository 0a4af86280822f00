"""Does the screen stay alive while training runs: from a key to its effect on the screen, and what training loses.

    python tests/benchmarks/response.py [--keys N]

The real program on a pseudo-terminal of 120×40, in lesson 4; a key that changes the step is pressed again and again,
and timed until the new step is on the screen. The share is the speed of training in the worker as a part of the
speed of the same updates without a screen, in this run.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rich.console import Console
from rich.table import Table

from model.roommate.roommate import PERFECT_ROOMMATE
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.end_to_end.terminal import Terminal

PROGRAM = """
from model.training.config import TrainingConfig
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from tui.app.app import RoommateApp
RoommateApp(Simulation(Situation(lesson=4)), config=TrainingConfig(stop="updates", updates=1_000_000)).run()
"""


def update_in(text: str) -> int:
    """The number of the update on the screen."""
    found = re.findall(r"update ([\d,]+) ·", text)
    return int(found[-1].replace(",", "")) if found else 0


def measure(paces: int, *, train: bool, keys: int) -> tuple[list[float], float, float]:
    """Seconds from key to screen, updates a second as the screen tells them, and bytes a second to the terminal.

    Args:
        paces: How often "+" is pressed before training starts.
        train: Whether training runs at all.
        keys: How many keys are timed.
    """
    took = []
    with Terminal(size=(120, 40), python=("-c", PROGRAM)) as terminal:
        terminal.wait_for("step 1 of 6", "update 0")
        terminal.wait_until_quiet()
        text = terminal.text.splitlines()
        row = next(row for row, line in enumerate(text) if "step 1 of 6" in line)
        terminal.press(*["+"] * paces)
        if train:
            terminal.press("t")
            terminal.wait_for("running")
        first, begin, before = update_in(terminal.text), time.perf_counter(), len(terminal.bytes)
        for number in range(keys):
            forth = number % 2 == 0
            start = time.perf_counter()
            terminal.press("right" if forth else "left")
            terminal.wait_for_row(row, "step 2 of 6" if forth else "step 1 of 6")
            took.append(time.perf_counter() - start)
        seconds = time.perf_counter() - begin
        speed = (update_in(terminal.text) - first) / seconds
        traffic = (len(terminal.bytes) - before) / seconds
        start = time.perf_counter()
        terminal.press("q")
        terminal.wait_for_exit()
        took.append(time.perf_counter() - start)
    return took, speed, traffic


def headless() -> float:
    """Updates a second without a screen."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(stop="updates", updates=1_000_000))
    run.advance(500)
    begin = time.perf_counter()
    run.advance(5000)
    return 5000 / (time.perf_counter() - begin)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=200)
    keys = parser.parse_args().keys
    alone = headless()
    table = Table("", "p50 ms", "p95 ms", "÷ paused", "updates/s", "share of headless", "KiB/s", "quit ms")
    base = 0.0
    for name, paces, train in (("paused", 0, False), ("10 a second", 0, True), ("full speed", 9, True)):
        (*took, quitting), speed, traffic = measure(paces, train=train, keys=keys)
        middle, late = statistics.median(took), statistics.quantiles(took, n=20)[18]
        base = base or middle
        share = f"{speed / alone:.0%}" if paces else ""
        cells = (f"{1000 * middle:.1f}", f"{1000 * late:.1f}", f"{middle / base:.1f}", f"{speed:,.0f}", share)
        table.add_row(name, *cells, f"{traffic / 1024:.0f}", f"{1000 * quitting:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
