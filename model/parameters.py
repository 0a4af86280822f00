"""The weights: three matrices, set by hand for any roommate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np

from model.activation import Array
from model.choices import MATRICES, MEMORY
from model.errors import RoommateError
from model.roommate import Kind, Roommate

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


def hand_set(roommate: Roommate, kind: Kind = Kind.RNN) -> Parameters:
    """Weights that represent a roommate exactly, whatever the table: the lecture's construction.

    Food stacks a block of n rows for each weather, holding that weather's row of the table as one-hot columns.
    Weather lights the block of today's weather. In the sum exactly one entry is 2 and every other at most 1, so a
    non-linearity that keeps the largest keeps the unit (today's weather, today's dish), and Merge adds the blocks.

    The two simpler networks are the same network with less in it: Merge is the identity, and either Food or
    Weather is zero; the other holds the dishes as one-hot columns.

    The Elman network has the roommate's s states in the place of the dishes. The unit that stays says (yesterday's
    weather, yesterday's state), so each block of Memory is the weather's row of the table once for every weather
    that yesterday can have had, and Merge has in the column of a unit the one-hot dish that its state shows.

    Args:
        roommate: Any table of n dishes (or s states) and k weathers.
        kind: Which network.

    Returns:
        The weights: h = k·n hidden units for the lecture's whole network, h = n for its simpler two, h = k·s for
        the Elman network.
    """
    n, k = len(roommate.dishes), len(roommate.weathers)
    one_hot = np.eye(n)
    if kind is Kind.ELMAN:
        states = np.eye(len(roommate.states))
        return Parameters(
            food=np.vstack([np.tile(states[:, row], k) for row in np.array(roommate.transitions)]),
            weather=np.repeat(np.eye(k), len(states), axis=0),
            merge=np.tile(one_hot[:, roommate.shows], k),
        )
    table = np.array(roommate.reduced(kind).next_dish)  # (k, n)
    if kind is Kind.WEATHER:
        return Parameters(np.zeros((n, n)), one_hot[:, table[:, 0]], one_hot)
    if kind is Kind.CYCLE:
        return Parameters(one_hot[:, table[0]], np.zeros((n, k)), one_hot)
    return Parameters(
        food=np.vstack([one_hot[:, row] for row in table]),
        weather=np.repeat(np.eye(k), n, axis=0),
        merge=np.tile(one_hot, k),
    )


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


def random_weights(
    rng: np.random.Generator,
    dishes: int,
    weathers: int,
    hidden: int,
    fed_back: int | None = None,
    *,
    initial: str,
    scale: float,
) -> Parameters:
    """Weights to start learning from.

    Args:
        rng: Where the numbers come from.
        dishes: n.
        weathers: k.
        hidden: h.
        fed_back: m, as for `parts`.
        initial: "normal": mean 0, standard deviation ``scale``. "uniform": from −scale to scale. "positive": Food
            and Weather uniform from ``scale`` to three times that, Merge normal with a tenth of it: with scale 0.5
            the start that relu(z − 1) needs, because its units must fire to learn.
        scale: As said.

    Returns:
        Food (or Memory), Weather and Merge, drawn in this order.
    """
    food, weather, merge = shapes(dishes, weathers, hidden, fed_back)
    if initial == "normal":
        return Parameters(*(rng.normal(0.0, scale, shape) for shape in (food, weather, merge)))
    if initial == "uniform":
        return Parameters(*(rng.uniform(-scale, scale, shape) for shape in (food, weather, merge)))
    return Parameters(
        rng.uniform(scale, 3 * scale, food),
        rng.uniform(scale, 3 * scale, weather),
        rng.normal(0.0, scale / 10, merge),
    )
