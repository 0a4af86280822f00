"""What a network is asked in order to judge whether it knows a roommate's rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.activation import Array
from model.network import Indices, Pass, Weeks
from model.roommate import Roommate

ASKED_DAYS, LEAST_ASKED, MOST_ASKED = 20, 480, 4096
"""The days of a week that judges the Elman network; and the fewest and about the most days of all such weeks.

The weeks are longer than those that training usually looks at: a memory that fades shows itself. Large machines get
shorter weeks, because every update is judged.
"""


@dataclass(frozen=True, eq=False)
class Exam:
    """Weeks in which every case occurs, and which case each day is.

    Attributes:
        weeks: The weeks, with targets.
        dish: (T, B): the right dish of each day, as an index.
        case: (T, B): the case that each day is: w·s + y for weather w after state (or dish) y; k·s for a day of
            which nobody knows what it is.
        known: (k, s) for k weathers and s states, or n dishes: the cases of which it is known what follows. The
            others do not count.
    """

    weeks: Weeks
    dish: Indices
    case: Indices
    known: NDArray[np.bool_]

    @classmethod
    def of(cls, roommate: Roommate, units: int | None = None, known: NDArray[np.bool_] | None = None) -> Exam:
        """All there is to be asked.

        A network that feeds back the dish is asked for the roommate's table: every case is a week of one day from a
        one-hot dish. The Elman network cannot be asked so: only by cooking does it make the hidden units that mean a
        state. So every case begins a week of its own, which goes on with random weather, the same each time; a case
        is answered by all days that it occurs on.

        Args:
            roommate: Whose rule is asked for.
            units: `Network.units` of the network that is asked.
            known: (k, s): the cases in which the roommate's rule is known; by default all.

        Raises:
            InputError: There are fewer hidden units than states.
        """
        k, states = len(roommate.weathers), len(roommate.dishes if units is None else roommate.states)
        known = np.ones((k, states), dtype=bool) if known is None else known
        if units is None:
            weeks = cases(roommate)
            dish = np.array(roommate.next_dish).reshape(1, -1)
            return cls(weeks, dish, np.arange(dish.size)[None, :], known)
        count = k * states
        days = max(2, min(ASKED_DAYS, MOST_ASKED // count))
        first = np.tile(np.arange(count), max(1, LEAST_ASKED // (ASKED_DAYS * count)))
        weather = np.random.default_rng(0).integers(k, size=(days, first.size))
        weather[0], start = np.divmod(first, states)
        transitions, before = np.array(roommate.transitions), np.empty_like(weather)
        state = start
        for day, today in enumerate(weather):
            before[day] = state
            state = transitions[today, state]
        dish = np.array(roommate.shows)[transitions[weather, before]]
        weeks = Weeks.of(roommate, weather, start, dish, units)
        case = weather * states + before
        lost = np.logical_or.accumulate(~known.ravel()[case[:-1]])  # where it goes on from what nobody knows
        case[1:][lost] = count
        return cls(weeks, dish, case, known)

    @cached_property
    def cases(self) -> int:
        """The number of cases that count."""
        return int(np.count_nonzero(self.known))

    def right(self, run: Pass) -> int:
        """How many cases were answered with the right dish on every day that they occurred on."""
        wrong = np.bincount(self.case[run.dish != self.dish], minlength=self.known.size)[: self.known.size]
        return int(np.count_nonzero(self.known.ravel() & (wrong == 0)))

    def worst(self, margins: Array) -> Indices:
        """The day on which each case was answered worst, as an index into all days of all weeks.

        Args:
            margins: (T, B): how good each answer was.

        Returns:
            (k·s,): row by row.
        """
        order = np.lexsort((margins.ravel(), self.case.ravel()))
        return order[np.searchsorted(self.case.ravel()[order], np.arange(self.known.size))]


def cases(roommate: Roommate) -> Weeks:
    """All k·n cases of a roommate's table as weeks of one day: case w·n + y is weather w after dish y.

    What the hidden states of a roommate add to the table is not asked for.
    """
    n, k = len(roommate.dishes), len(roommate.weathers)
    weather, yesterday = np.divmod(np.arange(n * k), n)
    return Weeks.of(replace(roommate, memory=None), weather[None, :], yesterday)
