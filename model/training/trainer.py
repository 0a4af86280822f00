"""The trainer: makes one update after another; the same seed and settings give the same numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from model.arrays import Array
from model.errors import TrainingError
from model.language import _
from model.network.activations import activation_named
from model.network.backward import BackwardPass, run_backward
from model.network.batch import Batch
from model.network.cell import Size
from model.network.forward import ForwardPass, fill_forward, run_forward
from model.network.initialization import random_weights
from model.network.lean import lean_backward, lean_forward
from model.network.loss import loss_and_accuracy
from model.network.memory_bounds import check_batch
from model.network.network import Network, default_sizes
from model.network.origins import after_updates, random_from
from model.network.parameters import Parameters, parts
from model.network.schedule import Feedback
from model.roommate.diary import Diary
from model.roommate.roommate import Roommate
from model.training.batches import Batches, units_of
from model.training.config import TrainingConfig
from model.training.evaluation import Evaluation, RuleCases, evaluated
from model.training.exam import Exam, ExamResult, undecided_case
from model.training.optimizers import OptimizerState, compute_step
from model.training.update import sum_days


class Trainer:
    """The weights after some updates, with the loss and the gradient that the next update will use.

    It owns all its arrays; what it gives away are copies.

    Args:
        roommate: Whose rule is learned.
        config: All settings.
        update: The updates already made, with the weights and the optimizer's memory that they left; by default
            none, and the random weights that the seed gives.
        diary: The days that are learned from; None: random weeks of the rule.

    Raises:
        InputError: The settings do not fit the roommate, or a batch would take too much memory.
    """

    def __init__(
        self,
        roommate: Roommate,
        config: TrainingConfig,
        update: int = 0,
        weights: Array | None = None,
        memory: OptimizerState | None = None,
        *,
        diary: Diary | None = None,
    ) -> None:
        check_batch(config.cell, default_sizes(config.cell, roommate, config.hidden), config.weeks, config.days)
        self.roommate, self.config, self.update, self.diary = roommate, config, update, diary
        units, self._cell = units_of(roommate, config), config.cell
        self._sizes = default_sizes(self._cell, roommate, config.hidden)
        if weights is None:
            rng = np.random.default_rng([config.seed, 0])
            weights = random_weights(rng, self._cell, self._sizes, initial=config.initial, scale=config.scale).flat
        self._flat = weights.copy()
        self._gradient, self._step = np.empty_like(self._flat), np.empty_like(self._flat)
        self.memory = OptimizerState.fresh(self._flat.size) if memory is None else memory.copy()
        live = Parameters.live(self._cell, parts(self._flat, self._cell, self._sizes))
        self._zero = units is not None and config.start == "zero"
        self._live = Network(live, activation_named(config.activation), "", zero_start=self._zero)
        self._gradients = parts(self._gradient, self._cell, self._sizes)
        known = None if diary is None else diary.taught.decided
        self._cases = RuleCases.of(roommate, units, known, zero=self._zero)
        self._cases_pass = ForwardPass.allocate(live, self._cases.batch.weather.shape)
        self._exam: Exam | None = None
        contradicts = diary is not None and diary.contradictory.size > 0  # then no week of it is certain
        if undecided_case(roommate, self._live) is None and not contradicts:
            self._exam = Exam.of(roommate, config.days, units, known, zero=self._zero)
            self._exam_pass = ForwardPass.allocate(live, self._exam.batch.weather.shape)
        self._prepare()

    def _prepare(self) -> None:
        """Buffers for the settings as they are, and the first evaluation."""
        config = self.config
        self._feedback = Feedback(config.feedback)
        self._frozen = [self._live.parameters.span(name) for name in config.frozen]
        self._batches = Batches(self.roommate, config, self.diary)
        self._allocate((config.days, len(self.roommate.weathers), config.weeks))
        self._aimed = False
        with np.errstate(all="ignore"):
            self._evaluate()

    def configure(self, config: TrainingConfig) -> None:
        """Go on with other settings; those of `AT_THE_START` must be the same."""
        if config.optimizer != self.config.optimizer:
            self.memory = OptimizerState.fresh(self._flat.size)
        self.config = config
        self._prepare()

    def go_on_from(self, update: int, weights: Array, memory: OptimizerState) -> None:
        """Take over the state of another trainer with the same settings, reusing the arrays."""
        self.update, self.memory = update, memory.copy()
        self._flat[:] = weights
        with np.errstate(all="ignore"):
            self._evaluate()

    def aim_at(self, batch: Batch) -> None:
        """Let the next update learn from these weeks instead of its own batch.

        Args:
            batch: As many days as the settings say or any other number, with targets.
        """
        with np.errstate(all="ignore"):
            days, weathers, weeks = batch.weather.shape
            self._allocate((days, weathers, weeks))
            self._gradient_of(batch)
        self._aimed = True

    def _evaluate(self) -> None:
        """Loss, gradient and the answers to all cases, for the weights as they are and the update's own batch."""
        self._gradient_of(self._batches.at(self.update))
        # Weeks of one day feed nothing back: with what is given there is no loop over days.
        run = fill_forward(self._live, self._cases.batch, Feedback.TEACHER, self._cases_pass, choose=False)
        self.right_cases = self._cases.right(run)
        self.right = int(np.count_nonzero(self.right_cases))

    def _allocate(self, shape: tuple[int, int, int]) -> None:
        """Arrays for batches whose weather has this shape."""
        days, _weathers, weeks = shape
        feedback = self._live.feedback(self._feedback)
        self._forward = lean_forward(ForwardPass.allocate(self._live.parameters, shape), feedback)
        self._back = lean_backward(BackwardPass.allocate(self._live, self._feedback, days, weeks))

    def _gradient_of(self, batch: Batch) -> None:
        fill_forward(self._live, batch, self._feedback, self._forward, choose=False)
        last_only = self.config.loss_days == "last"
        self.loss, self.accuracy = loss_and_accuracy(self._forward, batch, last_only=last_only)
        back = run_backward(self._live, self._forward, batch, self._feedback, self._back, last_only=last_only)
        sum_days(back, self._gradients)

    def step(self) -> None:
        """Make one update and evaluate what it led to.

        Raises:
            TrainingError: The weights or the loss would not be finite; the trainer is of no use after that.
        """
        config = self.config
        compute_step(
            self.memory,
            self._gradient,
            self._step,
            optimizer=config.optimizer,
            rate=config.learning_rate,
            most=config.clip,
            frozen=self._frozen,
        )
        np.add(self._flat, self._step, self._flat)
        self.update += 1
        if self._aimed:  # the arrays have the shape of other weeks
            self._prepare()
        else:
            self._evaluate()
        if not math.isfinite(self.loss + float(self._flat.dot(self._flat))):
            raise not_finite(self.update, self.config)

    @property
    def sizes(self) -> Mapping[Size, int]:
        """How large the quantities of the cell are."""
        return self._sizes

    @property
    def judged_by(self) -> tuple[RuleCases, Exam | None]:
        """What decides whether the rule is learned: the cases, and the exam where there is one."""
        return self._cases, self._exam

    @property
    def verdict(self) -> Evaluation:
        """What the network answers in every case: what `evaluate` would say, from the answers there are."""
        run = self._cases_pass
        run.logits.argmax(axis=1, out=run.dish)
        return evaluated(self._cases, run)

    @property
    def cases(self) -> int:
        """How many cases the rule has; `right` of them are right, and `right_cases` says which."""
        return self._cases.cases

    def examine(self) -> ExamResult | None:
        """How the network does in the exam; None where there is none.

        It has none where it can never know the whole rule, and where the diary it learns from contradicts itself: the
        probabilities that are fed back then tell how often, and nobody knows for certain what a week would be.
        """
        if self._exam is None:
            return None
        fed = replace(self._live, trained_with=self._feedback).own_feedback
        return self._exam.result(run_forward(self._live, self._exam.batch, fed, self._exam_pass, choose=False))

    @property
    def strays(self) -> bool:
        """Whether it has an exam and fails."""
        result = self.examine()
        return result is not None and not result.passed

    @property
    def units(self) -> int | None:
        """`Network.units` of what is trained."""
        return self._live.units

    @property
    def zero_start(self) -> bool:
        """`Network.zero_start` of what is trained."""
        return self._zero

    @property
    def weights(self) -> Array:
        """A copy of all weights as one vector."""
        return self._flat.copy()

    @property
    def gradient(self) -> Array:
        """A copy of the gradient, before clipping, that the next update will use."""
        return self._gradient.copy()

    @property
    def size(self) -> int:
        """How many weights there are."""
        return self._flat.size

    @property
    def gradient_length(self) -> float:
        """The norm of the gradient that the next update will use."""
        return math.sqrt(self._gradient.dot(self._gradient))

    @property
    def network(self) -> Network:
        """A copy of the network, named by how far it has come."""
        origin = after_updates(self.update) if self.update else random_from(self.config.seed)
        weights = Parameters.of_flat(self._flat, self._cell, self._sizes)
        return Network(weights, self._live.activation, origin, trained_with=self._feedback, zero_start=self._zero)


def not_finite(update: int, config: TrainingConfig) -> TrainingError:
    """The error of an update that would lead to numbers that are not finite."""
    return TrainingError(
        _(
            "Update {update} would have made numbers that are not finite, so training stopped before "
            "it. Nothing learned is lost. Try a learning rate below {rate:g}, or gradient "
            "clipping."
        ).format(update=update, rate=config.learning_rate)
    )
