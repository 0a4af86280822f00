"""Random roommates, weeks and starts for property tests."""

import numpy as np
from hypothesis import strategies as st

from model.roommate import Memory, Roommate


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
