"""Cases that yesterday's dish and today's weather do not decide (hidden states)."""

from __future__ import annotations

from dataclasses import replace

from model.roommate.roommate import Roommate


def ambiguous_cases(roommate: Roommate) -> tuple[tuple[int, int], ...]:
    """The cases in which yesterday's dish and today's weather do not decide today's dish.

    Two states that show the same dish and then cook different ones make such a case. States that behave alike from
    then on never do: if they did not cook the same dish today, they would not behave alike (they would fall into
    different classes of Moore's minimisation in its first round).

    Returns:
        Pairs (weather, dish of yesterday), as indices; none for a roommate whose hidden states hide nothing.
    """
    shows = roommate.shows
    found = []
    for weather, row in enumerate(roommate.transitions):
        following: dict[int, set[int]] = {}
        for state, later in enumerate(row):
            following.setdefault(shows[state], set()).add(shows[later])
        found += [(weather, dish) for dish, dishes in sorted(following.items()) if len(dishes) > 1]
    return tuple(found)


def unavoidable_errors(roommate: Roommate, week: tuple[int, ...], start: int) -> tuple[int, ...]:
    """The days of a week that the best rule without a memory gets wrong, going on from its own dishes.

    Args:
        roommate: Who really cooks.
        week: The weather of each day, as indices.
        start: The state before the first day.

    Returns:
        The days, counted from 0.
    """
    without = replace(roommate, memory=None).cook(week, roommate.shows[start])
    return tuple(
        day for day, pair in enumerate(zip(without, roommate.cook(week, start), strict=True)) if len({*pair}) > 1
    )
