"""Which units play which: permutations and signs that are known are found again."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.analysis.unit_matching import aligned, assign, correlation, match_units
from model.network.batch import Batch
from model.network.forward import run_forward
from model.network.network import Network
from model.network.schedule import Feedback
from model.roommate.roommate import PERFECT_ROOMMATE
from model.steps.difference import difference
from tests.model.networks import network_of, three
from tests.model.recompute import recomputed


def random_network(rng: np.random.Generator, hidden: int, activation: str = "tanh") -> Network:
    weights = three(rng.normal(size=(hidden, 3)), rng.normal(size=(hidden, 2)), rng.normal(size=(3, hidden)))
    return network_of(weights, activation, "random")


@settings(max_examples=200)
@given(
    rows=st.integers(1, 5),
    more=st.integers(0, 2),
    seed=st.integers(0, 2**32 - 1),
    whole=st.booleans(),
)
def test_the_best_assignment_against_every_other(rows: int, more: int, seed: int, whole: bool) -> None:
    rng = np.random.default_rng(seed)
    worth = rng.integers(4, size=(rows, rows + more)).astype(float) if whole else rng.random((rows, rows + more))
    found = assign(worth)
    assert len(set(found.tolist())) == rows
    best = max(
        sum(worth[row, column] for row, column in enumerate(columns))
        for columns in permutations(range(rows + more), rows)
    )
    assert worth[np.arange(rows), found].sum() == pytest.approx(best)


def test_correlation_is_pearsons() -> None:
    rng = np.random.default_rng(0)
    one, other = rng.normal(size=(3, 9)), rng.normal(size=(4, 9))
    np.testing.assert_allclose(correlation(one, other), np.corrcoef(one, other)[:3, 3:])
    assert not correlation(np.ones((1, 9)), other).any()  # a unit that never moves is like nothing


@settings(max_examples=50)
@given(seed=st.integers(0, 2**32 - 1), hidden=st.integers(1, 8), activation=st.sampled_from(["tanh", "sigmoid"]))
def test_a_shuffled_network_is_put_in_order_again(seed: int, hidden: int, activation: str) -> None:
    rng = np.random.default_rng(seed)
    network = random_network(rng, hidden, activation)
    order = rng.permutation(hidden)
    sign = rng.choice([-1.0, 1.0], hidden) if network.activation.odd else np.ones(hidden)
    weights = network.parameters
    shuffled = network.with_parameters(
        three(
            (weights["food"] * sign[:, None])[order],
            (weights["weather"] * sign[:, None])[order],
            (weights["merge"] * sign)[:, order],
        )
    )
    match = match_units(network, shuffled, PERFECT_ROOMMATE)
    np.testing.assert_allclose(match.likeness, 1.0)
    np.testing.assert_array_equal(order[match.unit], np.arange(hidden))
    back = aligned(shuffled.parameters, match)
    for name in ("food", "weather", "merge"):
        np.testing.assert_allclose(back[name], weights[name])


def test_to_turn_units_round_changes_nothing_a_network_does() -> None:
    rng = np.random.default_rng(5)
    one, other = random_network(rng, 6), random_network(rng, 6)
    match = match_units(one, other, PERFECT_ROOMMATE)
    assert (match.sign < 0).any()
    turned = other.with_parameters(aligned(other.parameters, match))
    weeks = Batch.of(PERFECT_ROOMMATE, rng.integers(2, size=(9, 7)), rng.integers(3, size=7))
    np.testing.assert_allclose(
        run_forward(turned, weeks, Feedback.SOFT).probabilities,
        run_forward(other, weeks, Feedback.SOFT).probabilities,
    )


def test_different_numbers_of_units() -> None:
    rng = np.random.default_rng(2)
    large, small = random_network(rng, 6), random_network(rng, 4)
    match = match_units(large, small, PERFECT_ROOMMATE)
    assert sorted(match.unit.tolist()) == [-1, -1, 0, 1, 2, 3]
    assert sorted(match_units(small, large, PERFECT_ROOMMATE).unit.tolist())[0] >= 0
    with pytest.raises(ValueError, match="different numbers of hidden units"):
        aligned(small.parameters, match)


@pytest.mark.parametrize("matrix", ["food", "weather", "merge"])
def test_the_difference_is_a_step_like_any_other(matrix: str) -> None:
    rng = np.random.default_rng(3)
    one, other = random_network(rng, 6), random_network(rng, 6)
    step = difference(PERFECT_ROOMMATE, one, other.parameters, matrix, ("this", "other"))
    np.testing.assert_array_equal(step.result.value, recomputed(step))
    assert abs(step.result.value.flat[step.telling]) == np.abs(step.result.value).max()
    assert step.result.value.shape[0] >= step.result.value.shape[1]
