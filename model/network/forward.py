"""TODO: a docstring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.arrays import Array, Indices
from model.network.activations import softmax
from model.network.batch import Batch
from model.network.network import Feedback, Network
from model.network.parameters import Parameters
from model.roommate.roommate import Roommate


@dataclass(frozen=True, eq=False)
class ForwardPass:
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
    def allocate(cls, parameters: Parameters, days: int, weeks: int) -> ForwardPass:
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
def run_forward(
    network: Network,
    weeks: Batch,
    feedback: Feedback = Feedback.HARD,
    into: ForwardPass | None = None,
    *,
    choose: bool = True,
) -> ForwardPass:
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
    run = ForwardPass.allocate(weights, days, count) if into is None else into
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


def cook(network: Network, roommate: Roommate, week: tuple[int, ...], start: int) -> ForwardPass:
    """The forward pass over one week, each day from what the network itself has made of the one before: B = 1.

    Args:
        network: The weights.
        roommate: Whose dishes and weathers they are for.
        week: The weather of each day, as indices.
        start: The state before the first day, as an index; without a memory, the dish of that day.
    """
    weather, first = np.array(week, dtype=np.intp)[:, None], np.array([start], dtype=np.intp)
    return run_forward(network, Batch.of(roommate, weather, first, units=network.units))
