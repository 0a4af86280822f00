"""A network that goes on from its own output for many days, and where it leaves the rule it follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from model.analysis.automaton import Automaton
from model.analysis.states import FoundStates
from model.arrays import Array, Indices, one_hot
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
        start: The dish before the first day, as an index; the first of those that stray on that day. For a network
            with states of its own: the roommate's state.
        weather: That day's weather.
        yesterday: The dish the network chose on the day before, or the state that it was in.
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
        wanted_days: The days it is to live.
        stray: The first day on which it strayed, if it did: then it goes no further.
    """

    feedback: Feedback
    days: int
    wanted_days: int
    stray: Divergence | None = None

    @property
    def over(self) -> bool:
        """Whether the rollout has ended: it diverged, or all days are lived."""
        return self.stray is not None or self.days == self.wanted_days

    @property
    def stays_true(self) -> bool:
        """Whether the network has followed its table on every day so far."""
        return self.stray is None


def roll_out(automaton: Automaton, feedback: Feedback | None = None, days: int = DAYS) -> Iterator[Rollout]:
    """Feed a network its own output, from every dish (or state) at once, and compare each day with its table.

    Up to the first day that strays, the table applied to the network's last dish and the table left to itself say
    the same.

    Args:
        automaton: The table and its network.
        feedback: Hard or soft; by default `Network.own_feedback`.
        days: How many, at least 1.

    Yields:
        How it stands after every `SLICE` days or so; the last one is `Rollout.over`.
    """
    if automaton.found is not None:
        yield from _roll_out_states(automaton, automaton.found, days)
        return
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


def _roll_out_states(automaton: Automaton, found: FoundStates, days: int) -> Iterator[Rollout]:
    """`roll_out` for a network with hidden states: the first day tells the state, and the table goes on from it.

    On its first day it starts from what the roommate's states are told by, and not from a state of its own.
    """
    network, table = automaton.network, np.array(automaton.table)
    starts, k = (1 if network.zero_start else len(automaton.starts)), len(automaton.roommate.weathers)
    sky = np.random.default_rng(SKY).integers(k, size=days, dtype=np.intp)
    length = min(max(SLICE_NUMBERS // (network.parameters.hidden * starts), 1), SLICE, days)
    states: Indices | None = None
    last: dict[str, Array] = {}
    first = np.zeros((found.vectors.shape[1] // len(network.cell.hands_on), starts))
    if not network.zero_start:
        first[np.arange(starts), np.arange(starts)] = 1.0
    for begin in range(0, days, length):
        today = np.repeat(sky[begin : begin + length, None], starts, axis=1)
        forward = ForwardPass.allocate(network.parameters, (len(today), k, starts))
        for name, array in forward.handed_on.items():
            array[0] = last.get(name, first)
        with np.errstate(all="ignore"):
            run_forward(network, Batch(one_hot(today, k), first), into=forward, begun=True)
        for day, weather in enumerate(today):
            if states is None:
                vectors = np.concatenate([array[1] for array in forward.handed_on.values()])
                states = found.nearest(np.nan_to_num(vectors))
                continue
            before, states = states, table[weather, states]
            strayed = np.flatnonzero(forward.dish[day] != found.shows[states])
            if strayed.size:
                start = int(strayed[0])
                ends = int(forward.dish[day, start]), int(found.shows[states[start]])
                stray = Divergence(begin + day + 1, start, int(weather[start]), int(before[start]), *ends)
                yield Rollout(Feedback.HIDDEN, begin + day + 1, days, stray)
                return
        last = {name: array[-1].copy() for name, array in forward.handed_on.items()}
        yield Rollout(Feedback.HIDDEN, begin + len(today), days)


def roll_out_to_end(automaton: Automaton, feedback: Feedback | None = None, days: int = DAYS) -> Rollout:
    """Run `roll_out` to its end and return its last state."""
    for outcome in roll_out(automaton, feedback, days):
        if outcome.over:
            break
    return outcome
