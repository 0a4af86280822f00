"""A week and a batch have a bound on memory, which is told before the memory is used."""

import tracemalloc

import pytest

from model.errors import InputError
from model.network.activations import TANH
from model.network.cell import Cell
from model.network.cells import CELLS
from model.network.memory_bounds import MAX_BATCH_BYTES, MAX_WEEK_BYTES, most_days
from model.network.network import Network, default_sizes
from model.network.parameters import Parameters
from model.roommate.parsing import MAX_DAYS
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from model.training.trainer import Trainer
from tests.model.simulation.test_timeline import LARGE
from tests.model.strategies import SOUP_EATER


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_the_sizes_are_those_of_the_weights_that_are_made(cell: Cell) -> None:
    for roommate in (PERFECT_ROOMMATE, SOUP_EATER):
        usual = default_sizes(cell, roommate)
        assert usual == usual | Network.by_hand(roommate, cell).parameters.sizes


@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_the_longest_week_of_the_lecture_can_be_shown_both_ways(cell: Cell, backward: bool) -> None:
    least = MAX_DAYS if not cell.gated else MAX_DAYS // 2
    assert most_days(cell, default_sizes(cell, PERFECT_ROOMMATE), backward=backward) >= least


def peak_of(work: object) -> int:
    tracemalloc.start()
    try:
        _ = work()  # type: ignore[operator]
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_what_is_counted_is_about_what_is_used() -> None:
    situation = Situation(LARGE, 3, (0, 1) * 60)
    situation = situation.with_custom_network(situation.network.with_activation(TANH))
    part = 120 / most_days(situation.cell, situation.sizes)
    assert 0.7 < peak_of(lambda: situation.run) / (part * MAX_WEEK_BYTES) < 1.4
    part = 120 / most_days(situation.cell, situation.sizes, backward=True)
    assert 0.7 < peak_of(lambda: situation.week_update) / (part * MAX_WEEK_BYTES) < 1.4


def test_a_week_that_is_too_long_is_refused_with_a_sentence_and_nothing_is_made() -> None:
    def refuse() -> None:
        with pytest.raises(InputError, match=r"A week of 20,000 days .* 1,024 hidden units: at most 7,542 days"):
            Situation(LARGE, 3, (0, 1) * 10_000)

    assert peak_of(refuse) < 2**20
    assert Situation(LARGE, 1, (0, 1) * 10_000).week  # lesson 1 has fewer hidden units
    with pytest.raises(InputError, match="A week of 20,000 days"):
        Simulation(Situation(LARGE, 1, (0, 1) * 10_000)).with_lesson(3)
    with pytest.raises(InputError, match="more than 100,000 days"):
        Simulation(Situation(week=(0,) * MAX_DAYS)).add_day()


def test_a_week_can_be_too_long_for_the_way_back_alone() -> None:
    situation = Situation(LARGE, 3, (0, 1) * 150)
    situation = situation.with_custom_network(situation.network.with_activation(TANH))
    assert situation.has_derivative
    assert not situation.can_go_back
    assert "errors can go back through at most 217 days" in situation.too_long_to_go_back
    assert situation.loss > 0
    short = Simulation(situation.with_custom_network(situation.network)).in_situation(situation)
    turned = Simulation(Situation(LARGE, 3, (0,) * 217, custom_networks=situation.custom_networks)).turn()
    assert turned.backward
    assert not turned.add_day().backward  # forwards again, rather than too much memory
    assert not short.backward


def test_a_batch_that_is_too_large_is_refused_by_what_it_would_take() -> None:
    config = TrainingConfig(weeks=4096, days=16)
    Trainer(PERFECT_ROOMMATE, config)
    sentence = "4,096 of 16 days with 1,024 hidden units would take 3,394 MB, and there can be 512"

    def refuse() -> None:
        with pytest.raises(InputError, match=sentence):
            Trainer(LARGE, config)

    assert peak_of(refuse) < 2**20
    run = TrainingRun(LARGE, TrainingConfig(days=16, weeks=1))
    with pytest.raises(InputError, match=sentence):
        run.configure(config)
    assert run.config.weeks == 1
    assert MAX_BATCH_BYTES == 512 * 2**20


def test_a_run_that_rests_is_small_and_goes_on_as_if_it_had_not() -> None:
    run, other = (TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=3)) for _ in range(2))
    for updates in (3, 40, 1):
        run.advance(updates)
        other.advance(updates)
        run.rest()
        assert run._awake is None
        assert (run.update, run.config) == (other.update, other.config)
    changed = TrainingConfig(seed=3, optimizer="sgd")
    run.rest()
    for one in (run, other):
        one.configure(changed)
        one.advance(5)
    mine, theirs = run.moment(), other.moment()
    assert mine.network.parameters["food"].tobytes() == theirs.network.parameters["food"].tobytes()
    assert mine.memory.first.tobytes() == theirs.memory.first.tobytes()
    assert [mine.losses[at] for at in range(50)] == [theirs.losses[at] for at in range(50)]


def test_an_edited_run_takes_over_the_trainer_and_says_the_same_as_one_made_anew() -> None:
    run, other = (TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=3)) for _ in range(2))
    for one in (run, other):
        one.advance(9)
    weights = run.record().checkpoints[-1].weights + 0.25
    other.rest()
    mine, anew = run.edited(weights), other.edited(weights)
    for one in (mine, anew):
        one.advance(4)
    assert mine.record().checkpoints[-1].weights.tobytes() == anew.record().checkpoints[-1].weights.tobytes()
    assert mine.moment(9).loss == anew.moment(9).loss
    assert run.moment().update == 9  # the run itself is as it was
    assert isinstance(run.moment().network.parameters, Parameters)
