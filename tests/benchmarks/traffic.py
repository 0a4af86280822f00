"""How many bytes the screen sends: a step of the walk, training with the live chart, and doing nothing.

    python tests/benchmarks/traffic.py [--sizes 80x24 120x40] [--steps N] [--seconds N] [--without-filter]

The real program on a pseudo-terminal, in 256 colours (what SSH and tmux usually give), in all of them, and with
--slow-link; with the filter that writes only what changes, and as a ratio to the same without it, if asked for.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rich.console import Console
from rich.table import Table

from tests.benchmarks.bare_terminal import ENDLESS, BareTerminal

SPARING = """
import os, sys
from tui.terminal.environment import reduce_traffic
if "--slow-link" in sys.argv:
    reduce_traffic(os.environ)  # before Textual is imported
"""

WITHOUT = """
import tui.terminal.driver
tui.terminal.driver.with_diff = lambda driver: driver
"""

PROGRAM = """
import sys
from tui.cli.main import main
sys.exit(main())
"""

MODES = (("256", "", ()), ("all", "truecolor", ()), ("--slow-link", "truecolor", ("--slow-link",)))
"""What is compared: a name, the value of COLORTERM, and more options."""


@dataclass(frozen=True)
class Session:
    """How the program is started.

    Attributes:
        size: Columns and rows.
        colours: The value of COLORTERM.
        filtered: Whether only what changes is written.
        options: More options of the program.
    """

    size: tuple[int, int]
    colours: str
    filtered: bool
    options: tuple[str, ...] = ()

    def open(self, *arguments: str, program: str = PROGRAM) -> BareTerminal:
        """The program in a terminal."""
        python = "-c", SPARING + (program if self.filtered else WITHOUT + program)
        environ = {"COLORTERM": self.colours}
        return BareTerminal(*self.options, *arguments, size=self.size, environ=environ, python=python)


def a_step(session: Session, steps: int, *arguments: str) -> float:
    """The median number of bytes of a step."""
    quiet = 0.4 if session.options else 0.12  # five frames a second over a slow link
    with session.open("--no-state", *arguments) as terminal:
        terminal.wait_until_begun()
        return statistics.median(terminal.answer("right", quiet).size for _step in range(steps))


def seconds_of_training(session: Session, seconds: float) -> tuple[float, float, float]:
    """Bytes a second of doing nothing, of training at the first pace, and of training at full speed."""
    with session.open(program=ENDLESS) as terminal:
        terminal.wait_until_begun()
        rates = []
        for keys in ("", "t", "+++++++++"):
            terminal.press(*keys)
            terminal.wait_for_more(0.7)
            before, begin = len(terminal.bytes), time.monotonic()
            terminal.wait_for_more(seconds)
            rates.append((len(terminal.bytes) - before) / (time.monotonic() - begin))
    nothing, slow, fast = rates
    return nothing, slow, fast


def measured(session: Session, steps: int, seconds: float) -> dict[str, float]:
    """Everything that is measured, by its name."""
    nothing, slow, fast = seconds_of_training(session, seconds)
    return {
        "a step forwards": a_step(session, steps, "--lesson", "3"),
        "a step back": a_step(session, steps, "--lesson", "4", "--seed", "7", "--backward"),
        "a second of training, 10 updates": slow,
        "a second of training, full speed": fast,
        "a second of nothing": nothing,
    }


def tables(
    *,
    quick: bool = False,
    sizes: Sequence[str] = ("80x24", "120x40"),
    steps: int = 12,
    seconds: float = 1.5,
    without_filter: bool = False,
) -> Iterator[Table]:
    """A row a size, a kind of terminal, and something that is done in it."""
    if quick:
        sizes, steps, seconds = sizes[:1], 3, 0.5
    table = Table("size", "colours", "what", "with the filter", "without", "ratio", title="Bytes to the terminal")
    for size in sizes:
        columns, rows = map(int, size.split("x"))
        for name, colours, words in MODES:
            session = Session((columns, rows), colours, True, words)
            found = measured(session, steps, seconds)
            plain = {}
            if without_filter:
                plain = measured(replace(session, filtered=False), steps, seconds)
            for what, rate in found.items():
                ratio = f"{rate / plain[what]:.2f}" if plain.get(what) else ""
                table.add_row(size, name, what, f"{rate:,.0f} B", f"{plain[what]:,.0f} B" if plain else "", ratio)
    yield table


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", default=["80x24", "120x40"], metavar="COLUMNSxROWS")
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=1.5)
    parser.add_argument("--without-filter", action="store_true")
    options = parser.parse_args()
    for table in tables(
        sizes=options.sizes,
        steps=options.steps,
        seconds=options.seconds,
        without_filter=options.without_filter,
    ):
        Console().print(table)


if __name__ == "__main__":
    main()
