"""Weights -> the rule they follow: the table read off a network, and whether the network stays true to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.analysis.states import FoundStates, find_states
from model.arrays import Array
from model.network.network import Network
from model.roommate.machine import Arrow, arrows_of
from model.roommate.roommate import Roommate
from model.roommate.spelling import folded
from model.training.evaluation import evaluate


@dataclass(frozen=True, eq=False)
class Automaton:
    """The rule that a network follows where it is given whole dishes, one-hot.

    Attributes:
        network: The weights it was read off.
        roommate: Whose dishes and weathers they are; without a memory, and as far as a network of this kind can
            know the rule.
        table: ``table[weather][yesterday]``: the dish the network chooses, as an index; k rows of n.
        margin: (k, n): the probability of the right dish minus the greatest of the others, negative where it is not
            chosen; where the true rule does not say exactly one dish, that of the dish chosen.
        truth: ``truth[weather][yesterday]``: the dishes that the true rule can lead to. With hidden states these
            can be several, and where no state shows yesterday's dish there is none; otherwise it is exactly one.
            None where the true rule is not known.
        found: The states of a network that hands on its hidden units. They stand in the place of the dishes
            everywhere here: ``roommate.dishes`` has their names, and ``table`` and ``truth`` have them as indices.
        cooked: The names of the dishes, where there are such states.
        starts: The names of what a week can begin with, likewise.
    """

    network: Network
    roommate: Roommate
    table: tuple[tuple[int, ...], ...]
    margin: Array
    truth: tuple[tuple[tuple[int, ...], ...], ...] | None
    found: FoundStates | None = None
    cooked: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()

    @cached_property
    def right(self) -> NDArray[np.bool_] | None:
        """(k, n): whether the true rule can lead to no other dish than the network; None where it is not known.

        A tie is nobody's.
        """
        if self.truth is None:
            return None
        if self.found is not None:
            return ~(self.margin <= 0)
        rows = zip(self.table, self.truth, strict=True)
        agree = np.array([[set(t) <= {dish} for dish, t in zip(*row, strict=True)] for row in rows])
        return agree & ~(self.margin <= 0)

    @cached_property
    def finite(self) -> bool:
        """Whether the network's numbers were: otherwise no dish follows from them, whatever stands in the table."""
        return bool(np.isfinite(self.margin).all()) if self.found is None else self.found.finite

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
        never_met = self.found is not None and np.isnan(self.margin)
        weather, yesterday = divmod(int(np.where(never_met, np.inf, self.margin).argmin()), self.margin.shape[1])
        return weather, yesterday

    @property
    def by_state(self) -> bool:
        """Whether it is a table of states that were found, not of dishes."""
        return self.found is not None

    @property
    def as_many(self) -> bool:
        """Whether hidden vectors fall into clusters that behave as just as many states as there are."""
        found = self.found
        return found is None or (found.clusters > 0 and len(found.shows) == len(self.starts))

    def dish(self, index: int) -> str:
        """The name of a dish that is cooked."""
        return (self.cooked or self.roommate.dishes)[index]

    def start(self, index: int) -> str:
        """The name of what a week begins with."""
        return (self.starts or self.roommate.dishes)[index]

    @cached_property
    def arrows(self) -> tuple[Arrow, ...]:
        """The table as arrows between dishes, by source and then by target."""
        return arrows_of(self.table)


def extract(network: Network, roommate: Roommate, *, known: bool = True) -> Automaton:
    """Read the rule off a network: ask it for every weather after every dish, each dish one-hot.

    A network that hands on its hidden units is given no dishes: its states are found by running it, see
    `find_states`, and its table is that of these states.

    Args:
        network: Any weights.
        roommate: Who should be followed, and whose names are used.
        known: Whether the roommate's rule is the true one; otherwise only the names count.
    """
    if network.cell.remembers:
        return _of_states(network, roommate, known=known)
    true = roommate.reduced(network.cell.sees)
    with np.errstate(all="ignore"):  # weights may be so large that their products are not finite
        evaluation = evaluate(network, true)
        table = tuple(tuple(row) for row in evaluation.dish.tolist())
        follower = replace(true, next_dish=table, memory=None)
        margin, truth = evaluate(network, follower).margin, _answers(true) if known else None
        if truth is not None:
            one = np.array([[len(dishes) == 1 for dishes in row] for row in truth])
            margin = np.where(one, evaluation.margin, margin)
    return Automaton(network, follower, table, margin, truth)


def _of_states(network: Network, roommate: Roommate, *, known: bool) -> Automaton:
    """The automaton of a network that hands on its hidden units; see `extract`."""
    found = find_states(network, roommate)
    table = tuple(tuple(row) for row in found.table.tolist())
    names, distinct = _names(found, roommate, known=known), len({*found.meaning.tolist()}) == len(found.meaning)
    icons = roommate.dish_icons if known and distinct and roommate.memory is None and roommate.dish_icons else ()
    follower = Roommate(
        name=roommate.name,
        dishes=names,
        weathers=roommate.weathers,
        next_dish=table,
        rules=roommate.rules,
        dish_icons=tuple(icons[state] for state in found.meaning) if icons else (),
        weather_icons=roommate.weather_icons,
        weather_ascii=roommate.weather_ascii,
    )
    truth = None
    if known:
        means = found.meaning.tolist()
        truth = tuple(
            tuple(
                tuple(place for place, state in enumerate(means) if state == roommate.transitions[weather][meaning])
                for meaning in means
            )
            for weather in range(len(roommate.weathers))
        )
    return Automaton(
        network, follower, table, found.margin, truth, found, cooked=roommate.dishes, starts=roommate.states
    )


def _names(found: FoundStates, roommate: Roommate, *, known: bool) -> tuple[str, ...]:
    """What found states are called: as the roommate's that they mostly go with, with numbers where several do."""
    plain = [
        roommate.states[state] if known else roommate.dishes[dish]
        for state, dish in zip(found.meaning.tolist(), found.shows.tolist(), strict=True)
    ]
    names: list[str] = []
    for place, name in enumerate(plain):
        number = plain[: place + 1].count(name)
        unique = name if plain.count(name) == 1 else f"{name} {number}"
        while folded(unique) in {*map(folded, names)}:
            unique = f"{unique}′"
        names.append(unique)
    return tuple(names)


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
