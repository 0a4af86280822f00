"""Random weights to start learning from."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from model.network.cell import Cell, Size
from model.network.parameters import Parameters, shapes


def random_weights(
    rng: np.random.Generator, cell: Cell, sizes: Mapping[Size, int], *, initial: str, scale: float
) -> Parameters:
    """Weights to start learning from.

    Args:
        rng: Where the numbers come from.
        cell: The architecture.
        sizes: The numbers of dishes, weathers and hidden units.
        initial: "normal": mean 0, standard deviation ``scale``. "uniform": from −scale to scale. "positive": all
            uniform from ``scale`` to three times that but the last matrix, which is normal with a tenth of it: with
            scale 0.5 the start that relu(z − 1) needs, because its units must fire to learn. "zero": all are 0, and
            so hidden units that start alike stay so: chance must break the tie. "fan-in": from −s to s with
            s = ``scale`` / √h for h hidden units, which with scale 1 is where PyTorch starts.
        scale: As said.

    Returns:
        The matrices, drawn in the order of the cell.
    """
    last, spread = cell.products[-1].matrix, scale
    if initial == "fan-in":
        spread = scale / math.sqrt(sizes[Size.HIDDEN])

    def drawn(name: str, shape: tuple[int, int]) -> np.ndarray:
        if initial == "zero":
            return np.zeros(shape)
        if initial == "positive":
            return rng.normal(0.0, scale / 10, shape) if name == last else rng.uniform(scale, 3 * scale, shape)
        return rng.normal(0.0, scale, shape) if initial == "normal" else rng.uniform(-spread, spread, shape)

    return Parameters(cell, {name: drawn(name, shape) for name, shape in shapes(cell, sizes).items()})
