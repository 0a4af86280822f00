"""What became of many trainings that differ in their seed alone: which learned, when, and for how long it lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from model.analysis.automaton import extract
from model.analysis.rollout import roll_out_to_end
from model.errors import TrainingError
from model.roommate.diary import Diary
from model.roommate.roommate import Roommate
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from model.training.snapshot import TrainingSnapshot

NOT_FINITE = "not finite"
"""How a training ended whose next update would have made numbers that are not finite."""

SLICE = 64
"""Updates between two questions whether to stop."""


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
            were made; or `NOT_FINITE`.
        strays_on: The first day, counted from 1, on which a network that learned the rule leaves it when it is fed
            its own output; None where it does not in the days that were asked for.
    """

    seed: int
    learned_at: int | None
    updates: int
    loss: float
    ended: str
    strays_on: int | None = None


def never() -> bool:
    """Nobody asks to stop."""
    return False


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
    for seed in seeds:
        run, ended = TrainingRun(roommate, replace(config, seed=seed), diary), ""
        while not run.finished and not ended:
            if run.update % SLICE == 0 and should_stop():
                return
            try:
                run.advance()
            except TrainingError:
                ended = NOT_FINITE
        goal = config.stop if run.reached else "updates"
        moment = run.moment()
        strays = _strays_on(moment, rollout_days) if rollout_days and moment.learned_at is not None else None
        yield Outcome(seed, moment.learned_at, moment.update, moment.loss, ended or goal, strays)


def _strays_on(moment: TrainingSnapshot, days: int) -> int | None:
    """The first day on which the network of a moment leaves the rule that it follows; None where it stays true."""
    stray = roll_out_to_end(extract(moment.network, moment.roommate), days=days).stray
    return None if stray is None else stray.day
