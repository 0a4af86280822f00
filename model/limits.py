"""What no network can know that has only yesterday's dish and today's weather to go by."""

from __future__ import annotations

from dataclasses import replace

from model.network import Feedback, Network
from model.roommate import Kind, Roommate


def unlearnable(roommate: Roommate) -> tuple[tuple[int, int], ...]:
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


def must_err(roommate: Roommate, week: tuple[int, ...], start: int) -> tuple[int, ...]:
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


def limit(roommate: Roommate, network: Network, feedback: Feedback = Feedback.HARD) -> str:
    """Sentences about what this network can never know of this roommate; empty where there is no such thing.

    Args:
        roommate: Who cooks.
        network: Any weights.
        feedback: What it is trained with. Probabilities that are fed back can carry more than a dish, so that weeks
            with soft feedback can turn out better than any that is cooked.
    """
    if network.kind is Kind.ELMAN or not (hidden := unlearnable(roommate)):
        return ""
    weather, dish = hidden[0]
    hint = "Soft feedback can hint at more, the dishes cooked cannot. " if feedback is Feedback.SOFT else ""
    return (
        f"From dishes alone the whole rule cannot be learned: after {roommate.dishes[dish]}, when it is "
        f"{roommate.weathers[weather]}, it is now one dish, now another. {hint}The network elman can (s)."
    )
