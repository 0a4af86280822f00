"""The loss of a forward pass, and how many of its answers are right."""

from __future__ import annotations

import math

import numpy as np

from model.arrays import Array
from model.network.batch import Batch
from model.network.forward import ForwardPass
from model.network.plan import Planned


@np.errstate(all="ignore")  # the logarithm of 0 is seen to
def loss(forward: ForwardPass, batch: Batch, *, last_only: bool = False) -> float:
    """Mean cross-entropy over days and weeks, in nats: −log p of the dishes really cooked.

    A probability too small for a float still has a finite loss.

    Args:
        forward: A forward pass.
        batch: Its weeks, with targets.
        last_only: Whether the last day of each week counts alone.
    """
    return loss_and_accuracy(forward, batch, last_only=last_only)[0]


def loss_and_accuracy(forward: ForwardPass, batch: Batch, *, last_only: bool = False) -> tuple[float, float]:
    """The loss, and the part of all days whose dish is right; see `margins`."""
    assert batch.target is not None
    probability, margin = answers(forward, batch)
    accuracy = np.count_nonzero(margin > 0) / margin.size
    first = -1 if last_only else 0
    logs = np.log(probability[first:])
    total = float(np.add.reduce(logs, axis=None))
    if math.isfinite(total):
        return -total / logs.size, accuracy  # its mean, at half the cost
    # A probability too small for a float: log Σ eʸ − y of the target is finite all the same.
    shifted = forward.logits - forward.logits.max(axis=1, keepdims=True)
    logits = (shifted * batch.target).sum(axis=1)
    return float((np.log(np.exp(shifted).sum(axis=1)) - logits)[first:].mean()), accuracy


@np.errstate(all="ignore")  # as in `run_forward`
def margins(forward: ForwardPass, batch: Batch) -> Array:
    """(T, B): the probability of the right dish minus the greatest of all others; an answer is right above 0.

    Where two dishes tie for the greatest, neither has won: the margin is 0, and a tie is nobody's.
    """
    return answers(forward, batch)[1]


def answers(forward: ForwardPass, batch: Batch) -> tuple[Array, Array]:
    """(T, B) each: the probability of the right dish, and the margin as `margins` has it.

    Those of a pass that is filled again and again are overwritten with it.
    """
    assert batch.target is not None
    bound = forward.bound
    if not bound.calls or bound.target is not batch.target:
        bound.target, bound.of_target = batch.target, None
        return of_target(forward.probabilities, batch.target)
    if bound.of_target is None:
        bound.of_target = Planned(of_target, forward.probabilities, batch.target)
    probability, margin = bound.of_target()
    return probability, margin


def of_target(probabilities: Array, target: Array) -> tuple[Array, Array]:
    """(T, B) each: the probability of the right dish, and the margin by which it is the greatest."""
    scratch = np.multiply(probabilities, target)
    right: Array = np.add.reduce(scratch, axis=1)
    np.subtract(probabilities, scratch, scratch)
    margin: Array = np.maximum.reduce(scratch, axis=1)
    np.subtract(right, margin, margin)
    return right, margin
