"""An honest grade: how many days of a diary a network gets right that it was never trained on, and how sure that is.

Beside it stands what can be had without learning anything, on the same days.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from model.network.batch import Batch
from model.network.forward import run_forward
from model.network.network import Network
from model.network.schedule import Feedback
from model.roommate.diary import DayWindows, Diary
from model.roommate.roommate import Roommate

MAX_NUMBERS = 1_000_000
"""The numbers that one array may have, which bounds the memory of large networks."""

LEAD_IN = 100
"""The most days before the first that is asked for, for a network that remembers more than a dish."""


SURE = 1.959963984540054
"""Standard deviations around the mean of a normal distribution that hold 95 % of it."""


@dataclass(frozen=True)
class HeldOutScore:
    """How many of some days were right."""

    right: int
    days: int

    @property
    def accuracy(self) -> float:
        """The part that was right."""
        return self.right / self.days

    @property
    def interval(self) -> tuple[float, float]:
        """The parts that so many days leave possible: Wilson's interval (1927) of 95 %."""
        part, square = self.accuracy, SURE**2 / self.days
        middle = (part + square / 2) / (1 + square)
        half = SURE / (1 + square) * math.sqrt(part * (1 - part) / self.days + square / (4 * self.days))
        least = 0.0 if self.right == 0 else middle - half
        return least, 1.0 if self.right == self.days else middle + half


@dataclass(frozen=True)
class HeldOut:
    """How a network does on the days that are held out, and what does as well without learning.

    Attributes:
        next_dish: The next dish given the true past: the dish that was really cooked the day before; for a network
            that is fed no dish, but its hidden units, the weather of all days before.
        free_running: The same days, but from the first of a stretch on it is fed what it made itself.
        commonest: The dish that was commonest among the days trained on.
        majority: Always that dish.
        same: Always the same as yesterday.
        best: The best of all rules about yesterday's dish and the weather, found with these very days: a ceiling for
            every network without a memory.
    """

    next_dish: HeldOutScore
    free_running: HeldOutScore
    commonest: int
    majority: HeldOutScore
    same: HeldOutScore
    best: HeldOutScore

    @property
    def guessing(self) -> HeldOutScore:
        """The better of the two ways to be right without having learned anything."""
        return max(self.majority, self.same, key=lambda score: score.right)

    @property
    def no_better_than_guessing(self) -> bool:
        """Whether the days leave it possible that the network is no better than that."""
        return self.next_dish.interval[0] <= self.guessing.accuracy


def score_held_out_days(network: Network, roommate: Roommate, diary: Diary) -> HeldOut:
    """Judge a network by the days of a diary that were held out.

    Args:
        network: Any weights.
        roommate: Whose dishes and weathers these are.
        diary: The diary.
    """
    rows = np.flatnonzero(diary.follows)
    rows = rows[rows >= diary.cut]
    today, yesterday = diary.dish[rows], diary.dish[rows - 1]
    counts = np.zeros((len(diary.weathers), len(diary.dishes), len(diary.dishes)), dtype=np.intp)
    np.add.at(counts, (diary.weather[rows], yesterday, today), 1)
    commonest = int(np.bincount(diary.dish[: diary.cut]).argmax())

    def score(right: int) -> HeldOutScore:
        return HeldOutScore(right, rows.size)

    return HeldOut(
        next_dish=score_held_out(network, roommate, diary),
        free_running=score_free_running(network, roommate, diary),
        commonest=commonest,
        majority=score(int(np.count_nonzero(today == commonest))),
        same=score(int(np.count_nonzero(today == yesterday))),
        best=score(int(counts.max(axis=2).sum())),
    )


def score_free_running(network: Network, roommate: Roommate, diary: Diary) -> HeldOutScore:
    """Let a network go on from its own output over the held-out days, from the true dish before each stretch.

    A network that hands on its hidden units is never told a dish: for it this is what `score_held_out` asks.

    Args:
        network: Any weights.
        roommate: Whose dishes and weathers these are.
        diary: Its held-out days are asked for.
    """
    if network.units is not None:
        return score_held_out(network, roommate, diary)
    most, right = max(MAX_NUMBERS // network.parameters.hidden, 1), 0
    for lived, _examined in _stretches(diary, most, lead_in=0):
        weeks = Batch.of(roommate, lived.weather, lived.start, lived.dish)
        chosen = run_forward(network, weeks, network.own_feedback).dish
        right += int(np.count_nonzero(chosen == lived.dish))
    return HeldOutScore(right, diary.examined.start.size)


def score_held_out(network: Network, roommate: Roommate, diary: Diary) -> HeldOutScore:
    """Let a network say today's dish from today's weather and the dish that was really cooked the day before.

    The Elman network is not told dishes: it lives through the days before, and only their weather is what it has.

    Args:
        network: Any weights.
        roommate: Whose dishes and weathers these are.
        diary: Its held-out days are asked for.
    """
    most, right = max(MAX_NUMBERS // network.parameters.hidden, 1), 0
    for lived, examined in _single_days(diary, most) if network.units is None else _stretches(diary, most):
        weeks = Batch.of(roommate, lived.weather, lived.start, lived.dish, network.units, zero=network.zero_start)
        chosen = run_forward(network, weeks, Feedback.HARD).dish
        right += int(np.count_nonzero((chosen == lived.dish)[-examined:]))
    return HeldOutScore(right, diary.examined.start.size)


def _single_days(diary: Diary, most: int) -> Iterator[tuple[DayWindows, int]]:
    """Each held-out day from the dish before it, many of them at once, with how many days of a run are asked for."""
    days = diary.examined
    for begin in range(0, days.start.size, most):
        some = slice(begin, begin + most)
        yield DayWindows(days.start[some], days.weather[:, some], days.dish[:, some]), 1


def _stretches(diary: Diary, most: int, lead_in: int = LEAD_IN) -> Iterator[tuple[DayWindows, int]]:
    """Held-out days one after the other, led in by earlier ones from which what is remembered comes."""
    rows = np.flatnonzero(diary.follows)
    rows = rows[rows >= diary.cut]
    for stretch in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1):
        for begin in range(0, stretch.size, most):
            examined = stretch[begin : begin + most]
            before = diary.follows[max(examined[0] - lead_in, 0) : examined[0]][::-1]
            lead = int(np.argmin(np.append(before, False)))
            at = np.arange(examined[0] - lead, examined[-1] + 1)
            yield DayWindows(diary.dish[at[:1] - 1], diary.weather[at, None], diary.dish[at, None]), examined.size
