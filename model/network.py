"""The forward pass: the only one. The screen, the exporters and training all read the arrays it fills."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from model.activation import IDENTITY, LARGEST_TO_ONE, Activation, Array
from model.parameters import Parameters, hand_set
from model.roommate import Kind, Roommate

Indices = NDArray[np.intp]


class Feedback(StrEnum):
    """What becomes tomorrow's input: the one-hot dish itself (hard)."""

    HARD = "hard"


@dataclass(frozen=True, eq=False)
class Network:
    """Weights that are ready to cook.

    Attributes:
        kind: Which of the lecture's networks: it says which parts are in use and shown.
        parameters: The weights.
        activation: The non-linearity between Add and Merge.
        origin: Where the weights come from, in words: "set by hand".
    """

    kind: Kind
    parameters: Parameters
    activation: Activation
    origin: str

    @classmethod
    def by_hand(cls, roommate: Roommate, kind: Kind = Kind.RNN) -> Network:
        """The network with the weights that are exact for this roommate."""
        activation = LARGEST_TO_ONE if kind is Kind.RNN else IDENTITY
        return cls(kind, hand_set(roommate, kind), activation, "set by hand")


@dataclass(frozen=True, eq=False)
class Pass:
    """Every number of a forward pass over T days of B weeks at once.

    Attributes:
        previous: (T + 1, n, B): the dish each day starts from; row t + 1 is what day t fed back.
        weather: (T, k, B): one-hot weather.
        food_product: (T, h, B): f = Food · previous.
        weather_product: (T, h, B): g = Weather · weather.
        sum: (T, h, B): z = f + g.
        hidden: (T, h, B): a = φ(z).
        logits: (T, n, B): y = Merge · a.
        dish: (T, B): the index of the largest logit.
    """

    previous: Array
    weather: Array
    food_product: Array
    weather_product: Array
    sum: Array
    hidden: Array
    logits: Array
    dish: Indices

    @classmethod
    def allocate(cls, parameters: Parameters, days: int, weeks: int) -> Pass:
        """Empty arrays of the right shapes."""
        h, n, k = parameters.hidden, parameters.dishes, parameters.weathers
        return cls(
            previous=np.zeros((days + 1, n, weeks)),
            weather=np.zeros((days, k, weeks)),
            food_product=np.empty((days, h, weeks)),
            weather_product=np.empty((days, h, weeks)),
            sum=np.empty((days, h, weeks)),
            hidden=np.empty((days, h, weeks)),
            logits=np.empty((days, n, weeks)),
            dish=np.empty((days, weeks), dtype=np.intp),
        )


def forward(network: Network, weather: Indices, start: Indices) -> Pass:
    """Cook B weeks of T days at once.

    Args:
        network: The weights and the non-linearity.
        weather: (T, B) indices of the weather of each day.
        start: (B,) indices of the dish of the day before the first.

    Returns:
        All intermediate values.
    """
    parameters = network.parameters
    days, weeks = weather.shape
    run = Pass.allocate(parameters, days, weeks)
    one_hot = np.eye(parameters.dishes)
    np.put_along_axis(run.weather, weather[:, None, :], 1.0, axis=1)
    run.previous[0] = one_hot[:, start]
    np.matmul(parameters.weather, run.weather, out=run.weather_product)
    for t in range(days):
        parameters.food.dot(run.previous[t], out=run.food_product[t])
        np.add(run.food_product[t], run.weather_product[t], out=run.sum[t])
        network.activation.value(run.sum[t], run.hidden[t])
        parameters.merge.dot(run.hidden[t], out=run.logits[t])
        run.logits[t].argmax(axis=0, out=run.dish[t])
        one_hot.take(run.dish[t], axis=1, out=run.previous[t + 1])
    return run


def cook(network: Network, week: tuple[int, ...], start: int) -> Pass:
    """The forward pass over one week: every array with B = 1."""
    return forward(network, np.array(week, dtype=np.intp)[:, None], np.array([start], dtype=np.intp))
