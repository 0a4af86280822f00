"""How many bytes the screen sends: a step of the walk, training with the live chart, and doing nothing.

    python tests/benchmarks/traffic.py [--sizes 80x24 120x40] [--steps N] [--seconds N]

The real program on a pseudo-terminal, in 256 colours (what SSH and tmux usually give), in all of them, and with
--slow-link; with the filter that writes only what changes, and as a ratio to the same without it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rich.console import Console
from rich.table import Table

from tests.end_to_end.terminal import Terminal

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

ENDLESS = """
from model.training.config import TrainingConfig
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from tui.app.app import RoommateApp
RoommateApp(Simulation(Situation(lesson=4)), config=TrainingConfig(stop="updates", updates=1_000_000)).run()
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

    def open(self, *arguments: str, program: str = PROGRAM) -> Terminal:
        """The program in a terminal."""
        python = "-c", SPARING + (program if self.filtered else WITHOUT + program)
        return Terminal(*self.options, *arguments, size=self.size, environ={"COLORTERM": self.colours}, python=python)


def a_step(session: Session, steps: int, *arguments: str) -> float:
    """The median number of bytes of a step."""
    with session.open("--no-state", *arguments) as terminal:
        terminal.wait_for("step")
        before, sizes = terminal.wait_until_quiet(), []
        for _ in range(steps):
            terminal.press("right")
            now = terminal.wait_until_quiet(0.12)
            sizes.append(now - before)
            before = now
        terminal.press("q")
        terminal.wait_for_exit()
    return statistics.median(sizes)


def a_second(session: Session, seconds: float, *keys: str) -> float:
    """Bytes a second after some keys."""
    with session.open(program=ENDLESS) as terminal:
        terminal.wait_for("update 0")
        terminal.wait_until_quiet()
        terminal.press(*keys)
        before, begin = len(terminal.bytes), time.monotonic()
        while time.monotonic() - begin < seconds:
            terminal.read(0.05)
        rate = (len(terminal.bytes) - before) / (time.monotonic() - begin)
        terminal.press("q")
        terminal.wait_for_exit()
    return rate


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", default=["80x24", "120x40"], metavar="COLUMNSxROWS")
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=4)
    options = parser.parse_args()
    table = Table("size", "colours", "what", "with the filter", "without", "ratio")
    for size in options.sizes:
        columns, rows = map(int, size.split("x"))
        for name, colours, words in MODES:
            sessions = [Session((columns, rows), colours, filtered, words) for filtered in (True, False)]
            for what, (with_diff, plain) in measured(sessions, options.steps, options.seconds).items():
                ratio = f"{with_diff / plain:.2f}" if plain else ""
                table.add_row(size, name, what, f"{with_diff:,.0f} B", f"{plain:,.0f} B", ratio)
    Console().print(table)


def measured(sessions: list[Session], steps: int, seconds: float) -> dict[str, list[float]]:
    """Everything that is measured, by its name, once for each session."""
    backward = ("--lesson", "4", "--seed", "7", "--backward")
    return {
        "a step forwards": [a_step(session, steps, "--lesson", "3") for session in sessions],
        "a step back": [a_step(session, steps, *backward) for session in sessions],
        "a second of training, 10 updates": [a_second(session, seconds, "t") for session in sessions],
        "a second of training, full speed": [a_second(session, seconds, *"+++++++++t") for session in sessions],
        "a second of nothing": [a_second(session, seconds) for session in sessions],
    }


if __name__ == "__main__":
    main()
