"""The random weeks, or windows of a diary, of each update; reproducible."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from model.arrays import Indices
from model.errors import InputError
from model.language import _
from model.network.batch import Batch, dishes_cooked
from model.network.cell import Size
from model.network.network import default_sizes
from model.roommate.diary import Diary
from model.roommate.roommate import Roommate
from model.training.config import TrainingConfig

MAX_DISTINCT = 4096
"""Up to so many different weeks are laid out once, and a batch only picks among them."""

MAX_LOOKED_UP = 2**20
"""Days of weeks of which it is looked up together what was cooked."""

BLOCK = 256
"""Updates whose batches are drawn at once: a generator for every single one would cost more than the update."""


def units_of(roommate: Roommate, config: TrainingConfig) -> int | None:
    """The hidden units that a network of these settings hands on to the next day; None: it hands on a dish.

    Raises:
        InputError: They are fewer than the roommate's states.
    """
    if not config.cell.remembers:
        return None
    states = len(roommate.states)
    units = default_sizes(config.cell, roommate, config.hidden)[Size.HIDDEN]
    if units < states and config.start != "zero":
        raise InputError(
            _(
                "Hidden: {units} units cannot start from each of the {states} states of the {roommate}: "
                "give at least {states}, or 0."
            ).format(units=units, states=states, roommate=roommate.name)
        )
    return units


def starts_of(roommate: Roommate, config: TrainingConfig) -> int:
    """In how many states the random weeks begin: in all, or in the first where nothing tells it."""
    return 1 if config.cell.remembers and config.start == "zero" else len(roommate.states)


def every_week(states: int, weathers: int, days: int) -> tuple[Indices, Indices]:
    """Every week there is: from every state, under every sky.

    Returns:
        The states before the first day, (B,), and the weather, (days, B), as indices.
    """
    number = np.arange(states * weathers**days)
    weather = [number // weathers ** (days - 1 - day) % weathers for day in range(days)]
    return number // weathers**days, np.array(weather)


class Batches:
    """The random weeks of each update, the same for the same seed, update and number of weeks.

    Args:
        roommate: Whose weeks.
        config: The seed, the weeks a batch has, the days a week has.
        diary: The days that were really lived: weeks are cut out of it instead of made up.

    Raises:
        InputError: The diary has no such weeks.
    """

    def __init__(self, roommate: Roommate, config: TrainingConfig, diary: Diary | None = None) -> None:
        self._roommate, self._config, self._units = roommate, config, units_of(roommate, config)
        k, states = len(roommate.weathers), starts_of(roommate, config)
        self._zero = self._units is not None and config.start == "zero"
        self._distinct: Batch | None = None
        self._lived = None if diary is None else diary.windows(config.days)
        self._choices = 0
        if self._lived is not None:
            self._choices = self._lived.start.size
            if self._choices <= MAX_DISTINCT:
                self._distinct = self._cut(slice(None))
        elif states * k**config.days <= MAX_DISTINCT:
            start, weather = every_week(states, k, config.days)
            self._distinct = Batch.of(roommate, weather, start, units=self._units, zero=self._zero)
            self._choices = start.size
        self._out: Batch | None = None
        self._block = -1
        self._drawn: Indices = np.empty(0, dtype=np.intp)
        self._looked_up: tuple[int, tuple[Indices, Indices, Indices]] = (0, (self._drawn,) * 3)

    def _cut(self, which: slice | Indices) -> Batch:
        """Some of the weeks that were lived."""
        lived = self._lived
        assert lived is not None
        return Batch.of(
            self._roommate,
            lived.weather[:, which],
            lived.start[which],
            lived.dish[:, which],
            self._units,
            zero=self._zero,
        )

    def at(self, update: int) -> Batch:
        """The weeks that an update learns from; they are overwritten by the next call."""
        return self._spelled_out(update) if self._distinct is None else self.weeks(self._drawn_from(update)[0])

    def _spelled_out(self, update: int) -> Batch:
        """The weeks of an update where there are too many different ones to lay them out.

        What was cooked is looked up for as many updates together as the block has, or memory.
        """
        first, found = self._looked_up
        if not first <= update < first + len(found[0]):
            drawn = self._drawn_from(update)
            found = self.indices(update, min(len(drawn), max(1, MAX_LOOKED_UP // drawn[0].size)))
            first, _unused = self._looked_up = update, found
        n, k = len(self._roommate.dishes), len(self._roommate.weathers)
        weather, start, dish = (indices[update - first] for indices in found)
        if self._out is None:
            sizes = (len(weather), k), (self._units or n,), (len(weather), n)
            self._out = Batch(*(np.empty((*size, self._config.weeks)) for size in sizes))
        assert self._out.target is not None
        np.equal(weather[:, None], np.arange(k)[:, None], out=self._out.weather)
        np.equal(start, np.arange(len(self._out.start))[:, None], out=self._out.start)
        np.equal(dish[:, None], np.arange(n)[:, None], out=self._out.target)
        return self._out

    def _drawn_from(self, update: int) -> Indices:
        """What is drawn for an update, and for those after it in the same block."""
        block, row = divmod(update, BLOCK)
        if block != self._block:
            self._block, self._drawn = block, self.drawn(self._config.seed, block)
        return self._drawn[row:]

    def indices(self, update: int, count: int) -> tuple[Indices, Indices, Indices]:
        """The weeks of several updates of one block as indices.

        Args:
            update: The first.
            count: How many, at the most as many as the block has left.

        Returns:
            Weather (updates, days, weeks); the dish or hidden unit that each week begins with (updates, weeks), −1
            for none; and the dishes, as weather.
        """
        drawn = self._drawn_from(update)[:count]
        if self._distinct is not None:
            weather, start, dish = self._every_index
            return weather[:, drawn].swapaxes(0, 1), start[drawn], dish[:, drawn].swapaxes(0, 1)
        if self._lived is not None:
            weather, start = self._lived.weather[:, drawn], self._lived.start[drawn]
            dish = self._lived.dish[:, drawn]
        else:
            weather, start = drawn[:, 1:].swapaxes(0, 1), drawn[:, 0]
            dish = dishes_cooked(self._roommate, weather, start)
        if self._zero:
            start = np.full_like(start, -1)
        elif self._units is None:
            start = np.array(self._roommate.shows)[start]
        return weather.swapaxes(0, 1), start, dish.swapaxes(0, 1)

    @cached_property
    def _every_index(self) -> tuple[Indices, Indices, Indices]:
        """The distinct weeks as indices."""
        assert self._distinct is not None
        return self._distinct.indices

    def weeks(self, drawn: Indices) -> Batch:
        """The weeks that were drawn, as many as there are columns; they are overwritten by the next call.

        Args:
            drawn: (weeks,) or (…, weeks): as `drawn` has them for one update.
        """
        if self._distinct is None and self._lived is not None:
            return self._cut(drawn)
        if self._distinct is None:
            return Batch.of(self._roommate, drawn[1:], drawn[0], units=self._units, zero=self._zero)
        every, out = self._distinct, self._out
        assert every.target is not None
        if out is None or out.start.shape[1] != drawn.size:
            arrays = (every.weather, every.start, every.target)
            out = self._out = Batch(*(np.empty((*array.shape[:-1], drawn.size)) for array in arrays))
        every.weather.take(drawn, axis=2, out=out.weather, mode="clip")
        every.start.take(drawn, axis=1, out=out.start, mode="clip")
        every.target.take(drawn, axis=2, out=out.target, mode="clip")
        return out

    def drawn(self, seed: int, block: int) -> Indices:
        """What is drawn with a seed for the `BLOCK` updates of a block: (BLOCK, weeks) or (BLOCK, …, weeks)."""
        rng = np.random.default_rng([seed, 1, block])
        if self._choices:
            return rng.integers(self._choices, size=(BLOCK, self._config.weeks), dtype=np.intp)
        states, k = starts_of(self._roommate, self._config), len(self._roommate.weathers)
        size = (BLOCK, self._config.days + 1, self._config.weeks)
        drawn = rng.integers(k, size=size, dtype=np.intp)
        drawn[:, 0] = rng.integers(states, size=(BLOCK, self._config.weeks), dtype=np.intp)
        return drawn
