"""A rule as states and the weathers that lead from one to another: what can be drawn of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.roommate.roommate import Roommate


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


def arrows_of(table: Sequence[Sequence[int]]) -> tuple[Arrow, ...]:
    """A table as arrows between dishes, by source and then by target.

    Args:
        table: ``table[weather][yesterday]`` is today's dish, as an index.
    """
    by_ends: dict[tuple[int, int], list[int]] = {}
    for weather, row in enumerate(table):
        for ends in enumerate(row):
            by_ends.setdefault(ends, []).append(weather)
    return tuple(Arrow(*ends, tuple(weathers)) for ends, weathers in sorted(by_ends.items()))


@dataclass(frozen=True)
class Machine:
    """A roommate's own rule, whose states have the places of the dishes.

    Attributes:
        roommate: Their names; without a memory.
        arrows: The rule.
    """

    roommate: Roommate
    arrows: tuple[Arrow, ...]

    @classmethod
    def of(cls, roommate: Roommate) -> Machine:
        """The rule of a roommate; a hidden state has its own name, and the picture of the dish that it shows."""
        arrows = arrows_of(roommate.transitions)
        if roommate.memory is None:
            return cls(roommate, arrows)
        shown = [roommate.dishes[dish] for dish in roommate.shows]
        named = tuple(f"{state}: {dish}" for state, dish in zip(roommate.states, shown, strict=True))
        drawn = bool(roommate.dish_icons)
        states = replace(
            roommate,
            dishes=roommate.states if drawn else named,
            dish_icons=tuple(roommate.dish_icons[dish] for dish in roommate.shows) if drawn else (),
            dish_ascii=named if drawn else (),
            next_dish=roommate.transitions,
            memory=None,
        )
        return cls(states, arrows)

    def is_wrong(self, _weather: int, _yesterday: int) -> bool:
        """False: it is the true rule."""
        return False
