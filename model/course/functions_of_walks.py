"""Functions of expressions over the numbers of a walk: days, weathers and dishes."""

from __future__ import annotations

import numpy as np

from model.course.declaring import (
    Day,
    Dish,
    Dishes,
    Number,
    Truth,
    Weather,
    value,
    whole,
)
from model.course.here import Here
from model.network.forward import cook
from model.network.memory_bounds import check_week

MAX_DAY = 10_000
"""The last day that is asked for."""


@value()
def days(here: Here) -> Number:
    """The number of days in the week."""
    return here.simulation.days


@value()
def day(here: Here, number: Number) -> Day:
    """A day of the week, counted from 1."""
    return whole(number, 1, here.simulation.days) - 1


@value("today")
def weather_today(here: Here) -> Weather:
    """The weather of the day that is looked at."""
    return here.situation.week[here.day]


@value()
def weather(here: Here, number: Number) -> Weather:
    """The weather of a day, counted from 1."""
    return here.situation.week[whole(number, 1, here.simulation.days) - 1]


@value()
def yesterday(here: Here) -> Dish:
    """The dish that the day that is looked at starts from."""
    return here.simulation.trace.yesterday


@value()
def yesterday_first(here: Here) -> Dish:
    """The dish before the first day of the week."""
    return here.situation.start_dish


@value()
def dish(here: Here, number: Number) -> Dish:
    """The dish that the network cooks on a day, counted from 1; after the week's end its weather begins again."""
    at = whole(number, 1, MAX_DAY) - 1
    situation = here.situation
    if at < len(situation.week):
        return situation.dish(at)
    return int(_cooked(here, at + 1)[at])


@value()
def dishes(here: Here) -> Dishes:
    """The dishes that the network cooks in the week."""
    return tuple(here.situation.run.dish[:, 0].tolist())


@value()
def never_again(here: Here, of: Dish, number: Number) -> Truth:
    """Whether the network does not cook a dish in so many days."""
    return of not in _cooked(here, whole(number, 1, MAX_DAY)).tolist()


@value()
def still_cooked(here: Here, of: Dish, number: Number, last: Number) -> Truth:
    """Whether the network cooks a dish on one of the last days of so many."""
    cooked = _cooked(here, whole(number, 1, MAX_DAY)).tolist()
    return of in cooked[-whole(last, 1, len(cooked)) :]


def _cooked(here: Here, number: int) -> np.ndarray:
    situation = here.situation
    check_week(number, situation.cell, situation.sizes)
    week = tuple(situation.week[at % len(situation.week)] for at in range(number))
    dish: np.ndarray = cook(situation.network, situation.roommate, week, situation.start).dish[:, 0]
    return dish


@value()
def clear(here: Here) -> Truth:
    """Whether one dish is the most probable alone on every day of the week."""
    situation = here.situation
    return not any(situation.tied(day) for day in range(len(situation.week)))
