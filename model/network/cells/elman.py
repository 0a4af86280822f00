"""Elman's network: yesterday's hidden units come back, not the dish (Elman, "Finding structure in time", 1990)."""

from __future__ import annotations

import numpy as np

from model.arrays import Array
from model.language import N_
from model.network.activations import LARGEST_TO_ONE
from model.network.cell import Cell, Size
from model.network.operations import Add, Apply, Product
from model.roommate.roommate import Roommate, Sees

_H, _N, _K = Size.HIDDEN, Size.DISHES, Size.WEATHERS


def from_states(roommate: Roommate) -> dict[str, Array]:
    """Weights that are exact for any machine of s states and k weathers, with h = k·s hidden units.

    It is the lecture's construction with the states in the place of the dishes. The unit that stays says (yesterday's
    weather, yesterday's state), so each block of Memory is the weather's row of the table once for every weather
    that yesterday can have had, and Merge has in the column of a unit the one-hot dish that its state shows.
    """
    k, states = len(roommate.weathers), np.eye(len(roommate.states))
    return {
        "memory": np.vstack([np.tile(states[:, row], k) for row in np.array(roommate.transitions)]),
        "weather": np.repeat(np.eye(k), len(states), axis=0),
        "merge": np.tile(np.eye(len(roommate.dishes))[:, roommate.shows], k),
    }


ELMAN = Cell(
    name="elman",
    about=N_("Elman's network"),
    sees=Sees.YESTERDAY | Sees.WEATHER,
    sizes={"m": _H, "w": _K, "f": _H, "g": _H, "z": _H, "a": _H, "y": _N},
    matrices={"memory": (_H, _H), "weather": (_H, _K), "merge": (_N, _H)},
    operations=(
        Product("f", "memory product", "Memory", "memory", "m"),
        Product("g", "weather product", "Weather", "weather", "w"),
        Add("z", "add", "Add", "f", "g", result="sum"),
        Apply("a", "non-linear", "Non-linear", "z", result="hidden"),
        Product("y", "merge", "Merge", "merge", "a"),
    ),
    hands_on={"m": "a"},
    names_from_yesterday={"m": "remembered"},
    hand_set=from_states,
    activation=LARGEST_TO_ONE,
    hidden="a",
)
"""y = Merge · a, a = φ(Memory · m + Weather · w), and m is yesterday's a."""
