"""The hand-set network against the finite-state machine itself, and the batch against single weeks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import RoommateError
from model.network.batch import Batch
from model.network.forward import cook, run_forward
from model.network.hand_set import hand_set
from model.network.network import Network
from model.network.parameters import Parameters
from model.roommate.roommate import Kind, Roommate
from tests.model.strategies import roommate_from, roommates, situations


@pytest.mark.parametrize("kind", Kind)
@given(situation=situations())
def test_hand_set_weights_are_the_table(kind: Kind, situation: tuple[Roommate, tuple[int, ...], int]) -> None:
    roommate, week, start = situation
    run = cook(Network.by_hand(roommate, kind), roommate, week, start)
    assert tuple(run.dish[:, 0]) == roommate.reduced(kind).cook(week, start)


@given(situation=situations())
def test_one_entry_of_the_sum_is_two_and_no_other(situation: tuple[Roommate, tuple[int, ...], int]) -> None:
    roommate, week, start = situation
    run = cook(Network.by_hand(roommate), roommate, week, start)
    assert ((run.sum == 2).sum(axis=1) == 1).all()
    assert ((run.sum <= 1).sum(axis=1) == run.sum.shape[1] - 1).all()


@given(roommate=roommates(), data=st.data())
def test_a_batch_is_its_weeks(roommate: Roommate, data: st.DataObject) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    weather = rng.integers(len(roommate.weathers), size=(7, 5))
    start = rng.integers(len(roommate.dishes), size=5)
    network = Network.by_hand(roommate)
    together = run_forward(network, Batch.of(roommate, weather, start))
    for week in range(5):
        alone = cook(network, roommate, tuple(weather[:, week].tolist()), int(start[week]))
        np.testing.assert_array_equal(together.sum[:, :, [week]], alone.sum)
        np.testing.assert_array_equal(together.dish[:, [week]], alone.dish)


def test_the_largest_machine_that_is_promised() -> None:
    rng = np.random.default_rng(0)
    roommate = roommate_from(rng.integers(64, size=(16, 64)).tolist())
    week = tuple(rng.integers(16, size=500).tolist())
    run = cook(Network.by_hand(roommate), roommate, week, 5)
    assert tuple(run.dish[:, 0]) == roommate.cook(week, 5)


def test_a_wrong_weight_is_noticed() -> None:
    """The negative of the exactness test: one weight moved, and the network strays from the table."""
    roommate = roommate_from([[0, 1, 2], [1, 2, 0]])
    weights = hand_set(roommate)
    food = weights.food.copy()
    food[4, 0], food[3, 0] = 0, 1  # rain after dish 0: dish 0 instead of dish 1
    by_hand = Network.by_hand(roommate)
    spoiled = Network(Kind.RNN, Parameters(food, weights.weather, weights.merge), by_hand.activation, "edited")
    assert cook(spoiled, roommate, (1,), 0).dish[0, 0] != roommate.cook((1,), 0)[0]


def test_weights_cannot_be_written_to() -> None:
    weights = hand_set(roommate_from([[0, 1]]))
    with pytest.raises(ValueError, match="read-only"):
        weights.food[0, 0] = 5


def test_matrices_that_do_not_fit_are_refused() -> None:
    with pytest.raises(RoommateError, match="Food is 6×3, so Weather must have 6 rows"):
        Parameters(np.zeros((6, 3)), np.zeros((5, 2)), np.zeros((3, 6)))
    with pytest.raises(RoommateError, match="each be a matrix"):
        Parameters(np.zeros(6), np.zeros((6, 2)), np.zeros((3, 6)))
