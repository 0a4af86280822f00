"""Elman's network: yesterday's hidden units come back, not the dish (Elman, "Finding structure in time", 1990).

With biases it is `torch.nn.RNN` and a `torch.nn.Linear` after it: Memory is weight_hh, Weather weight_ih, Hidden bias
the sum of bias_hh and bias_ih, Merge and Output bias the weight and the bias of the linear layer. The hidden bias is
added to the weather's product, which is the same for all days, so that it costs nothing in the loop over days.
"""

from __future__ import annotations

import numpy as np

from model.arrays import Array
from model.language import N_
from model.network.activations import LARGEST_TO_ONE
from model.network.cell import Cell, Size
from model.network.cells.biases import bias_sizes, merge, summed, with_bias_shapes
from model.network.operations import Apply, Product
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


def elman(*, biased: bool) -> Cell:
    """Elman's network, with or without biases."""
    return Cell(
        name="elman",
        about=N_("Elman's network"),
        sees=Sees.YESTERDAY | Sees.WEATHER,
        sizes={"m": _H, "w": _K, "f": _H, "g": _H, "z": _H, "a": _H, "y": _N, **bias_sizes(("k",), biased=biased)},
        matrices=with_bias_shapes(
            {"memory": (_H, _H), "weather": (_H, _K)}, {"merge": (_N, _H)}, ("hidden_bias",), biased=biased
        ),
        operations=(
            Product("f", "memory product", "Memory", "memory", "m"),
            Product("g", "weather product", "Weather", "weather", "w"),
            *summed("z", "f", "g", result="sum", step="add", between="k", bias="hidden_bias", biased=biased),
            Apply("a", "non-linear", "Non-linear", "z", result="hidden"),
            *merge(biased=biased),
        ),
        hands_on={"m": "a"},
        names_from_yesterday={"m": "remembered"},
        hand_set=from_states,
        activation=LARGEST_TO_ONE,
        hidden="a",
    )


ELMAN, ELMAN_BIASED = elman(biased=False), elman(biased=True)
"""y = Merge · a, a = φ(Memory · m + Weather · w), and m is yesterday's a; with biases + b in both."""
