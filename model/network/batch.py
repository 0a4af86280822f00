"""B weeks of T days as a network takes them: one-hot, one column a week."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.arrays import Array, Indices, one_hot
from model.errors import InputError
from model.language import _
from model.roommate.roommate import Roommate


@dataclass(frozen=True, eq=False)
class Batch:
    """B weeks of T days as the network takes them: one-hot, one column a week.

    Attributes:
        weather: (T, k, B).
        start: (m, B): what the first day gets from the day before: the dish, or for the Elman network the hidden
            units.
        target: (T, n, B): the dishes really cooked; None where nobody knows or asks.
    """

    weather: Array
    start: Array
    target: Array | None = None

    @classmethod
    def of(
        cls,
        roommate: Roommate,
        weather: Indices,
        start: Indices,
        dishes: Indices | None = None,
        units: int | None = None,
        *,
        zero: bool = False,
    ) -> Batch:
        """Weeks with targets: by default the roommate's own dishes.

        The lecture's network starts from the dish that the state before the first day shows. The Elman network
        starts from hidden units of which only one is 1: the one with the number of that state. Among hand-set
        weights this is the unit of that state after the first weather.

        Args:
            roommate: Whose rule gives the targets.
            weather: (T, B) indices.
            start: (B,) indices of states; without a memory these are the dishes.
            dishes: (T, B) indices of the dishes really cooked, where they are known otherwise.
            units: `Network.units` of the network that is to cook.
            zero: `Network.zero_start`: hidden units before the first day are zero and tell nothing of the state.

        Raises:
            InputError: There are fewer hidden units than states.
        """
        n, k, states = len(roommate.dishes), len(roommate.weathers), len(roommate.states)
        if units is not None and units < states and not zero:
            raise InputError(
                _(
                    "The {roommate} has {states} states, and {units} hidden units cannot start from each of "
                    "them: there must be at least {states}."
                ).format(roommate=roommate.name, states=states, units=units)
            )
        shows = np.array(roommate.shows)
        if dishes is None:
            dishes = dishes_cooked(roommate, weather, start)
        first = np.eye(n)[:, shows[start]] if units is None else _hidden_start(units, start, zero=zero)
        return cls(one_hot(weather, k), np.ascontiguousarray(first), one_hot(dishes, n))

    @property
    def indices(self) -> tuple[Indices, Indices, Indices]:
        """Weather (T, B), start (B,) and targets (T, B) as indices; −1 where a start is all zeros."""
        assert self.target is not None
        start = np.where(self.start.any(axis=0), self.start.argmax(axis=0), -1)
        return self.weather.argmax(axis=1), start, self.target.argmax(axis=1)


def dishes_cooked(roommate: Roommate, weather: Indices, start: Indices) -> Indices:
    """(T, B): the dish of each day under a weather, (T, B), from states before the first day, (B,); as indices."""
    table, lived, state = np.array(roommate.transitions), np.empty_like(weather), start
    for day, today in enumerate(weather):
        state = lived[day] = table[today, state]
    cooked: Indices = np.array(roommate.shows)[lived]
    return cooked


def _hidden_start(units: int, start: Indices, *, zero: bool) -> Array:
    """(units, B): the hidden units before the first day."""
    return np.zeros((units, start.size)) if zero else np.eye(units)[:, start]
