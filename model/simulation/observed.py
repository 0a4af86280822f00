"""A diary on the screen: the roommate that its days suggest, and the week that was observed last."""

from __future__ import annotations

import numpy as np

from model.roommate.diary import Diary
from model.roommate.roommate import Roommate
from model.simulation.situation import Situation

MAX_OBSERVED = 7
"""The most days of the observed week."""


def observed(diary: Diary, roommate: Roommate, file: str, lesson: int = 3) -> Situation:
    """The last days of a diary that follow each other, with the dishes that were really cooked.

    They are among those that are held out, as far as these reach.

    Args:
        diary: The observed days.
        roommate: Who they suggest; see `Diary.roommate`.
        file: What ``--diary`` opens them with.
        lesson: The number of the lesson.
    """
    last = int(np.flatnonzero(diary.follows)[-1])
    first = last
    while last - first + 1 < MAX_OBSERVED and diary.follows[first - 1]:
        first -= 1
    days = slice(first, last + 1)
    week, dishes = (tuple(column[days].tolist()) for column in (diary.weather, diary.dish))
    start = int(diary.dish[first - 1])
    return Situation(roommate, lesson, week, start, targets=dishes, diary=diary, diary_file=file)
