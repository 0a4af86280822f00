"""How time and memory grow with the size of the problem: each as the slope of a line through logarithms.

    python tests/benchmarks/growth.py [--quick]

A slope of 1 is linear growth, of 0 none: ten times as much takes as long. "overall" goes through all sizes, "at the
end" from the last but one to the last. All is time of the processor, which other programs do not add to.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import math
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[2])

import model  # noqa: F401 - one thread for numpy's products, as in the program

# isort: split
import numpy as np
from rich.console import Console
from rich.table import Table

from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.training.config import TrainingConfig
from model.training.curve import Curve
from model.training.run import TrainingRun
from tests.benchmarks.bare_terminal import BareTerminal
from tui.cli.main import main as command
from tui.rendering.loss_panel import loss_lines
from tui.session.training_controls import TrainingControls
from tui.text.glyphs import UNICODE

FLAT, LINEAR = 0.1, 1.1
"""Slopes up to which growth counts as none, and as linear."""

NETWORK_ON_SCREEN = """
import sys
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from tui.app.app import RoommateApp
from tui.app.run import run_screen
config = TrainingConfig(hidden=int(sys.argv[1]))
run_screen(RoommateApp(Simulation(Situation(lesson=4)), config=config), [], None)
"""

QUIET = 0.15
"""Seconds without a byte after which a key is answered."""


@dataclass(frozen=True)
class Growth:
    """What was measured of one thing.

    Attributes:
        what: What grows.
        over: With what.
        found: The seconds, or bytes, by the size.
        most: The slope that it may have at the end; None: nothing is asked of it.
        bytes: Whether these are bytes.
    """

    what: str
    over: str
    found: Mapping[int, float]
    most: float | None = None
    bytes: bool = False

    @property
    def overall(self) -> float:
        """The slope of the line through all sizes."""
        sizes, values = (np.log([*numbers]) for numbers in (self.found, self.found.values()))
        return float(np.polyfit(sizes, values, 1)[0])

    @property
    def at_the_end(self) -> float:
        """The slope from the last but one to the last."""
        (size, value), (larger, more) = [*self.found.items()][-2:]
        return math.log(more / value) / math.log(larger / size)

    @property
    def cells(self) -> list[str]:
        """A row of the table."""
        first, *_between, last = self.found.items()
        goal = ""
        if self.most is not None:
            goal = f"≤ {self.most:g}, {'reached' if min(self.overall, self.at_the_end) <= self.most else 'missed'}"
        ends = [f"{size:,}: {self._shown(value)}" for size, value in (first, last)]
        return [self.what, self.over, *ends, f"{self.overall:.2f}", f"{self.at_the_end:.2f}", goal]

    def _shown(self, value: float) -> str:
        if self.bytes:
            return f"{value / 1024:,.0f} KB" if value < 2**20 else f"{value / 2**20:,.1f} MB"
        return f"{1e6 * value:,.0f} µs" if value < 0.01 else f"{1e3 * value:,.0f} ms"


def seconds(work: Callable[[], object], at_least: float = 0.1) -> float:
    """The processor's time of some work: the least of several, each repeated until it can be told."""
    count = 1
    while True:
        took = []
        for _turn in range(3):
            begin = time.process_time()
            for _repeat in range(count):
                work()
            took.append(time.process_time() - begin)
        if min(took) >= at_least:
            return min(took) / count
        count *= 2 if min(took) > at_least / 8 else 8


def rule_of(dishes: int) -> Roommate:
    """A roommate of so many dishes."""
    rng = np.random.default_rng(0)
    names = tuple(f"d{index}" for index in range(dishes))
    return Roommate(
        "large", names, ("a", "b"), tuple(map(tuple, rng.integers(dishes, size=(2, dishes)).tolist())), ("w",) * 2
    )


def an_update(**settings: int) -> float:
    """Seconds of an update."""
    dishes = settings.pop("dishes", 0)
    config = replace(TrainingConfig(stop="updates", updates=1_000_000), **settings)  # type: ignore[arg-type]
    run = TrainingRun(rule_of(dishes) if dishes else PERFECT_ROOMMATE, config)
    run.advance()
    return seconds(run.advance)


def updates(*, quick: bool) -> Iterator[Growth]:
    """Time an update."""
    sizes = {
        "weeks": (1, 8, 32, 128, 512, 2048),
        "days": (1, 6, 30, 120, 365),
        "dishes": (2, 8, 16, 32, 64),
        "hidden": (8, 32, 128, 512, 1024),
    }
    for name, several in sizes.items():
        some = several[:3] if quick else several
        yield Growth("an update", name, {size: an_update(**{name: size}) for size in some})


def chart(*, quick: bool) -> Growth:
    """Time to draw the panel of the loss, 100×16, over the updates that it shows."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(stop="updates", updates=1_000_000))
    run.advance(100)
    moment, found = run.moment(), {}
    for size in [10**power for power in range(2, 5 if quick else 8)]:
        losses = Curve()
        losses.extend(np.random.default_rng(0).uniform(0.01, 1.0, size=size))
        long = replace(moment, losses=losses.view(), update=size - 1, latest=size - 1)
        found[size] = seconds(partial(loss_lines, long, TrainingControls(), UNICODE, 100, 16))
    return Growth("drawing the chart", "updates made", found, FLAT)


def runs(*, quick: bool) -> Iterator[Growth]:
    """Time to go back to an update of a run, and the memory that the run has, over the updates that it has made."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(weeks=1, stop="updates", updates=1_000_000))
    rng, travel, memory, moments = random.Random(0), dict[int, float](), dict[int, float](), dict[int, float]()
    for size in [10**power for power in range(2, 5 if quick else 7)]:
        run.advance(size - run.update)
        places = [rng.randrange(size) for _place in range(40)]
        took = []
        for place in places:
            begin = time.process_time()
            run.moment(place)
            took.append(time.process_time() - begin)
        travel[size] = statistics.mean(took)
        memory[size] = sum(run.kept.values())
        moments[size] = seconds(run.moment)
    yield Growth("going to an update, on average", "updates made", travel, FLAT)
    yield Growth("what the screen is told of a run", "updates made", moments, FLAT)
    yield Growth("memory of a run (the longest has a million updates)", "updates made", memory, bytes=True)


def cooking(*, quick: bool) -> Iterator[Table | Growth]:
    """Time of ``cook``, from the words to the lines, beside products alone."""
    rng, found, products = random.Random(0), dict[str, dict[int, float]](), dict[int, float]()
    start = seconds(lambda: cooked("both", "sunny"))
    for size in [10**power for power in range(2, 4 if quick else 6)]:
        week = ",".join(rng.choice(PERFECT_ROOMMATE.weathers) for _day in range(size))
        for network in ("both", "elman"):
            took = seconds(partial(cooked, network, week)) - start
            found.setdefault(network, {})[size] = max(took, 1e-9)
        products[size] = seconds(partial(only_products, size))
    for network, times in found.items():
        yield Growth(f"cook --network {network}", "days", times, LINEAR)
    table = Table("days", "products µs a day", "cook µs a day", "part of the speed", "--network elman", "part")
    table.title = "cook beside numpy doing nothing but its products"
    table.caption = (
        "The products: Food · d, Weather · w and Merge · a for each day, into arrays that are there. Goal: 50%."
    )
    for size, alone in products.items():
        cells = [f"{size:,}", f"{1e6 * alone / size:.2f}"]
        for network in ("both", "elman"):
            took = found[network][size]
            cells += [f"{1e6 * took / size:.2f}", f"{alone / took:.0%}"]
        table.add_row(*cells)
    yield table


def cooked(network: str, week: str) -> None:
    """Cook a week as the command does, and let go of what it prints."""
    with contextlib.redirect_stdout(io.StringIO()):
        assert command(["cook", "--plain", "--network", network, "--weather", week]) == 0


def only_products(days: int) -> None:
    """The products of so many days of the lecture's network."""
    food, weather, merge = np.ones((6, 3)), np.ones((6, 2)), np.ones((3, 6))
    dish, sky, first, second, answer = (np.ones((size, 1)) for size in (3, 2, 6, 6, 3))
    for _day in range(days):
        food.dot(dish, first)
        weather.dot(sky, second)
        merge.dot(first, answer)


def a_key(words: Sequence[str], keys: int) -> float:
    """Seconds of the processor that a key of the walk takes."""
    still = {"TEXTUAL_ANIMATIONS": "none"}
    with BareTerminal(size=(120, 40), python=words, environ=still) as terminal:
        terminal.wait_until_begun()
        for _first in range(3):
            terminal.answer("right", QUIET)
        return statistics.median(terminal.answer("right", QUIET).cpu for _key in range(keys))


def on_screen(*, quick: bool) -> Iterator[Growth]:
    """A key on the screen over the days of the week, and over the hidden units."""
    rng, days, units = random.Random(0), dict[int, float](), dict[int, float]()
    keys = 5 if quick else 15
    for size in (6, 1000) if quick else (6, 100, 1000, 10_000, 100_000):
        week = "".join(rng.choice("sr") for _day in range(size))
        days[size] = a_key(("-m", "tui", "--no-state", "--lesson", "3", "--weather", week), keys)
    yield Growth("a key of the walk, 120×40", "days of the week", days, FLAT)
    for size in (6, 64) if quick else (6, 64, 256, 1024):
        units[size] = a_key(("-c", NETWORK_ON_SCREEN, str(size)), keys)
    yield Growth("a key of the walk, 120×40", "hidden units", units, FLAT)


def tables(*, quick: bool) -> Iterator[Table]:
    """One table of slopes, and one of ``cook``."""
    table = Table(
        "what",
        "over",
        "first",
        "last",
        "slope overall",
        "at the end",
        "goal",
        title="Growth, as slopes of logarithms",
    )
    table.caption = "1: linear; 0: flat. A goal is reached where one of the slopes is."
    later = []
    every = (
        updates(quick=quick),
        [chart(quick=quick)],
        runs(quick=quick),
        cooking(quick=quick),
        on_screen(quick=quick),
    )
    for kind in every:
        for growth in kind:
            if isinstance(growth, Growth):
                table.add_row(*growth.cells)
            else:
                later.append(growth)
    yield table
    yield from later


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    for table in tables(quick=parser.parse_args().quick):
        Console().print(table)


if __name__ == "__main__":
    main()
