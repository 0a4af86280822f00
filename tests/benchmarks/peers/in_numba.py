"""The compiled engine, as shipped: it judges the rule and keeps the history as the trainer does."""

from __future__ import annotations

import numpy as np

from model.arrays import Array, Indices
from model.engine.engine import Engine
from model.network.batch import Batch
from model.training.run import TrainingRun
from tests.benchmarks.peers.work import Peer, Work, module
from tests.benchmarks.report import Absent
from tui.cli.engines import MOST_WEIGHTS, code_folder


class _OneBatch:
    """The same weeks for every update."""

    def __init__(self, work: Work) -> None:
        self._indices = Batch(work.weather, work.start, work.target).indices

    def indices(self, _update: int, count: int) -> tuple[Indices, Indices, Indices]:
        """As `Batches.indices`."""
        weather, start, dish = (np.repeat(array[None], count, axis=0) for array in self._indices)
        return weather, start, dish


class Compiled(Peer):
    """Our engine for long runs."""

    name = "our engine, numba"

    def __init__(self, work: Work) -> None:
        module("numba")
        if work.flat.size > MOST_WEIGHTS:
            raise Absent("networks as large as this are left to numpy")
        self._work = work
        self._begin()

    def _begin(self) -> None:
        self._run = TrainingRun(self._work.roommate, self._work.config)
        self._engine = Engine(self._run, code_folder(), batches=_OneBatch(self._work))

    def gradient(self) -> tuple[float, Array]:
        return self._run.loss, self._engine.gradient

    def run(self, updates: int) -> None:
        if self._run.update + updates > self._work.config.updates:
            self._begin()
        until = self._run.update + updates
        while self._run.update < until:
            self._engine.advance(until - self._run.update)

    @property
    def weights(self) -> Array:
        return self._run.trainer.weights
