"""Training: weights, batches and updates, one at a time; the same seed and settings give the same numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.activation import Array, activation_named
from model.config import TrainingConfig
from model.diary import Diary
from model.errors import InputError, TrainingError
from model.exam import Exam
from model.gradient import Backward, backward, loss_and_accuracy
from model.network import Feedback, Indices, Network, Pass, Weeks, forward
from model.optimizer import OptimizerState, propose
from model.parameters import Parameters, flattened, parts, random_weights
from model.room import check_batch
from model.roommate import Kind, Roommate

MOST_DISTINCT = 4096
"""Up to so many different weeks are laid out once, and a batch only picks among them."""

BLOCK = 256
"""Updates whose batches are drawn at once: a generator for every single one would cost more than the update."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """What a network answers in each case: k·n cases from a one-hot yesterday, k·s for the Elman network.

    A case of the Elman network is a weather and the roommate's state; it occurs on many days, and of these the one
    with the smallest margin counts.

    Attributes:
        dish: (k, n): the dish chosen for each weather and yesterday, as an index.
        right: (k, n): whether it is the roommate's.
        margin: (k, n): the probability of the right dish minus the greatest of the others; negative where wrong.
        known: (k, n): whether it is known what the roommate's is; the other cases do not count.
    """

    dish: Indices
    right: NDArray[np.bool_]
    margin: Array
    known: NDArray[np.bool_]

    @property
    def all_right(self) -> bool:
        """Whether the whole rule is right, as far as it is known."""
        return self.count == self.cases

    @property
    def count(self) -> int:
        """How many of the known cases are right."""
        return int((self.right & self.known).sum())

    @property
    def cases(self) -> int:
        """How many cases are known."""
        return int(self.known.sum())

    @property
    def smallest(self) -> float:
        """The smallest margin of all known cases."""
        return float(self.margin[self.known].min())


def judge(network: Network, roommate: Roommate, diary: Diary | None = None) -> Verdict:
    """Ask a network for each case of a roommate's rule.

    Args:
        network: Any weights.
        roommate: Whose rule is right; see `Exam.of` for what is asked.
        diary: What the rule is known from, if it is not given.
    """
    exam = Exam.of(roommate, network.units, None if diary is None else diary.taught.decided)
    return _verdict(exam, forward(network, exam.weeks, Feedback.HARD))


def _verdict(exam: Exam, run: Pass) -> Verdict:
    """What the answers to an exam come to."""
    assert exam.weeks.target is not None
    probabilities, target = run.probabilities, exam.weeks.target
    right = (probabilities * target).sum(axis=1)
    others = np.where(target > 0, -np.inf, probabilities).max(axis=1) if target.shape[1] > 1 else np.zeros_like(right)
    margin = right - others
    worst = exam.worst(
        np.where(run.dish == exam.dish, margin, margin - 2.0)
    )  # two that are equally large can be wrong
    shape = exam.known.shape
    dish, wanted = (array.ravel()[worst].reshape(shape) for array in (run.dish, exam.dish))
    return Verdict(dish, dish == wanted, margin.ravel()[worst].reshape(shape), exam.known)


def units_of(roommate: Roommate, config: TrainingConfig) -> int | None:
    """The hidden units that a network of these settings hands on to the next day; None: it hands on a dish.

    Raises:
        InputError: They are fewer than the roommate's states.
    """
    if config.kind is not Kind.ELMAN:
        return None
    states = len(roommate.states)
    units = config.hidden or states * len(roommate.weathers)
    if units < states:
        raise InputError(
            f"Hidden: {units} units cannot start from each of the {states} states of the {roommate.name}: "
            f"give at least {states}, or 0."
        )
    return units


class Batches:
    """The random weeks of each update, the same for the same seed, update and number of weeks.

    Args:
        roommate: Whose weeks.
        config: The seed, the weeks a batch has, the days a week has.
        diary: The days that were really lived: weeks are cut out of it instead of made up.

    Raises:
        InputError: The diary has no such weeks.
    """

    def __init__(self, roommate: Roommate, config: TrainingConfig, diary: Diary | None = None) -> None:
        self._roommate, self._config, self._units = roommate, config, units_of(roommate, config)
        n, k, states = len(roommate.dishes), len(roommate.weathers), len(roommate.states)
        self._distinct: Weeks | None = None
        self._lived = None if diary is None else diary.windows(config.days)
        self._choices = 0
        if self._lived is not None:
            self._choices = self._lived.start.size
            if self._choices <= MOST_DISTINCT:
                self._distinct = self._cut(slice(None))
        elif states * k**config.days <= MOST_DISTINCT:
            every = np.indices((states, *(k,) * config.days)).reshape(config.days + 1, -1)
            self._distinct = Weeks.of(roommate, every[1:], every[0], units=self._units)
            self._choices = every.shape[1]
        if self._distinct is not None:
            self._out = Weeks(
                np.empty((config.days, k, config.weeks)),
                np.empty((n if self._units is None else self._units, config.weeks)),
                np.empty((config.days, n, config.weeks)),
            )
        self._block = -1
        self._drawn: Indices = np.empty(0, dtype=np.intp)

    def _cut(self, which: slice | Indices) -> Weeks:
        """Some of the weeks that were lived."""
        lived = self._lived
        assert lived is not None
        return Weeks.of(
            self._roommate, lived.weather[:, which], lived.start[which], lived.dish[:, which], self._units
        )

    def at(self, update: int) -> Weeks:
        """The weeks that an update learns from; they are overwritten by the next call."""
        block, row = divmod(update, BLOCK)
        if block != self._block:
            rng = np.random.default_rng([self._config.seed, 1, block])
            self._block, self._drawn = block, self._draw(rng)
        drawn = self._drawn[row]
        if self._distinct is None and self._lived is not None:
            return self._cut(drawn)
        if self._distinct is None:
            return Weeks.of(self._roommate, drawn[1:], drawn[0], units=self._units)
        every, out = self._distinct, self._out
        assert every.target is not None
        every.weather.take(drawn, axis=2, out=out.weather, mode="clip")
        every.start.take(drawn, axis=1, out=out.start, mode="clip")
        every.target.take(drawn, axis=2, out=out.target, mode="clip")
        return out

    def _draw(self, rng: np.random.Generator) -> Indices:
        if self._choices:
            return rng.integers(self._choices, size=(BLOCK, self._config.weeks), dtype=np.intp)
        states, k = len(self._roommate.states), len(self._roommate.weathers)
        size = (BLOCK, self._config.days + 1, self._config.weeks)
        drawn = rng.integers(k, size=size, dtype=np.intp)
        drawn[:, 0] = rng.integers(states, size=(BLOCK, self._config.weeks), dtype=np.intp)
        return drawn


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
        check_batch(roommate, config)
        self.roommate, self.config, self.update, self.diary = roommate, config, update, diary
        n, k, units = len(roommate.dishes), len(roommate.weathers), units_of(roommate, config)
        self._sizes = (n, k, config.hidden or n * k, n) if units is None else (n, k, units, units)
        if weights is None:
            rng = np.random.default_rng([config.seed, 0])
            first = random_weights(rng, *self._sizes, initial=config.initial, scale=config.scale)
            weights = flattened(first)
        self._flat = weights.copy()
        self._gradient, self._step = np.empty_like(self._flat), np.empty_like(self._flat)
        self.memory = OptimizerState.fresh(self._flat.size) if memory is None else memory.copy()
        self._live = Network(
            config.kind, Parameters.live(*parts(self._flat, *self._sizes)), activation_named(config.activation), ""
        )
        self._exam = Exam.of(roommate, units, None if diary is None else diary.taught.decided)
        self._exam_run = Pass.allocate(self._live.parameters, *self._exam.case.shape)
        self._prepare()

    def _prepare(self) -> None:
        """Buffers for the settings as they are, and the first evaluation."""
        config = self.config
        self._feedback = Feedback(config.feedback)
        self._frozen = [self._live.parameters.span(name) for name in config.frozen]
        self._batches = Batches(self.roommate, config, self.diary)
        self._run = Pass.allocate(self._live.parameters, config.days, config.weeks)
        self._back = Backward.allocate(self._live.parameters, config.days, config.weeks)
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
        """Be where another trainer of these settings was, with the arrays that are there already."""
        self.update, self.memory = update, memory.copy()
        self._flat[:] = weights
        with np.errstate(all="ignore"):
            self._evaluate()

    def aim_at(self, weeks: Weeks) -> None:
        """Let the next update learn from these weeks instead of its own batch.

        Args:
            weeks: As many days as the settings say or any other number, with targets.
        """
        with np.errstate(all="ignore"):
            days, _, count = weeks.weather.shape
            self._run = Pass.allocate(self._live.parameters, days, count)
            self._back = Backward.allocate(self._live.parameters, days, count)
            self._gradient_of(weeks)
        self._aimed = True

    def _evaluate(self) -> None:
        """Loss, gradient and the answers to all cases, for the weights as they are and the update's own batch."""
        self._gradient_of(self._batches.at(self.update))
        self.right = self._exam.right(forward(self._live, self._exam.weeks, Feedback.HARD, self._exam_run))

    def _gradient_of(self, weeks: Weeks) -> None:
        forward(self._live, weeks, self._feedback, self._run, choose=False)
        self.loss, self.accuracy = loss_and_accuracy(self._run, weeks)
        back = backward(self._live, self._run, weeks, self._feedback, self._back)
        food, weather, merge = parts(self._gradient, *self._sizes)
        np.add.reduce(back.days_food, axis=0, out=food)
        np.add.reduce(back.days_weather, axis=0, out=weather)
        np.add.reduce(back.days_merge, axis=0, out=merge)

    def step(self) -> None:
        """Make one update and evaluate what it led to.

        Raises:
            TrainingError: The weights or the loss would not be finite; the trainer is of no use after that.
        """
        config = self.config
        propose(
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
            raise TrainingError(
                f"Update {self.update} would have made numbers that are not finite, so training stopped before it. "
                f"Nothing learned is lost. Try a learning rate below {self.config.learning_rate:g}, or gradient "
                "clipping."
            )

    @property
    def verdict(self) -> Verdict:
        """What the network answers in every case: what `judge` would say, from the answers that are there already."""
        return _verdict(self._exam, self._exam_run)

    @property
    def cases(self) -> int:
        """How many cases the rule has; `right` of them are right."""
        return self._exam.cases

    @property
    def units(self) -> int | None:
        """`Network.units` of what is trained."""
        return self._live.units

    @property
    def weights(self) -> Array:
        """A copy of all weights as one vector."""
        return self._flat.copy()

    @property
    def gradient(self) -> Array:
        """A copy of the gradient, before clipping, that the next update will use."""
        return self._gradient.copy()

    @property
    def network(self) -> Network:
        """A copy of the network, named by how far it has come."""
        origin = f"learned in {self.update:,} updates" if self.update else f"random, seed {self.config.seed}"
        weights = Parameters(*parts(self._flat, *self._sizes))
        return Network(self._live.kind, weights, self._live.activation, origin, trained_with=self._feedback)
