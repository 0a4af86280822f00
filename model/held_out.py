"""An honest grade: how many days of a diary a network gets right that it was never trained on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.diary import Diary
from model.network import Feedback, Network, Weeks, forward
from model.roommate import Roommate

MOST_NUMBERS = 1_000_000
"""The numbers that one array may have, which bounds the memory of large networks."""


@dataclass(frozen=True)
class Grade:
    """How many of some days were right."""

    right: int
    days: int

    @property
    def accuracy(self) -> float:
        """The part that was right."""
        return self.right / self.days


def grade(network: Network, roommate: Roommate, diary: Diary) -> Grade:
    """Let a network say today's dish from today's weather and the dish that was really cooked the day before.

    Args:
        network: Any weights.
        roommate: Whose dishes and weathers these are.
        diary: Its held-out days are asked for.
    """
    asked, right = diary.examined, 0
    step = max(MOST_NUMBERS // network.parameters.hidden, 1)
    for begin in range(0, asked.start.size, step):
        some = slice(begin, begin + step)
        weeks = Weeks.of(roommate, asked.weather[:, some], asked.start[some], asked.dish[:, some])
        right += int(np.count_nonzero(forward(network, weeks, Feedback.HARD).dish == asked.dish[:, some]))
    return Grade(right, asked.start.size)
