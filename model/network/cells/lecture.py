"""The lecture's three networks: the weather decides; yesterday's dish decides; both do."""

from __future__ import annotations

import numpy as np

from model.arrays import Array
from model.language import N_
from model.network.activations import IDENTITY, LARGEST_TO_ONE
from model.network.cell import DISH, Cell, Size
from model.network.cells.biases import bias_sizes, merge, summed, with_bias_shapes
from model.network.operations import Apply, Product
from model.roommate.roommate import Roommate, Sees

_H, _N, _K = Size.HIDDEN, Size.DISHES, Size.WEATHERS


def _from_weather(roommate: Roommate) -> dict[str, Array]:
    """Each weather's column is the dish it leads to, one-hot."""
    table = np.array(roommate.reduced(Sees.WEATHER).next_dish)
    return {"weather": np.eye(len(roommate.dishes))[:, table[:, 0]]}


def _from_yesterday(roommate: Roommate) -> dict[str, Array]:
    """Each dish's column is the dish that follows it, one-hot."""
    table = np.array(roommate.reduced(Sees.YESTERDAY).next_dish)
    return {"food": np.eye(len(roommate.dishes))[:, table[0]]}


def _from_both(roommate: Roommate) -> dict[str, Array]:
    """The lecture's construction: exact for any table of n dishes and k weathers, with h = k·n hidden units.

    Food stacks a block of n rows for each weather, holding that weather's row of the table as one-hot columns.
    Weather lights the block of today's weather. In the sum exactly one entry is 2 and every other at most 1, so a
    non-linearity that keeps the largest keeps the unit (today's weather, today's dish), and Merge adds the blocks.
    """
    n, k = len(roommate.dishes), len(roommate.weathers)
    one_hot, table = np.eye(n), np.array(roommate.next_dish)  # (k, n)
    return {
        "food": np.vstack([one_hot[:, row] for row in table]),
        "weather": np.repeat(np.eye(k), n, axis=0),
        "merge": np.tile(one_hot, k),
    }


WEATHER = Cell(
    name="weather",
    about=N_("the network that sees the weather alone"),
    sees=Sees.WEATHER,
    sizes={"d": _N, "w": _K, "y": _N},
    matrices={"weather": (_N, _K)},
    operations=(Product("y", "weather product", "Weather", "weather", "w"),),
    hands_on={"d": DISH},
    names_from_yesterday={"d": "yesterday"},
    hand_set=_from_weather,
    activation=IDENTITY,
)
"""y = Weather · w: no memory at all; yesterday's dish is handed on, and nobody looks at it."""

YESTERDAY = Cell(
    name="yesterday",
    about=N_("the network that sees yesterday's dish alone"),
    sees=Sees.YESTERDAY,
    sizes={"d": _N, "w": _K, "y": _N},
    matrices={"food": (_N, _N)},
    operations=(Product("y", "food product", "Food", "food", "d"),),
    hands_on={"d": DISH},
    names_from_yesterday={"d": "yesterday"},
    hand_set=_from_yesterday,
    activation=IDENTITY,
)
"""y = Food · d: the same dishes in turn, whatever the weather."""


def both(*, biased: bool) -> Cell:
    """The lecture's network of lesson 3; it has no biases, and learns as well with some."""
    return Cell(
        name="both",
        about=N_("the lecture's network"),
        sees=Sees.YESTERDAY | Sees.WEATHER,
        sizes={"d": _N, "w": _K, "f": _H, "g": _H, "z": _H, "a": _H, "y": _N, **bias_sizes(("k",), biased=biased)},
        matrices=with_bias_shapes(
            {"food": (_H, _N), "weather": (_H, _K)}, {"merge": (_N, _H)}, ("hidden_bias",), biased=biased
        ),
        operations=(
            Product("f", "food product", "Food", "food", "d"),
            Product("g", "weather product", "Weather", "weather", "w"),
            *summed("z", "f", "g", result="sum", step="add", between="k", bias="hidden_bias", biased=biased),
            Apply("a", "non-linear", "Non-linear", "z", result="hidden"),
            *merge(biased=biased),
        ),
        hands_on={"d": DISH},
        names_from_yesterday={"d": "yesterday"},
        hand_set=_from_both,
        activation=LARGEST_TO_ONE,
        hidden="a",
    )


BOTH, BOTH_BIASED = both(biased=False), both(biased=True)
"""y = Merge · φ(Food · d + Weather · w): the perfect roommate."""
