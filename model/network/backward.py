"""The backward pass: the only one. Backpropagation through time, exact, with every day's numbers kept.

Source of the formulas: Goodfellow, Bengio, Courville, "Deep Learning", section 10.2.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.arrays import Array
from model.errors import TrainingError
from model.network.activations import softmax_backward
from model.network.batch import Batch
from model.network.forward import ForwardPass
from model.network.network import Feedback, Network
from model.network.parameters import Parameters
from model.roommate.parsing import listed
from model.training.names import TRAINABLE


@dataclass(frozen=True, eq=False)
class BackwardPass:
    """Every number of a backward pass over T days of B weeks at once; L is the mean loss over days and weeks.

    Attributes:
        error: (T, n, B): (p − target) / (T B), each day's own error.
        logits: (T, n, B): dL/dy: the day's own error and, with soft feedback, what comes back from the next day.
        hidden: (T, h, B): dL/da = Mergeᵀ · dL/dy; in the Elman network also what comes back from the next day.
        sum: (T, h, B): δ = dL/dz, through the non-linearity.
        previous: (T, m, B): dL/d previous = Foodᵀ · δ (Memoryᵀ · δ); it goes on to the day before with soft
            feedback, through the softmax, and in the Elman network as it is.
        days_food: (T, h, m): each day's part of the gradient of Food (Memory), δ · previousᵀ.
        days_weather: (T, h, k): each day's part of the gradient of Weather, δ · weatherᵀ.
        days_merge: (T, n, h): each day's part of the gradient of Merge, dL/dy · aᵀ.
    """

    error: Array
    logits: Array
    hidden: Array
    sum: Array
    previous: Array
    days_food: Array
    days_weather: Array
    days_merge: Array

    @classmethod
    def allocate(cls, parameters: Parameters, days: int, weeks: int) -> BackwardPass:
        """Empty arrays of the right shapes, to be filled by any number of passes."""
        n, k, h, m = parameters.sizes
        return cls(
            error=np.empty((days, n, weeks)),
            logits=np.empty((days, n, weeks)),
            hidden=np.empty((days, h, weeks)),
            sum=np.empty((days, h, weeks)),
            previous=np.empty((days, m, weeks)),
            days_food=np.empty((days, h, m)),
            days_weather=np.empty((days, h, k)),
            days_merge=np.empty((days, n, h)),
        )

    def of_day(self, day: int) -> tuple[Array, ...]:
        """The arrays of a day as views, made when they are asked for."""
        return self.logits[day], self.hidden[day], self.sum[day], self.previous[day]

    @cached_property
    def days(self) -> list[tuple[Array, ...]]:
        """The views of all days, for the same reason as `ForwardPass.days`."""
        return [self.of_day(day) for day in range(len(self.logits))]


def loss(run: ForwardPass, weeks: Batch) -> float:
    """Mean cross-entropy over days and weeks, in nats: −log p of the dishes really cooked.

    A probability too small for a float still has a finite loss.
    """
    return loss_and_accuracy(run, weeks)[0]


def loss_and_accuracy(run: ForwardPass, weeks: Batch) -> tuple[float, float]:
    """The loss, and the part of all days whose dish is right: more probable than every other."""
    assert weeks.target is not None
    p = run.probabilities
    scratch = np.multiply(p, weeks.target)
    of_target = np.add.reduce(scratch, axis=1)
    np.subtract(p, scratch, scratch)
    accuracy = float((of_target > np.maximum.reduce(scratch, axis=1)).mean()) if p.shape[1] > 1 else 1.0
    if of_target.min() > 0:
        return -float(np.log(of_target).mean()), accuracy
    # A probability too small for a float: log Σ eʸ − y of the target is finite all the same.
    shifted = run.logits - run.logits.max(axis=1, keepdims=True)
    logits = (shifted * weeks.target).sum(axis=1)
    return float((np.log(np.exp(shifted).sum(axis=1)) - logits).mean()), accuracy


def run_backward(
    network: Network,
    run: ForwardPass,
    weeks: Batch,
    feedback: Feedback,
    into: BackwardPass | None = None,
    *,
    only_day: int | None = None,
) -> BackwardPass:
    """Send the error of a forward pass back through the days.

    With hard feedback the choice of a dish has no derivative, so nothing goes back to the day before: each day
    learns from its own error alone. With teacher forcing nothing goes back because nothing was fed forward.

    Args:
        network: The network that made the pass.
        run: The forward pass.
        weeks: The weeks it was made of, with targets.
        feedback: The feedback it was made with.
        into: The arrays of an earlier backward pass of the same shapes, to be filled again.
        only_day: Count the error of this day alone, so that one can see how far it reaches; None: of all days.

    Raises:
        TrainingError: The network's non-linearity has no useful derivative.
    """
    weights, through, feedback = network.parameters, network.activation.backward, network.feedback(feedback)
    if through is None:
        raise TrainingError(
            f"The non-linearity {network.activation.name} has no useful derivative (it is flat almost everywhere), "
            f"so no error can go back through it; {listed(TRAINABLE, 'or')} can be trained."
        )
    assert weeks.target is not None
    days, _, count = weeks.weather.shape
    back = BackwardPass.allocate(weights, days, count) if into is None else into
    of_day = back.of_day if into is None else back.days.__getitem__
    np.subtract(run.probabilities, weeks.target, back.error)
    np.multiply(back.error, 1.0 / (days * count), back.error)
    if only_day is not None:
        back.error[np.arange(days) != only_day] = 0.0
    back.logits[:] = back.error
    food_back, merge_back = weights.food.T, weights.merge.T
    if feedback is Feedback.SOFT:
        scratch = np.empty_like(back.error[0])
        for day in range(days - 1, -1, -1):
            y, a, z, previous = of_day(day)
            if day < days - 1:
                softmax_backward(run.probabilities[day], back.previous[day + 1], scratch)
                np.add(y, scratch, y)
            merge_back.dot(y, a)
            through(run.sum[day], run.hidden[day], a, z)
            food_back.dot(z, previous)
    elif feedback is Feedback.HIDDEN:
        np.matmul(merge_back, back.logits, out=back.hidden)
        for day in range(days - 1, -1, -1):
            _, a, z, previous = of_day(day)
            if day < days - 1:
                np.add(a, back.previous[day + 1], a)
            through(run.sum[day], run.hidden[day], a, z)
            food_back.dot(z, previous)
    else:
        np.matmul(merge_back, back.logits, out=back.hidden)
        through(run.sum, run.hidden, back.hidden, back.sum)
        np.matmul(food_back, back.sum, out=back.previous)
    np.matmul(back.sum, run.previous[:-1].transpose(0, 2, 1), out=back.days_food)
    np.matmul(back.sum, run.weather.transpose(0, 2, 1), out=back.days_weather)
    np.matmul(back.logits, run.hidden.transpose(0, 2, 1), out=back.days_merge)
    return back
