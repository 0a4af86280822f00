"""The hand-set network against the finite-state machine itself, and the batch against single weeks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import RoommateError
from model.network.batch import Batch
from model.network.cell import Cell
from model.network.cells import CELLS
from model.network.forward import ForwardPass, cook, run_forward
from model.network.initialization import random_weights
from model.network.network import Network, default_sizes
from model.network.parameters import Parameters
from model.roommate.roommate import Roommate
from tests.model.networks import network_of, three
from tests.model.strategies import roommate_from, roommates, situations


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
@given(situation=situations())
def test_hand_set_weights_are_the_table(cell: Cell, situation: tuple[Roommate, tuple[int, ...], int]) -> None:
    roommate, week, start = situation
    run = cook(Network.by_hand(roommate, cell), roommate, week, start)
    assert tuple(run.dish[:, 0]) == roommate.reduced(cell.sees).cook(week, start)


@given(situation=situations())
def test_one_entry_of_the_sum_is_two_and_no_other(situation: tuple[Roommate, tuple[int, ...], int]) -> None:
    roommate, week, start = situation
    run = cook(Network.by_hand(roommate), roommate, week, start)
    assert ((run["z"] == 2).sum(axis=1) == 1).all()
    assert ((run["z"] <= 1).sum(axis=1) == run["z"].shape[1] - 1).all()


@given(roommate=roommates(), data=st.data())
def test_a_batch_is_its_weeks(roommate: Roommate, data: st.DataObject) -> None:
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    weather = rng.integers(len(roommate.weathers), size=(7, 5))
    start = rng.integers(len(roommate.dishes), size=5)
    network = Network.by_hand(roommate)
    together = run_forward(network, Batch.of(roommate, weather, start))
    for week in range(5):
        alone = cook(network, roommate, tuple(weather[:, week].tolist()), int(start[week]))
        np.testing.assert_array_equal(together["z"][:, :, [week]], alone["z"])
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
    weights = Network.by_hand(roommate).parameters
    food = weights["food"].copy()
    food[4, 0], food[3, 0] = 0, 1  # rain after dish 0: dish 0 instead of dish 1
    by_hand = Network.by_hand(roommate)
    spoiled = network_of(three(food, weights["weather"], weights["merge"]), by_hand.activation)
    assert cook(spoiled, roommate, (1,), 0).dish[0, 0] != roommate.cook((1,), 0)[0]


def test_weights_cannot_be_written_to() -> None:
    weights = Network.by_hand(roommate_from([[0, 1]])).parameters
    with pytest.raises(ValueError, match="read-only"):
        weights["food"][0, 0] = 5


def test_matrices_that_do_not_fit_are_refused() -> None:
    with pytest.raises(RoommateError, match="Weather 5×2, Merge 3×6; Weather would have to be 6×2"):
        three(np.zeros((6, 3)), np.zeros((5, 2)), np.zeros((3, 6)))
    with pytest.raises(RoommateError, match="must be a matrix"):
        three(np.zeros(6), np.zeros((6, 2)), np.zeros((3, 6)))
    with pytest.raises(RoommateError, match="Food is transposed: it is 3×6 and must be 6×3"):
        three(np.zeros((3, 6)), np.zeros((6, 2)), np.zeros((3, 6)))
    with pytest.raises(RoommateError, match="Merge is missing"):
        Parameters(CELLS["both"], {"food": np.zeros((6, 3)), "weather": np.zeros((6, 2))})


@pytest.mark.parametrize("name", ["both", "yesterday"])
@given(situation=situations(), seed=st.integers(0, 2**32))
def test_a_long_week_at_once_is_the_week_day_by_day(
    name: str, situation: tuple[Roommate, tuple[int, ...], int], seed: int
) -> None:
    """Each number is the same, to the last bit: what goes on from an earlier pass is made day by day."""
    roommate, _week, start = situation
    sizes = default_sizes(CELLS[name], roommate)
    weights = random_weights(np.random.default_rng(seed), CELLS[name], sizes, initial="normal", scale=1.0)
    network = network_of(weights, "tanh")
    days = 5 * len(roommate.dishes) * len(roommate.weathers)
    weather = np.random.default_rng(seed).integers(len(roommate.weathers), size=(days, 1))
    batch = Batch.of(roommate, weather, np.array([start]))
    at_once = run_forward(network, batch)
    day_by_day = run_forward(network, batch, into=ForwardPass.allocate(network.parameters, batch.weather.shape))
    np.testing.assert_array_equal(at_once.dish, day_by_day.dish)
    for symbol, numbers in day_by_day.quantities.items():
        np.testing.assert_array_equal(at_once[symbol], numbers)
    for symbol, numbers in day_by_day.handed_on.items():
        np.testing.assert_array_equal(at_once.handed_on[symbol], numbers)
