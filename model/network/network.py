"""A network: a cell with its weights and a non-linearity, and where the weights come from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from model.network.activations import Activation
from model.network.cell import Cell, Size
from model.network.cells import CELLS
from model.network.operations import AddBias
from model.network.origins import BY_HAND, EDITED, in_words, with_another
from model.network.parameters import Parameters, shapes
from model.network.schedule import Feedback
from model.roommate.roommate import Roommate


@dataclass(frozen=True, eq=False)
class Network:
    """Weights that are ready to cook.

    Attributes:
        parameters: The weights, with the architecture that they are for.
        activation: The non-linearity where the architecture leaves it open.
        origin: Where the weights come from, in English, as JSON has it: "set by hand"; people see `origin_in_words`.
        blocks: Whether the hidden units are those of the hand-set construction, a block for each weather.
        trained_with: The feedback it was trained with; hard for weights set by hand.
        zero_start: Whether the hidden units that it hands on are all zero before the first day; otherwise they are
            one-hot and tell the state.
    """

    parameters: Parameters
    activation: Activation
    origin: str
    blocks: bool = False
    trained_with: Feedback = Feedback.HARD
    zero_start: bool = False

    @classmethod
    def by_hand(cls, roommate: Roommate, cell: Cell = CELLS["both"]) -> Network:
        """The network with the weights that are exact for this roommate."""
        exact = cell.hand_set(roommate)
        rows = default_sizes(cell, roommate)
        for bias in cell.weighted:  # they need none
            if isinstance(bias, AddBias):
                exact[bias.matrix] = np.zeros((rows[cell.sizes[bias.out]], 1))
        parameters = Parameters(cell, exact)
        return cls(parameters, cell.activation, BY_HAND, blocks=True)

    @property
    def cell(self) -> Cell:
        """The architecture."""
        return self.parameters.cell

    @property
    def matrices(self) -> tuple[str, ...]:
        """The names of its matrices."""
        return tuple(self.cell.matrices)

    @property
    def units(self) -> int | None:
        """How many hidden units go on to the next day, as `Batch.of` takes it; None where it is the dish."""
        return self.parameters.hidden if self.cell.remembers else None

    def feedback(self, wanted: Feedback) -> Feedback:
        """What is fed back when this is asked for."""
        return Feedback.HIDDEN if self.cell.remembers else wanted

    @property
    def origin_in_words(self) -> str:
        """Where the weights come from, in the language in use."""
        return in_words(self.origin)

    @property
    def own_feedback(self) -> Feedback:
        """The feedback that this network was made to be fed.

        Soft, the probabilities themselves, where it was trained so: they are never quite one-hot, so day by day they
        can drift away from the one-hot dishes of the cases. Hard, the dish chosen, for weights set by hand, whose
        probabilities were never meant to be used, and for those trained with whole dishes, be it the network's own
        or, with teacher forcing, the true ones. With hard feedback a network meets nothing but the cases, and so
        stays true to what it answers there by construction.
        """
        return Feedback.SOFT if self.trained_with is Feedback.SOFT else Feedback.HARD

    @property
    def linear(self) -> bool:
        """Whether it has no non-linearity at all, as the lecture's simpler two: one product."""
        return self.cell.linear

    def with_activation(self, activation: Activation) -> Network:
        """The same weights with another non-linearity; the same network where it has none."""
        if self.linear:
            return self
        return replace(self, activation=activation, origin=with_another(self.origin, activation.name))

    def with_parameters(self, parameters: Parameters, origin: str = EDITED) -> Network:
        """The same network with other weights."""
        return replace(self, parameters=parameters, origin=origin)

    def in_cell(self, cell: Cell) -> Network | None:
        """The same network in another architecture, whose biases are 0 where it has none; None where more differs."""
        if self.cell is cell:
            return self
        if self.cell.name != cell.name or not set(self.cell.matrices) <= set(cell.matrices):
            return None
        none = {name: np.zeros(shape) for name, shape in shapes(cell, self.parameters.sizes).items()}
        return replace(self, parameters=Parameters(cell, {**none, **self.parameters.matrices}))


def default_sizes(cell: Cell, roommate: Roommate, hidden: int = 0) -> dict[Size, int]:
    """The sizes of a network for a roommate.

    Args:
        cell: The architecture.
        roommate: Whose dishes and weathers.
        hidden: The number of hidden units; 0: as many as the hand-set weights have, one for each weather and each
            dish, or each state where the units are handed on.
    """
    n, k = len(roommate.dishes), len(roommate.weathers)
    kept = len(roommate.states) if cell.remembers else n
    return {Size.ONE: 1, Size.DISHES: n, Size.WEATHERS: k, Size.HIDDEN: n if cell.linear else hidden or kept * k}
