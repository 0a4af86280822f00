"""How a gradient becomes an update: SGD, momentum, RMSProp and Adam over one flat vector of weights."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from model.arrays import Array, Indices
from model.numbers import bracketed, number

MOMENTUM = 0.9
"""The part of the last step that momentum keeps (Polyak 1964), in the form of PyTorch: v = 0.9 v + g."""
RMS_DECAY = 0.99
"""The part of the mean square that RMSProp keeps: PyTorch's default (Hinton's slide, coursera 6e, has 0.9)."""
BETA_1, BETA_2 = 0.9, 0.999
"""The parts of the two moments that Adam keeps (Kingma and Ba 2015)."""
EPSILON = 1e-8
"""Added to the root of a mean square, so that nothing is divided by zero."""


@dataclass
class OptimizerState:
    """What an optimizer remembers from one update to the next.

    Attributes:
        first: The velocity of momentum, or Adam's first moment.
        second: The mean square of RMSProp, or Adam's second moment.
        count: The updates made with it.
    """

    first: Array
    second: Array
    count: int = 0

    @classmethod
    def fresh(cls, size: int) -> OptimizerState:
        """The state before the first update: all moments are zero."""
        return cls(np.zeros(size), np.zeros(size))

    def copy(self) -> OptimizerState:
        """A copy of the state with arrays of its own."""
        return OptimizerState(self.first.copy(), self.second.copy(), self.count)


@dataclass(frozen=True)
class Optimizer:
    """A way to turn a gradient into a step.

    Attributes:
        name: What it is called.
        formula: The step Δ in the field's notation; g is the gradient, η the learning rate.
        update: ``update(state, gradient, learning_rate, step)`` writes into ``step`` what is to be added to the
            weights, and remembers in ``state`` what the next update needs.
        spell: ``spell(gradient, learning_rate, state)`` says in numbers how one weight's step came about, from that
            weight's part of the state after the update.
    """

    name: str
    formula: str
    update: Callable[[OptimizerState, Array, float, Array], None]
    spell: Callable[[float, float, OptimizerState], str]


def _sgd(state: OptimizerState, gradient: Array, rate: float, step: Array) -> None:
    state.count += 1
    np.multiply(gradient, -rate, step)


def _momentum(state: OptimizerState, gradient: Array, rate: float, step: Array) -> None:
    state.count += 1
    np.multiply(state.first, MOMENTUM, state.first)
    np.add(state.first, gradient, state.first)
    np.multiply(state.first, -rate, step)


def _rmsprop(state: OptimizerState, gradient: Array, rate: float, step: Array) -> None:
    state.count += 1
    np.multiply(gradient, gradient, step)
    np.multiply(step, 1 - RMS_DECAY, step)
    np.multiply(state.second, RMS_DECAY, state.second)
    np.add(state.second, step, state.second)
    np.sqrt(state.second, step)
    np.add(step, EPSILON, step)
    np.divide(gradient, step, step)
    np.multiply(step, -rate, step)


def _corrections(count: int | Indices) -> tuple[float | Array, float | Array]:
    """√c₂ and c₁ after so many updates; of many trainings one each, and the same numbers as of one."""
    if isinstance(count, np.ndarray):
        if count[0] == count.max() == count.min():  # the usual case
            return _corrections(int(count[0]))
        counts, place = np.unique(count, return_inverse=True)
        roots, rests = np.array([_corrections(one) for one in counts.tolist()]).T
        return roots[place], rests[place]
    return (1 - BETA_2**count) ** 0.5, 1 - BETA_1**count


def _adam(state: OptimizerState, gradient: Array, rate: float, step: Array) -> None:
    state.count += 1
    np.multiply(gradient, gradient, step)
    np.multiply(step, 1 - BETA_2, step)
    np.multiply(state.second, BETA_2, state.second)
    np.add(state.second, step, state.second)
    np.multiply(gradient, 1 - BETA_1, step)
    np.multiply(state.first, BETA_1, state.first)
    np.add(state.first, step, state.first)
    # Both corrections of the bias are numbers: m̂ / (√v̂ + ε) = (√c₂ / c₁) · m / (√v + ε √c₂).
    root, rest = _corrections(state.count)
    np.sqrt(state.second, step)
    np.add(step, EPSILON * root, step)
    np.divide(state.first, step, step)
    np.multiply(step, -rate * root / rest, step)


def _spell_sgd(gradient: float, rate: float, _state: OptimizerState) -> str:
    return f"{number(-rate)}·{bracketed(gradient)}"


def _spell_momentum(gradient: float, rate: float, state: OptimizerState) -> str:
    before = (float(state.first[0]) - gradient) / MOMENTUM
    return f"{number(-rate)}·({MOMENTUM}·{bracketed(before)} + {bracketed(gradient)})"


def _spell_rmsprop(gradient: float, rate: float, state: OptimizerState) -> str:
    return f"{number(-rate)}·{bracketed(gradient)} / (√{number(float(state.second[0]))} + ε)"


def _spell_adam(_gradient: float, rate: float, state: OptimizerState) -> str:
    mean = float(state.first[0]) / (1 - BETA_1**state.count)
    square = float(state.second[0]) / (1 - BETA_2**state.count)
    return f"{number(-rate)}·{bracketed(mean)} / (√{number(square)} + ε)"


OPTIMIZERS = {
    optimizer.name: optimizer
    for optimizer in (
        Optimizer("sgd", "Δ = −η · g", _sgd, _spell_sgd),
        Optimizer("momentum", f"v = {MOMENTUM} v + g, Δ = −η · v", _momentum, _spell_momentum),
        Optimizer("rmsprop", "Δ = −η · g / (√s + ε)", _rmsprop, _spell_rmsprop),
        Optimizer("adam", "Δ = −η · m̂ / (√v̂ + ε)", _adam, _spell_adam),
    )
}
"""Every optimizer by its name."""


def compute_step(
    state: OptimizerState,
    gradient: Array,
    step: Array,
    *,
    optimizer: str,
    rate: float,
    most: float,
    frozen: Sequence[slice],
) -> float:
    """Work out an update: what is to be added to the weights.

    Args:
        state: The optimizer's memory, which is brought up to date.
        gradient: The gradient; frozen weights' part is set to 0, and it is clipped.
        step: Is filled with the step.
        optimizer: A key of `OPTIMIZERS`.
        rate: The learning rate.
        most: The greatest norm of the gradient; 0: any.
        frozen: The parts of the vector that training leaves as they are.

    All arrays may have a last axis for many trainings; then ``state.count`` is an array of as many.

    Returns:
        The gradient's norm before clipping; of many trainings the greatest, where they are clipped.
    """
    for part in frozen:
        gradient[part] = 0.0
    norm = clip(gradient, most) if gradient.ndim == 1 else clip_each(gradient, most)
    OPTIMIZERS[optimizer].update(state, gradient, rate, step)
    for part in frozen:  # a memory of earlier gradients would move them still
        step[part] = 0.0
    return norm


def clip(gradient: Array, most: float) -> float:
    """Scale a gradient down to a norm of ``most``, if it is longer and ``most`` is not 0.

    Returns:
        The norm it had (Pascanu, Mikolov and Bengio 2013, algorithm 1).
    """
    norm = math.sqrt(float(gradient.dot(gradient)))
    if 0 < most < norm:
        np.multiply(gradient, most / norm, gradient)
    return norm


def clip_each(gradient: Array, most: float) -> float:
    """`clip` each column of a gradient, (size, trainings), by itself, where ``most`` is not 0.

    Returns:
        The greatest norm they had; 0 where nothing is clipped.
    """
    if most == 0:
        return 0.0
    if gradient.T.flags.c_contiguous:  # then each is a vector
        return max(clip(own, most) for own in gradient.T)
    norms = np.sqrt(squares(gradient))
    np.multiply(gradient, np.where(norms > most, most / norms, 1.0), gradient)
    return float(norms.max())


def squares(vectors: Array) -> Array:
    """(trainings,): the sum of the squares of each column of (size, trainings), whatever the others are."""
    total: Array = np.add.reduce(np.multiply(vectors, vectors), 0)
    return total
