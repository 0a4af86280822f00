"""Frozen views of a training run: a snapshot to draw, a checkpoint to resume from, a record to save."""

from __future__ import annotations

from dataclasses import dataclass

from model.arrays import Array
from model.network.network import Network
from model.roommate.diary import Diary
from model.roommate.roommate import Roommate
from model.training.case_history import CaseHistory
from model.training.config import TrainingConfig
from model.training.curve import CurveView
from model.training.evaluation import Evaluation
from model.training.exam import ExamResult
from model.training.optimizers import OptimizerState
from model.training.provenance import Provenance, stretches


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """All that is needed to go on from an update."""

    update: int
    weights: Array
    memory: OptimizerState


@dataclass(frozen=True, eq=False)
class TrainingSnapshot:
    """A training run at one update, as a value: what a thread posts and a screen draws.

    Attributes:
        roommate: Whose rule is learned.
        config: The settings at this update.
        update: How many updates were made.
        network: The weights.
        loss: On the update's own batch, in nats.
        accuracy: The part of that batch's days that is right.
        verdict: What the network answers in every case.
        exam: How it does when it is fed its own output; None where there is no exam, see `Trainer.examine`.
        right_since: The update since which all cases and the whole exam have been right, as seen from the latest; or
            None.
        right_at: The update since which all cases have been right, whatever the exam says, likewise.
        learned_at: The same as `right_since` where that has been so for as many updates as the settings ask for, else
            None.
        losses: The loss after every update so far, from 0.
        accuracies: Likewise the accuracy.
        latest: The latest update that was made; greater than `update` while looking back.
        reached: Whether the goal of the settings is reached at the latest update.
        rights: After every update, how many cases were right.
        cases: Which cases were right when, and how long the gradient was.
        change: How far each weight has moved in the last ten updates, or since the first; None where nobody knows.
        gradient_length: The length of the gradient that the next update will use.
        memory: What the optimizer remembers at this update.
        diary: The days it learns from; None: random weeks of the rule.
        configs: The settings up to this update, each with the update from which they held.
        edited: The updates after which a person has changed weights.
        aimed: The updates that learned from a week of the person's, each with that week and the state before it.
    """

    roommate: Roommate
    config: TrainingConfig
    update: int
    network: Network
    loss: float
    accuracy: float
    verdict: Evaluation
    exam: ExamResult | None
    right_since: int | None
    right_at: int | None
    learned_at: int | None
    losses: CurveView
    accuracies: CurveView
    rights: CurveView
    cases: CaseHistory
    change: Array | None
    gradient_length: float
    latest: int
    reached: bool
    memory: OptimizerState
    diary: Diary | None = None
    configs: tuple[tuple[int, TrainingConfig], ...] = ()
    edited: tuple[int, ...] = ()
    aimed: tuple[tuple[int, tuple[int, ...], int], ...] = ()

    @property
    def right_dishes(self) -> tuple[tuple[int, ...], ...]:
        """``right_dishes[weather][case]``: what the roommate cooks in each case of the verdict, as an index."""
        roommate = self.roommate
        if not self.network.cell.remembers:
            return roommate.next_dish
        return tuple(tuple(roommate.shows[state] for state in row) for row in roommate.transitions)

    @property
    def provenance(self) -> Provenance:
        """What made the weights."""
        made = stretches(self.configs or ((0, self.config),), self.update)
        return Provenance(made, self.edited, self.aimed, self.config.optimizer, self.memory)


@dataclass(frozen=True, eq=False)
class RunRecord:
    """All that makes a run, as values that can be written down.

    Attributes:
        roommate: Whose rule is learned.
        configs: The settings, each with the update from which they held.
        stride: The updates between checkpoints.
        checkpoints: In order, the first at 0 and the last at the latest update.
        losses: The loss after every update, from 0.
        accuracies: Likewise the accuracy.
        rights: Likewise how many cases were right.
        strays: The updates at which the exam was failed though all cases were right; None in a record of old, which
            does not know.
        cases: The history of the cases; None in such a record.
        aimed: The updates that learned from a week of the person's, each with that week and its starting dish.
        pinned: The updates whose checkpoint cannot be made again from the one before it: edited weights.
        diary: The days that are learned from; None: random weeks of the rule.
    """

    roommate: Roommate
    configs: tuple[tuple[int, TrainingConfig], ...]
    stride: int
    checkpoints: tuple[Checkpoint, ...]
    losses: Array
    accuracies: Array
    rights: Array
    strays: Array | None
    cases: CaseHistory | None = None
    aimed: tuple[tuple[int, tuple[int, ...], int], ...] = ()
    pinned: tuple[int, ...] = ()
    diary: Diary | None = None
