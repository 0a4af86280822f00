"""What is kept of a value makes it again, to the last bit, and is small where little differs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from model.arrays import Array
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.difference import SAME, difference
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun

NUMBERS = arrays.arrays(np.float64, st.integers(0, 40), elements=st.floats(width=64))
WEEKS = st.lists(st.integers(0, 2), max_size=30).map(tuple)


@given(NUMBERS, NUMBERS)
def test_arrays_are_made_again_bit_by_bit(wanted: Array, given_one: Array) -> None:
    made = difference(wanted, given_one).applied(given_one)
    assert made.tobytes() == wanted.tobytes()


@given(NUMBERS, st.data())
def test_arrays_of_which_some_entries_differ(given_one: Array, data: st.DataObject) -> None:
    wanted = given_one.copy()
    for place in data.draw(st.lists(st.integers(0, max(given_one.size - 1, 0)), max_size=3)):
        wanted[place : place + 1] = data.draw(st.sampled_from([0.0, -0.0, np.nan, np.inf, 2.5]))
    given_one.setflags(write=False)
    found = difference(wanted, given_one)
    made = found.applied(given_one)
    assert made.tobytes() == wanted.tobytes()
    assert (found is SAME) == (made is given_one) == (wanted.tobytes() == given_one.tobytes())


@given(WEEKS, WEEKS)
def test_rows_are_made_again(wanted: tuple[int, ...], given_one: tuple[int, ...]) -> None:
    assert difference(wanted, given_one).applied(given_one) == wanted


def test_little_is_kept_of_a_long_row_and_a_large_array() -> None:
    week = (0, 1) * 50_000
    other = (*week[:777], 1 - week[777], *week[778:])
    assert difference(week, other).nbytes < 1000
    assert difference((*week, 1), week).nbytes < 1000
    assert difference(week[:-1], week).applied(week) == week[:-1]
    matrix = np.zeros((1024, 64))
    changed = matrix.copy()
    changed[5, 6] = -0.0
    assert difference(changed, matrix).nbytes < 1000
    assert difference(changed + 1, matrix).nbytes > matrix.nbytes  # all of it


@pytest.mark.parametrize("lesson", [1, 3, 5])
def test_a_change_of_one_weight_is_small_and_exact(lesson: int) -> None:
    situation = Situation(lesson=lesson)
    network = situation.network
    name = network.matrices[0]
    matrix = network.parameters[name].copy()
    matrix[0, 0] += 0.1
    edited = Simulation(
        situation.with_custom_network(network.with_parameters(network.parameters.with_matrix(name, matrix)))
    )
    again = Simulation(
        edited.situation.with_custom_network(edited.situation.network.with_parameters(network.parameters))
    )
    made = difference(edited, again).applied(again)
    assert (made.situation.network.parameters[name] == matrix).all()
    assert not made.situation.network.parameters[name].flags.writeable
    assert difference(edited, again).nbytes < 2000


def test_a_moment_of_another_run() -> None:
    moments = []
    for seed in (1, 2):
        run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=seed))
        run.advance(3 * seed)
        moments.append(run.moment())
    first, second = (replace(Simulation().with_learning(moment, 1), revealed=True) for moment in moments)
    made = difference(first, second).applied(second).situation.learning
    assert made is not None
    for name in ("food", "weather", "merge"):
        wanted = moments[0].network.parameters[name]
        assert made.network.parameters[name].tobytes() == wanted.tobytes()
    assert made.memory.first.tobytes() == moments[0].memory.first.tobytes()
    assert (made.update, made.loss, len(made.losses)) == (3, moments[0].loss, 4)
    assert [made.losses[at] for at in range(4)] == [moments[0].losses[at] for at in range(4)]
