"""What the way back costs beside the way forwards: a change of a weight, and a key.

    python tests/benchmarks/backward.py [--repeat N]

"a change" is all that follows from an edited weight: forwards, the one pass over the week; backwards, the passes of
the week in both directions, how far an error reaches, and the update. "a key" is the next step: its value, and the
panels drawn from it at 120×40. Medians, and the ratio to the lecture's week forwards in the same run.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rich.console import Console
from rich.table import Table

from model.network.activations import TANH
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from tui.rendering.narration import narration
from tui.rendering.pipeline import pipeline
from tui.rendering.product_panel import product_lines
from tui.rendering.week_chain import week_chain
from tui.text.glyphs import UNICODE


def milliseconds(work: Callable[[], object], repeat: int) -> float:
    """The median time of some work."""
    took = []
    for _ in range(repeat):
        begin = time.perf_counter()
        work()
        took.append(time.perf_counter() - begin)
    return 1000 * statistics.median(took)


def situation_of(days: int) -> Situation:
    """A week of so many days, with a non-linearity that has a derivative."""
    situation = Situation(week=(0, 1) * (days // 2) + (0,) * (days % 2))
    return situation.with_custom_network(situation.network.with_activation(TANH))


def draw(simulation: Simulation) -> None:
    """The panels that a step changes."""
    product_lines(simulation, UNICODE, 74, 27)
    week_chain(simulation, UNICODE, 116, apart=True)
    pipeline(simulation, UNICODE, 120, 3)
    narration(simulation, UNICODE)


def tables(*, quick: bool = False, repeat: int = 30) -> Iterator[Table]:
    """A row a length of week and a direction."""
    repeat = 3 if quick else repeat
    table = Table("days", "way", "a change ms", "÷ first", "a key ms", "÷ first", title="The walk in both directions")
    first: list[float] = []
    for days in (6, 30, 365):
        for backward in (False, True):

            def change(days: int = days, backward: bool = backward) -> object:
                situation = situation_of(days)
                return situation.week_update if backward else situation.run

            walk = [Simulation(situation_of(days)).turn() if backward else Simulation(situation_of(days))]

            def key(walk: list[Simulation] = walk) -> None:
                walk[0] = walk[0].next_step()
                draw(walk[0])

            key()
            times = milliseconds(change, repeat), milliseconds(key, repeat)
            first = first or list(times)
            (changing, start), (pressing, usual) = zip(times, first, strict=True)
            cells = f"{changing:.2f}", f"{changing / start:.1f}", f"{pressing:.2f}", f"{pressing / usual:.1f}"
            table.add_row(str(days), "back" if backward else "forwards", *cells)
    yield table


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=30)
    for table in tables(repeat=parser.parse_args().repeat):
        Console().print(table)


if __name__ == "__main__":
    main()
