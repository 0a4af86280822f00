"""The roommate: a finite-state machine over dishes, driven by the weather."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from model.errors import InputError

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_name(day: int) -> str:
    """The name of day ``day``, counted from Monday = 0; after Sunday comes Monday again."""
    return DAY_NAMES[day % len(DAY_NAMES)]


class Kind(StrEnum):
    """The lecture's three networks, by what decides the dish."""

    WEATHER = "weather"
    CYCLE = "cycle"
    RNN = "rnn"


@dataclass(frozen=True)
class Roommate:
    """A roommate who cooks one dish a day, by a rule that is a table.

    Attributes:
        name: What the roommate is called.
        dishes: Names of the n dishes.
        weathers: Names of the k weathers.
        next_dish: The transition table: ``next_dish[weather][yesterday]`` is today's dish; k rows of n indices.
        rules: One or two words for each weather's row of the table ("same", "next day"): they label the blocks
            of hidden units that the hand-set network keeps for that row.
        dish_icons: A picture for each dish, one code point two cells wide, or nothing.
        weather_icons: A picture for each weather, likewise.

    Raises:
        InputError: The table does not fit the names, or a name is empty or occurs twice.
    """

    name: str
    dishes: tuple[str, ...]
    weathers: tuple[str, ...]
    next_dish: tuple[tuple[int, ...], ...]
    rules: tuple[str, ...]
    dish_icons: tuple[str, ...] = ()
    weather_icons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for what, names in (("dish", self.dishes), ("weather", self.weathers)):
            if not names or not all(names):
                raise InputError(f"{self.name}: every {what} needs a name, and there must be at least one.")
            folded = [name.casefold() for name in names]
            if len(set(folded)) < len(folded):
                raise InputError(f"{self.name}: the same {what} is named twice among {', '.join(names)}.")
        n = len(self.dishes)
        if len(self.next_dish) != len(self.weathers) or len(self.rules) != len(self.weathers):
            raise InputError(
                f"{self.name}: the table and its rules need a row for each of {len(self.weathers)} weathers."
            )
        for weather, row in zip(self.weathers, self.next_dish, strict=True):
            if len(row) != n or not all(0 <= dish < n for dish in row):
                raise InputError(
                    f"{self.name}: when it is {weather}, the table needs one of dishes 0 to {n - 1} after each of "
                    f"{n} dishes, and has {list(row)}."
                )

    def cook(self, week: tuple[int, ...], start: int) -> tuple[int, ...]:
        """The dishes of a week by the rule itself, no network involved.

        Args:
            week: The weather of each day, as indices.
            start: The dish of the day before the first.

        Returns:
            The dish of each day, as indices.
        """
        dishes = []
        yesterday = start
        for weather in week:
            yesterday = self.next_dish[weather][yesterday]
            dishes.append(yesterday)
        return tuple(dishes)

    def reduced(self, kind: Kind) -> Roommate:
        """The roommate as a simpler network can know them.

        The weather network forgets yesterday: every day is cooked as if the first dish had come before. The cycle
        looks at no weather: every day is cooked as in the last weather. For the lecture's roommate these are its
        first two systems: sunny → pasta, rainy → burger; and pasta → burger → salad → pasta.
        """
        if kind is Kind.RNN:
            return self
        if kind is Kind.WEATHER:
            table = tuple((row[0],) * len(self.dishes) for row in self.next_dish)
        else:
            table = (self.next_dish[-1],) * len(self.weathers)
        return Roommate(self.name, self.dishes, self.weathers, table, self.rules, self.dish_icons, self.weather_icons)


PERFECT_ROOMMATE = Roommate(
    name="perfect roommate",
    dishes=("pasta", "burger", "salad"),
    weathers=("sunny", "rainy"),
    next_dish=((0, 1, 2), (1, 2, 0)),
    rules=("same", "next day"),
    dish_icons=("🍝", "🍔", "🥗"),
    weather_icons=("🌞", "☔"),
)
"""The lecture's roommate: sunny, the same dish as yesterday; rainy, the next one."""

LECTURE_WEEK = (0, 1, 0, 1, 0, 1)
"""Monday to Saturday, sun and rain by turns.

The slides' weather icons are lost; after pasta this week meets each of the six cases (yesterday × weather) once.
"""
