"""Diaries: days that were really lived, without the rule behind them; what they prove, and weeks to learn from."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.arrays import Indices
from model.errors import InputError
from model.language import N_, _
from model.roommate.naming import name_of_file
from model.roommate.roommate import Roommate, day_label

NUMBERS, DATES, NAMES = N_("numbers"), N_("dates"), N_("names")
"""The forms in which a diary labels its days: 1, 2, 3; 2024-05-17; Monday."""

HELD_OUT = 0.2
"""The part of a diary, at its end, that is never trained on."""


@dataclass(frozen=True, eq=False)
class DayWindows:
    """B runs of T days each as they were lived, all as indices.

    Attributes:
        start: (B,): the dish of the day before the first.
        weather: (T, B).
        dish: (T, B).
    """

    start: Indices
    weather: Indices
    dish: Indices


@dataclass(frozen=True, eq=False)
class Evidence:
    """What some days say about the rule of a roommate who goes by yesterday's dish and the weather alone.

    Attributes:
        counts: (k, n, n): on how many days a weather after a dish led to each dish.
    """

    counts: Indices

    @cached_property
    def seen(self) -> NDArray[np.bool_]:
        """(k, n): whether a weather after a dish occurred at all."""
        seen: NDArray[np.bool_] = self.counts.sum(axis=2) > 0
        return seen

    @cached_property
    def decided(self) -> NDArray[np.bool_]:
        """(k, n): whether one dish followed more often than every other."""
        most = self.counts.max(axis=2)
        alone: NDArray[np.bool_] = (self.counts == most[:, :, None]).sum(axis=2) == 1
        return self.seen & alone

    @cached_property
    def majority(self) -> Indices:
        """(k, n): the dish that followed most often, as an index; of several the first, 0 where there was none."""
        most: Indices = self.counts.argmax(axis=2)
        return most

    @property
    def days(self) -> int:
        """How many days these are."""
        return int(self.counts.sum())

    @property
    def best(self) -> int:
        """On how many of these days the best of all rules is right: in each case it takes the majority's side."""
        return int(self.counts.max(axis=2).sum())


@dataclass(frozen=True, eq=False)
class Diary:
    """D observed days in their order.

    Attributes:
        name: Where they come from.
        dishes: Names of the n dishes.
        weathers: Names of the k weathers.
        form: How the days are told: `NUMBERS`, `DATES` or `NAMES`.
        day: (D,): each day as a number, greater than the one before; one greater where it is the next day.
        weather: (D,): as indices.
        dish: (D,): as indices.
        line: (D,): the line of the file that each day stands in.
        held_out: The part of the days, at the end, that is never trained on; more than 0, less than 1.

    Raises:
        InputError: The columns do not fit, no day is left to train on or to hold out, or those to train on say
            nothing.
    """

    name: str
    dishes: tuple[str, ...]
    weathers: tuple[str, ...]
    form: str
    day: Indices
    weather: Indices
    dish: Indices
    line: Indices
    held_out: float = HELD_OUT

    def __post_init__(self) -> None:
        columns = ((self.weather, len(self.weathers)), (self.dish, len(self.dishes)), (self.line, None))
        if (
            self.day.ndim != 1
            or not self.day.size
            or (np.diff(self.day) < 1).any()
            or any(
                column.shape != self.day.shape or column.min() < 0 or (size is not None and column.max() >= size)
                for column, size in columns
            )
        ):
            raise InputError(_("{name}: its days, weathers and dishes do not fit together.").format(name=self.name))
        if not 0 < self.held_out < 1:
            raise InputError(_("Held out: {part:g} must be more than 0 and less than 1.").format(part=self.held_out))
        if not self.follows.any() or not self.follows[: self.cut].any():
            raise InputError(
                _(
                    "{name} has {count:,} days whose day before is known: one must be there to train on and "
                    "one to hold out."
                ).format(name=self.name, count=int(self.follows.sum()))
            )
        if not self.taught.decided.any():
            raise InputError(
                _("{name}: in no case did one dish follow more often than others; that is no rule.").format(
                    name=self.name
                )
            )

    @cached_property
    def follows(self) -> NDArray[np.bool_]:
        """(D,): whether the day before is in the diary, too."""
        next_day: NDArray[np.bool_] = np.diff(self.day, prepend=self.day[:1] - 2) == 1
        return next_day

    @cached_property
    def cut(self) -> int:
        """The first of the days that are held out: at least one of these follows another."""
        count = len(self.day)
        share = count - math.ceil(self.held_out * count - 1e-9)
        return min(share, int(np.flatnonzero(self.follows)[-1]))

    @property
    def stretches(self) -> int:
        """Into how many stretches of days one after the other the gaps split it."""
        return len(self.gaps) + 1

    @cached_property
    def gaps(self) -> Indices:
        """The days, but for the first, whose day before is not in the diary, as indices."""
        return np.flatnonzero(~self.follows)[1:]

    def label(self, row: int) -> str:
        """A day as the file tells it."""
        day = int(self.day[row])
        if self.form == DATES:
            return date.fromordinal(day).isoformat()
        return day_label(day) if self.form == NAMES else str(day)

    # What it proves

    def _evidence(self, rows: NDArray[np.bool_]) -> Evidence:
        at = np.flatnonzero(rows)
        counts = np.zeros((len(self.weathers), len(self.dishes), len(self.dishes)), dtype=np.intp)
        np.add.at(counts, (self.weather[at], self.dish[at - 1], self.dish[at]), 1)
        return Evidence(counts)

    @cached_property
    def evidence(self) -> Evidence:
        """The evidence of all days."""
        return self._evidence(self.follows)

    @cached_property
    def taught(self) -> Evidence:
        """The evidence of the days that are trained on."""
        return self._evidence(self.follows & (np.arange(len(self.day)) < self.cut))

    @cached_property
    def contradictory(self) -> Indices:
        """The days on which the same weather after the same dish led to another dish than mostly, as indices."""
        at = np.flatnonzero(self.follows)
        mostly = self.evidence.majority[self.weather[at], self.dish[at - 1]]
        others: Indices = at[mostly != self.dish[at]]
        return others

    def roommate(self, base: Roommate | None = None) -> Roommate:
        """The roommate that the days trained on suggest: in each case the dish that followed most often.

        Args:
            base: Whose names and pictures they are, and what to assume in the cases that did not occur; without
                one, that there the dish stays the same.
        """
        n, k = len(self.dishes), len(self.weathers)
        assumed = np.tile(np.arange(n), (k, 1)) if base is None else np.array(base.next_dish)
        table = np.where(self.taught.seen, self.taught.majority, assumed)
        rows = tuple(tuple(row) for row in table.tolist())
        if base is None:
            return Roommate(name_of_file(self.name), self.dishes, self.weathers, rows, self.weathers)
        rules = base.rules if rows == base.next_dish else base.weathers
        return replace(base, next_dish=rows, rules=rules, memory=None)

    # Weeks

    @cached_property
    def longest(self) -> int:
        """The most days one after the other, the day before them known, that there are to train on."""
        breaks = np.flatnonzero(np.concatenate(([True], ~self.follows[: self.cut], [True])))
        return int(np.diff(breaks).max()) - 1

    def windows(self, days: int) -> DayWindows:
        """All runs of days to train on; they overlap.

        Args:
            days: How many days each has, 1 to `longest`.

        Raises:
            InputError: There are none so long.
        """
        if not 1 <= days <= self.longest:
            raise InputError(
                _(
                    "{name} has no {days} days one after the other to train on (and the day before them): "
                    "the longest stretch has {longest}."
                ).format(name=self.name, days=days, longest=self.longest)
            )
        return self._lived(self._window_starts(days), days)

    def _window_starts(self, days: int) -> Indices:
        known = np.concatenate(([0], np.cumsum(self.follows[: self.cut])))
        first: Indices = np.flatnonzero(known[days:] - known[:-days] == days)
        return first

    def _lived(self, first: Indices, days: int) -> DayWindows:
        at = first + np.arange(days)[:, None]
        return DayWindows(self.dish[first - 1], self.weather[at], self.dish[at])

    def left_out(self, days: int) -> int:
        """How many days that could be trained on are in no window of so many days: their stretch is too short."""
        used = np.zeros(self.cut, dtype=bool)
        used[(self._window_starts(days) + np.arange(days)[:, None]).ravel()] = True
        return int((self.follows[: self.cut] & ~used).sum())

    @cached_property
    def examined(self) -> DayWindows:
        """The held-out days as windows of one day: the dish before, the weather, and the dish that followed."""
        at = np.flatnonzero(self.follows)
        return self._lived(at[at >= self.cut], 1)


def diary_of(roommate: Roommate, week: tuple[int, ...], start: int, name: str = "diary") -> Diary:
    """The diary of days that a roommate cooks.

    Args:
        roommate: Who cooks.
        week: The weather of each day, as indices; at least four days.
        start: The state before the first day, as an index.
        name: What it is called.
    """
    days = np.arange(len(week))
    dish = np.array(roommate.cook(week, start))
    return Diary(name, roommate.dishes, roommate.weathers, NUMBERS, days + 1, np.array(week), dish, days + 2)
