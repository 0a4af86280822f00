"""Updates a second of the trainer as shipped, beside others that do only the updates.

    python tests/benchmarks/updates.py [--works WORK ...] [--peers PEER ...] [--seconds N] [--rounds N] [--cpu]

All make full updates (forward, backpropagation through time, Adam) with soft feedback in float64 on one thread. The
trainer draws its batches, judges the rule and keeps its history as well; the others train on one batch again and
again. First they are checked to find the same loss and gradient, and to come to the same weights.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[2])

from tests.benchmarks.report import use_one_thread

use_one_thread()

import numpy as np
from rich.console import Console
from rich.table import Table

from model.network.batch import Batch
from model.training.run import TrainingRun
from model.training.trainer import Trainer
from tests.benchmarks.peers.careful import CarefulNumpy
from tests.benchmarks.peers.in_c import PlainC
from tests.benchmarks.peers.in_jax import JaxLoop, JaxSteps
from tests.benchmarks.peers.in_numba import Compiled
from tests.benchmarks.peers.in_torch import TorchCompiled, TorchEager
from tests.benchmarks.peers.work import WORKS, Peer, Work
from tests.benchmarks.report import Absent, in_turns

PEERS: tuple[type[Peer], ...] = (TorchEager, TorchCompiled, JaxSteps, JaxLoop, CarefulNumpy, PlainC, Compiled)

OURS = "the trainer"

AGREE_OVER = 30
"""Updates after which all must have come to the same weights."""


class Ours:
    """The trainer as shipped."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._run = TrainingRun(work.roommate, work.config)

    def run(self, updates: int) -> None:
        """Make so many updates; a run that nears its end is begun again."""
        if self._run.update + updates > self._work.config.updates:
            self._run = TrainingRun(self._work.roommate, self._work.config)
        self._run.advance(updates)


def check(work: Work, peers: Iterable[Peer]) -> None:
    """Check that all find the trainer's loss and gradient, and come to its weights.

    Raises:
        AssertionError: Somebody does not.
    """
    trainer, batch = Trainer(work.roommate, work.config), Batch(work.weather, work.start, work.target)
    trainer.aim_at(batch)
    loss, gradient = trainer.loss, trainer.gradient
    for _update in range(AGREE_OVER):
        trainer.step()
        trainer.aim_at(batch)
    for peer in peers:
        its_loss, its_gradient = peer.gradient()
        np.testing.assert_allclose(its_loss, loss, rtol=1e-9, err_msg=peer.name)
        np.testing.assert_allclose(its_gradient, gradient, rtol=1e-9, atol=1e-12, err_msg=peer.name)
        peer.run(AGREE_OVER)
        # Adam divides by the root of what can be tiny: so much becomes of the last digits of a gradient.
        np.testing.assert_allclose(peer.weights, trainer.weights, rtol=1e-5, atol=1e-5, err_msg=peer.name)
        np.testing.assert_allclose(peer.gradient()[0], trainer.loss, rtol=1e-6, err_msg=peer.name)


def tables(
    *,
    quick: bool = False,
    works: Iterable[str] = WORKS,
    peers: Iterable[type[Peer]] = PEERS,
    rounds: int = 9,
    seconds: float = 0.2,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[Table]:
    """Updates a second, and the trainer's as a multiple of each other's."""
    if quick:
        rounds, seconds = 3, 0.05
    peers = list(peers)
    names = [peer.name for peer in peers]
    rates_table = Table("updates a second", OURS, *names, title="One training")
    ratios = Table("the trainer is so many times as fast as", *names, title="One training, ratios")
    missing: dict[str, str] = {}
    for name in works:
        roommate, settings = WORKS[name]
        work, here = Work.of(roommate, **settings), []
        for kind in peers:
            try:
                here.append(kind(work))
            except Absent as absent:
                missing[kind.name] = str(absent)
        check(work, here)
        rates = in_turns(
            {OURS: Ours(work).run, **{peer.name: peer.run for peer in here}},
            rounds=rounds,
            seconds=seconds,
            clock=clock,
        )
        rates_table.add_row(name, *(str(rates[one]) if one in rates else "–" for one in (OURS, *names)))
        ratios.add_row(name, *(f"{rates[OURS].over(rates[one]):.2f}" if one in rates else "–" for one in names))
    rates_table.caption = "±: half of the distance between the quartiles. All come to the same weights."
    rates_table.caption += "".join(f" {name}: {why}." for name, why in missing.items())
    yield rates_table
    yield ratios


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--works", nargs="+", choices=WORKS, default=WORKS, metavar="WORK", help="; ".join(WORKS))
    by_name = {peer.name: peer for peer in PEERS}
    parser.add_argument(
        "--peers", nargs="*", choices=by_name, default=by_name, metavar="PEER", help="; ".join(by_name)
    )
    parser.add_argument("--seconds", type=float, default=0.2, help="of a turn")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--cpu", action="store_true", help="time of the processor, on a machine that others use, too")
    options = parser.parse_args()
    for table in tables(
        works=options.works,
        peers=[by_name[name] for name in options.peers],
        rounds=options.rounds,
        seconds=options.seconds,
        clock=time.process_time if options.cpu else time.perf_counter,
    ):
        Console().print(table)


if __name__ == "__main__":
    main()
