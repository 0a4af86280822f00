"""How soon is a key answered, at what cost, and what training loses while the screen shows it.

    python tests/benchmarks/response.py [--sizes 80x24 120x40 200x60] [--keys N] [--training]

The real program on a pseudo-terminal without an emulator beside it: the processor's time of the whole process from a
key to the last byte of its answer, and the seconds to that byte, in a walk through lessons 3 and 4; and the same of
the smallest Textual app, a `Static` that a key changes, in turn with it. Only ratios within one run mean anything;
of the seconds only those of an idle machine.

With --training the same for an update that is painted; and in lesson 4 at 120×40 a key that changes the step, pressed
again and again and timed until the new step is on the screen of an emulator, while training runs. The share is the
speed of training in the worker as a part of the speed of the same updates without a screen, in this run.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rich.console import Console
from rich.table import Table

from model.roommate.roommate import PERFECT_ROOMMATE
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.benchmarks.bare_terminal import ENDLESS, Answer, BareTerminal
from tests.end_to_end.terminal import Terminal

SMALLEST = """
from textual.app import App
from textual.widgets import Static
class Smallest(App):
    presses = 0
    def compose(self):
        yield Static("0 presses")
    def on_key(self):
        self.presses += 1
        self.query_one(Static).update(f"{self.presses} presses", layout=False)
Smallest().run()
"""

QUIET = 0.12
"""Seconds without a byte after which an answer is whole."""

TURN = 10
"""Keys of each program before the other one has its turn."""


def walk(size: tuple[int, int], lesson: int, keys: int) -> tuple[list[Answer], list[Answer]]:
    """The answers to keys of the walk, and those of the smallest app, in turn."""
    program = ("-m", "tui", "--no-state", "--lesson", str(lesson))
    still = {"TEXTUAL_ANIMATIONS": "none"}  # what moves on purpose goes on for half a second behind the answer
    with (
        BareTerminal(size=size, python=program, environ=still) as ours,
        BareTerminal(size=size, python=("-c", SMALLEST), environ=still) as smallest,
    ):
        ours.wait_until_begun()
        smallest.wait_until_begun(least=100)
        found: tuple[list[Answer], list[Answer]] = ([], [])
        for terminal in (ours, smallest):
            for _first in range(3):  # what is made once
                terminal.answer("right", QUIET)
        for begin in range(0, keys, TURN):
            for answers, terminal in zip(found, (ours, smallest), strict=True):
                # forth and back, so that the walk does not come to its end
                key = "left" if begin // TURN % 2 else "right"
                answers += [terminal.answer(key, QUIET) for _key in range(min(TURN, keys - begin))]
        return found


def late(values: Sequence[float]) -> float:
    """The value that one in twenty exceeds."""
    return statistics.quantiles(values, n=20)[18]


def walks(sizes: Sequence[str], keys: int) -> Table:
    """A row a size and lesson."""
    table = Table(
        "a key of the walk", "CPU ms", "p95", "÷ Static", "last byte ms", "p95", "÷ Static", "bytes", "most", "load"
    )
    for size in sizes:
        columns, rows = map(int, size.split("x"))
        for lesson in (3, 4):
            ours, smallest = walk((columns, rows), lesson, keys)
            cpu, last = ([getattr(one, name) for one in ours] for name in ("cpu", "last"))
            base_cpu, base_last = (
                statistics.median(getattr(one, name) for one in smallest) for name in ("cpu", "last")
            )
            bytes_ = [one.size for one in ours]
            middle, middle_last = statistics.median(cpu), statistics.median(last)
            cells = [f"{1000 * middle:.1f}", f"{1000 * late(cpu):.1f}", f"{middle / base_cpu:.1f}"]
            cells += [f"{1000 * middle_last:.1f}", f"{1000 * late(last):.1f}", f"{middle_last / base_last:.1f}"]
            cells += [f"{statistics.median(bytes_):,.0f}", f"{max(bytes_):,}", f"{os.getloadavg()[0]:.1f}"]
            table.add_row(f"{size}, lesson {lesson}", *cells)
    return table


def painted_updates(sizes: Sequence[str], seconds: float) -> Table:
    """What an update costs that is made and painted, ten a second; a row a size."""
    table = Table("an update painted", "CPU ms", "bytes")
    for size in sizes:
        columns, rows = map(int, size.split("x"))
        with BareTerminal(size=(columns, rows), python=("-c", ENDLESS)) as terminal:
            terminal.wait_until_begun()
            terminal.press("t")
            terminal.wait_for_more(2.0)
            cpu, begin, before = terminal.cpu, time.monotonic(), len(terminal.bytes)
            terminal.wait_for_more(seconds)
            updates = 10 * (time.monotonic() - begin)
            table.add_row(
                size,
                f"{1000 * (terminal.cpu - cpu) / updates:.1f}",
                f"{(len(terminal.bytes) - before) / updates:,.0f}",
            )
    return table


def update_in(text: str) -> int:
    """The number of the update on the screen."""
    found = re.findall(r"update ([\d,]+) ·", text)
    return int(found[-1].replace(",", "")) if found else 0


def while_training(paces: int, *, train: bool, keys: int) -> tuple[list[float], float, float]:
    """Seconds from key to screen, updates a second as the screen tells them, and bytes a second to the terminal.

    Args:
        paces: How often "+" is pressed before training starts.
        train: Whether training runs at all.
        keys: How many keys are timed.
    """
    took = []
    with Terminal(size=(120, 40), python=("-c", ENDLESS)) as terminal:
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


def training(keys: int) -> Table:
    """A row a pace."""
    alone = headless()
    table = Table("", "p50 ms", "p95 ms", "÷ paused", "updates/s", "share of headless", "KiB/s", "quit ms")
    base = 0.0
    for name, paces, train in (("paused", 0, False), ("10 a second", 0, True), ("full speed", 9, True)):
        (*took, quitting), speed, traffic = while_training(paces, train=train, keys=keys)
        middle = statistics.median(took)
        base = base or middle
        share = f"{speed / alone:.0%}" if paces else ""
        cells = (f"{1000 * middle:.1f}", f"{1000 * late(took):.1f}", f"{middle / base:.1f}", f"{speed:,.0f}", share)
        table.add_row(name, *cells, f"{traffic / 1024:.0f}", f"{1000 * quitting:.0f}")
    return table


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", default=["80x24", "120x40", "200x60"], metavar="COLUMNSxROWS")
    parser.add_argument("--keys", type=int, default=60)
    parser.add_argument("--training", action="store_true")
    options = parser.parse_args()
    console = Console()
    console.print(walks(options.sizes, options.keys))
    if options.training:
        console.print(painted_updates(options.sizes, 4))
        console.print(training(options.keys))


if __name__ == "__main__":
    main()
