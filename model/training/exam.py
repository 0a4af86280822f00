"""The exam: weeks that a network goes through on its own output; with the cases it decides what "learned" means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.network.batch import Batch
from model.network.forward import ForwardPass
from model.network.loss import margins
from model.network.network import Network
from model.roommate.ambiguity import ambiguous_cases
from model.roommate.roommate import Roommate
from model.training.batches import every_week

MAX_EXAM_DAYS = 2048
"""Where all weeks together have no more days than this, the exam is all of them; otherwise about so many days."""

MIN_EXAM_WEEKS = 16
"""The fewest weeks of an exam that is drawn."""

EXAM_SEED = (0, 2)
"""The seed of the exam's weather; training draws its own with (seed,) and (seed, 1, block)."""


def undecided_case(roommate: Roommate, network: Network) -> tuple[int, int] | None:
    """A case (weather, dish of yesterday) that this network can never know of this roommate.

    Args:
        roommate: Who cooks.
        network: Any weights.

    Returns:
        The first such case; None where there is none, or where the network remembers more than the dish.
    """
    return None if network.cell.remembers else next(iter(ambiguous_cases(roommate)), None)


@dataclass(frozen=True)
class ExamResult:
    """The result of an exam.

    Attributes:
        weeks: How many weeks the exam has.
        right: In how many of them every day was right.
        days: The days of each week.
        stray: The first day on which any week was wrong, counted from 1; None where there is none.
    """

    weeks: int
    right: int
    days: int
    stray: int | None

    @property
    def passed(self) -> bool:
        """Whether every day of every week was right."""
        return self.stray is None


@dataclass(frozen=True, eq=False)
class Exam:
    """Weeks as long as those of training: from every state under every sky where these are few, else a fixed draw.

    Attributes:
        batch: The weeks, with the roommate's dishes as targets.
        counted: (T, B): the days on which it is known what the roommate cooks; the others do not count.
    """

    batch: Batch
    counted: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        roommate: Roommate,
        days: int,
        units: int | None = None,
        known: NDArray[np.bool_] | None = None,
        *,
        zero: bool = False,
    ) -> Exam:
        """The exam that belongs to a training.

        Args:
            roommate: Whose rule is asked for.
            days: How many days a week of the training has.
            units: `Network.units` of the network that is asked.
            known: (k, s): the cases in which the roommate's rule is known; by default all. A week counts up to the
                first day of which nobody knows what it is.
            zero: `Network.zero_start`: then every week begins in the first state.
        """
        k, states = len(roommate.weathers), 1 if zero else len(roommate.states)
        if states * days * k**days <= MAX_EXAM_DAYS:
            start, weather = every_week(states, k, days)
        else:
            weeks = max(MAX_EXAM_DAYS // days, MIN_EXAM_WEEKS)
            start = np.arange(weeks) % states
            weather = np.random.default_rng(EXAM_SEED).integers(k, size=(days, weeks))
        counted = np.ones(weather.shape, dtype=bool)
        if known is not None:
            transitions, state = np.array(roommate.transitions), start
            for day, today in enumerate(weather):
                counted[day], state = known[today, state], transitions[today, state]
            counted = np.logical_and.accumulate(counted, axis=0)
        return cls(Batch.of(roommate, weather, start, units=units, zero=zero), counted)

    def result(self, run: ForwardPass) -> ExamResult:
        """Let a network sit the exam.

        Args:
            run: Its pass over `batch`, with the feedback that it will be used with.
        """
        wrong = ~(margins(run, self.batch) > 0) & self.counted
        strayed = wrong.any(axis=1)
        days, weeks = wrong.shape
        stray = int(strayed.argmax()) + 1 if strayed.any() else None
        return ExamResult(weeks, weeks - int(np.count_nonzero(wrong.any(axis=0))), days, stray)
