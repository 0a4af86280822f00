"""Sweeps: trainings a second over workers and over seeds, what a piece of work costs, and a whole map.

    python tests/benchmarks/sweep.py [--quick] [--map UPDATES]

All executors train the same cells; their outcomes are compared first. ``--map`` times the map of 24 × 24 cells of 100
seeds alone, with so many updates at the most, on all cores, as a person would: what never learns takes all of them.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import pickle
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from rich.console import Console
from rich.table import Table

from model.analysis.outcomes import Outcome
from model.roommate.roommate import PERFECT_ROOMMATE
from model.sweep.axes import parse_axes
from model.sweep.executor import Executor, InThisProcess
from model.sweep.grid import DAYS_ON_ITS_OWN, Grid
from model.sweep.outcomes import Outcomes
from model.sweep.processes import Processes, cores
from model.sweep.running import run_sweep
from model.sweep.store import SweepStore
from model.sweep.sweep_map import SweepMap
from model.sweep.work import works_of
from tui.cluster.dask_executor import LOCAL, DaskExecutor

MAP = ("learning-rate=0.001:3:log:24", "scale=0.01:3:log:24")

FAST = {"updates": 200, "hold": 20}


def say(sentence: str) -> None:
    """What happens to workers, beside the tables."""
    print(sentence, file=sys.stderr)


def tables(*, quick: bool) -> Iterator[Table]:
    """Workers, seeds, pieces, and unless it is to be quick a whole map."""
    yield over_workers(16 if quick else 1024)
    yield over_seeds((32, 128) if quick else (128, 512, 2048))
    yield of_pieces(20 if quick else 400)
    if not quick:
        yield of_a_map(1000)


def _executors(stack: contextlib.ExitStack) -> Iterator[tuple[str, Executor]]:
    """Who does the same work, by name; a cluster is there when its turn comes."""
    yield "this process", InThisProcess()
    for workers in (1, 2):
        yield f"processes: {workers}", Processes(workers, say)
    if importlib.util.find_spec("distributed") is not None:
        for workers in (1, 2):
            yield f"Dask, local: {workers}", stack.enter_context(DaskExecutor(LOCAL, workers, say))


def over_workers(seeds: int) -> Table:
    """How many trainings a second, by who does them."""
    grid = Grid.of(PERFECT_ROOMMATE, FAST, parse_axes(["scale=0.2,0.5", "learning-rate=0.03,0.1"]), range(seeds))
    table = Table(
        "who", "first result after", "trainings a second from there", "over this process", title="Sweep: workers"
    )
    first_rate, wanted = 0.0, None
    with contextlib.ExitStack() as stack:
        for name, executor in _executors(stack):
            begin, moments = time.perf_counter(), run_sweep(grid, executor, say=say)
            next(moments)  # what is kept: nothing
            first = next(moments)
            begun = time.perf_counter()
            moment = first
            for moment in moments:  # noqa: B007 - the last of them
                pass
            rate = (moment.progress.done - first.progress.done) / (time.perf_counter() - begun)
            rows = [list(outcomes) for outcomes in moment.outcomes]
            assert wanted in {None, repr(rows)}, f"{name} has other outcomes"
            wanted, first_rate = repr(rows), first_rate or rate
            table.add_row(name, f"{begun - begin:.1f} s", f"{rate:.0f}", f"{rate / first_rate:.2f}")
    table.caption = (
        f"{grid.trainings} trainings in four cells. Processes and a local cluster start in the time to their first."
    )
    return table


def over_seeds(counts: tuple[int, ...]) -> Table:
    """The cost of a training by how many there are: it is linear where this is the same."""
    table = Table("seeds", "CPU seconds", "ms a training", title="Sweep: seeds of one cell, one process")
    for count in counts:
        grid = Grid.of(PERFECT_ROOMMATE, FAST, [], range(count))
        begin = time.process_time()
        for _moment in run_sweep(grid, InThisProcess(), say=say):
            pass
        took = time.process_time() - begin
        table.add_row(f"{count:,}", f"{took:.2f}", f"{1000 * took / count:.2f}")
    return table


def of_pieces(count: int) -> Table:
    """What a piece of work costs beside its trainings: bytes on the way, and time to send and to keep it."""
    table = Table("a piece of 100 seeds", "", title="Sweep: what a piece costs beside its trainings")
    grid = Grid.of(PERFECT_ROOMMATE, {}, parse_axes(MAP), range(100))
    work = next(works_of(SweepMap.empty(grid), 2))
    outcomes = Outcomes.of(Outcome(seed, 80, 130, 0.02, "learned") for seed in range(100))
    table.add_row("bytes there", f"{len(pickle.dumps(work)):,}")
    table.add_row("bytes back", f"{len(pickle.dumps(outcomes)):,}")
    with tempfile.TemporaryDirectory() as folder:
        store, cells = SweepStore(Path(folder)), grid.cells[:count]
        begin, cpu = time.perf_counter(), time.process_time()
        for cell in cells:
            store.add(grid, cell, outcomes)
        each, cpu_each = (time.perf_counter() - begin) / count, (time.process_time() - cpu) / count
        table.add_row("bytes kept", f"{next(Path(folder).rglob('*.npz')).stat().st_size:,}")
    table.add_row("to keep it", f"{1000 * each:.1f} ms, of which CPU {1000 * cpu_each:.1f} ms")
    if importlib.util.find_spec("distributed") is not None:
        values = f"scale=0.01:3:log:{count}"
        nothing = Grid.of(PERFECT_ROOMMATE, {"updates": 1, "weeks": 1}, parse_axes([values]), range(1))
        with DaskExecutor(LOCAL, 1, say) as cluster:  # its scheduler is a thread of this process
            cpu = time.process_time()
            for _moment in run_sweep(nothing, cluster, say=say):
                pass
            table.add_row("Dask: scheduler and sender", f"{1000 * (time.process_time() - cpu) / count:.1f} ms CPU")
    return table


def of_a_map(updates: int) -> Table:
    """How long a whole map takes on all cores."""
    table = Table("map", "workers", "minutes", "trainings a second", "learned", title="Sweep: a whole map")
    grid = Grid.of(PERFECT_ROOMMATE, {"updates": updates}, parse_axes(MAP), range(100))
    begin = time.perf_counter()
    for moment in run_sweep(grid, Processes(cores(), say), say=say):  # noqa: B007 - the last of them
        pass
    took = time.perf_counter() - begin
    learned = sum(moment.statistics(cell).learned.count for cell in grid.cells)
    table.add_row(
        f"24 × 24 cells of 100 seeds, {updates:,} updates",
        str(cores()),
        f"{took / 60:.1f}",
        f"{grid.trainings / took:.0f}",
        f"{learned / grid.trainings:.1%}",
    )
    table.caption = f"Of what learned each is followed for {DAYS_ON_ITS_OWN:,} days on its own output."
    return table


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="measure less")
    parser.add_argument("--map", type=int, metavar="UPDATES", help="the map alone, with so many updates at the most")
    options = parser.parse_args()
    console = Console()
    for table in [of_a_map(options.map)] if options.map else tables(quick=options.quick):
        console.print(table)


if __name__ == "__main__":
    main()
