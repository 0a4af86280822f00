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

from model.arrays import Array
from model.language import N_
from model.network.activations import LARGEST_TO_ONE
from model.network.cell import Cell, Size
from model.network.cells.biases import bias_sizes, merge, with_bias_shapes
from model.network.cells.gates import NEW_MEMORY, behind_saturated_gates, candidate, gate, gate_shapes, gate_sizes
from model.network.operations import Add, AddBias, Multiply, Operation, Subtract
from model.roommate.roommate import Roommate, Sees

_H, _N, _K = Size.HIDDEN, Size.DISHES, Size.WEATHERS


def _with_open_gates(roommate: Roommate) -> dict[str, Array]:
    """Elman's hand-set weights: reset always 1, update always 0, so a = n."""
    return behind_saturated_gates(roommate, {"reset": True, "update": False})


def gru(*, biased: bool) -> Cell:
    """The gated recurrent unit, with or without biases."""
    sizes = {"m": _H, "w": _K, **gate_sizes("r", "u", "n"), "q": _H, "e": _H, "v": _H}
    of_memory: tuple[Operation, ...] = (NEW_MEMORY,)
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
            gate_shapes("reset", "update", "new"),
            {"merge": (_N, _H)},
            ("reset_bias", "update_bias", "new_memory_bias", "new_bias"),
            biased=biased,
        ),
        operations=(
            *gate("r", "reset", biased=biased),
            *gate("u", "update", biased=biased),
            *of_memory,
            Multiply("q", "reset applied", "Reset", "r", of_memory[-1].out),
            *candidate("q", biased=biased),
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
