"""The parts of gated cells: gates, the candidate for new hidden units, and weights set by hand behind gates."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.arrays import Array
from model.network.activations import SIGMOID
from model.network.cell import Size
from model.network.cells.biases import summed
from model.network.cells.elman import from_states
from model.network.operations import Apply, Operation, Product
from model.roommate.roommate import Roommate

SATURATED = 40.0
"""σ(±40) is 1 or 0 to the last bit."""

NEW_MEMORY = Product("fn", "new memory product", "New memory", "new_memory", "m")
"""What the candidate takes from yesterday's hidden units."""


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


def candidate(recalled: str, *, biased: bool) -> tuple[Operation, ...]:
    """The candidate n = φ(recalled + New weather · w), and its bias where there is one.

    Args:
        recalled: The symbol of what `NEW_MEMORY` has led to.
        biased: Whether there is a bias.
    """
    return (
        Product("gn", "new weather product", "New weather", "new_weather", "w"),
        *summed("zn", recalled, "gn", result="new sum", step="new add", between="kn", bias="new_bias", biased=biased),
        Apply("n", "new value", "New value", "zn"),
    )


def gate_sizes(*symbols: str) -> dict[str, Size]:
    """The sizes of the four quantities of each gate, or of the candidate."""
    return {f"{letter}{symbol}": Size.HIDDEN for symbol in symbols for letter in ("f", "g", "z", "")}


def gate_shapes(*names: str) -> dict[str, tuple[Size, Size]]:
    """The shapes of the two matrices of each gate, or of the candidate."""
    return {
        f"{name}_{source}": (Size.HIDDEN, size)
        for name in names
        for source, size in (("memory", Size.HIDDEN), ("weather", Size.WEATHERS))
    }


def behind_saturated_gates(roommate: Roommate, gates: Mapping[str, bool]) -> dict[str, Array]:
    """Elman's hand-set weights behind gates that are always 1, or always 0: every weather alone saturates them.

    Args:
        roommate: Whose rule it is.
        gates: Whether each gate is 1, by name.
    """
    elman = from_states(roommate)
    hidden, weathers = elman["weather"].shape
    matrices = {"new_memory": elman["memory"], "new_weather": elman["weather"], "merge": elman["merge"]}
    for name, opened in gates.items():
        matrices[f"{name}_memory"] = np.zeros((hidden, hidden))
        matrices[f"{name}_weather"] = np.full((hidden, weathers), SATURATED if opened else -SATURATED)
    return matrices
