"""Functions of expressions over the roommate: names, what decides, and whether the rule is one's own."""

from __future__ import annotations

from itertools import combinations, permutations

from model.course.declaring import Days, Dish, Number, Truth, Weather, value, whole
from model.course.here import Here
from model.course.values import AnyOf
from model.errors import InputError
from model.language import _
from model.network.network import default_sizes
from model.network.parameters import shapes
from model.roommate.ambiguity import ambiguous_cases, unavoidable_errors
from model.roommate.roommate import Roommate, Sees
from model.roommate.scenario import Scenario
from model.storage.scenarios import find_scenario, shipped

MAX_RENAMED = 7
"""Roommates of more dishes than this are not compared with those that come with the program under other names."""


@value()
def dish_count(here: Here) -> Number:
    """How many dishes there are."""
    return len(here.situation.roommate.dishes)


@value()
def weather_count(here: Here) -> Number:
    """How many weathers there are."""
    return len(here.situation.roommate.weathers)


@value()
def state_count(here: Here) -> Number:
    """How many states the roommate has; without hidden ones, as many as dishes."""
    return len(here.situation.roommate.states)


@value()
def dish_named(here: Here, number: Number) -> Dish:
    """A dish by its place among the roommate's, counted from 1."""
    return whole(number, 1, len(here.situation.roommate.dishes)) - 1


@value()
def weather_named(here: Here, number: Number) -> Weather:
    """A weather by its place among the roommate's, counted from 1."""
    return whole(number, 1, len(here.situation.roommate.weathers)) - 1


@value()
def sees_weather(here: Here) -> Truth:
    """Whether the network sees the weather."""
    return Sees.WEATHER in here.situation.cell.sees


@value()
def sees_yesterday(here: Here) -> Truth:
    """Whether the network sees what was yesterday."""
    return Sees.YESTERDAY in here.situation.cell.sees


@value()
def resized_by_weather(here: Here) -> Number:
    """How many matrices have another size when there is one weather more."""
    situation = here.situation
    roommate = situation.roommate
    more = Roommate(
        roommate.name, roommate.dishes, (*map(str, range(len(roommate.weathers) + 1)),),
        (*roommate.next_dish, roommate.next_dish[0]), (*roommate.rules, roommate.rules[0]),
    )  # fmt: skip
    plain = Roommate(roommate.name, roommate.dishes, more.weathers[:-1], roommate.next_dish, roommate.rules)
    now, then = (shapes(situation.cell, default_sizes(situation.cell, one)) for one in (plain, more))
    return sum(now[name] != then[name] for name in now)


# What no network without a memory can know


@value()
def ambiguous(here: Here) -> Number:
    """How many cases yesterday's dish and today's weather do not decide."""
    return len(ambiguous_cases(here.situation.roommate))


@value()
def contradictions(here: Here) -> Days:
    """Two days with the same dish yesterday and the same weather, and another dish; any such pair."""
    situation = here.situation
    cooked = situation.expected
    before = (situation.start_dish, *cooked[:-1])
    lived = list(zip(before, situation.week, cooked, strict=True))
    pairs = [
        frozenset((one, other))
        for one, other in combinations(range(len(lived)), 2)
        if lived[one][:2] == lived[other][:2] and lived[one][2] != lived[other][2]
    ]
    if not pairs:
        raise InputError(_("no two days of this week contradict each other."))
    return AnyOf(tuple(pairs))


@value()
def hard_days(here: Here) -> Days:
    """The days of the week that even the best rule without a memory gets wrong."""
    situation = here.situation
    return frozenset(unavoidable_errors(situation.roommate, situation.week, situation.start))


# Roommates of one's own


@value()
def reached(here: Here) -> Number:
    """How many states some weather leads to from the start."""
    situation = here.situation
    unreached = Scenario(situation.roommate, situation.start, situation.week).unreached
    return len(situation.roommate.states) - len(unreached)


@value()
def yesterday_matters(here: Here) -> Truth:
    """Whether in some weather two different dishes follow two different ones."""
    roommate = here.situation.roommate
    return any(len({roommate.shows[state] for state in row}) > 1 for row in roommate.transitions)


@value()
def weather_matters(here: Here) -> Truth:
    """Whether two weathers lead from one dish to different ones."""
    roommate = here.situation.roommate
    columns = zip(*roommate.transitions, strict=True)
    return any(len({roommate.shows[state] for state in column}) > 1 for column in columns)


@value("shipped")
def is_shipped(here: Here) -> Truth:
    """Whether the roommate's table comes with the program, be it under other names."""
    roommate = here.situation.roommate
    n = len(roommate.states)
    if n > MAX_RENAMED:
        return False
    known = [one for one in (find_scenario(name).roommate for name in shipped()) if _sizes(one) == _sizes(roommate)]
    return any(_is_renamed(roommate, one) for one in known)


def _sizes(roommate: Roommate) -> tuple[int, int, int]:
    return len(roommate.dishes), len(roommate.weathers), len(roommate.states)


def _is_renamed(one: Roommate, other: Roommate) -> bool:
    """Whether a machine is another with its states, dishes and weathers in another order."""
    wanted = sorted(other.transitions)
    for order in permutations(range(len(one.states))):  # order[old] is the new number of a state
        shown = {(one.shows[old], other.shows[new]) for old, new in enumerate(order)}
        if len(shown) != len({old for old, _new in shown}) or len(shown) != len({new for _old, new in shown}):
            continue
        rows = []
        for row in one.transitions:
            renamed = [0] * len(order)
            for old, following in enumerate(row):
                renamed[order[old]] = order[following]
            rows.append(tuple(renamed))
        if sorted(rows) == wanted:
            return True
    return False
