"""A scenario: a roommate with a start and a week; the lecture's, and the soup eater's, who remembers more."""

from __future__ import annotations

from dataclasses import dataclass

from model.roommate.roommate import LECTURE_WEEK, PERFECT_ROOMMATE, Memory, Roommate


@dataclass(frozen=True)
class Scenario:
    """A roommate with the place to begin.

    Attributes:
        roommate: Who cooks.
        start: The state before the first day, as an index; without hidden states, the dish of that day.
        week: The weather of each day, as indices; None: every weather by turns.
    """

    roommate: Roommate
    start: int = 0
    week: tuple[int, ...] | None = None

    @property
    def days(self) -> tuple[int, ...]:
        """The week, or one of six days (more if there are more weathers) in which every weather occurs by turns."""
        weathers = len(self.roommate.weathers)
        return self.week or tuple(day % weathers for day in range(max(6, weathers)))

    @property
    def unreached(self) -> tuple[int, ...]:
        """The states that no weather leads to from the start, day after day."""
        reached, new = {self.start}, {self.start}
        while new:
            new = {row[state] for row in self.roommate.transitions for state in new} - reached
            reached |= new
        return tuple(state for state in range(len(self.roommate.states)) if state not in reached)


LECTURE = Scenario(PERFECT_ROOMMATE, 0, LECTURE_WEEK)
"""The lecture's roommate and week, as they are in the file ``lecture``."""

SOUP = Scenario(
    Roommate(
        name="soup eater",
        dishes=("bread", "soup"),
        weathers=("sunny", "rainy"),
        next_dish=((0, 0), (0, 0)),
        rules=("always", "rainy"),
        dish_icons=("🍞", "🍲"),
        weather_icons=("🌞", "☔"),
    ).with_memory(Memory(states=("dry", "wet", "soaked"), shows=(0, 0, 1), next_state=((0, 0, 0), (1, 2, 2)))),
    0,
    (0, 1, 1, 1, 0, 1),
)
"""The roommate of lesson 5, as they are in the file ``soup``: no dish tells whether it is the second rainy day."""
