"""Planned passes: what a rule asks numpy to do is the rule, bit by bit."""

from __future__ import annotations

import numpy as np
import pytest

from model.arrays import Array
from model.network.activations import ACTIVATIONS
from model.network.backward import BackwardPass, run_backward
from model.network.batch import Batch
from model.network.cells import CELLS
from model.network.forward import ForwardPass, run_forward
from model.network.loss import answers, of_target
from model.network.network import Network, default_sizes
from model.network.operations import Apply, Operands
from model.network.parameters import Parameters, shapes
from model.network.plan import NotPlanned, Planned, forward_calls
from model.network.schedule import OF_DISHES, Feedback
from model.roommate.roommate import PERFECT_ROOMMATE

SHAPES = ((1, 1), (5, 1), (6, 2), (4, 33))
"""Days and weeks: a single column is summed in another way than several."""


def network_of(name: str, activation: str, seed: int) -> Network:
    cell, rng = CELLS[name], np.random.default_rng(seed)
    sizes = shapes(cell, default_sizes(cell, PERFECT_ROOMMATE))
    matrices = {matrix: rng.normal(size=shape) for matrix, shape in sizes.items()}
    return Network(Parameters(cell, matrices), ACTIVATIONS[activation], "")


def batch_for(network: Network, days: int, weeks: int) -> Batch:
    rng = np.random.default_rng(days * weeks)
    weather, start = rng.integers(2, size=(days, weeks)), rng.integers(3, size=weeks)
    return Batch.of(PERFECT_ROOMMATE, weather, start, units=network.units)


@pytest.mark.parametrize("feedback", OF_DISHES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("cell", CELLS)
def test_planned_and_as_they_are_passes_have_the_same_numbers(cell: str, activation: str, feedback: Feedback) -> None:
    for seed, (days, weeks) in enumerate(SHAPES):
        network = network_of(cell, activation, seed)
        batch = batch_for(network, days, weeks)
        rules, planned = (
            run_forward(network, batch, feedback),
            ForwardPass.allocate(network.parameters, batch.weather.shape),
        )
        back = BackwardPass.allocate(network, feedback, days, weeks)
        for _again in range(2):
            run_forward(network, batch, feedback, planned)
            if network.activation.backward is not None:
                run_backward(network, planned, batch, feedback, back)
        assert planned.bound.calls
        for symbol, quantity in rules.quantities.items():
            assert np.array_equal(quantity, planned[symbol]), symbol
        for name, handed_on in rules.handed_on.items():
            assert np.array_equal(handed_on, planned.handed_on[name])
        if network.activation.backward is not None:
            expected = run_backward(network, rules, batch, feedback)
            assert back.bound.calls
            for symbol, gradient in expected.gradients.items():
                assert np.array_equal(gradient, back.gradients[symbol]), symbol
            for matrix, gradient in expected.matrices.items():
                assert np.array_equal(gradient, back.matrices[matrix]), matrix


def test_answers_of_a_pass_that_is_filled_again_are_those_of_its_new_numbers() -> None:
    batch = batch_for(network_of("both", "tanh", 0), 6, 5)
    forward = ForwardPass.allocate(network_of("both", "tanh", 0).parameters, batch.weather.shape)
    for seed in range(4):
        network = network_of("both", "tanh", seed)
        run_forward(network, batch, Feedback.SOFT, forward)
        fresh = run_forward(network, batch, Feedback.SOFT)
        for found, expected in zip(answers(forward, batch), answers(fresh, batch), strict=True):
            assert np.array_equal(found, expected)
    assert forward.bound.of_target is not None


def test_a_rule_that_does_more_than_call_numpy_is_called_itself() -> None:
    def halves(x: Array, out: Array) -> None:
        out[0] = x[0] / 2

    x, out = np.ones((1, 3)), np.zeros((1, 3))
    with pytest.raises(NotPlanned):
        Planned(halves, x, out)  # type: ignore[arg-type]
    odd = ACTIVATIONS["largest-to-1"]
    (call,) = forward_calls(Apply("a", "", "", "z", odd), Operands({"z": x, "a": out}, {}, odd), {})
    call()
    assert out.tolist() == [[1, 1, 1]]


def test_a_planned_rule_makes_no_array_when_it_is_called() -> None:
    probabilities, target = np.full((6, 3, 8), 1 / 3), np.zeros((6, 3, 8))
    planned = Planned(of_target, probabilities, target)
    assert [first is again for first, again in zip(planned(), planned(), strict=True)] == [True, True]
