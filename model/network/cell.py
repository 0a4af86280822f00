"""A cell: what happens in one day of a recurrent network, as a list of operations, and what a day hands on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from model.arrays import Array
from model.network.activations import Activation
from model.network.operations import AddBias, Apply, Multiply, Operation, Product, Weighted
from model.roommate.roommate import Roommate, Sees


class Size(StrEnum):
    """How many entries a quantity has, by what they stand for."""

    HIDDEN = "h"
    DISHES = "n"
    WEATHERS = "k"
    ONE = "1"


WEATHER, LOGITS, PROBABILITIES, CHOSEN = "w", "y", "p", "c"
"""The symbols that every cell uses: what a day is told, what it answers, and the answer's two readings."""

DISH = "dish"
"""What is handed on where the dish is: the probabilities, the dish chosen or the one cooked, by the feedback."""


@dataclass(frozen=True, eq=False)
class Cell:
    """An architecture as data: the passes, the steps, the files and the editor all follow from it.

    Attributes:
        name: "weather", "yesterday", "both", "elman", "gru" or "lstm".
        sees: What of the roommate's rule it can know.
        sizes: How large every quantity is, by its symbol.
        matrices: Rows and columns of every matrix, in the order of the flat vector of weights.
        operations: One day, in order; the last makes the logits.
        hands_on: For each quantity that comes from yesterday, today's that becomes it; `DISH` where the feedback
            decides which.
        names_from_yesterday: What each of those is called: "yesterday", "remembered".
        hand_set: Weights that are exact for a roommate, by matrix.
        activation: The non-linearity that those weights are exact with.
        hidden: The quantity that `merge` reads: the hidden units; empty where there are none.
        about: What it is called in sentences: "Elman's network".

    Raises:
        ValueError: An operation reads what nobody has made, a quantity is made twice, or a matrix does not fit.
    """

    name: str
    sees: Sees
    sizes: Mapping[str, Size]
    matrices: Mapping[str, tuple[Size, Size]]
    operations: tuple[Operation, ...]
    hands_on: Mapping[str, str]
    names_from_yesterday: Mapping[str, str]
    hand_set: Callable[[Roommate], dict[str, Array]]
    activation: Activation
    hidden: str = ""
    about: str = ""

    def __post_init__(self) -> None:
        known = {WEATHER, *self.hands_on}
        used = []
        for operation in self.operations:
            if operation.out in known or not known.issuperset(operation.inputs):
                raise ValueError(f"{self.name}: {operation.formula()} cannot be computed there.")
            known.add(operation.out)
            if isinstance(operation, AddBias):
                used.append(operation.matrix)
                if self.matrices[operation.matrix] != (self.sizes[operation.out], Size.ONE):
                    raise ValueError(f"{self.name}: {operation.matrix} does not fit {operation.formula()}.")
            if isinstance(operation, Product):
                used.append(operation.matrix)
                fits = (self.sizes[operation.out], self.sizes[operation.x])
                if self.matrices[operation.matrix] != fits:
                    raise ValueError(f"{self.name}: {operation.matrix} does not fit {operation.formula()}.")
            elif {self.sizes[name] for name in operation.inputs} != {self.sizes[operation.out]}:
                raise ValueError(f"{self.name}: the sizes in {operation.formula()} differ.")
        if sorted(used) != sorted(self.matrices) or self.operations[-1].out != LOGITS:
            raise ValueError(f"{self.name}: every matrix is used once, and the last operation makes the logits.")

    @cached_property
    def products(self) -> tuple[Product, ...]:
        """The operations that have a matrix, in their order."""
        return tuple(operation for operation in self.operations if isinstance(operation, Product))

    @cached_property
    def weighted(self) -> tuple[Weighted, ...]:
        """The operations that have weights: a matrix, or a bias."""
        return tuple(operation for operation in self.operations if isinstance(operation, Weighted))

    @property
    def biased(self) -> bool:
        """Whether it has biases."""
        return any(isinstance(operation, AddBias) for operation in self.operations)

    @property
    def feeds_dish_back(self) -> bool:
        """Whether what a day hands on is its dish; otherwise it is the hidden units."""
        return DISH in self.hands_on.values()

    @property
    def remembers(self) -> bool:
        """Whether it hands on hidden units, which can tell more than the dish."""
        return not self.feeds_dish_back

    @cached_property
    def gated(self) -> bool:
        """Whether some of its quantities are multiplied with each other, so that a unit cannot be turned round."""
        return any(isinstance(operation, Multiply) for operation in self.operations)

    @property
    def linear(self) -> bool:
        """Whether it has no non-linearity at all, as the lecture's simpler two: one product."""
        return not any(isinstance(operation, Apply) for operation in self.operations)

    @cached_property
    def reads_yesterday(self) -> bool:
        """Whether any operation looks at what the day before handed on."""
        return any(name in self.hands_on for operation in self.operations for name in operation.inputs)

    def matrix_named(self, word: str) -> str:
        """The matrix that a word means; Food and Memory stand for each other, so that settings fit either network."""
        if word not in self.matrices:
            for twin in {"food": ("memory",), "memory": ("food",)}.get(word, ()):
                if twin in self.matrices:
                    return twin
        return word
