"""The weights: three matrices, set by hand for any roommate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from model.arrays import Array
from model.errors import RoommateError
from model.roommate.roommate import Kind, Roommate
from model.training.names import MATRICES, MEMORY

Sizes = tuple[int, int, int, int]
"""The numbers n, k, h and m of dishes, weathers, hidden units and entries fed back."""


def place_of(name: str) -> int:
    """Where a matrix stands among the three: Memory stands where Food does."""
    return 0 if name == MEMORY else MATRICES.index(name)


@dataclass(frozen=True, eq=False)
class Parameters:
    """The weights of the network Merge · φ(Food · yesterday + Weather · today).

    The same three serve the Elman network Merge · φ(Memory · hidden units of yesterday + Weather · today)
    (Elman, "Finding structure in time", 1990): its Memory stands in the place of Food, and has a column for each of
    the h hidden units instead of the n dishes. The number of columns is m for either.

    Attributes:
        food: (h, m): yesterday in, hidden units out.
        weather: (h, k): today's weather in, hidden units out.
        merge: (n, h): hidden units in, dish out.

    The arrays are copied and made read-only; `live` makes an exception.

    Raises:
        RoommateError: The shapes do not fit each other.
    """

    food: Array
    weather: Array
    merge: Array

    def __post_init__(self) -> None:
        for name in MATRICES:
            array = np.array(getattr(self, name), dtype=np.float64)
            array.setflags(write=False)
            object.__setattr__(self, name, array)
        if not all(matrix.ndim == 2 for matrix in (self.food, self.weather, self.merge)):
            raise RoommateError("Food, Weather and Merge must each be a matrix.")
        h, m = self.food.shape
        if self.weather.shape[0] != h or self.merge.shape[1] != h or m not in {self.merge.shape[0], h}:
            raise RoommateError(
                f"The matrices do not fit: Food is {h}×{m}, so Weather must have {h} rows and Merge be {m}×{h}; "
                f"they are {'×'.join(map(str, self.weather.shape))} and {'×'.join(map(str, self.merge.shape))}."
            )

    @classmethod
    def live(cls, food: Array, weather: Array, merge: Array) -> Parameters:
        """Weights that are the given arrays themselves: training changes them in place and shows nobody."""
        parameters = cls.__new__(cls)
        for name, array in (("food", food), ("weather", weather), ("merge", merge)):
            object.__setattr__(parameters, name, array)
        return parameters

    def matrix(self, name: str) -> Array:
        """A matrix by its name, one of `MATRICES` or `MEMORY`."""
        array: Array = getattr(self, MATRICES[place_of(name)])
        return array

    def with_matrix(self, name: str, matrix: Array) -> Parameters:
        """The same weights with one matrix replaced."""
        return replace(self, **{MATRICES[place_of(name)]: matrix})

    def span(self, name: str) -> slice:
        """Where a matrix stands in the flat vector of all weights."""
        ends = list(accumulate((self.matrix(matrix).size for matrix in MATRICES), initial=0))
        return slice(*ends[place_of(name) :][:2])

    @property
    def sizes(self) -> Sizes:
        """All four numbers, as `parts` takes them."""
        return self.dishes, self.weathers, self.hidden, self.fed_back

    @property
    def hidden(self) -> int:
        """The number of hidden units h."""
        return int(self.food.shape[0])

    @property
    def dishes(self) -> int:
        """The number of dishes n."""
        return int(self.merge.shape[0])

    @property
    def fed_back(self) -> int:
        """The number m of entries that one day hands on to the next: n dishes, or in the Elman network h units."""
        return int(self.food.shape[1])

    @property
    def weathers(self) -> int:
        """The number of weathers k."""
        return int(self.weather.shape[1])


def hand_set_sizes(roommate: Roommate, kind: Kind) -> Sizes:
    """`Parameters.sizes` of what `hand_set` makes, without making it."""
    n, k, states = len(roommate.dishes), len(roommate.weathers), len(roommate.states)
    if kind is Kind.ELMAN:
        return n, k, k * states, k * states
    return n, k, k * n if kind is Kind.RNN else n, n


def shapes(dishes: int, weathers: int, hidden: int, fed_back: int | None = None) -> tuple[tuple[int, int], ...]:
    """The shapes of Food (or Memory), Weather and Merge; the arguments as for `parts`."""
    return (hidden, dishes if fed_back is None else fed_back), (hidden, weathers), (dishes, hidden)


def parts(
    flat: Array, dishes: int, weathers: int, hidden: int, fed_back: int | None = None
) -> tuple[Array, Array, Array]:
    """Food (or Memory), Weather and Merge as views of one flat vector, so that one operation updates all weights.

    Args:
        flat: (h · (m + k + n),): a vector of weights or of a gradient.
        dishes: n.
        weathers: k.
        hidden: h.
        fed_back: m: by default n, as in the lecture's network; h in the Elman network.
    """
    views, begin = [], 0
    for rows, columns in shapes(dishes, weathers, hidden, fed_back):
        views.append(flat[begin : begin + rows * columns].reshape(rows, columns))
        begin += rows * columns
    food, weather, merge = views
    return food, weather, merge


def flattened(parameters: Parameters) -> Array:
    """All weights in one new vector: Food, Weather, Merge, each row by row."""
    return np.concatenate([parameters.food.ravel(), parameters.weather.ravel(), parameters.merge.ravel()])
