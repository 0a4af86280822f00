"""The states of a network that hands on hidden units: which hidden vectors mean the same, found by running it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.arrays import Array, Indices, one_hot
from model.network.batch import Batch
from model.network.forward import ForwardPass, run_forward
from model.network.loss import margins
from model.network.network import Network
from model.roommate.roommate import Roommate

LIVED_WEEKS, LIVED_DAYS, MAX_LIVED = 24, 30, 1500
"""The fewest weeks that a network lives through to show its hidden vectors, their days, and about the most of all.

Every state meets every weather on some first day, for what tells a network a state is no hidden vector that it makes.
"""

SKY = (0, 3)
"""The seed of the weather of these weeks."""

MAX_CLUSTERS = 64
"""The most clusters that are looked for."""


@dataclass(frozen=True, eq=False)
class FoundStates:
    """What a network keeps apart, as a machine: its states are clusters of hidden vectors that behave alike.

    Attributes:
        vectors: (N, h): hidden vectors that were reached.
        state_of: (N,): the state that each of them means.
        shows: (states,): the dish that is cooked in each state, as an index.
        table: (k, states): the state that follows.
        margin: (k, states): the least probability of the right dish minus the greatest other, over all days on which
            the weather met the state.
        meaning: (states,): the roommate's state that each mostly goes with.
        clusters: Into how many clusters the vectors fall; 0 where no number of clusters makes a machine.
        finite: Whether the network's numbers were.
    """

    vectors: Array
    state_of: Indices
    shows: Indices
    table: Indices
    margin: Array
    meaning: Indices
    clusters: int
    finite: bool

    def nearest(self, hidden: Array) -> Indices:
        """(B,): the states that hidden vectors (h, B) mean: that of the nearest vector that was reached."""
        return self.state_of[[int(np.square(self.vectors - one).sum(axis=1).argmin()) for one in hidden.T]]


@dataclass(frozen=True, eq=False)
class _Life:
    """What a network lived: each array has one entry a day, week after week.

    Attributes:
        vectors: (N, h): the hidden vector of each day.
        before: (N,): the place of the day before, or −1 on a first day.
        weather: (N,): as indices.
        dish: (N,): what was cooked.
        margin: (N,): by how much that was right; negative where it was wrong.
        state: (N,): the roommate's state on that day.
        start: (N,): the roommate's state before the first day of the week.
        true: (N,): whether no day of the week was wrong so far, this one included.
        right_so_far: (N,): whether no day of the week was wrong before.
        finite: Whether the network's numbers were.
    """

    vectors: Array
    before: Indices
    weather: Indices
    dish: Indices
    margin: Array
    state: Indices
    start: Indices
    true: NDArray[np.bool_]
    right_so_far: NDArray[np.bool_]
    finite: bool


def find_states(network: Network, roommate: Roommate) -> FoundStates:
    """Run a network for many days, and group the hidden vectors that it reaches.

    Clusters come from single linkage: vectors are joined in the order of their distances. The fewest of them are
    taken in which every cluster cooks one dish and goes, under each weather, to one cluster: then they are the states
    of a machine, and those that cook the same for ever after are one state (Moore 1956). Where there is no such
    number, the vectors are grouped by the state that the roommate is in. What is right is asked of each week up to
    its first wrong day: from there on the network is in another state than the roommate.

    Args:
        network: One that hands on its hidden units.
        roommate: Whose weathers it lives under, and what is right.
    """
    life, k = _live(network, roommate), len(roommate.weathers)
    groups = next((labels for labels in _clusterings(life.vectors) if _is_machine(labels, life)), None)
    clusters = 0 if groups is None else int(groups.max()) + 1
    trusted = life.true if life.true.any() else np.ones_like(life.true)
    if groups is None:
        groups = np.unique(life.state, return_inverse=True)[1].reshape(-1)
        table = _followed(network, life, groups, trusted, k)
        shows = _mostly(life.dish, groups, trusted, len(roommate.dishes))
    else:
        every = np.ones_like(life.true)
        table = _followed(network, life, groups, every, k)
        shows = _mostly(life.dish, groups, every, len(roommate.dishes))
        alike = _alike(table, shows)
        first = np.unique(alike, return_index=True)[1]
        groups, table, shows = alike[groups], alike[table[:, first]], shows[first]
    meaning = _mostly(life.state, groups, trusted, len(roommate.states))
    margin = _margins(life, groups, meaning, k)
    return FoundStates(life.vectors, groups, shows, table, margin, meaning, clusters, life.finite)


@np.errstate(all="ignore")
def _live(network: Network, roommate: Roommate) -> _Life:
    states, k = len(roommate.states), len(roommate.weathers)
    weeks = max(LIVED_WEEKS, k if network.zero_start else states * k)
    first, start = np.divmod(np.arange(weeks), 1 if network.zero_start else states)
    weather = np.random.default_rng(SKY).integers(k, size=(max(min(LIVED_DAYS, MAX_LIVED // weeks), 3), weeks))
    weather[0] = first % k
    batch = Batch.of(roommate, weather, start, units=network.units, zero=network.zero_start)
    run = run_forward(network, batch)
    transitions, state = np.array(roommate.transitions), start
    lived = np.empty_like(weather)
    for day, today in enumerate(weather):
        state = lived[day] = transitions[today, state]
    place = np.arange(weather.size).reshape(weather.shape)
    before = np.vstack([np.full((1, weeks), -1), place[:-1]])
    margin = np.nan_to_num(margins(run, batch), nan=-1.0)
    true = np.logical_and.accumulate(margin > 0, axis=0)
    # What is handed on may be more than the hidden units: all of it is what a network remembers.
    vectors = np.concatenate([array[1:].transpose(0, 2, 1) for array in run.handed_on.values()], axis=2)
    return _Life(
        np.nan_to_num(vectors.reshape(weather.size, -1)),
        before.ravel(),
        weather.ravel(),
        run.dish.ravel(),
        margin.ravel(),
        lived.ravel(),
        np.broadcast_to(start, weather.shape).ravel(),
        true.ravel(),
        np.vstack([np.ones((1, weeks), dtype=bool), true[:-1]]).ravel(),
        run.finite,
    )


def _clusterings(vectors: Array) -> Iterator[Indices]:
    """Every way to cut single linkage into 1, 2, 3, … clusters, as labels of the vectors."""
    count = len(vectors)
    joined = np.zeros(count, dtype=bool)
    nearest, distance = np.zeros(count, dtype=np.intp), np.full(count, np.inf)
    edges: list[tuple[float, int, int]] = []
    at = 0
    for _index in range(count - 1):  # Prim's minimum spanning tree, which holds all of single linkage
        joined[at] = True
        to_here = np.sqrt(np.square(vectors - vectors[at]).sum(axis=1))
        closer = ~joined & (to_here < distance)
        distance[closer], nearest[closer] = to_here[closer], at
        at = int(np.where(joined, np.inf, distance).argmin())
        edges.append((float(distance[at]), int(nearest[at]), at))
    edges.sort()
    for clusters in range(1, min(MAX_CLUSTERS, count) + 1):
        label = np.arange(count)
        for _length, one, other in edges[: count - clusters]:
            label[label == label[one]] = label[other]
        yield np.unique(label, return_inverse=True)[1].reshape(-1)


def _is_machine(labels: Indices, life: _Life) -> bool:
    """Whether every cluster cooks one dish and goes to one cluster under each weather."""
    if len(np.unique(np.column_stack([labels, life.dish]), axis=0)) > labels.max() + 1:
        return False
    later = np.flatnonzero(life.before >= 0)
    cases = np.column_stack([labels[life.before[later]], life.weather[later]])
    ends = np.column_stack([cases, labels[later]])
    return len(np.unique(cases, axis=0)) == len(np.unique(ends, axis=0))


def _mostly(values: Indices, groups: Indices, counted: NDArray[np.bool_], size: int) -> Indices:
    """The most frequent value in each group, of those that count."""
    counts = np.zeros((int(groups.max()) + 1, size), dtype=np.intp)
    np.add.at(counts, (groups[counted], values[counted]), 1)
    most: Indices = counts.argmax(axis=1)
    return most


def _followed(network: Network, life: _Life, groups: Indices, counted: NDArray[np.bool_], k: int) -> Indices:
    """(k, groups): the group that mostly follows each under each weather; where none did, the network is asked."""
    count = int(groups.max()) + 1
    counts = np.zeros((k, count, count), dtype=np.intp)
    later = np.flatnonzero((life.before >= 0) & counted)
    np.add.at(counts, (life.weather[later], groups[life.before[later]], groups[later]), 1)
    table: Indices = counts.argmax(axis=2)
    for weather, group in np.argwhere(counts.sum(axis=2) == 0):
        one = life.vectors[int(np.flatnonzero(groups == group)[0])]
        reached = _a_day(network, one, int(weather), k)
        table[weather, group] = groups[int(np.square(life.vectors - reached).sum(axis=1).argmin())]
    return table


def _a_day(network: Network, vector: Array, weather: int, k: int) -> Array:
    """The hidden vectors one day after the given hidden vectors."""
    today = ForwardPass.allocate(network.parameters, (1, k, 1))
    parts = np.split(vector, len(today.handed_on))
    # A batch has one start for all that is handed on, so what was remembered is put in place after it.
    empty = Batch(one_hot(np.array([[weather]]), k), parts[0][:, None])
    for start, array in zip(parts, today.handed_on.values(), strict=True):
        array[0] = start[:, None]
    with np.errstate(all="ignore"):
        run_forward(network, empty, into=today, begun=True)
    return np.concatenate([array[1][:, 0] for array in today.handed_on.values()])


def _alike(table: Indices, shows: Indices) -> Indices:
    """Moore's minimisation: the class of each state, by what it cooks and by the classes that follow."""
    classes = np.unique(shows, return_inverse=True)[1].reshape(-1)
    while True:
        finer = np.unique(np.vstack([classes, classes[table]]), axis=1, return_inverse=True)[1].reshape(-1)
        if finer.max() == classes.max():
            return finer
        classes = finer


def _margins(life: _Life, groups: Indices, meaning: Indices, k: int) -> Array:
    """(k, states): the least margin of each case; a first day counts for the state that means its start."""
    least = np.full((k, len(meaning)), np.inf)
    later = (life.before >= 0) & life.right_so_far
    np.minimum.at(least, (life.weather[later], groups[life.before[later]]), life.margin[later])
    for place in np.flatnonzero(life.before < 0):
        for state in np.flatnonzero(meaning == life.start[place]):
            at = int(life.weather[place]), int(state)
            least[at] = min(least[at], life.margin[place])
    return np.where(np.isinf(least), np.nan, least)
