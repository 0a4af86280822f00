"""The Elman network: exact when set by hand, its gradient against central differences and against PyTorch."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model.arrays import Array, Indices
from model.errors import InputError
from model.network.backward import run_backward
from model.network.batch import Batch
from model.network.cells import CELLS
from model.network.forward import cook, run_forward
from model.network.loss import loss
from model.network.names import TRAINABLE
from model.network.network import Network
from model.network.parameters import Parameters
from model.network.schedule import Feedback
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from tests.model.network.pytorch import loss_and_gradient
from tests.model.networks import ELMAN, network_of, random_three
from tests.model.strategies import SOUP_EATER, remembering, roommate_from

DAYS = 10_000


def machine(seed: int, most_states: int, most_weathers: int, *, memory: bool) -> Roommate:
    """Any machine up to a size, its states hidden or the dishes themselves."""
    rng = np.random.default_rng(seed)
    states, k = int(rng.integers(1, most_states + 1)), int(rng.integers(1, most_weathers + 1))
    if memory:
        return remembering(rng, int(rng.integers(1, states + 1)), k, states)
    return roommate_from(rng.integers(states, size=(k, states)).tolist())


def days_that_differ(network: Network, roommate: Roommate, weather: Indices, start: Indices) -> int:
    """On how many days a network cooks another dish than the machine, which is asked directly."""
    stretch, wrong = 250, 0
    now, state = Batch.of(roommate, weather[:1], start, units=network.units).start, start.copy()
    for first in range(0, len(weather), stretch):  # so that long weeks of large networks need little memory
        part = weather[first : first + stretch]
        weeks = replace(Batch.of(roommate, part, state, units=network.units), start=now)
        run = run_forward(network, weeks, Feedback.HARD)
        now = run.handed_on["m"][-1].copy() if network.cell.remembers else run.handed_on["d"][-1].copy()
        for week in range(part.shape[1]):
            days = tuple(part[:, week].tolist())
            wrong += int((run.dish[:, week] != roommate.cook(days, int(state[week]))).sum())
            state[week] = roommate.live(days, int(state[week]))[-1]
    return wrong


@pytest.mark.parametrize("memory", [False, True], ids=["dishes", "hidden states"])
@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_hand_set_weights_are_the_machine_for_ten_thousand_days(seed: int, memory: bool) -> None:
    roommate = machine(seed, 12, 6, memory=memory)
    rng = np.random.default_rng(seed + 1)
    weather = rng.integers(len(roommate.weathers), size=(DAYS, 1))
    start = rng.integers(len(roommate.states), size=1)
    assert days_that_differ(Network.by_hand(roommate, CELLS["elman"]), roommate, weather, start) == 0
    if not memory:
        assert days_that_differ(Network.by_hand(roommate), roommate, weather, start) == 0


@pytest.mark.parametrize("memory", [False, True], ids=["dishes", "hidden states"])
def test_the_largest_machine_that_is_promised(memory: bool) -> None:
    rng = np.random.default_rng(5)
    table = rng.integers(64, size=(16, 64)).tolist()
    roommate = remembering(rng, 20, 16, 64) if memory else roommate_from(table)
    weather, start = rng.integers(16, size=(DAYS // 50, 50)), rng.integers(64, size=50)
    assert days_that_differ(Network.by_hand(roommate, CELLS["elman"]), roommate, weather, start) == 0
    if not memory:
        assert days_that_differ(Network.by_hand(roommate), roommate, weather, start) == 0


def test_one_wrong_weight_is_noticed() -> None:
    network = Network.by_hand(SOUP_EATER, CELLS["elman"])
    memory = network.parameters["memory"].copy()
    memory[5, 4], memory[4, 4] = 0, 1  # a rainy day after the first rainy day: still only wet
    spoiled = network.with_parameters(network.parameters.with_matrix("memory", memory))
    weather = np.random.default_rng(0).integers(2, size=(100, 1))
    assert days_that_differ(network, SOUP_EATER, weather, np.array([0])) == 0
    assert days_that_differ(spoiled, SOUP_EATER, weather, np.array([0])) > 0


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_one_entry_of_the_sum_is_two_and_no_other(seed: int) -> None:
    roommate = machine(seed, 8, 5, memory=True)
    rng = np.random.default_rng(seed)
    week = tuple(rng.integers(len(roommate.weathers), size=30).tolist())
    run = cook(Network.by_hand(roommate, CELLS["elman"]), roommate, week, int(rng.integers(len(roommate.states))))
    assert ((run["z"] == 2).sum(axis=1) == 1).all()
    assert ((run["z"] <= 1).sum(axis=1) == run["z"].shape[1] - 1).all()


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_unit_that_stays_is_the_weather_and_the_state(seed: int) -> None:
    roommate = machine(seed, 8, 5, memory=True)
    rng = np.random.default_rng(seed)
    week = tuple(rng.integers(len(roommate.weathers), size=30).tolist())
    start = int(rng.integers(len(roommate.states)))
    run = cook(Network.by_hand(roommate, CELLS["elman"]), roommate, week, start)
    weather, state = np.divmod(run.hidden[:, :, 0].argmax(axis=1), len(roommate.states))
    assert tuple(weather) == week
    assert tuple(state) == roommate.live(week, start)


def test_the_lectures_network_cannot_follow_hidden_states() -> None:
    """Two rainy days after bread: the same input to the network, and two different dishes."""
    week = (1, 1, 1, 0, 1, 1)
    run = cook(Network.by_hand(SOUP_EATER), SOUP_EATER, week, 0)
    assert SOUP_EATER.cook(week, 0) == (0, 1, 1, 0, 0, 1)
    assert tuple(run.dish[:, 0]) != SOUP_EATER.cook(week, 0)


def test_a_batch_is_its_weeks() -> None:
    rng = np.random.default_rng(3)
    roommate = remembering(rng, 3, 2, 5)
    weather, start = rng.integers(2, size=(9, 7)), rng.integers(5, size=7)
    network, weeks = random_network(rng, roommate, 8, "tanh"), (weather, start)
    together = run_forward(network, Batch.of(roommate, *weeks, units=8))
    for week in range(7):
        alone = cook(network, roommate, tuple(weather[:, week].tolist()), int(start[week]))
        np.testing.assert_allclose(together.logits[:, :, [week]], alone.logits, atol=1e-12)


@pytest.mark.parametrize("feedback", list(Feedback))
def test_what_is_asked_for_as_feedback_does_not_matter(feedback: Feedback) -> None:
    network, weeks = random_case(4, "tanh")
    run, other = run_forward(network, weeks, feedback), run_forward(network, weeks, Feedback.HIDDEN)
    np.testing.assert_array_equal(run.probabilities, other.probabilities)
    np.testing.assert_array_equal(run.handed_on["m"][1:], run.hidden)
    here, there = (run_backward(network, run, weeks, asked) for asked in (feedback, Feedback.HIDDEN))
    np.testing.assert_array_equal(here.matrices["memory"], there.matrices["memory"])


def test_targets_are_those_of_the_hidden_states_for_either_network() -> None:
    weather = np.array([[1], [1], [0], [1]])
    for units, first in ((None, [0, 1]), (3, [0, 0, 1])):
        weeks = Batch.of(SOUP_EATER, weather, np.array([2]), units=units)
        assert weeks.start[:, 0].tolist() == first
        assert weeks.target is not None
        assert tuple(weeks.target[:, :, 0].argmax(axis=1)) == SOUP_EATER.cook((1, 1, 0, 1), 2)


def test_a_state_needs_a_unit_to_start_from() -> None:
    with pytest.raises(InputError, match="3 states, and 2 hidden units cannot start from each"):
        Batch.of(SOUP_EATER, np.array([[0]]), np.array([0]), units=2)


def test_without_a_memory_the_states_are_the_dishes() -> None:
    weights, lecture = (Network.by_hand(PERFECT_ROOMMATE, CELLS[name]).parameters for name in ("elman", "both"))
    np.testing.assert_array_equal(weights["memory"], np.hstack([lecture["food"]] * 2))
    np.testing.assert_array_equal(weights["merge"], lecture["merge"])


# The way back


def random_network(rng: np.random.Generator, roommate: Roommate, hidden: int, activation: str) -> Network:
    """Random Elman weights."""
    n, k = len(roommate.dishes), len(roommate.weathers)
    return network_of(random_three(rng, n, k, hidden, ELMAN), activation)


def random_case(seed: int, activation: str) -> tuple[Network, Batch]:
    """A random machine with hidden states, random weights of any size, and a random batch."""
    rng = np.random.default_rng(seed)
    n, k, states = (int(rng.integers(least, 5)) for least in (2, 1, 1))
    roommate, hidden = remembering(rng, n, k, states), int(rng.integers(states, 8))
    weather = rng.integers(k, size=(rng.integers(1, 8), rng.integers(1, 5)))
    start = rng.integers(states, size=(weather.shape[1],))
    weeks = Batch.of(roommate, weather, start, units=hidden)
    return random_network(rng, roommate, hidden, activation), weeks


def gradient_of(network: Network, weeks: Batch) -> Array:
    """The gradient by backpropagation through time, as one vector."""
    back = run_backward(network, run_forward(network, weeks, Feedback.SOFT), weeks, Feedback.SOFT)
    return np.concatenate([back.total(name).ravel() for name in network.matrices])


def check_gradient(analytic: Array, network: Network, weeks: Batch) -> None:
    """Compare a gradient with central differences, weight by weight; the failure names both numbers."""
    flat, weights = network.parameters.flat, network.parameters

    def loss_of(moved: Array) -> float:
        return loss(
            run_forward(network.with_parameters(Parameters.of_flat(moved, network.cell, weights.sizes)), weeks), weeks
        )

    for index, direction in enumerate(np.eye(flat.size)):
        numeric = (loss_of(flat + 1e-5 * direction) - loss_of(flat - 1e-5 * direction)) / 2e-5
        near = abs(analytic[index] - numeric) <= 2e-8 + 1e-6 * abs(numeric)
        assert near, f"weight {index}: analytic {analytic[index]!r}, numeric {numeric!r}"


@pytest.mark.parametrize("activation", TRAINABLE)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_central_differences(activation: str, seed: int) -> None:
    network, weeks = random_case(seed, activation)
    run = run_forward(network, weeks)
    kink = {"relu": 0.0, "relu-1": 1.0}.get(activation)
    assume(kink is None or bool((np.abs(run["z"] - kink) > 1e-2).all()))
    assume(float(np.abs(run["z"]).max()) < 20)  # rectifiers can grow from day to day until a difference says nothing
    check_gradient(gradient_of(network, weeks), network, weeks)


def test_truncated_backpropagation_would_be_noticed() -> None:
    """Each day learning from its own error alone is a wrong gradient."""
    rng = np.random.default_rng(1)
    network = random_network(rng, SOUP_EATER, 5, "tanh")
    weather, start = rng.integers(2, size=(5, 3)), rng.integers(3, size=3)
    weeks = Batch.of(SOUP_EATER, weather, start, units=5)
    run = run_forward(network, weeks)
    back = run_backward(network, run, weeks, Feedback.SOFT)
    own = (np.matmul(network.parameters["merge"].T, back.gradients["y"])) * (1 - run.hidden**2)
    truncated = np.matmul(own, run["m"].transpose(0, 2, 1)).sum(axis=0).ravel()
    right = gradient_of(network, weeks)
    with pytest.raises(AssertionError, match="analytic"):
        check_gradient(np.concatenate([truncated, right[truncated.size :]]), network, weeks)


@pytest.mark.parametrize("activation", TRAINABLE)
def test_pytorch_agrees(activation: str) -> None:
    for seed in range(5):
        network, weeks = random_case(seed, activation)
        theirs, gradient = loss_and_gradient(network, weeks, Feedback.HIDDEN)
        assert loss(run_forward(network, weeks), weeks) == pytest.approx(theirs, rel=1e-12)
        np.testing.assert_allclose(gradient_of(network, weeks), gradient, rtol=1e-8, atol=1e-12)
