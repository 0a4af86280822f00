"""The compiled engine: makes updates of a run in blocks, and lets the run note them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from model.arrays import Array, Indices
from model.engine.compilation import compiled, is_kept, need_numba
from model.engine.emission import LANES
from model.engine.source import source_of
from model.network.batch import Batch
from model.network.schedule import Feedback
from model.training.batches import BLOCK, Batches
from model.training.block import UpdateBlock
from model.training.run import EXAM_EVERY, TrainingRun
from model.training.setting_bounds import MAX_UPDATES
from model.training.trainer import not_finite

MOST_COLUMNS = 32
"""The most weeks that are gone through at once: their numbers stay in the fastest memory."""

MOST_NUMBERS = 2**21
"""About so many numbers a block may have, of weights or of weeks."""


class Weeks(Protocol):
    """What the weeks of updates come from."""

    def indices(self, update: int, count: int, /) -> tuple[Indices, Indices, Indices]:
        """As `Batches.indices`."""
        ...


class Engine:
    """Makes updates of one run by compiled code.

    The numbers are those of the trainer up to rounding, which is other than numpy's: see `TrainingRun.take_over`.

    Args:
        run: The run; its settings stay as they are.
        folder: Where machine code is kept; None: nowhere.
        waiting: Called before something is compiled that is not kept yet, which takes a while.
        compile_text: What makes a function of a source text.
        batches: Where the weeks come from; by default those that the settings draw.

    Raises:
        InputError: numba is not there.
        NotUnderstood: A rule of the network does what cannot be compiled.
    """

    def __init__(
        self,
        run: TrainingRun,
        folder: Path | None,
        waiting: Callable[[], None] = lambda: None,
        compile_text: Callable[..., Callable[..., tuple[int, bool]]] | None = None,
        batches: Weeks | None = None,
    ) -> None:
        if compile_text is None:
            need_numba()
        self._run, config, network = run, run.config, run.trainer.network
        trained, alone = Feedback(config.feedback), replace(network, trained_with=Feedback(config.feedback))
        feedbacks = network.feedback(trained), network.feedback(alone.own_feedback)
        self._columns = LANES if config.weeks <= LANES else MOST_COLUMNS
        source = source_of(
            config.cell,
            run.trainer.sizes,
            network.activation,
            feedbacks,
            optimizer=config.optimizer,
            columns=self._columns,
        )
        self._batches: Weeks = batches or Batches(run.roommate, config, run.diary)
        size = run.trainer.size
        self._most = max(1, min(BLOCK, MOST_NUMBERS // (3 * size), MOST_NUMBERS // (config.weeks * config.days)))
        frozen = np.zeros(size, dtype=bool)
        for name in config.frozen:
            frozen[network.parameters.span(name)] = True
        self._settings = float(config.learning_rate), float(config.clip), frozen, config.loss_days == "last"
        cases, exam = run.trainer.judged_by
        self._cases = self._weeks(cases.batch), self._padded(cases.case), cases.known.ravel().copy()
        weeks, counted = self._cases[0], np.ones(cases.case.shape, dtype=bool)
        if exam is None:
            self._exam = (*weeks[:3], 0), self._padded(counted)
        else:
            self._exam = self._weeks(exam.batch), self._padded(exam.counted)
        longest = max(config.days, len(weeks[0]), len(self._exam[0][0]))
        numbers = source.day * (longest + 1)
        self._room = np.zeros(numbers), np.zeros(size)
        self._block = UpdateBlock(
            np.zeros(self._most),
            np.zeros(self._most),
            np.zeros(self._most),
            np.zeros(self._most, dtype=np.intp),
            np.zeros((self._most, cases.known.size), dtype=bool),
            np.zeros(self._most, dtype=bool),
            np.zeros((self._most, 3, size)),
            0,
        )
        self._update = -1
        if compile_text is not None:
            self._train = compile_text(source.text)
        else:
            if not is_kept(source.text, folder):
                waiting()
            self._train = compiled(source.text, folder, self.arguments(1, 1, stop_at_failure=False))

    def _padded(self, array: Any) -> Any:
        """An array whose last axis is weeks, with the last of them again up to a multiple of the columns."""
        more = -array.shape[-1] % self._columns
        return np.ascontiguousarray(np.concatenate([array, np.repeat(array[..., -1:], more, axis=-1)], axis=-1))

    def _weeks(self, batch: Batch) -> tuple[Indices, Indices, Indices, int]:
        weather, start, dish = map(self._padded, batch.indices)
        return weather, start, dish, batch.start.shape[1]

    @property
    def gradient(self) -> Array:
        """A copy of the gradient that the next update will use."""
        return self._state[3].copy() if self._update == self._run.update else self._run.trainer.gradient

    def arguments(self, count: int, exam_every: int, *, stop_at_failure: bool) -> tuple[Any, ...]:
        """What the compiled function is called with."""
        config, update = self._run.config, self._run.update
        if self._update != update:
            trainer = self._run.trainer
            memory = trainer.memory
            self._state: tuple[Array, ...] = (
                trainer.weights,
                memory.first.copy(),
                memory.second.copy(),
                trainer.gradient,
            )
            self._count, self._update = memory.count, update
        weather, start, dish = map(self._padded, self._batches.indices(update + 1, count))
        rows = self._block.first(count)
        found = (
            rows.losses,
            rows.accuracies,
            rows.lengths,
            rows.rights,
            rows.right_cases,
            rows.strays,
            rows.states,
        )
        stop = exam_every, stop_at_failure, config.loss_below if config.stop == "loss" else -np.inf
        batches = weather, start, dish, config.weeks
        state = *self._state, float(self._count)
        return update, state, self._room, self._settings, batches, self._cases, self._exam, stop, found

    def advance(self, updates: int = BLOCK) -> None:
        """Make some updates: at the most so many, and fewer where the goal is reached or a block of batches ends.

        Raises:
            TrainingError: The numbers stop being finite; the run stays at the last update where they were.
        """
        run, config, update = self._run, self._run.config, self._run.update
        count = min(updates, self._most, BLOCK - (update + 1) % BLOCK, min(config.updates, MAX_UPDATES) - update)
        learned = run.learned
        if not learned:  # until then every update takes the exam, and no later
            count = min(count, config.hold - run.right_for)
        if count < 1:
            return
        given = self.arguments(count, EXAM_EVERY if learned else 1, stop_at_failure=learned)
        made, finite = self._train(*given)
        if made:
            run.take_over(replace(self._block.first(made), count=self._count))
        self._count += made
        self._update = update + made if finite else -1
        if not finite:
            raise not_finite(run.update + 1, config)
