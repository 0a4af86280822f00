"""Weights -> the rule they follow: the table read off a network, and whether the network stays true to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.activation import Array
from model.errors import InputError
from model.network import Feedback, Network, Pass, Weeks, forward
from model.roommate import Kind, Roommate
from model.training import judge

DAYS = 10_000
"""How long a network is fed its own output."""

SKY = 0
"""The seed of the sky over those days: each day any weather, all as likely; the same for every start."""

SLICE = 100
"""Days between two reports: some milliseconds of a small network, so that others get their turn."""

SLICE_NUMBERS = 1_000_000
"""The numbers that one array of a slice may have, which bounds the memory of large networks."""


@dataclass(frozen=True)
class Arrow:
    """All the weathers that lead from one dish to another.

    Attributes:
        source: Yesterday's dish, as an index.
        target: Today's, as an index.
        weathers: As indices, in their order.
    """

    source: int
    target: int
    weathers: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Automaton:
    """The rule that a network follows where it is given whole dishes, one-hot.

    Attributes:
        network: The weights it was read off.
        roommate: Whose dishes and weathers they are; without a memory, and as far as a network of this kind can
            know the rule.
        table: ``table[weather][yesterday]``: the dish the network chooses, as an index; k rows of n.
        margin: (k, n): the probability of that dish minus the greatest of the others.
        truth: ``truth[weather][yesterday]``: the dishes that the true rule can lead to. With hidden states these
            can be several, and where no state shows yesterday's dish there is none; otherwise it is exactly one.
            None where the true rule is not known.
    """

    network: Network
    roommate: Roommate
    table: tuple[tuple[int, ...], ...]
    margin: Array
    truth: tuple[tuple[tuple[int, ...], ...], ...] | None

    @cached_property
    def right(self) -> NDArray[np.bool_] | None:
        """(k, n): whether the true rule can lead to no other dish than the network; None where it is not known."""
        if self.truth is None:
            return None
        rows = zip(self.table, self.truth, strict=True)
        return np.array([[set(t) <= {dish} for dish, t in zip(*row, strict=True)] for row in rows])

    @property
    def matches_rule(self) -> bool | None:
        """Whether the network follows the true rule everywhere; None where that is not known.

        A rule that needs more memory than yesterday's dish is matched by no table.
        """
        return None if self.right is None else bool(self.right.all())

    def is_wrong(self, weather: int, yesterday: int) -> bool:
        """Whether a case is known to be wrong."""
        return self.right is not None and not self.right[weather, yesterday]

    @cached_property
    def closest(self) -> tuple[int, int]:
        """The weather and yesterday of the case with the smallest margin."""
        weather, yesterday = divmod(int(self.margin.argmin()), self.margin.shape[1])
        return weather, yesterday

    @cached_property
    def arrows(self) -> tuple[Arrow, ...]:
        """The table as arrows between dishes, by source and then by target."""
        by_ends: dict[tuple[int, int], list[int]] = {}
        for weather, row in enumerate(self.table):
            for ends in enumerate(row):
                by_ends.setdefault(ends, []).append(weather)
        return tuple(Arrow(*ends, tuple(weathers)) for ends, weathers in sorted(by_ends.items()))


def extract(network: Network, roommate: Roommate, *, known: bool = True) -> Automaton:
    """Read the rule off a network: ask it for every weather after every dish, each dish one-hot.

    Args:
        network: Any weights.
        roommate: Who should be followed, and whose names are used.
        known: Whether the roommate's rule is the true one; otherwise only the names count.

    Raises:
        InputError: The network feeds back its hidden units, so it has no table of yesterday's dish.
    """
    if network.kind is Kind.ELMAN:
        raise InputError(
            "The Elman network has no table of yesterday's dish to read off: its hidden units decide. "
            "Lesson 5 shows the rule of states beside it, and lesson 4 judges it case by case."
        )
    true = roommate.reduced(network.kind)
    with np.errstate(all="ignore"):  # weights may be so large that their products are not finite
        table = tuple(tuple(row) for row in judge(network, true).dish.tolist())
        follower = replace(true, next_dish=table, memory=None)
        margin = judge(network, follower).margin  # of the dishes that were chosen: none is negative
    return Automaton(network, follower, table, margin, _answers(true) if known else None)


def _answers(roommate: Roommate) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """The dishes that the rule can lead to, for each weather and yesterday; see `Automaton.truth`."""
    shows, dishes = roommate.shows, range(len(roommate.dishes))
    return tuple(
        tuple(
            tuple(sorted({shows[following] for state, following in enumerate(row) if shows[state] == dish}))
            for dish in dishes
        )
        for row in roommate.transitions
    )


@dataclass(frozen=True)
class Stray:
    """The first day on which a network that is fed its own output leaves the table read off it.

    Attributes:
        day: Counted from 1.
        start: The dish before the first day, as an index; the first of those that stray on that day.
        weather: That day's weather.
        yesterday: The dish the network chose on the day before.
        dish: What it chose.
        expected: What the table says.
    """

    day: int
    start: int
    weather: int
    yesterday: int
    dish: int
    expected: int


@dataclass(frozen=True)
class Endurance:
    """How far a network that is fed its own output has stayed true to its table.

    Attributes:
        feedback: What it is fed: hard or soft.
        days: The days it has lived from every start.
        asked: The days it is to live.
        stray: The first day on which it strayed, if it did: then it goes no further.
    """

    feedback: Feedback
    days: int
    asked: int
    stray: Stray | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more is to come."""
        return self.stray is not None or self.days == self.asked

    @property
    def stays_true(self) -> bool:
        """Whether it has not strayed so far."""
        return self.stray is None


def own_feedback(network: Network) -> Feedback:
    """What "its own output" means for a network: what it was made to be fed.

    Soft, the probabilities themselves, where it was trained so: they are never quite one-hot, so day by day they
    can drift away from what the table was read off. Hard, the dish chosen, for weights set by hand, whose
    probabilities were never meant to be used, and for those trained with whole dishes, be it the network's own or,
    with teacher forcing, the true ones. With hard feedback a network meets nothing but the cases of its table, and
    so stays true to it by construction.
    """
    return Feedback.SOFT if network.trained_with is Feedback.SOFT else Feedback.HARD


def feed(automaton: Automaton, feedback: Feedback | None = None, days: int = DAYS) -> Iterator[Endurance]:
    """Feed a network its own output, from every dish at once, and compare each day with its table.

    Up to the first day that strays, the table applied to the network's last dish and the table left to itself say
    the same.

    Args:
        automaton: The table and its network.
        feedback: Hard or soft; by default `own_feedback`.
        days: How many, at least 1.

    Yields:
        How it stands after every `SLICE` days or so; the last one is `Endurance.over`.
    """
    network, follower = automaton.network, automaton.roommate
    feedback = own_feedback(network) if feedback is None else feedback
    n, k = len(follower.dishes), len(follower.weathers)
    sky = np.random.default_rng(SKY).integers(k, size=days, dtype=np.intp)
    length = min(max(SLICE_NUMBERS // (network.parameters.hidden * n), 1), SLICE, days)
    run = Pass.allocate(network.parameters, length, n)
    dish, fed = np.arange(n), np.eye(n)
    for begin in range(0, days, length):
        today = np.repeat(sky[begin : begin + length, None], n, axis=1)
        if len(today) < length:
            run = Pass.allocate(network.parameters, len(today), n)
        weeks = replace(Weeks.of(follower, today, dish), start=fed)
        assert weeks.target is not None
        with np.errstate(all="ignore"):
            forward(network, weeks, feedback, run)
        expected = weeks.target.argmax(axis=1)
        strayed = run.dish != expected
        if strayed.any():
            at, start = divmod(int(strayed.argmax()), n)
            yesterday = int(run.dish[at - 1, start] if at else dish[start])
            ends = int(run.dish[at, start]), int(expected[at, start])
            stray = Stray(begin + at + 1, start, int(today[at, start]), yesterday, *ends)
            yield Endurance(feedback, begin + at + 1, days, stray)
            return
        dish, fed = run.dish[-1].copy(), run.previous[-1].copy()
        yield Endurance(feedback, begin + len(today), days)


def endurance(automaton: Automaton, feedback: Feedback | None = None, days: int = DAYS) -> Endurance:
    """Where `feed` ends."""
    for outcome in feed(automaton, feedback, days):
        if outcome.over:
            break
    return outcome
