"""How long people wait: the time to the first full screen, beside what nobody can be faster than.

    python tests/benchmarks/start.py [--runs N]

Every command is started on a pseudo-terminal of its own, all of them in turn, and timed until the screen shows a
given text (or the process has ended). Only ratios within one run mean anything.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rich.console import Console
from rich.table import Table

from tests.end_to_end.terminal import Terminal

SMALLEST = """
from textual.app import App
from textual.widgets import Static
class Smallest(App):
    def compose(self):
        yield Static("hello")
Smallest().run()
"""

COMMANDS: dict[str, tuple[tuple[str, ...], str]] = {
    "python -c pass": (("-c", "pass"), ""),
    "import numpy": (("-c", "import numpy"), ""),
    "roommate-tui --help": (("-m", "tui", "--help"), ""),
    "roommate-tui cook": (("-m", "tui", "cook"), ""),
    "the smallest Textual app": (("-c", SMALLEST), "hello"),
    "roommate-tui, 80×24": (("-m", "tui"), "quit"),
    "roommate-tui --lesson 3, 80×24": (("-m", "tui", "--lesson", "3"), "step 1 of 6"),
}


GOALS = {
    "roommate-tui --help": ("python -c pass", 4.0),
    "roommate-tui cook": ("import numpy", 1.3),
    "roommate-tui, 80×24": ("the smallest Textual app", 1.6),
}
"""What each is compared with, and how many times that it may take."""


def seconds(words: tuple[str, ...], text: str) -> float:
    """From the start of the process to the text on the screen, or to its end."""
    begin = time.perf_counter()
    with Terminal(python=words, environ={"PYTHONDONTWRITEBYTECODE": ""}) as terminal:
        if text:
            terminal.wait_for(text)
        else:
            terminal.wait_for_exit()
        return time.perf_counter() - begin


def tables(*, quick: bool = False, runs: int = 10) -> Iterator[Table]:
    """A row a command."""
    runs = 2 if quick else runs
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for turn in range(runs + 1):
        for name, (words, text) in COMMANDS.items():
            took = seconds(words, text)
            if turn:  # the first turn fills the caches of the disk
                times[name].append(took)
    medians = {name: statistics.median(all_times) for name, all_times in times.items()}
    table = Table("", "median ms", "least", "most", "÷", "", "goal", title="To the first full screen, or to the end")
    for name, all_times in times.items():
        cells = [f"{1000 * value:.0f}" for value in (medians[name], min(all_times), max(all_times))]
        if name in GOALS:
            base, most = GOALS[name]
            ratio = medians[name] / medians[base]
            cells += [f"{ratio:.2f}", base, f"≤ {most:g}, {'reached' if ratio <= most else 'missed'}"]
        table.add_row(name, *cells)
    yield table


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10)
    for table in tables(runs=parser.parse_args().runs):
        Console().print(table)


if __name__ == "__main__":
    main()
