"""The gated recurrent unit (Cho et al. 2014), in PyTorch's form: the reset gate acts after the product.

Beside `torch.nn.GRUCell` (its gates stack in the order r, z, n):

| here | PyTorch |
|---|---|
| m, a | h, h′: yesterday's hidden units and today's |
| Reset memory, Update memory, New memory | the three blocks of weight_hh |
| Reset weather, Update weather, New weather | the three blocks of weight_ih |
| r = σ(Reset memory · m + Reset weather · w) | r |
| u = σ(Update memory · m + Update weather · w) | z |
| n = φ(r ⊙ (New memory · m) + New weather · w) | n, with φ = tanh |
| a = n + u ⊙ (m − n) | h′ = (1 − z) ⊙ n + z ⊙ h |
| Reset bias, Update bias | the blocks r and z of bias_hh and bias_ih, added |
| New memory bias, which the reset gate acts on, and New bias | the block n of bias_hh, and that of bias_ih |
"""

from __future__ import annotations

import numpy as np

from model.arrays import Array
from model.language import N_
from model.network.activations import LARGEST_TO_ONE, SIGMOID
from model.network.cell import Cell, Size
from model.network.cells.biases import bias_sizes, merge, summed, with_bias_shapes
from model.network.cells.elman import from_states
from model.network.operations import Add, AddBias, Apply, Multiply, Operation, Product, Subtract
from model.roommate.roommate import Roommate, Sees

_H, _N, _K = Size.HIDDEN, Size.DISHES, Size.WEATHERS

SATURATED = 40.0
"""σ(±40) is 1 or 0 to the last bit."""


def gate(symbol: str, name: str, bias: str = "", *, biased: bool) -> tuple[Operation, ...]:
    """A gate: the sigmoid of a product of the memory and one of the weather, and of its bias where there is one."""
    f, g, z = f"f{symbol}", f"g{symbol}", f"z{symbol}"
    return (
        Product(f, f"{name} memory product", f"{name.capitalize()} memory", f"{name}_memory", "m"),
        Product(g, f"{name} weather product", f"{name.capitalize()} weather", f"{name}_weather", "w"),
        *summed(
            z,
            f,
            g,
            result=f"{name} sum",
            step=f"{name} add",
            between=f"k{symbol}",
            bias=bias or f"{name}_bias",
            biased=biased,
        ),
        Apply(symbol, f"{name} gate", f"{name.capitalize()} gate", z, SIGMOID),
    )


def gate_sizes(symbol: str) -> dict[str, Size]:
    """The sizes of the four quantities of a gate."""
    return {f"{letter}{symbol}": _H for letter in ("f", "g", "z", "")}


def saturated_gate(name: str, hidden: int, weathers: int, *, opened: bool) -> dict[str, Array]:
    """The matrices of a gate that is always 1, or always 0: every weather alone saturates it."""
    value = SATURATED if opened else -SATURATED
    return {f"{name}_memory": np.zeros((hidden, hidden)), f"{name}_weather": np.full((hidden, weathers), value)}


def _with_open_gates(roommate: Roommate) -> dict[str, Array]:
    """Elman's hand-set weights behind gates that never close: reset always 1, update always 0, so a = n."""
    elman = from_states(roommate)
    h, k = elman["weather"].shape
    return {
        **saturated_gate("reset", h, k, opened=True),
        **saturated_gate("update", h, k, opened=False),
        "new_memory": elman["memory"],
        "new_weather": elman["weather"],
        "merge": elman["merge"],
    }


def gru(*, biased: bool) -> Cell:
    """The gated recurrent unit, with or without biases."""
    sizes = {"m": _H, "w": _K, **gate_sizes("r"), **gate_sizes("u"), **gate_sizes("n"), "q": _H, "e": _H, "v": _H}
    of_memory: tuple[Operation, ...] = (Product("fn", "new memory product", "New memory", "new_memory", "m"),)
    if biased:
        of_memory = (
            *of_memory,
            AddBias("kf", "new memory bias", "New memory bias", "new_memory_bias", "fn", result="biased product"),
        )
    return Cell(
        name="gru",
        about=N_("the gated recurrent unit"),
        sees=Sees.YESTERDAY | Sees.WEATHER,
        sizes={**sizes, "a": _H, "y": _N, **bias_sizes(("kr", "ku", "kf", "kn"), biased=biased)},
        matrices=with_bias_shapes(
            {
                "reset_memory": (_H, _H),
                "reset_weather": (_H, _K),
                "update_memory": (_H, _H),
                "update_weather": (_H, _K),
                "new_memory": (_H, _H),
                "new_weather": (_H, _K),
            },
            {"merge": (_N, _H)},
            ("reset_bias", "update_bias", "new_memory_bias", "new_bias"),
            biased=biased,
        ),
        operations=(
            *gate("r", "reset", biased=biased),
            *gate("u", "update", biased=biased),
            *of_memory,
            Multiply("q", "reset applied", "Reset", "r", of_memory[-1].out),
            Product("gn", "new weather product", "New weather", "new_weather", "w"),
            *summed("zn", "q", "gn", result="new sum", step="new add", between="kn", bias="new_bias", biased=biased),
            Apply("n", "new value", "New value", "zn"),
            Subtract("e", "old less new", "Old − new", "m", "n"),
            Multiply("v", "kept", "Kept", "u", "e"),
            Add("a", "hidden units", "Hidden", "n", "v"),
            *merge(biased=biased),
        ),
        hands_on={"m": "a"},
        names_from_yesterday={"m": "remembered"},
        hand_set=_with_open_gates,
        activation=LARGEST_TO_ONE,
        hidden="a",
    )


GRU, GRU_BIASED = gru(biased=False), gru(biased=True)
"""a = n + u ⊙ (m − n): of yesterday's units the update gate keeps a part."""
