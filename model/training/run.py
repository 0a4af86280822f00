"""A training run with its past: every update can be visited again, exactly, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from model.arrays import Array
from model.errors import TrainingError
from model.language import _
from model.network.batch import Batch
from model.network.memory_bounds import check_batch
from model.network.network import default_sizes
from model.roommate.diary import Diary
from model.roommate.roommate import Roommate
from model.training.block import UpdateBlock
from model.training.case_history import CaseHistory, CaseRecorder
from model.training.checkpoints import Checkpoints
from model.training.config import TrainingConfig
from model.training.curve import Curve
from model.training.older_runs import last_stray, note_cases, note_cases_of
from model.training.optimizers import OptimizerState
from model.training.recent_weights import RecentWeights
from model.training.setting_bounds import AT_THE_START, MAX_UPDATES
from model.training.snapshot import Checkpoint, RunRecord, TrainingSnapshot
from model.training.trainer import Trainer

EXAM_EVERY = 64
"""Once the rule has stayed right for as long as was asked, every so many-th update takes the exam.

Before that every update whose cases are all right takes it, so the update that is named is exact.
"""


class TrainingRun:
    """A trainer and everything that it has been through. One thread owns it at a time.

    Args:
        roommate: Whose rule is learned; for a diary, `Diary.roommate`.
        config: All settings.
        diary: The days that are learned from; None: random weeks of the rule.

    Raises:
        InputError: The diary has no weeks as long as the settings say.
    """

    def __init__(self, roommate: Roommate, config: TrainingConfig, diary: Diary | None = None) -> None:
        self.roommate, self.diary = roommate, diary
        self._awake: Trainer | None = Trainer(roommate, config, diary=diary)
        self._ahead: Checkpoint | None = None  # the latest update, where the trainer has not made it
        self._losses, self._accuracies, self._rights = Curve(), Curve(), Curve()
        self._cases = CaseRecorder(self._trainer.right_cases.size)
        self._recent = RecentWeights()
        self._checkpoints = Checkpoints()
        self._configs = [(0, config)]
        self._aimed: dict[int, tuple[tuple[int, ...], int]] = {}
        self._pinned: set[int] = set()
        self._strays = Curve()
        self._right_since: int | None = None
        self._cases_right_since: int | None = None
        self._record()

    @property
    def _trainer(self) -> Trainer:
        """The trainer, made again where the run has rested, and led on where others have made updates."""
        if self._awake is None:
            self._awake = self._trainer_at(self.update)
        if self._ahead is not None:
            self._awake.go_on_from(self._ahead.update, self._ahead.weights, self._ahead.memory)
            self._ahead = None
        return self._awake

    @property
    def trainer(self) -> Trainer:
        """The trainer at the latest update, for those who make updates in another way: see `take_over`."""
        return self._trainer

    def rest(self) -> None:
        """Let go of all that can be made again from the checkpoints: a run that is not on the screen stays small."""
        if self._awake is not None and self._checkpoints.last.update != self.update:
            self._checkpoint()
        self._awake = None
        self._recent.clear()

    @property
    def kept(self) -> dict[int, int]:
        """What the run keeps while it rests: the bytes of each array by its identity, for runs share arrays."""
        arrays = [array for c in self._checkpoints for array in (c.weights, c.memory.first, c.memory.second)]
        curves = (self._losses, self._accuracies, self._rights, self._strays)
        arrays += [array for curve in curves for array in curve.arrays]
        every = [*arrays, *self._cases.arrays]
        return {id(array): array.nbytes for array in every}

    @property
    def update(self) -> int:
        """The updates made so far."""
        return len(self._losses) - 1

    @property
    def config(self) -> TrainingConfig:
        """The settings of the next update."""
        return self._configs[-1][1]

    @property
    def loss(self) -> float:
        """The loss at the latest update, in nats."""
        return self._losses.view()[self.update]

    @property
    def reached(self) -> bool:
        """Whether the goal of the settings is reached."""
        config = self.config
        if config.stop == "learned":
            return self.learned
        if config.stop == "loss":
            return self.loss < config.loss_below
        return self.update >= min(config.updates, MAX_UPDATES)

    @property
    def learned(self) -> bool:
        """Whether the rule is learned: cases and exam were right for ``hold`` updates in a row, and still are.

        Where there is no exam (see `Trainer.examine`) the cases alone are asked.
        """
        return self.right_for >= self.config.hold

    @property
    def right_for(self) -> int:
        """For how many updates in a row cases and exam have been right."""
        return 0 if self._right_since is None else self.update - self._right_since + 1

    @property
    def finished(self) -> bool:
        """Whether there is no further update: the goal is reached, or so are the most updates."""
        return self.reached or self.update >= min(self.config.updates, MAX_UPDATES)

    def advance(self, updates: int = 1) -> None:
        """Make some updates, at the most until the longest run is reached.

        Raises:
            TrainingError: The numbers stop being finite; the run stays at the last update where they were.
        """
        with np.errstate(all="ignore"):
            for _update in range(min(updates, MAX_UPDATES - self.update)):
                before = self.update
                try:
                    self._trainer.step()
                except TrainingError:
                    self._awake = self._trainer_at(before)
                    self._recent.clear()
                    raise
                self._record()

    def advance_on(self, week: tuple[int, ...], start: int) -> None:
        """Make one update that learns from a given week instead of random ones.

        Args:
            week: The weather of each day, as indices.
            start: The state before the first day, as an index; without a memory, the dish of that day.

        Raises:
            TrainingError: As for `advance`.
        """
        at = self.update
        self._aimed[at] = week, start
        self._aim(self._trainer)
        try:
            self.advance()
        except TrainingError:
            del self._aimed[at]
            raise

    def _aim(self, trainer: Trainer) -> None:
        if trainer.update in self._aimed:
            week, start = self._aimed[trainer.update]
            weather, first = np.array(week)[:, None], np.array([start])
            trainer.aim_at(Batch.of(self.roommate, weather, first, units=trainer.units, zero=trainer.zero_start))

    def edited(self, weights: Array, update: int | None = None) -> TrainingRun:
        """A run of its own that goes on from an update with weights that a person has changed.

        Args:
            weights: All of them, as one vector.
            update: From 0 to the latest, which is the default.
        """
        record = self.record(update)
        here, config = record.checkpoints[-1], record.configs[-1][1]
        assert record.strays is not None  # it is this run's own
        trainer = self._awake
        self.rest()  # its trainer goes on with the other: those of large networks are large
        if trainer is None or trainer.config != config:
            trainer = Trainer(self.roommate, config, here.update, weights, here.memory, diary=self.diary)
        else:
            trainer.go_on_from(here.update, weights, here.memory)
        point = Checkpoint(here.update, trainer.weights, here.memory)
        changed = replace(
            record,
            checkpoints=(*record.checkpoints[:-1], point),
            losses=np.append(record.losses[:-1], trainer.loss),
            accuracies=np.append(record.accuracies[:-1], trainer.accuracy),
            rights=np.append(record.rights[:-1], trainer.right),
            strays=_with_stray(record.strays[record.strays < here.update], trainer),
            cases=_edited(self._history_at(max(here.update - 1, 0)) if here.update else None, trainer),
            pinned=(*record.pinned, here.update),
        )
        return TrainingRun.restored(changed, trainer)

    def configure(self, config: TrainingConfig) -> None:
        """Go on with other settings.

        Raises:
            TrainingError: One of them belongs to the start of a run.
            InputError: A batch would take too much memory.
        """
        changed = [name for name in AT_THE_START if getattr(config, name) != getattr(self.config, name)]
        if changed:
            raise TrainingError(
                _("{name} belongs to the start of a run: start again to change it.").format(name=changed[0])
            )
        check_batch(config.cell, default_sizes(config.cell, self.roommate, config.hidden), config.weeks, config.days)
        if config != self.config:
            trainer = self._trainer  # as it was with the old settings
            self._configs = [*((at, old) for at, old in self._configs if at < self.update), (self.update, config)]
            trainer.configure(config)
            # A change could not be made again from an earlier checkpoint, nor from one that was made just before it:
            # another optimizer begins with an empty memory.
            if self._checkpoints.last.update == self.update:
                self._checkpoints.drop_last()
            self._checkpoint()

    def _record(self) -> None:
        trainer = self._trainer
        self._losses.append(trainer.loss)
        self._accuracies.append(trainer.accuracy)
        self._rights.append(trainer.right)
        self._cases.note(trainer.update, trainer.right_cases, trainer.gradient_length)
        self._recent.note(trainer)
        if trainer.right == trainer.cases and self._cases_right_since is None:
            self._cases_right_since = trainer.update
        if trainer.right < trainer.cases:
            self._right_since = self._cases_right_since = None
        elif not self.learned or trainer.update % EXAM_EVERY == 0:
            if trainer.strays:
                self._strays.append(trainer.update)
                self._right_since = None
            elif self._right_since is None:
                self._right_since = trainer.update
        if trainer.update % self._checkpoints.stride == 0:
            self._checkpoint()

    def take_over(self, block: UpdateBlock) -> None:
        """Note updates that were made in another way, as if the trainer had made them.

        The updates between two checkpoints are made again by the trainer when somebody visits them: to the same
        numbers as far as rounding goes, and not to the last bit.
        """
        before, made = self.update, len(block.losses)
        self._losses.extend(block.losses)
        self._accuracies.extend(block.accuracies)
        self._rights.extend(block.rights.astype(np.float64))
        self._cases.note_all(before + 1, block.right_cases, block.lengths)
        self._recent.note_all(block.states[:, 0])
        cases = (self._awake or self._trainer).cases
        for update, (right, stray) in enumerate(
            zip(block.rights.tolist(), block.strays.tolist(), strict=True), before
        ):
            if right < cases or stray:
                self._right_since = None
                if stray:
                    self._strays.append(update + 1)
            elif self._right_since is None:
                self._right_since = update + 1

        def point(row: int) -> Checkpoint:
            weights, first, second = block.states[row].copy()
            return Checkpoint(before + row + 1, weights, OptimizerState(first, second, block.count + row + 1))

        row = -1
        while (row := row + self._checkpoints.stride - (before + row + 1) % self._checkpoints.stride) < made:
            self._checkpoints.add(point(row), self._needed)
        self._ahead = point(made - 1)

    @property
    def _needed(self) -> set[int]:
        """The updates whose checkpoints are kept in any case."""
        return self._pinned | {at for at, _config in self._configs}

    def _checkpoint(self) -> None:
        point = Checkpoint(self.update, self._trainer.weights, self._trainer.memory.copy())
        self._checkpoints.add(point, self._needed)

    def _config_at(self, update: int) -> TrainingConfig:
        return next(config for at, config in reversed(self._configs) if at <= update)

    def _trainer_at(
        self, update: int, since: int | None = None, note: Callable[[Trainer], None] = lambda _trainer: None
    ) -> Trainer:
        """The trainer as it was after an update, from the checkpoint before it.

        Args:
            update: Which.
            since: It is made from so early an update on, or an earlier one; by default from any.
            note: Is given the trainer after each update from that one on.
        """
        since = update if since is None else since
        start = self._checkpoints.before(since)
        pinned = {point.update: point for point in self._checkpoints if point.update in self._pinned}
        config = self._config_at(start.update)
        trainer = Trainer(self.roommate, config, start.update, start.weights, start.memory, diary=self.diary)
        with np.errstate(all="ignore"):
            while trainer.update < update:
                if trainer.update >= since:
                    note(trainer)
                self._aim(trainer)
                trainer.step()
                if trainer.update in pinned:
                    point = pinned[trainer.update]
                    trainer.go_on_from(point.update, point.weights, point.memory)
                changed = self._config_at(trainer.update)
                if changed is not trainer.config and changed != trainer.config:
                    trainer.configure(changed)
        note(trainer)
        return trainer

    def _history_at(self, update: int) -> CaseHistory:
        """The history of the cases up to an update: the span that it cuts is made again."""
        history = self._cases.view()
        if update == self.update:
            return history
        whole = (update + 1) // history.width
        recorder = CaseRecorder(history.right.shape[1], history.first(whole))
        if whole * history.width <= update:
            self._trainer_at(update, whole * history.width, lambda trainer: note_cases(recorder, trainer))
        return recorder.view()

    def moment(self, update: int | None = None) -> TrainingSnapshot:
        """The run at an update, the latest by default, as a value.

        Args:
            update: From 0 to the latest.
        """
        trainer = self._trainer if update in (None, self.update) else self._trainer_at(int(update or 0))
        network = trainer.network
        return TrainingSnapshot(
            roommate=self.roommate,
            config=trainer.config,
            update=trainer.update,
            network=network,
            loss=self._losses.view()[trainer.update],
            accuracy=self._accuracies.view()[trainer.update],
            verdict=trainer.verdict,
            exam=trainer.examine(),
            right_since=self._right_since,
            right_at=self._cases_right_since,
            learned_at=self._right_since if self.learned else None,
            losses=self._losses.view(),
            accuracies=self._accuracies.view(),
            rights=self._rights.view(),
            cases=self._cases.view(),
            change=self._recent.change(trainer, self._checkpoints, self._trainer_at, latest=trainer is self._awake),
            gradient_length=trainer.gradient_length,
            latest=self.update,
            reached=self.reached,
            memory=trainer.memory.copy(),
            diary=self.diary,
            configs=tuple((at, config) for at, config in self._configs if at <= trainer.update),
            edited=tuple(sorted(at for at in self._pinned if at <= trainer.update)),
            aimed=tuple((at, week, start) for at, (week, start) in self._aimed.items() if at < trainer.update),
        )

    def rewound(self, update: int) -> TrainingRun:
        """A run of its own that has come only as far as an update; this one stays as it is.

        Args:
            update: From 0 to the latest.
        """
        return TrainingRun.restored(self.record(update))

    def record(self, update: int | None = None) -> RunRecord:
        """The run up to an update, the latest by default, as values of their own.

        Args:
            update: From 0 to the latest.
        """
        last, strays = self.update if update is None else update, self._strays.view().numbers
        here = self._checkpoints.at(last)
        if here is None:
            trainer = self._trainer if last == self.update else self._trainer_at(last)
            here = Checkpoint(last, trainer.weights, trainer.memory.copy())
        return RunRecord(
            roommate=self.roommate,
            configs=tuple((at, config) for at, config in self._configs if at <= last),
            stride=self._checkpoints.stride,
            checkpoints=(*(point for point in self._checkpoints if point.update < last), here),
            losses=self._losses.view().numbers[: last + 1],
            accuracies=self._accuracies.view().numbers[: last + 1],
            rights=self._rights.view().numbers[: last + 1],
            strays=strays[strays <= last],
            cases=self._history_at(last),
            aimed=tuple((at, week, start) for at, (week, start) in self._aimed.items() if at < last),
            pinned=tuple(at for at in self._pinned if at <= last),
            diary=self.diary,
        )

    @classmethod
    def restored(cls, record: RunRecord, trainer: Trainer | None = None) -> TrainingRun:
        """A run that goes on from a record.

        Args:
            record: All that makes it.
            trainer: Its trainer at the last update, where there is one already.
        """
        run = object.__new__(cls)
        run.roommate, run.diary = record.roommate, record.diary
        run._checkpoints = Checkpoints(record.checkpoints, record.stride)
        run._configs = list(record.configs)
        run._aimed = {at: (week, start) for at, week, start in record.aimed}
        run._pinned = set(record.pinned)
        run._losses, run._accuracies, run._rights, run._strays = Curve(), Curve(), Curve(), Curve()
        for series, numbers in zip(
            (run._losses, run._accuracies, run._rights),
            (record.losses, record.accuracies, record.rights),
            strict=True,
        ):
            series.extend(numbers)
        last = len(record.losses) - 1
        run._recent = RecentWeights()
        run._ahead = None
        run._awake = trainer or run._trainer_at(last)
        wrong = np.flatnonzero(record.rights < run._trainer.cases)
        strays = record.strays
        if strays is None:
            strays = last_stray(wrong, run._checkpoints, run._trainer_at(0))
        run._strays.extend(strays)
        right_since = int(np.max(wrong, initial=-1)) + 1
        since = max(right_since, int(np.max(strays, initial=-1)) + 1)
        run._right_since, run._cases_right_since = (at if at <= last else None for at in (since, right_since))
        run._cases = CaseRecorder(run._trainer.right_cases.size, record.cases)
        if record.cases is None:
            note_cases_of(run._cases, run._checkpoints, run._trainer_at(0))
        return run


def _with_stray(strays: Array, trainer: Trainer) -> Array:
    """The updates at which the exam was failed though all cases were right, with the trainer's if it is one."""
    fails = trainer.right == trainer.cases and trainer.strays
    return np.append(strays, trainer.update) if fails else strays


def _edited(history: CaseHistory | None, trainer: Trainer) -> CaseHistory:
    """The history of the cases before an update at which a person has changed the weights, and with that update."""
    recorder = CaseRecorder(trainer.right_cases.size, history)
    note_cases(recorder, trainer)
    return recorder.view()
