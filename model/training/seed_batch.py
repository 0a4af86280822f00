"""Many trainings that differ in their seed alone, in one pass: what a `TrainingRun` of each would come to.

Every training has a lane: its weights, its optimizer's memory and its weeks are columns of the same arrays, and all
lanes make an update together. A training that is done leaves its lane to the next seed; when no more are waiting,
lanes that are empty are given up. No number of a lane depends on any other lane: a seed comes to the same bits in
any company.

They are the bits of its run, too, with more weeks than `FEW_WEEKS` an update and more than one hidden unit. With
fewer weeks sums are taken in another order, some 1e-16 apart an update; only a training that is itself unstable, such
as one with too high a learning rate, makes that grow until it decides otherwise than its run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from model.arrays import Array, Indices
from model.network.activations import activation_named
from model.network.batch import Batch
from model.network.initialization import random_weights
from model.network.memory_bounds import FLOAT, backward_bytes, check_batch, forward_bytes
from model.network.network import Network, default_sizes
from model.network.origins import after_updates, random_from
from model.network.parameters import Parameters
from model.network.products import SeedsFirst
from model.network.schedule import Feedback
from model.roommate.diary import Diary
from model.roommate.roommate import Roommate
from model.training.batches import BLOCK, Batches, units_of
from model.training.config import TrainingConfig
from model.training.evaluation import RuleCases
from model.training.exam import Exam, undecided_case
from model.training.optimizers import squares
from model.training.run import EXAM_EVERY
from model.training.seed_judge import Mask, SeedCases, SeedExam
from model.training.seed_updates import SeedUpdates, fewest_lanes, live_networks, seeds_last
from model.training.setting_bounds import MAX_UPDATES

NOT_FINITE = "not finite"
"""How a training ended whose next update would have made numbers that are not finite."""

EXAMINED = 16
"""How many networks take the exam at a time, and how many lanes' earlier weights."""

PAST_BYTES = 2**25
"""The most bytes that the weights of earlier updates take, which are kept until it is worth while to examine them."""

CACHE_BYTES, LAST_BYTES = 2**22, 2**24
"""About the most bytes of all lanes together, as long as one lane needs no more; the second where seeds are last.

With more lanes an update of all of them waits for memory, with fewer for Python, the more so the fewer weeks.
"""


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
    lanes = _Lanes(work, lanes_for(roommate, config, len(seeds)))
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
        network = live_networks(roommate, config, work.start(config.seed))
        if contradicts or undecided_case(roommate, network) is not None:
            return work
        return replace(work, exam=Exam.of(roommate, config.days, units, known, zero=zero))

    def start(self, seed: int) -> Array:
        """The weights that a seed starts from, as one vector."""
        config, sizes = self.config, default_sizes(self.config.cell, self.roommate, self.config.hidden)
        rng = np.random.default_rng([seed, 0])
        return random_weights(rng, config.cell, sizes, initial=config.initial, scale=config.scale).flat


def lanes_for(roommate: Roommate, config: TrainingConfig, seeds: int) -> int:
    """In how many lanes some trainings go on side by side: as many or fewer, in bounded memory."""
    sizes = default_sizes(config.cell, roommate, config.hidden)
    each, of_all = backward_bytes(config.cell, sizes)
    one = config.days * (config.weeks * (forward_bytes(config.cell, sizes) + each) + of_all)
    one += 7 * sum(FLOAT * sizes[rows] * sizes[columns] for rows, columns in config.cell.matrices.values())
    room = (LAST_BYTES if seeds_last(roommate, config) else CACHE_BYTES) // one
    return max(min(_power(seeds), _power(room, up=False)), fewest_lanes(roommate, config))


def _power(count: int, *, up: bool = True) -> int:
    """The next power of two, up or down, but at least 1."""
    return 1 << max((count - 1).bit_length() if up else count.bit_length() - 1, 0)


class _Lanes:
    """The trainings that are under way, one a lane, all of which make an update at a time.

    Args:
        work: What they share.
        count: How many lanes there are.
    """

    def __init__(self, work: _Work, count: int) -> None:
        self.work, self.count = work, count
        self.updates = SeedUpdates(work.roommate, work.config, count)
        flat, hold = self.updates.flat, work.config.hold
        self.window = max(1, min(hold, PAST_BYTES // flat.nbytes)) if work.exam is not None else 1
        self.past = [np.zeros_like(flat) for _index in range(max(self.window, 2))]
        self.tick = 0
        self.seeds = np.zeros(count, dtype=np.int64)
        self.update = np.full(count, -1)
        self.since, self.passed = np.full(count, -1), np.full(count, -1)
        self.active = np.zeros(count, dtype=bool)
        self.failed = np.zeros(count, dtype=bool)
        self.loss, self.loss_before = np.zeros(count), np.zeros(count)
        self._drawn = np.zeros((count, *work.batches.drawn(0, 0).shape), dtype=np.int32)
        self._cases = SeedCases(work.cases, self.updates.network, self.updates.products)
        self._exam: SeedExam | None = None
        if work.exam is not None:
            room = SeedsFirst(EXAMINED).weights(len(flat))
            examined = live_networks(work.roommate, work.config, room)
            self._exam = SeedExam(work.exam, examined, examined.own_feedback, room)

    def fill(self, waiting: Iterator[int]) -> None:
        """Give the lanes that are free to the seeds that are waiting."""
        free = np.flatnonzero(~self.active)
        for lane, seed in zip(free.tolist(), islice(waiting, free.size), strict=False):
            self.seeds[lane], self.update[lane], self.since[lane], self.active[lane] = seed, -1, -1, True
            self.updates.flat[:, lane] = self.work.start(seed)

    def advance(self) -> None:
        """Make an update in every lane, and judge what it led to; a lane that is new is only judged."""
        self.loss_before = self.loss
        self.updates.update(np.flatnonzero(self.update < 0))
        self.update += 1
        self.loss = self.updates.evaluate(self._weeks())
        self._judge()

    def _weeks(self) -> Batch:
        """The weeks of this update, each lane's own."""
        block, row = np.divmod(self.update, BLOCK)
        for lane in np.flatnonzero((row == 0) & self.active).tolist():
            self._drawn[lane] = self.work.batches.drawn(int(self.seeds[lane]), int(block[lane]))
        drawn = self._drawn[np.arange(self.count), row].astype(np.intp)
        return self.work.batches.weeks(self.updates.products.columns(np.moveaxis(drawn, 0, -2)))

    def _judge(self) -> None:
        """Bring up to date since when everything has been right.

        To have learned, a training must pass the exam after each of `hold` updates in a row. So the exams wait until
        so many updates have had all cases right; then the latest is examined first. If it is failed, all before it
        no longer matter.
        """
        finite = np.isfinite(self.loss + squares(self.updates.flat))
        self.failed = self.active & (self.update > 0) & ~finite
        self.tick += 1
        np.copyto(self._weights_before(0), self.updates.flat)
        right = self._cases.right()
        judged = self.active & ~self.failed
        self.since[judged & ~right] = -1
        begun = judged & right & (self.since < 0)
        self.since[begun], self.passed[begun] = self.update[begun], self.update[begun] - 1
        if self._exam is None:
            self.passed[judged] = self.update[judged]
            return
        hold, exam = self.work.config.hold, self._exam
        whole = self.update - self.since + 1 >= hold
        due = judged & right & ~self.learned & (whole | (self.update - self.passed >= self.window))
        for begin in range(0, np.count_nonzero(due), EXAMINED):
            lanes = np.flatnonzero(due)[begin : begin + EXAMINED]
            self._examine_waiting(exam, lanes, np.where(whole[lanes] & (hold > 1), 1, 0))
        lanes = np.flatnonzero(judged & right & self.learned & (self.update % EXAM_EVERY == 0))
        if lanes.size:
            self.since[lanes[~exam.passed(self.updates.flat[:, lanes])]] = -1

    def _examine_waiting(self, exam: SeedExam, lanes: Indices, youngest: Indices) -> None:
        """Examine what some lanes were after the updates whose exam is still waiting, the latest of them first.

        Args:
            exam: The exam.
            lanes: Which.
            youngest: For each, how many updates ago the latest was. A run that has been right for as long as was
                asked has learned, and its present weights are not examined.
        """
        waiting = self.update[lanes] - self.passed[lanes] - youngest
        lanes, youngest, waiting = lanes[waiting > 0], youngest[waiting > 0], waiting[waiting > 0]
        passed = self._examined(exam, lanes, youngest)
        self.since[lanes[~passed]] = (self.update[lanes] - youngest + 1)[~passed]
        self.passed[lanes] = self.update[lanes] - youngest
        lanes, youngest, waiting = lanes[passed], youngest[passed], waiting[passed]
        earlier = np.repeat(lanes, waiting - 1)
        ages = np.concatenate(
            [young + np.arange(1, count) for young, count in zip(youngest, waiting, strict=True)] or [lanes]
        )
        passed = self._examined(exam, earlier, ages)
        np.maximum.at(self.since, earlier[~passed], (self.update[earlier] - ages + 1)[~passed])

    def _examined(self, exam: SeedExam, lanes: Indices, ages: Indices) -> Mask:
        """Whether lanes passed the exam so many updates ago."""
        weights = np.empty((len(self.updates.flat), lanes.size))
        for age in np.unique(ages).tolist():
            weights[:, ages == age] = self._weights_before(age)[:, lanes[ages == age]]
        return exam.passed(weights)

    def _weights_before(self, updates: int) -> Array:
        """(size, lanes): the weights so many updates ago; 0: now, as they were judged."""
        return self.past[(self.tick - updates) % len(self.past)]

    @property
    def learned(self) -> Mask:
        """Which of them have learned, as `TrainingRun.learned` has it."""
        return self._learned_by(self.update)

    def _learned_by(self, update: Indices) -> Mask:
        """Which of them had learned after an update, the latest or the one before."""
        hold = self.work.config.hold
        examined = self.passed >= self.since + max(hold - 2, 0)
        learned: Mask = (self.since >= 0) & (update - self.since + 1 >= hold) & examined
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
        learned = bool(self._learned_by(self.update - self.failed)[lane])
        return TrainedSeed(
            roommate=self.work.roommate,
            config=replace(self.work.config, seed=int(self.seeds[lane])),
            learned_at=since if learned else None,
            updates=updates,
            loss=float((self.loss_before if failed else self.loss)[lane]),
            ended=NOT_FINITE if failed else self.work.config.stop if reached else "updates",
            weights=self._weights_before(int(failed))[:, lane].copy(),
        )

    def narrowed(self) -> _Lanes:
        """The same trainings in half as many lanes or fewer, if so many are enough; these lanes if not."""
        there = np.flatnonzero(self.active)
        count = max(_power(there.size), fewest_lanes(self.work.roommate, self.work.config))
        if not there.size or count >= self.count:
            return self
        narrow = _Lanes(self.work, count)
        narrow.updates.take_over(self.updates, there)
        for name in ("seeds", "update", "since", "passed", "active", "loss", "_drawn"):
            getattr(narrow, name)[: there.size] = getattr(self, name)[there]
        narrow.tick = narrow.window
        for age in range(min(len(self.past), len(narrow.past))):
            narrow._weights_before(age)[:, : there.size] = self._weights_before(age)[:, there]
        return narrow
