"""What became of many trainings that differ in their seed alone: which learned, when, and for how long it lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from model.analysis.automaton import extract
from model.analysis.rollout import roll_out_to_end
from model.analysis.seed_rollout import TOGETHER, stray_days
from model.roommate.diary import Diary
from model.roommate.roommate import Roommate
from model.training.config import TrainingConfig
from model.training.seed_batch import TrainedSeed, never, train_in_lanes


@dataclass(frozen=True)
class Outcome:
    """What became of one training.

    Attributes:
        seed: Its seed.
        learned_at: The update since which all cases and the whole exam have been right, for as long as was asked;
            None where the rule was not learned.
        updates: How many updates were made.
        loss: The loss after the last of them, in nats.
        ended: Why there was no further update: the goal that was reached, "learned" or "loss"; "updates" where all
            were made; or "not finite".
        strays_on: The first day, counted from 1, on which a network that learned the rule leaves it when it is fed
            its own output; None where it does not in the days that were asked for.
    """

    seed: int
    learned_at: int | None
    updates: int
    loss: float
    ended: str
    strays_on: int | None = None


def train_seeds(
    roommate: Roommate,
    config: TrainingConfig,
    seeds: Sequence[int],
    *,
    diary: Diary | None = None,
    rollout_days: int = 0,
    should_stop: Callable[[], bool] = never,
) -> Iterator[Outcome]:
    """Train once with each seed, each as `TrainingRun` would until it is finished.

    Args:
        roommate: Whose rule is learned.
        config: All settings but the seed.
        seeds: The seeds.
        diary: The days that are learned from; None: random weeks of the rule.
        rollout_days: For how many days a network that learned is fed its own output; 0: for none.
        should_stop: Is asked now and then; once it says so, the trainings that are not done have no outcome.

    Yields:
        The outcomes as they come, in any order.

    Raises:
        InputError: The settings do not fit the roommate or the diary.
    """
    waiting: list[TrainedSeed] = []  # learned, and still to be followed
    for trained in train_in_lanes(roommate, config, seeds, diary=diary, should_stop=should_stop):
        if not rollout_days or trained.learned_at is None:
            yield _outcome(trained, None)
        elif config.cell.remembers:
            stray = roll_out_to_end(extract(trained.network, roommate), days=rollout_days).stray
            yield _outcome(trained, None if stray is None else stray.day)
        else:
            waiting.append(trained)
        if len(waiting) == TOGETHER:
            yield from _followed(roommate, waiting, rollout_days, should_stop)
            waiting = []
    if waiting:
        yield from _followed(roommate, waiting, rollout_days, should_stop)


def _followed(
    roommate: Roommate, learned: list[TrainedSeed], days: int, should_stop: Callable[[], bool]
) -> Iterator[Outcome]:
    """The outcomes of some trainings that have learned; none where it is stopped meanwhile."""
    strays = stray_days(roommate, learned, days, should_stop)
    if strays is not None:
        yield from map(_outcome, learned, strays)


def _outcome(trained: TrainedSeed, strays_on: int | None) -> Outcome:
    return Outcome(trained.config.seed, trained.learned_at, trained.updates, trained.loss, trained.ended, strays_on)
