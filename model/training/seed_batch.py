"""Many trainings that differ in their seed alone, in one pass: what a `TrainingRun` of each would come to.

Every training has a lane: its weights, its optimizer's memory and its weeks are columns of the same arrays, and all
lanes make an update together. A training that is done leaves its lane to the next seed; when no more are waiting,
lanes that are empty are given up. No number of a lane depends on any other lane.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import cast

import numpy as np

from model.arrays import Array, Indices
from model.network.activations import activation_named
from model.network.backward import BackwardPass, run_backward
from model.network.batch import Batch
from model.network.forward import ForwardPass, run_forward
from model.network.initialization import random_weights
from model.network.memory_bounds import backward_bytes, check_batch, forward_bytes
from model.network.network import Network, default_sizes
from model.network.origins import after_updates, random_from
from model.network.parameters import Parameters, parts
from model.network.products import ManyNetworks, SeedsFirst, SeedsLast
from model.network.schedule import Feedback
from model.roommate.diary import Diary
from model.roommate.roommate import Roommate
from model.training.batches import BLOCK, Batches, units_of
from model.training.config import TrainingConfig
from model.training.evaluation import RuleCases
from model.training.exam import Exam, undecided_case
from model.training.optimizers import OptimizerState, compute_step
from model.training.run import EXAM_EVERY
from model.training.seed_judge import Mask, SeedCases, SeedExam
from model.training.setting_bounds import MAX_UPDATES

NOT_FINITE = "not finite"
"""How a training ended whose next update would have made numbers that are not finite."""

FEW_WEEKS = 2
"""Up to so many weeks of a batch, seeds are last; with more, BLAS is faster."""

MOST_SEEDS_LAST = 512
"""The most trainings side by side where seeds are last."""

FEWEST_SEEDS_LAST = 8
"""The fewest: a single one would be added up in another order."""

COLUMNS = 1024
"""About as many weeks of all trainings together keep the processor's cache filled but not more, where seeds are
first.
"""

EXAMINED = 16
"""How many networks take the exam at a time."""

LANE_BYTES = 2**27
"""The most bytes that all lanes together may take, as long as one fits."""


@dataclass(frozen=True, eq=False)
class TrainedSeed:
    """A training that is done.

    Attributes:
        roommate: Whose rule was learned.
        config: Its settings, with its seed.
        learned_at: As in `TrainingSnapshot`, at its last update.
        updates: The updates that were made.
        loss: After the last of them, in nats.
        ended: "learned" or "loss", the goal that was reached; "updates" where all were made; or `NOT_FINITE`.
        weights: All weights as one vector.
    """

    roommate: Roommate
    config: TrainingConfig
    learned_at: int | None
    updates: int
    loss: float
    ended: str
    weights: Array

    @property
    def network(self) -> Network:
        """The network that it made, as `Trainer.network` has it."""
        config = self.config
        sizes = default_sizes(config.cell, self.roommate, config.hidden)
        return Network(
            Parameters.of_flat(self.weights, config.cell, sizes),
            activation_named(config.activation),
            after_updates(self.updates) if self.updates else random_from(config.seed),
            trained_with=Feedback(config.feedback),
            zero_start=config.cell.remembers and config.start == "zero",
        )


def never() -> bool:
    """Nobody asks to stop."""
    return False


def train_in_lanes(
    roommate: Roommate,
    config: TrainingConfig,
    seeds: Sequence[int],
    *,
    diary: Diary | None = None,
    should_stop: Callable[[], bool] = never,
) -> Iterator[TrainedSeed]:
    """Train once with each seed, each until its run is finished.

    Args:
        roommate: Whose rule is learned.
        config: All settings but the seed.
        seeds: The seeds.
        diary: The days that are learned from; None: random weeks of the rule.
        should_stop: Is asked before every update; once it says so, the trainings that are not done are given up.

    Yields:
        The trainings as they are done.

    Raises:
        InputError: The settings do not fit the roommate or the diary, or a batch would take too much memory.
    """
    work = _Work.of(roommate, config, diary)
    waiting = iter(seeds)
    lanes = _Lanes(work, work.lanes(len(seeds)))
    lanes.fill(waiting)
    while lanes.active.any() and not should_stop():
        with np.errstate(all="ignore"):
            lanes.advance()
        done = lanes.taken_out()
        yield from done
        if done:
            lanes.fill(waiting)
            lanes = lanes.narrowed()


@dataclass(frozen=True, eq=False)
class _Work:
    """What all lanes share: the settings, the weeks to draw from, and what is asked of a network."""

    roommate: Roommate
    config: TrainingConfig
    batches: Batches
    cases: RuleCases
    exam: Exam | None
    most: int

    @classmethod
    def of(cls, roommate: Roommate, config: TrainingConfig, diary: Diary | None) -> _Work:
        sizes = default_sizes(config.cell, roommate, config.hidden)
        check_batch(config.cell, sizes, config.weeks, config.days)
        units = units_of(roommate, config)
        zero = units is not None and config.start == "zero"
        known = None if diary is None else diary.taught.decided
        work = cls(
            roommate,
            config,
            Batches(roommate, config, diary),
            RuleCases.of(roommate, units, known, zero=zero),
            None,
            min(config.updates, MAX_UPDATES),
        )
        contradicts = diary is not None and diary.contradictory.size > 0
        if contradicts or undecided_case(roommate, work.network(work.start(config.seed))) is not None:
            return work
        return replace(work, exam=Exam.of(roommate, config.days, units, known, zero=zero))

    def start(self, seed: int) -> Array:
        """The weights that a seed starts from, as one vector."""
        config, sizes = self.config, default_sizes(self.config.cell, self.roommate, self.config.hidden)
        rng = np.random.default_rng([seed, 0])
        return random_weights(rng, config.cell, sizes, initial=config.initial, scale=config.scale).flat

    def network(self, flat: Array) -> Network:
        """The network, or networks, whose weights are those of a vector themselves."""
        config = self.config
        sizes = default_sizes(config.cell, self.roommate, config.hidden)
        return Network(
            Parameters.live(config.cell, parts(flat, config.cell, sizes)),
            activation_named(config.activation),
            "",
            trained_with=Feedback(config.feedback),
            zero_start=config.cell.remembers and config.start == "zero",
        )

    def lanes(self, seeds: int) -> int:
        """How many trainings go on side by side, so many or fewer, in bounded memory."""
        config = self.config
        sizes = default_sizes(config.cell, self.roommate, config.hidden)
        each, of_all = backward_bytes(config.cell, sizes)
        one = config.days * (config.weeks * (forward_bytes(config.cell, sizes) + each) + of_all)
        asked, shape = forward_bytes(config.cell, sizes), self.cases.dish.shape
        one += asked * shape[0] * shape[1]
        last = config.weeks <= FEW_WEEKS
        most = MOST_SEEDS_LAST if last else max(COLUMNS // config.weeks, 1)
        return max(min(_power(seeds), _power(most, up=False), _power(LANE_BYTES // one, up=False)), _fewest(config))

    def products(self, lanes: int) -> ManyNetworks:
        """How the networks of so many lanes multiply."""
        return (SeedsLast if self.config.weeks <= FEW_WEEKS else SeedsFirst)(lanes)


def _power(count: int, *, up: bool = True) -> int:
    """The next power of two, up or down, but at least 1."""
    return 1 << max((count - 1).bit_length() if up else count.bit_length() - 1, 0)


def _fewest(config: TrainingConfig) -> int:
    return FEWEST_SEEDS_LAST if config.weeks <= FEW_WEEKS else 1


class _Lanes:
    """The trainings that are under way, one a lane, all of which make an update at a time.

    Args:
        work: What they share.
        count: How many lanes there are.
    """

    def __init__(self, work: _Work, count: int) -> None:
        config = work.config
        self.work, self.count = work, count
        self.products = work.products(count)
        size = work.start(config.seed).size
        weights = self.products.weights
        self.flat, self.gradient, self.step, self.before = (weights(size) for _index in range(4))
        # The optimizers' rules hold entry by entry: a count for each lane does as well as one for all.
        self.memory = OptimizerState(weights(size), weights(size), cast("int", np.zeros(count, dtype=np.int64)))
        self.seeds = np.zeros(count, dtype=np.int64)
        self.update = np.full(count, -1)
        self.since = np.full(count, -1)
        self.active = np.zeros(count, dtype=bool)
        self.failed = np.zeros(count, dtype=bool)
        self.loss, self.loss_before = np.zeros(count), np.zeros(count)
        self.network = work.network(self.flat)
        self._feedback = Feedback(config.feedback)
        self._frozen = [self.network.parameters.span(name) for name in config.frozen]
        self._drawn = np.zeros((count, *work.batches.drawn(0, 0).shape), dtype=np.int32)
        shape = config.days, len(work.roommate.weathers), config.weeks * count
        self._forward = replace(ForwardPass.allocate(self.network.parameters, shape), products=self.products)
        back = BackwardPass.allocate(self.network, self._feedback, config.days, config.weeks * count)
        self._back = replace(back, matrices=work.network(self.gradient).parameters.matrices)
        self._cases = SeedCases(work.cases, self.network, self.products)
        self._exam: SeedExam | None = None
        if work.exam is not None:
            room = SeedsFirst(min(count, EXAMINED)).weights(size)
            examined = work.network(room)
            self._exam = SeedExam(work.exam, examined, examined.own_feedback, room)

    def fill(self, waiting: Iterator[int]) -> None:
        """Give the lanes that are free to the seeds that are waiting."""
        free = np.flatnonzero(~self.active)
        for lane, seed in zip(free.tolist(), islice(waiting, free.size), strict=False):
            self.seeds[lane], self.update[lane], self.since[lane], self.active[lane] = seed, -1, -1, True
            self.flat[:, lane] = self.work.start(seed)

    def advance(self) -> None:
        """Make an update in every lane, and judge what it led to; a lane that is new is only judged."""
        np.copyto(self.before, self.flat)
        np.copyto(self.loss_before, self.loss)
        config, memory = self.work.config, self.memory
        compute_step(
            memory,
            self.gradient,
            self.step,
            optimizer=config.optimizer,
            rate=config.learning_rate,
            most=config.clip,
            frozen=self._frozen,
        )
        new = np.flatnonzero(self.update < 0)
        if new.size:
            for array in (self.step, memory.first, memory.second):
                array[:, new] = 0.0
            cast("Indices", memory.count)[new] = 0
        np.add(self.flat, self.step, self.flat)
        self.update += 1
        self._evaluate()
        self._judge()

    def _evaluate(self) -> None:
        config, batch = self.work.config, self._weeks()
        last_only = config.loss_days == "last"
        run_forward(self.network, batch, self._feedback, self._forward, choose=False)
        self.loss = losses(self._forward, batch, self.products, last_only=last_only)
        run_backward(self.network, self._forward, batch, self._feedback, self._back, last_only=last_only)

    def _weeks(self) -> Batch:
        """The weeks of this update, each lane's own."""
        block, row = np.divmod(self.update, BLOCK)
        for lane in np.flatnonzero((row == 0) & self.active).tolist():
            self._drawn[lane] = self.work.batches.drawn(int(self.seeds[lane]), int(block[lane]))
        drawn = self._drawn[np.arange(self.count), row].astype(np.intp)
        return self.work.batches.weeks(self.products.columns(np.moveaxis(drawn, 0, -2)))

    def _judge(self) -> None:
        squares = np.einsum("ws,ws->s", self.flat, self.flat)
        self.failed = self.active & (self.update > 0) & ~np.isfinite(self.loss + squares)
        right = self._cases.right()
        self.since[~right & ~self.failed] = -1
        asked = self.active & right & ~self.failed & (~self.learned | (self.update % EXAM_EVERY == 0))
        lanes = np.flatnonzero(asked)
        if lanes.size and self._exam is not None:
            passed = self._exam.passed(self.flat[:, lanes])
            self.since[lanes[~passed]] = -1
            lanes = lanes[passed]
        begun = lanes[self.since[lanes] < 0]
        self.since[begun] = self.update[begun]

    @property
    def learned(self) -> Mask:
        """Which of them have learned, as `TrainingRun.learned` has it."""
        learned: Mask = (self.since >= 0) & (self.update - self.since + 1 >= self.work.config.hold)
        return learned

    def taken_out(self) -> list[TrainedSeed]:
        """The trainings that are done, whose lanes are free now."""
        config = self.work.config
        used_up = self.update >= self.work.most
        reached = used_up
        if config.stop == "learned":
            reached = self.learned
        elif config.stop == "loss":
            reached = self.loss < config.loss_below
        done = np.flatnonzero(self.active & (self.failed | reached | used_up))
        self.active[done] = False
        return [self._result(lane, reached=bool(reached[lane])) for lane in done.tolist()]

    def _result(self, lane: int, *, reached: bool) -> TrainedSeed:
        failed, since = bool(self.failed[lane]), int(self.since[lane])
        updates = int(self.update[lane]) - failed
        learned = since >= 0 and updates - since + 1 >= self.work.config.hold
        return TrainedSeed(
            roommate=self.work.roommate,
            config=replace(self.work.config, seed=int(self.seeds[lane])),
            learned_at=since if learned else None,
            updates=updates,
            loss=float((self.loss_before if failed else self.loss)[lane]),
            ended=NOT_FINITE if failed else self.work.config.stop if reached else "updates",
            weights=(self.before if failed else self.flat)[:, lane].copy(),
        )

    def narrowed(self) -> _Lanes:
        """The same trainings in half as many lanes or fewer, if so many are enough; these lanes if not."""
        there = np.flatnonzero(self.active)
        count = max(_power(there.size), _fewest(self.work.config))
        if not there.size or count >= self.count:
            return self
        narrow = _Lanes(self.work, count)
        into = slice(there.size)
        for name in ("flat", "gradient", "before"):
            getattr(narrow, name)[:, into] = getattr(self, name)[:, there]
        for name in ("first", "second"):
            getattr(narrow.memory, name)[:, into] = getattr(self.memory, name)[:, there]
        cast("Indices", narrow.memory.count)[into] = cast("Indices", self.memory.count)[there]
        for name in ("seeds", "update", "since", "active", "loss", "_drawn"):
            getattr(narrow, name)[into] = getattr(self, name)[there]
        return narrow


def losses(forward: ForwardPass, batch: Batch, products: ManyNetworks, *, last_only: bool = False) -> Array:
    """(networks,): the loss of each network, as `loss` has it."""
    assert batch.target is not None
    first = -1 if last_only else 0
    probability = np.einsum("tnc,tnc->tc", forward.probabilities[first:], batch.target[first:])
    days, columns = probability.shape
    weeks = columns // products.networks
    mean: Array = products.totals(np.log(probability)) / -(days * weeks)
    if not probability.min() > 0:
        # A probability too small for a float: log Σ eʸ − y of the target is finite all the same.
        none = (~(products.apart(probability) > 0)).any(axis=(0, 2))
        shifted = forward.logits[first:] - forward.logits[first:].max(axis=1, keepdims=True)
        logits = (shifted * batch.target[first:]).sum(axis=1)
        lost = products.totals(np.log(np.exp(shifted).sum(axis=1)) - logits) / (days * weeks)
        mean[none] = lost[none]
    return mean
