"""Random roommates, weeks and starts for property tests."""

import numpy as np
from hypothesis import strategies as st

from model.roommate.naming import problem_of_name
from model.roommate.roommate import Memory, Roommate
from model.roommate.scenario import Scenario
from model.roommate.spelling import canonical, outline


def roommate_from(table: list[list[int]]) -> Roommate:
    """A roommate with made-up names for a table next_dish[weather][yesterday]."""
    n, k = len(table[0]), len(table)
    return Roommate(
        name="random roommate",
        dishes=tuple(f"dish {index}" for index in range(n)),
        weathers=tuple(f"weather {index}" for index in range(k)),
        next_dish=tuple(tuple(row) for row in table),
        rules=tuple(f"rule {index}" for index in range(k)),
    )


@st.composite
def roommates(draw: st.DrawFn, most_dishes: int = 12, most_weathers: int = 6) -> Roommate:
    """Any table of 1 to ``most_dishes`` dishes and 1 to ``most_weathers`` weathers."""
    n = draw(st.integers(1, most_dishes))
    k = draw(st.integers(1, most_weathers))
    row = st.lists(st.integers(0, n - 1), min_size=n, max_size=n)
    return roommate_from(draw(st.lists(row, min_size=k, max_size=k)))


@st.composite
def situations(draw: st.DrawFn, most_days: int = 40) -> tuple[Roommate, tuple[int, ...], int]:
    """A roommate with a week and a start that fit it."""
    roommate = draw(roommates())
    weather = st.integers(0, len(roommate.weathers) - 1)
    week = draw(st.lists(weather, min_size=1, max_size=most_days))
    start = draw(st.integers(0, len(roommate.dishes) - 1))
    return roommate, tuple(week), start


def remembering(rng: np.random.Generator, dishes: int, weathers: int, states: int) -> Roommate:
    """A random machine with hidden states, of which several may show the same dish."""
    memory = Memory(
        states=tuple(f"state {index}" for index in range(states)),
        shows=tuple(rng.integers(dishes, size=states).tolist()),
        next_state=tuple(tuple(row) for row in rng.integers(states, size=(weathers, states)).tolist()),
    )
    return roommate_from([list(range(dishes))] * weathers).with_memory(memory)


SOUP_EATER = Roommate(
    name="soup eater",
    dishes=("bread", "soup"),
    weathers=("sunny", "rainy"),
    next_dish=((0, 0), (0, 1)),
    rules=("dry", "wetter"),
).with_memory(Memory(states=("dry", "wet", "soaked"), shows=(0, 0, 1), next_state=((0, 0, 0), (1, 2, 2))))
"""After the second rainy day in a row it is soup: what no dish of yesterday's tells."""

ICONS = ("", "🍝", "🍔", "🥗", "🍛", "🌞", "☔")


def names(least: int, most: int, first: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Names that a scenario can have, all different whatever their case, and beginning with the given letter."""
    letters = st.characters(exclude_characters=",", exclude_categories=["C", "Z"])
    name = st.text(st.one_of(letters, st.sampled_from(" \"'.=#[]é")), min_size=1, max_size=12)
    good = name.map(lambda text: canonical(f"{first}{text.strip()}")).filter(lambda text: not problem_of_name(text))
    return st.lists(good, min_size=least, max_size=most, unique_by=outline).map(tuple)


@st.composite
def scenarios(draw: st.DrawFn, most_dishes: int = 8, most_weathers: int = 4) -> Scenario:
    """Any scenario that a file can hold: with hidden states or without, pictures, plain names, labels and a week."""
    dishes, weathers = draw(names(2, most_dishes, "d")), draw(names(1, most_weathers, "w"))
    n, k = len(dishes), len(weathers)

    def row(count: int) -> st.SearchStrategy[tuple[int, ...]]:
        shift = st.integers(0, count - 1).map(lambda by: tuple((index + by) % count for index in range(count)))
        always = st.integers(0, count - 1).map(lambda index: (index,) * count)
        entry = st.integers(0, count - 1)
        return st.one_of(shift, always, st.lists(entry, min_size=count, max_size=count).map(tuple))

    def extras(count: int, entry: st.SearchStrategy[str]) -> tuple[str, ...]:
        found = tuple(draw(st.lists(entry, min_size=count, max_size=count)))
        return found if any(found) else ()

    twins = st.text(st.characters(codec="ascii", exclude_categories=["C", "Z"], exclude_characters=","), max_size=5)
    icons = st.sampled_from(ICONS)
    roommate = Roommate(
        name=draw(names(1, 1, ""))[0],
        dishes=dishes,
        weathers=weathers,
        next_dish=tuple(draw(row(n)) for _ in range(k)),
        rules=tuple(draw(st.sampled_from(["same", "next", "a rule", weather])) for weather in weathers),
        dish_icons=extras(n, icons),
        weather_icons=extras(k, icons),
        dish_ascii=extras(n, twins),
        weather_ascii=extras(k, twins),
    )
    if draw(st.booleans()):
        states = draw(names(1, 6, "s"))
        shows = draw(st.lists(st.integers(0, n - 1), min_size=len(states), max_size=len(states)))
        roommate = roommate.with_memory(Memory(states, tuple(shows), tuple(draw(row(len(states))) for _ in range(k))))
    days = st.lists(st.integers(0, k - 1), min_size=1, max_size=9).map(tuple)
    return Scenario(roommate, draw(st.integers(0, len(roommate.states) - 1)), draw(st.one_of(st.none(), days)))
