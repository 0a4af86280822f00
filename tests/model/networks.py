"""Networks made of matrices, for tests that know the lecture's or Elman's by their three."""

import numpy as np

from model.arrays import Array
from model.network.activations import Activation, activation_named
from model.network.cell import Cell
from model.network.cells import CELLS
from model.network.network import Network
from model.network.parameters import Parameters
from model.network.schedule import Feedback

BOTH, ELMAN = CELLS["both"], CELLS["elman"]


def three(first: Array, weather: Array, merge: Array, cell: Cell = BOTH) -> Parameters:
    """Weights from Food (or Memory), Weather and Merge."""
    return Parameters(cell, dict(zip(cell.matrices, (first, weather, merge), strict=True)))


def network_of(
    weights: Parameters, activation: Activation | str, origin: str = "", *, trained_with: Feedback = Feedback.HARD
) -> Network:
    """A network with these weights."""
    function = activation_named(activation) if isinstance(activation, str) else activation
    return Network(weights, function, origin, trained_with=trained_with)


def random_three(rng: np.random.Generator, dishes: int, weathers: int, hidden: int, cell: Cell = BOTH) -> Parameters:
    """Weights a little off a grid, so that the rectifiers' kinks at 0 and 1 are far from every sum."""
    first = rng.normal(0.3, 1.0, (hidden, hidden if cell.remembers else dishes))
    return three(first, rng.normal(0.3, 1.0, (hidden, weathers)), rng.normal(0.3, 1.0, (dishes, hidden)), cell)
