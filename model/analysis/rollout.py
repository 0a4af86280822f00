"""A network that goes on from its own output for many days, and where it leaves the rule it follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from model.analysis.automaton import Automaton
from model.network.batch import Batch
from model.network.forward import ForwardPass, run_forward
from model.network.schedule import Feedback

DAYS = 10_000
"""How long a network is fed its own output."""

SKY = 0
"""The seed of the sky over those days: each day any weather, all as likely; the same for every start."""

SLICE = 100
"""Days between two reports: some milliseconds of a small network, so that others get their turn."""

SLICE_NUMBERS = 1_000_000
"""The numbers that one array of a slice may have, which bounds the memory of large networks."""


@dataclass(frozen=True)
class Divergence:
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
class Rollout:
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
    stray: Divergence | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more is to come."""
        return self.stray is not None or self.days == self.asked

    @property
    def stays_true(self) -> bool:
        """Whether it has not strayed so far."""
        return self.stray is None


def roll_out(automaton: Automaton, feedback: Feedback | None = None, days: int = DAYS) -> Iterator[Rollout]:
    """Feed a network its own output, from every dish at once, and compare each day with its table.

    Up to the first day that strays, the table applied to the network's last dish and the table left to itself say
    the same.

    Args:
        automaton: The table and its network.
        feedback: Hard or soft; by default `Network.own_feedback`.
        days: How many, at least 1.

    Yields:
        How it stands after every `SLICE` days or so; the last one is `Rollout.over`.
    """
    network, follower = automaton.network, automaton.roommate
    feedback = network.own_feedback if feedback is None else feedback
    n, k = len(follower.dishes), len(follower.weathers)
    sky = np.random.default_rng(SKY).integers(k, size=days, dtype=np.intp)
    length = min(max(SLICE_NUMBERS // (network.parameters.hidden * n), 1), SLICE, days)
    forward = ForwardPass.allocate(network.parameters, (length, k, n))
    dish, fed = np.arange(n), np.eye(n)
    for begin in range(0, days, length):
        today = np.repeat(sky[begin : begin + length, None], n, axis=1)
        if len(today) < length:
            forward = ForwardPass.allocate(network.parameters, (len(today), k, n))
        weeks = replace(Batch.of(follower, today, dish), start=fed)
        assert weeks.target is not None
        with np.errstate(all="ignore"):
            run_forward(network, weeks, feedback, forward)
        expected = weeks.target.argmax(axis=1)
        strayed = forward.dish != expected
        if strayed.any():
            at, start = divmod(int(strayed.argmax()), n)
            yesterday = int(forward.dish[at - 1, start] if at else dish[start])
            ends = int(forward.dish[at, start]), int(expected[at, start])
            stray = Divergence(begin + at + 1, start, int(today[at, start]), yesterday, *ends)
            yield Rollout(feedback, begin + at + 1, days, stray)
            return
        dish, fed = forward.dish[-1].copy(), next(iter(forward.handed_on.values()))[-1].copy()
        yield Rollout(feedback, begin + len(today), days)


def roll_out_to_end(automaton: Automaton, feedback: Feedback | None = None, days: int = DAYS) -> Rollout:
    """Where `roll_out` ends."""
    for outcome in roll_out(automaton, feedback, days):
        if outcome.over:
            break
    return outcome
