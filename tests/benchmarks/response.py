"""How soon is a key answered, and at what cost.

    python tests/benchmarks/response.py [--sizes 80x24 120x40 200x60] [--keys N]

The real program on a pseudo-terminal without an emulator beside it: the processor's time of the whole process from a
key to the last byte of its answer, and the seconds to that byte, in a walk through lessons 3 and 4; and the same of
the smallest Textual app, a `Static` that a key changes, in turn with it. Only ratios within one run mean anything;
of the seconds only those of an idle machine.

And the same for an update of the training that is painted.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[2])

from rich.console import Console
from rich.table import Table

from tests.benchmarks.bare_terminal import ENDLESS, Answer, BareTerminal, late

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

SIZES = ["80x24", "120x40", "200x60"]

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


def walks(sizes: Sequence[str], keys: int) -> Table:
    """A row a size and lesson."""
    table = Table(
        "a key of the walk",
        "CPU ms",
        "p95",
        "÷ Static",
        "last byte ms",
        "p95",
        "÷ Static",
        "bytes",
        "most",
        "load",
        title="A key of the walk",
        caption="CPU of the whole process and seconds to the last byte; ÷ Static: as a multiple of the smallest "
        "Textual app, in which a key changes one Static.",
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
    table = Table("an update painted", "CPU ms", "bytes", title="An update of the training, made and painted")
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


def tables(*, quick: bool) -> Iterator[Table]:
    """Keys, and updates that are painted."""
    sizes = SIZES[:1] if quick else SIZES
    yield walks(sizes, keys=TURN if quick else 60)
    yield painted_updates(sizes, seconds=1.0 if quick else 4.0)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", default=SIZES, metavar="COLUMNSxROWS")
    parser.add_argument("--keys", type=int, default=60)
    options = parser.parse_args()
    console = Console()
    console.print(walks(options.sizes, options.keys))
    console.print(painted_updates(options.sizes, 4))


if __name__ == "__main__":
    main()
