"""An honest grade: how many days of a diary a network gets right that it was never trained on."""

from __future__ import annotations

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


@dataclass(frozen=True)
class HeldOutScore:
    """How many of some days were right."""

    right: int
    days: int

    @property
    def accuracy(self) -> float:
        """The part that was right."""
        return self.right / self.days


def score_held_out(network: Network, roommate: Roommate, diary: Diary) -> HeldOutScore:
    """Let a network say today's dish from today's weather and the dish that was really cooked the day before.

    The Elman network is not told dishes: it lives through the days before, and only their weather is what it has.

    Args:
        network: Any weights.
        roommate: Whose dishes and weathers these are.
        diary: Its held-out days are asked for.
    """
    most, right = max(MAX_NUMBERS // network.parameters.hidden, 1), 0
    for lived, asked in _single_days(diary, most) if network.units is None else _stretches(diary, most):
        weeks = Batch.of(roommate, lived.weather, lived.start, lived.dish, network.units)
        chosen = run_forward(network, weeks, Feedback.HARD).dish
        right += int(np.count_nonzero((chosen == lived.dish)[-asked:]))
    return HeldOutScore(right, diary.examined.start.size)


def _single_days(diary: Diary, most: int) -> Iterator[tuple[DayWindows, int]]:
    """Each held-out day from the dish before it, many of them at once, with how many days of a run are asked for."""
    days = diary.examined
    for begin in range(0, days.start.size, most):
        some = slice(begin, begin + most)
        yield DayWindows(days.start[some], days.weather[:, some], days.dish[:, some]), 1


def _stretches(diary: Diary, most: int) -> Iterator[tuple[DayWindows, int]]:
    """Held-out days one after the other, led in by earlier ones from which what is remembered comes."""
    rows = np.flatnonzero(diary.follows)
    rows = rows[rows >= diary.cut]
    for stretch in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1):
        for begin in range(0, stretch.size, most):
            asked = stretch[begin : begin + most]
            before = diary.follows[max(asked[0] - LEAD_IN, 0) : asked[0]][::-1]
            lead = int(np.argmin(np.append(before, False)))
            at = np.arange(asked[0] - lead, asked[-1] + 1)
            yield DayWindows(diary.dish[at[:1] - 1], diary.weather[at, None], diary.dish[at, None]), asked.size
