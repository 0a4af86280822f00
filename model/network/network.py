"""A network: a cell with its weights and an activation, and where the weights come from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from model.network.activations import IDENTITY, LARGEST_TO_ONE, Activation
from model.network.hand_set import hand_set
from model.network.parameters import Parameters
from model.roommate.roommate import Kind, Roommate
from model.training.names import IN_USE

BY_HAND = "set by hand"
"""The origin of the weights that are exact for a roommate."""

EDITED = "edited by hand"
"""The origin of weights that a person has changed."""


class Feedback(StrEnum):
    """What becomes tomorrow's "yesterday".

    Hard: the one-hot dish that was chosen. Soft: the probabilities themselves, so that the gradient flows through
    them. Teacher: the dish that was really cooked (teacher forcing). Hidden: not the dish at all but the hidden
    units; the Elman network feeds these back whatever is asked for, and no other network does.
    """

    SOFT = "soft"
    HARD = "hard"
    TEACHER = "teacher"
    HIDDEN = "hidden"


OF_DISHES = (Feedback.SOFT, Feedback.HARD, Feedback.TEACHER)
"""What can be asked for: the ways to feed a dish back."""


@dataclass(frozen=True, eq=False)
class Network:
    """Weights that are ready to cook.

    Attributes:
        kind: Which network: it says which parts are in use and shown, and what is fed back.
        parameters: The weights.
        activation: The non-linearity between Add and Merge.
        origin: Where the weights come from, in words: "set by hand".
        blocks: Whether the hidden units are those of the hand-set construction, a block for each weather.
        trained_with: The feedback it was trained with; hard for weights set by hand.
    """

    kind: Kind
    parameters: Parameters
    activation: Activation
    origin: str
    blocks: bool = False
    trained_with: Feedback = Feedback.HARD

    @classmethod
    def by_hand(cls, roommate: Roommate, kind: Kind = Kind.RNN) -> Network:
        """The network with the weights that are exact for this roommate."""
        activation = LARGEST_TO_ONE if kind in {Kind.RNN, Kind.ELMAN} else IDENTITY
        return cls(kind, hand_set(roommate, kind), activation, BY_HAND, blocks=True)

    @property
    def matrices(self) -> tuple[str, ...]:
        """The names of the matrices that this kind of network has; the others are only zeros or the identity."""
        return IN_USE[self.kind]

    @property
    def units(self) -> int | None:
        """How many hidden units go on to the next day, as `Batch.of` takes it; None where it is the dish."""
        return self.parameters.hidden if self.kind is Kind.ELMAN else None

    def feedback(self, asked: Feedback) -> Feedback:
        """What is fed back when this is asked for."""
        return Feedback.HIDDEN if self.kind is Kind.ELMAN else asked

    @property
    def linear(self) -> bool:
        """Whether this kind of network has no non-linearity at all, as the lecture's simpler two: one product."""
        return self.kind in {Kind.WEATHER, Kind.CYCLE}

    def with_activation(self, activation: Activation) -> Network:
        """The same weights with another non-linearity; the same network where it has none."""
        if self.linear:
            return self
        return replace(self, activation=activation, origin=f"{self.origin.split(',')[0]}, {activation.name}")

    def with_parameters(self, parameters: Parameters, origin: str = EDITED) -> Network:
        """The same network with other weights."""
        return replace(self, parameters=parameters, origin=origin)
