"""The backward pass against central differences, and against PyTorch where it is installed."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model.arrays import Array
from model.errors import InputError, TrainingError
from model.network.activations import ACTIVATIONS, activation_named
from model.network.backward import run_backward
from model.network.batch import Batch
from model.network.forward import run_forward
from model.network.loss import loss
from model.network.names import FEEDBACKS, TRAINABLE
from model.network.network import Network
from model.network.parameters import Parameters
from model.network.schedule import OF_DISHES, Feedback
from model.roommate.roommate import PERFECT_ROOMMATE
from model.training.names import OPTIMIZER_NAMES
from model.training.optimizers import OPTIMIZERS
from tests.model.network.pytorch import loss_and_gradient
from tests.model.networks import network_of, random_three
from tests.model.strategies import roommate_from


def loss_of(flat: Array, network: Network, weeks: Batch, feedback: Feedback) -> float:
    """The loss as a function of all weights in one vector."""
    moved = Parameters.of_flat(flat, network.cell, network.parameters.sizes)
    return loss(run_forward(network.with_parameters(moved), weeks, feedback), weeks)


def gradient_of(network: Network, weeks: Batch, feedback: Feedback) -> Array:
    """The gradient by backpropagation through time, as one vector."""
    back = run_backward(network, run_forward(network, weeks, feedback), weeks, feedback)
    return np.concatenate([back.total(name).ravel() for name in network.matrices])


def check_gradient(analytic: Array, network: Network, weeks: Batch, feedback: Feedback) -> None:
    """Compare a gradient with central differences, weight by weight; the failure names both numbers."""
    flat = network.parameters.flat
    for index in range(flat.size):
        step = np.zeros_like(flat)
        step[index] = 1e-5
        higher = loss_of(flat + step, network, weeks, feedback)
        numeric = (higher - loss_of(flat - step, network, weeks, feedback)) / 2e-5
        near = abs(analytic[index] - numeric) <= 1e-8 + 1e-6 * abs(numeric)
        assert near, f"weight {index}: analytic {analytic[index]!r}, numeric {numeric!r}"


def random_case(seed: int, activation: str) -> tuple[Network, Batch]:
    """A random machine, random weights of any size, and a random batch."""
    rng = np.random.default_rng(seed)
    n, k, h = int(rng.integers(2, 5)), int(rng.integers(1, 4)), int(rng.integers(1, 8))
    roommate = roommate_from(rng.integers(n, size=(k, n)).tolist())
    weather = rng.integers(k, size=(rng.integers(1, 8), rng.integers(1, 5)))
    weeks = Batch.of(roommate, weather, rng.integers(n, size=(weather.shape[1],)))
    return network_of(random_three(rng, n, k, h), activation), weeks


def away_from_kinks(network: Network, weeks: Batch, feedback: Feedback) -> bool:
    """Whether a central difference does not step over the kink of a rectifier, nor change a hard choice."""
    run = run_forward(network, weeks, feedback)
    kink = {"relu": 0.0, "relu-1": 1.0}.get(network.activation.name)
    return kink is None or bool((np.abs(run["z"] - kink) > 1e-3).all())


@pytest.mark.parametrize("feedback", [Feedback.SOFT, Feedback.TEACHER])
@pytest.mark.parametrize("activation", TRAINABLE)
@settings(max_examples=12)
@given(seed=st.integers(0, 2**32 - 1))
def test_central_differences(activation: str, feedback: Feedback, seed: int) -> None:
    network, weeks = random_case(seed, activation)
    assume(away_from_kinks(network, weeks, feedback))
    check_gradient(gradient_of(network, weeks, feedback), network, weeks, feedback)


@pytest.mark.parametrize("feedback", [Feedback.SOFT, Feedback.TEACHER])
@pytest.mark.parametrize("activation", TRAINABLE)
def test_the_check_fails_where_it_must(activation: str, feedback: Feedback) -> None:
    network, weeks = random_case(7, activation)
    assert away_from_kinks(network, weeks, feedback)
    wrong = gradient_of(network, weeks, feedback)
    wrong[3] += 1e-5
    with pytest.raises(AssertionError, match="weight 3: analytic"):
        check_gradient(wrong, network, weeks, feedback)


def test_truncated_backpropagation_would_be_noticed() -> None:
    """Hard feedback sends nothing back to the day before; with soft feedback that is a wrong gradient."""
    rng = np.random.default_rng(1)
    weather = rng.integers(2, size=(5, 3))
    weeks = Batch.of(PERFECT_ROOMMATE, weather, rng.integers(3, size=3))
    network = network_of(random_three(rng, 3, 2, 6), "tanh")
    run = run_forward(network, weeks, Feedback.SOFT)
    truncated = run_backward(network, run, weeks, Feedback.HARD).total("food").ravel()
    with pytest.raises(AssertionError, match="analytic"):
        check_gradient(
            np.concatenate([truncated, gradient_of(network, weeks, Feedback.SOFT)[18:]]),
            network,
            weeks,
            Feedback.SOFT,
        )


def test_hard_feedback_learns_each_day_from_its_own_error() -> None:
    """With the fed-back dishes held fixed, hard feedback is teacher forcing with one's own dishes as the teacher."""
    network, weeks = random_case(3, "tanh")
    run = run_forward(network, weeks, Feedback.HARD)
    own = Batch(weeks.weather, weeks.start, run.handed_on["d"][1:].copy())
    assert weeks.target is not None
    forced = run_forward(network, own, Feedback.TEACHER)
    np.testing.assert_allclose(forced.probabilities, run.probabilities, atol=1e-12)
    hard = run_backward(network, run, weeks, Feedback.HARD)
    teacher = run_backward(network, forced, weeks, Feedback.TEACHER)
    np.testing.assert_allclose(hard.matrices["food"], teacher.matrices["food"], atol=1e-12)


@pytest.mark.parametrize("activation", TRAINABLE)
@pytest.mark.parametrize("feedback", [Feedback.SOFT, Feedback.TEACHER])
def test_pytorch_agrees(activation: str, feedback: Feedback) -> None:
    for seed in range(5):
        network, weeks = random_case(seed, activation)
        theirs, gradient = loss_and_gradient(network, weeks, feedback)
        assert loss(run_forward(network, weeks, feedback), weeks) == pytest.approx(theirs, rel=1e-12)
        np.testing.assert_allclose(gradient_of(network, weeks, feedback), gradient, rtol=1e-9, atol=1e-12)


def test_no_gradient_through_largest_to_one() -> None:
    network = Network.by_hand(PERFECT_ROOMMATE)
    weeks = Batch.of(PERFECT_ROOMMATE, np.array([[1]]), np.array([0]))
    with pytest.raises(TrainingError, match=r"largest-to-1 has no useful derivative .* tanh, sigmoid"):
        run_backward(network, run_forward(network, weeks), weeks, Feedback.HARD)


def test_names_of_activations() -> None:
    with pytest.raises(InputError, match="Did you mean tanh"):
        activation_named("tan")
    assert set(TRAINABLE) < set(ACTIVATIONS)


def test_the_words_of_settings_are_the_things_that_there_are() -> None:
    useful = [name for name, activation in ACTIVATIONS.items() if activation.backward]
    assert sorted(useful) == sorted(TRAINABLE)
    assert tuple(OPTIMIZERS) == OPTIMIZER_NAMES
    assert tuple(map(str, OF_DISHES)) == FEEDBACKS


def test_softmax_does_not_overflow() -> None:
    network, weeks = random_case(5, "softmax")
    weights = network.parameters
    large = Parameters(network.cell, {name: 1e4 * matrix for name, matrix in weights.matrices.items()})
    run = run_forward(network.with_parameters(large), weeks, Feedback.SOFT)
    assert np.isfinite(run.probabilities).all()
    assert np.isfinite(loss(run, weeks))
