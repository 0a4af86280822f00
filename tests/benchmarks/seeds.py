"""Many trainings at once: updates of all seeds a second beside others, and what whole trainings take.

    python tests/benchmarks/seeds.py [--seconds N] [--rounds N] [--cpu] [--peers PEER ...]

All update the lecture's network with soft feedback and Adam in float64 on one thread, each seed from weights and one
batch of its own, again and again; first they are checked to come to the same weights. Whole trainings, which draw
their weeks and are judged after every update, are checked to come to the same decisions as one run after the other.
"""

from __future__ import annotations

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[2])

from tests.benchmarks.report import use_one_thread

use_one_thread()

import numpy as np
from rich.console import Console
from rich.table import Table

from model.arrays import Array
from model.network.batch import Batch
from model.roommate.roommate import PERFECT_ROOMMATE
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from model.training.seed_batch import TrainedSeed, lanes_for, train_in_lanes
from model.training.seed_updates import SeedUpdates
from tests.benchmarks.peers.many_seeds import (
    JaxVmapLoop,
    JaxVmapSteps,
    SeedWork,
    TorchVmap,
    TorchVmapCompiled,
)
from tests.benchmarks.peers.work import Peer
from tests.benchmarks.report import Absent, Rates, in_turns

PEERS: tuple[type[TorchVmap | JaxVmapSteps | JaxVmapLoop], ...] = (
    TorchVmap,
    TorchVmapCompiled,
    JaxVmapSteps,
    JaxVmapLoop,
)

SHAPES = ((256, 1), (1024, 1), (256, 32), (1024, 32))
"""Seeds and weeks of each row."""

OURS, ONE = "side by side", "one by one"

AGREE_OVER = 30
"""Updates after which all must have come to the same weights."""

DECIDED = 300
"""Trainings whose decisions are compared with those of runs."""


class Ours:
    """Updates alone, as the others make them: from the same batch again and again."""

    def __init__(self, work: SeedWork) -> None:
        lanes = lanes_for(work.roommate, work.config, work.seeds)
        flat = np.hstack([matrix.reshape(work.seeds, -1) for matrix in work.weights.values()])
        self.parts: list[tuple[SeedUpdates, Batch]] = []
        for begin in range(0, work.seeds, lanes):
            some = slice(begin, begin + lanes)
            updates = SeedUpdates(work.roommate, work.config, lanes)
            updates.flat[:] = flat[some].T
            arrays = (np.moveaxis(array[some], 0, -2) for array in (work.weather, work.start, work.target))
            batch = Batch(*(np.ascontiguousarray(updates.products.columns(array)) for array in arrays))
            self.parts.append((updates, batch))

    def run(self, count: int) -> None:
        """Make so many updates of every seed."""
        with np.errstate(all="ignore"):
            for updates, batch in self.parts:
                for _update in range(count):
                    updates.evaluate(batch)
                    updates.update()

    @property
    def weights(self) -> Array:
        """(seeds, size)."""
        return np.vstack([updates.flat.T for updates, _batch in self.parts])


def one_by_one(work: SeedWork) -> Callable[[int], object]:
    """Runs of so many updates, one after the other; of some of the seeds, for each takes the same."""
    runs = [TrainingRun(work.roommate, replace(work.config, seed=seed)) for seed in range(4)]

    def run(count: int) -> None:
        for training in runs:
            training.advance(count)

    return run


def check(work: SeedWork, peers: Iterable[Peer]) -> None:
    """Check that all come to the same weights.

    Raises:
        AssertionError: Somebody does not.
    """
    ours = Ours(work)
    ours.run(AGREE_OVER)
    for peer in peers:
        peer.run(AGREE_OVER)
        assert np.allclose(peer.weights, ours.weights, rtol=1e-6, atol=1e-9), f"{peer.name} comes to other weights"


def speed(
    peers: Iterable[type[TorchVmap | JaxVmapSteps | JaxVmapLoop]],
    *,
    rounds: int,
    seconds: float,
    clock: Callable[[], float],
    shapes: Iterable[tuple[int, int]] = SHAPES,
) -> Iterator[Table]:
    """Updates of all seeds together a second, and ours as a multiple of each other's."""
    names = [peer.name for peer in peers]
    rates_table = Table("seed-updates a second", OURS, ONE, *names, title="Many trainings at once")
    ratios = Table("side by side is so many times as fast as", ONE, *names, title="Many trainings at once, ratios")
    missing: dict[str, str] = {}
    for seeds, weeks in shapes:
        work, here = SeedWork.of_seeds(seeds, weeks=weeks), list[Peer]()
        for kind in peers:
            try:
                here.append(kind(work))
            except Absent as absent:
                missing[kind.name] = str(absent)
        check(work, here)
        works = {OURS: Ours(work).run, ONE: one_by_one(work)}
        works |= {peer.name: peer.run for peer in here}
        found = in_turns(works, rounds=rounds, seconds=seconds, clock=clock)
        made = {name: 4 if name == ONE else seeds for name in found}
        rates = {name: Rates(tuple(made[name] * rate for rate in each.rounds)) for name, each in found.items()}
        row = f"{seeds:,} seeds, {weeks} week{'s' if weeks > 1 else ''}"
        columns = (OURS, ONE, *names)
        rates_table.add_row(row, *(str(rates[one]) if one in rates else "–" for one in columns))
        ratios.add_row(row, *(f"{rates[OURS].over(rates[one]):.2f}" if one in rates else "–" for one in columns[1:]))
    rates_table.caption = (
        "One by one weeks are drawn and updates judged; the others only update, and come to the same weights."
    )
    rates_table.caption += "".join(f" {name}: {why}." for name, why in missing.items())
    yield rates_table
    yield ratios


def decision(trained: TrainedSeed) -> tuple[int | None, int, str]:
    """What a training has come to."""
    return trained.learned_at, trained.updates, trained.ended


def whole_trainings(*, quick: bool, clock: Callable[[], float]) -> Iterator[Table]:
    """What trainings until the rule is learned take: time and memory by the number of seeds."""
    table = Table(
        "until the rule is learned",
        "ms a seed",
        "ms a seed, one by one",
        "updates a second",
        "most memory, MB",
        title="Whole trainings",
    )
    for weeks in (1, 32):
        config = TrainingConfig(weeks=weeks)
        decided = range(12 if quick else DECIDED)
        begin, runs = clock(), dict[int, tuple[int | None, int, str]]()
        for seed in decided:
            run = TrainingRun(PERFECT_ROOMMATE, replace(config, seed=seed))
            while not run.finished:
                run.advance()
            moment = run.moment()
            runs[seed] = moment.learned_at, moment.update, "learned" if run.learned else "updates"
        alone = (clock() - begin) / len(decided)
        for trained in train_in_lanes(PERFECT_ROOMMATE, config, decided):
            assert decision(trained) == runs[trained.config.seed], trained.config.seed
        for seeds in (64, 128) if quick else (256, 512, 1024, 2048):
            begin = clock()
            made = sum(trained.updates for trained in train_in_lanes(PERFECT_ROOMMATE, config, range(seeds)))
            took = (clock() - begin) / seeds
            tracemalloc.start()
            for _trained in train_in_lanes(PERFECT_ROOMMATE, replace(config, updates=20), range(seeds)):
                pass
            most = tracemalloc.get_traced_memory()[1] / 1e6
            tracemalloc.stop()
            row = f"{seeds:,} seeds, {weeks} week{'s' if weeks > 1 else ''}"
            table.add_row(
                row, f"{took * 1e3:.2f}", f"{alone * 1e3:.2f}", f"{made / took / seeds:,.0f}", f"{most:.1f}"
            )
    table.caption = f"The decisions of the first {len(decided)} are those of their runs, update by update."
    yield table


def tables(
    *,
    quick: bool = False,
    peers: Iterable[type[TorchVmap | JaxVmapSteps | JaxVmapLoop]] = PEERS,
    rounds: int = 7,
    seconds: float = 0.3,
    clock: Callable[[], float] = time.perf_counter,
    shapes: Iterable[tuple[int, int]] = SHAPES,
) -> Iterator[Table]:
    """All that is measured here."""
    if quick:
        rounds, seconds = 3, 0.05
    yield from speed(list(peers), rounds=rounds, seconds=seconds, clock=clock, shapes=shapes)
    yield from whole_trainings(quick=quick, clock=clock)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    by_name = {peer.name: peer for peer in PEERS}
    parser.add_argument(
        "--peers", nargs="*", choices=by_name, default=by_name, metavar="PEER", help="; ".join(by_name)
    )
    parser.add_argument("--seconds", type=float, default=0.3, help="of a turn")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="measure less: to see that all of it runs")
    parser.add_argument("--cpu", action="store_true", help="time of the processor, on a machine that others use, too")
    options = parser.parse_args()
    for table in tables(
        quick=options.quick,
        peers=[by_name[name] for name in options.peers],
        rounds=options.rounds,
        seconds=options.seconds,
        clock=time.process_time if options.cpu else time.perf_counter,
    ):
        Console().print(table)


if __name__ == "__main__":
    main()
