"""The forward pass: the only one. The screen, the exporters and training all read the arrays it fills."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.activation import IDENTITY, LARGEST_TO_ONE, Activation, Array, softmax
from model.choices import IN_USE
from model.errors import InputError
from model.parameters import Parameters, hand_set
from model.roommate import Kind, Roommate

Indices = NDArray[np.intp]

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
        """How many hidden units go on to the next day, as `Weeks.of` takes it; None where it is the dish."""
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


@dataclass(frozen=True, eq=False)
class Weeks:
    """B weeks of T days as the network takes them: one-hot, one column a week.

    Attributes:
        weather: (T, k, B).
        start: (m, B): what the first day gets from the day before: the dish, or for the Elman network the hidden
            units.
        target: (T, n, B): the dishes really cooked; None where nobody knows or asks.
    """

    weather: Array
    start: Array
    target: Array | None = None

    @classmethod
    def of(
        cls,
        roommate: Roommate,
        weather: Indices,
        start: Indices,
        dishes: Indices | None = None,
        units: int | None = None,
    ) -> Weeks:
        """Weeks with targets: by default the roommate's own dishes.

        The lecture's network starts from the dish that the state before the first day shows. The Elman network
        starts from hidden units of which only one is 1: the one with the number of that state. Among hand-set
        weights this is the unit of that state after the first weather.

        Args:
            roommate: Whose rule gives the targets.
            weather: (T, B) indices.
            start: (B,) indices of states; without a memory these are the dishes.
            dishes: (T, B) indices of the dishes really cooked, where they are known otherwise.
            units: `Network.units` of the network that is to cook.

        Raises:
            InputError: There are fewer hidden units than states.
        """
        n, k, states = len(roommate.dishes), len(roommate.weathers), len(roommate.states)
        if units is not None and units < states:
            raise InputError(
                f"The {roommate.name} has {states} states, and {units} hidden units cannot start from each of them: "
                f"there must be at least {states}."
            )
        shows = np.array(roommate.shows)
        if dishes is None:
            table = np.array(roommate.transitions)
            lived = np.empty_like(weather)
            state = start
            for day, today in enumerate(weather):
                state = lived[day] = table[today, state]
            dishes = shows[lived]
        first = np.eye(n)[:, shows[start]] if units is None else np.eye(units)[:, start]
        return cls(_one_hot(weather, k), np.ascontiguousarray(first), _one_hot(dishes, n))


def _one_hot(indices: Indices, size: int) -> Array:
    """(T, B) indices as (T, size, B)."""
    return np.ascontiguousarray((indices[:, None, :] == np.arange(size)[:, None]).astype(np.float64))


@dataclass(frozen=True, eq=False)
class Pass:
    """Every number of a forward pass over T days of B weeks at once.

    Attributes:
        previous: (T + 1, m, B): what each day starts from; row t + 1 is what day t fed back.
        weather: (T, k, B): one-hot weather.
        food_product: (T, h, B): f = Food · previous, or Memory · previous.
        weather_product: (T, h, B): g = Weather · weather.
        sum: (T, h, B): z = f + g.
        hidden: (T, h, B): a = φ(z).
        logits: (T, n, B): y = Merge · a.
        probabilities: (T, n, B): p = softmax(y).
        dish: (T, B): the index of the largest logit.
    """

    previous: Array
    weather: Array
    food_product: Array
    weather_product: Array
    sum: Array
    hidden: Array
    logits: Array
    probabilities: Array
    dish: Indices

    @classmethod
    def allocate(cls, parameters: Parameters, days: int, weeks: int) -> Pass:
        """Empty arrays of the right shapes, to be filled by any number of passes."""
        h, n, k = parameters.hidden, parameters.dishes, parameters.weathers
        return cls(
            previous=np.zeros((days + 1, parameters.fed_back, weeks)),
            weather=np.empty((days, k, weeks)),
            food_product=np.empty((days, h, weeks)),
            weather_product=np.empty((days, h, weeks)),
            sum=np.empty((days, h, weeks)),
            hidden=np.empty((days, h, weeks)),
            logits=np.empty((days, n, weeks)),
            probabilities=np.empty((days, n, weeks)),
            dish=np.empty((days, weeks), dtype=np.intp),
        )

    @property
    def finite(self) -> bool:
        """Whether no product or sum was too large for a number."""
        arrays = (self.food_product, self.weather_product, self.sum, self.hidden, self.logits, self.probabilities)
        return all(bool(np.isfinite(array).all()) for array in arrays)

    def by_day(self) -> Iterator[tuple[Array, ...]]:
        """The arrays of each day as views, made when they are asked for."""
        arrays = (
            self.previous[:-1],
            self.food_product,
            self.weather_product,
            self.sum,
            self.hidden,
            self.logits,
            self.probabilities,
            self.previous[1:],
        )
        return zip(*arrays, strict=True)

    @cached_property
    def days(self) -> list[tuple[Array, ...]]:
        """The views of all days: taking them anew in every pass would cost as much as the products.

        They take some three times as much memory as the numbers of the lecture's network, so only a pass that is
        filled again and again has them.
        """
        return list(self.by_day())


@np.errstate(all="ignore")  # weights may be so large that their products are not finite; that is shown as it is
def forward(
    network: Network,
    weeks: Weeks,
    feedback: Feedback = Feedback.HARD,
    into: Pass | None = None,
    *,
    choose: bool = True,
) -> Pass:
    """Cook B weeks of T days at once.

    Args:
        network: The weights and the non-linearity.
        weeks: The weather, the start, and for teacher forcing the targets.
        feedback: What becomes tomorrow's "yesterday"; the Elman network knows only its hidden units.
        into: The arrays of an earlier pass of the same shapes, to be filled again.
        choose: Whether ``dish`` is wanted where the pass itself can do without: it takes a tenth of the time.

    Returns:
        All intermediate values.
    """
    weights, activate, feedback = network.parameters, network.activation.value, network.feedback(feedback)
    days, _, count = weeks.weather.shape
    run = Pass.allocate(weights, days, count) if into is None else into
    by_day = run.by_day() if into is None else run.days
    run.weather[:] = weeks.weather
    run.previous[0] = weeks.start
    np.matmul(weights.weather, run.weather, out=run.weather_product)
    if feedback is Feedback.TEACHER:  # no day waits for the one before: all of them at once
        assert weeks.target is not None
        run.previous[1:] = weeks.target
        np.matmul(weights.food, run.previous[:-1], out=run.food_product)
        np.add(run.food_product, run.weather_product, run.sum)
        activate(run.sum, run.hidden)
        np.matmul(weights.merge, run.hidden, out=run.logits)
    elif feedback is Feedback.HIDDEN:
        for previous, f, g, z, a, _, _, following in by_day:
            weights.food.dot(previous, f)
            np.add(f, g, z)
            activate(z, a)
            following[:] = a
        np.matmul(weights.merge, run.hidden, out=run.logits)
    else:
        food, merge = weights.food, weights.merge
        one_hot = np.eye(weights.dishes)
        for day, (previous, f, g, z, a, y, p, following) in enumerate(by_day):
            food.dot(previous, f)
            np.add(f, g, z)
            activate(z, a)
            merge.dot(a, y)
            if feedback is Feedback.SOFT:
                softmax(y, p)
                following[:] = p
            else:
                one_hot.take(y.argmax(axis=0, out=run.dish[day]), axis=1, out=following)
    if feedback is not Feedback.SOFT:
        softmax(run.logits, run.probabilities)
    if choose and feedback is not Feedback.HARD:
        run.logits.argmax(axis=1, out=run.dish)
    return run


def cook(network: Network, roommate: Roommate, week: tuple[int, ...], start: int) -> Pass:
    """The forward pass over one week, each day from what the network itself has made of the one before: B = 1.

    Args:
        network: The weights.
        roommate: Whose dishes and weathers they are for.
        week: The weather of each day, as indices.
        start: The state before the first day, as an index; without a memory, the dish of that day.
    """
    weather, first = np.array(week, dtype=np.intp)[:, None], np.array([start], dtype=np.intp)
    return forward(network, Weeks.of(roommate, weather, first, units=network.units))
