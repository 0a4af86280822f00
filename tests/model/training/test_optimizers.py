"""Each optimizer against its formula as the papers write it, one weight at a time in plain Python."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.training.optimizers import OPTIMIZERS, OptimizerState, clip


def sgd(gradients: list[float], rate: float) -> float:
    return -rate * gradients[-1]


def momentum(gradients: list[float], rate: float) -> float:
    velocity = 0.0
    for gradient in gradients:
        velocity = 0.9 * velocity + gradient
    return -rate * velocity


def rmsprop(gradients: list[float], rate: float) -> float:
    square = 0.0
    for gradient in gradients:
        square = 0.99 * square + 0.01 * gradient**2
    return -rate * gradients[-1] / (math.sqrt(square) + 1e-8)


def adam(gradients: list[float], rate: float) -> float:
    first = second = 0.0
    for gradient in gradients:
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
    count = len(gradients)
    return -rate * (first / (1 - 0.9**count)) / (math.sqrt(second / (1 - 0.999**count)) + 1e-8)


REFERENCES: dict[str, Callable[[list[float], float], float]] = {
    "sgd": sgd,
    "momentum": momentum,
    "rmsprop": rmsprop,
    "adam": adam,
}


@pytest.mark.parametrize("name", OPTIMIZERS)
@given(
    gradients=st.lists(st.lists(st.floats(-10, 10), min_size=3, max_size=3), min_size=1, max_size=12),
    rate=st.floats(1e-4, 10),
)
def test_against_the_formula(name: str, gradients: list[list[float]], rate: float) -> None:
    state, step = OptimizerState.fresh(3), np.empty(3)
    for gradient in gradients:
        OPTIMIZERS[name].update(state, np.array(gradient), rate, step)
    for weight in range(3):
        expected = REFERENCES[name]([gradient[weight] for gradient in gradients], rate)
        assert step[weight] == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_copied_state_goes_its_own_way(name: str) -> None:
    state, step = OptimizerState.fresh(2), np.empty(2)
    OPTIMIZERS[name].update(state, np.array([1.0, -2.0]), 0.1, step)
    copy = state.copy()
    OPTIMIZERS[name].update(state, np.array([5.0, 5.0]), 0.1, step)
    again = np.empty(2)
    OPTIMIZERS[name].update(copy, np.array([5.0, 5.0]), 0.1, again)
    np.testing.assert_array_equal(step, again)


def test_clipping_keeps_the_direction() -> None:
    gradient = np.array([3.0, 4.0])
    assert clip(gradient, 10) == 5
    np.testing.assert_array_equal(gradient, [3, 4])
    assert clip(gradient, 0) == 5
    assert clip(gradient, 1) == 5
    np.testing.assert_allclose(gradient, [0.6, 0.8])
