"""Edit a roommate: rename or add a dish or a weather, change a case of the rule."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from model.roommate.naming import typed_name
from model.roommate.roommate import Roommate

What = Literal["dishes", "weathers"]


def rename(roommate: Roommate, what: What, at: int, name: str) -> Roommate:
    """Rename a dish or a weather, which loses its picture and its plain name.

    Args:
        roommate: Without a memory.
        what: Which of the two.
        at: Which one, as an index.
        name: The new name.

    Raises:
        InputError: It cannot be a name, or there is one like it already.
    """
    names: tuple[str, ...] = getattr(roommate, what)
    name = typed_name(name, (*names[:at], *names[at + 1 :]))
    if what == "dishes":
        return replace(
            roommate,
            dishes=_with(roommate.dishes, at, name),
            dish_icons=_with(roommate.dish_icons, at, ""),
            dish_ascii=_with(roommate.dish_ascii, at, ""),
        )
    rules = roommate.rules
    return replace(
        roommate,
        weathers=_with(roommate.weathers, at, name),
        weather_icons=_with(roommate.weather_icons, at, ""),
        weather_ascii=_with(roommate.weather_ascii, at, ""),
        rules=_with(rules, at, name) if rules[at] == roommate.weathers[at] else rules,
    )


def enlarged(roommate: Roommate, what: What, name: str) -> Roommate:
    """Add a dish, which follows itself in any weather; or a weather, in which every dish follows itself.

    Args:
        roommate: Without a memory.
        what: Which of the two.
        name: What it is called.

    Raises:
        InputError: It cannot be a name, or there is one like it already.
    """
    name, n = typed_name(name, getattr(roommate, what)), len(roommate.dishes)
    if what == "dishes":
        return replace(
            roommate,
            dishes=(*roommate.dishes, name),
            next_dish=tuple((*row, n) for row in roommate.next_dish),
            dish_icons=_longer(roommate.dish_icons),
            dish_ascii=_longer(roommate.dish_ascii),
        )
    return replace(
        roommate,
        weathers=(*roommate.weathers, name),
        next_dish=(*roommate.next_dish, tuple(range(n))),
        rules=(*roommate.rules, "same"),
        weather_icons=_longer(roommate.weather_icons),
        weather_ascii=_longer(roommate.weather_ascii),
    )


def _with(names: tuple[str, ...], at: int, name: str) -> tuple[str, ...]:
    return (*names[:at], name, *names[at + 1 :]) if names else ()


def _longer(names: tuple[str, ...]) -> tuple[str, ...]:
    return (*names, "") if names else ()


def with_case(roommate: Roommate, weather: int, yesterday: int, dish: int) -> Roommate:
    """Change the dish of one case; a rule that was changed is no longer called by its word."""
    rows = [list(row) for row in roommate.next_dish]
    rows[weather][yesterday] = dish
    rules = list(roommate.rules)
    rules[weather] = roommate.weathers[weather]
    return replace(roommate, next_dish=tuple(map(tuple, rows)), rules=tuple(rules))
