"""Every step's result follows from its own operands: the trace is the pass, told."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from model.network.cell import Cell
from model.network.cells import CELLS
from model.network.forward import cook
from model.network.network import Network
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.steps.forward import trace_day
from model.steps.spelling import spell
from tests.model.recompute import recomputed
from tests.model.strategies import situations


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
@given(situation=situations(most_days=6))
def test_steps_follow_from_their_operands(cell: Cell, situation: tuple[Roommate, tuple[int, ...], int]) -> None:
    roommate, week, start = situation
    network = Network.by_hand(roommate, cell)
    run = cook(network, roommate, week, start)
    yesterday = start
    for day in range(len(week)):
        trace = trace_day(roommate, network, run, day)
        assert (trace.weather, trace.yesterday) == (week[day], yesterday)
        for step in trace.steps:
            np.testing.assert_array_equal(step.result.value, recomputed(step))
            for operand in (*step.operands, step.result):
                assert operand.value.shape[0] == len(operand.rows.labels)
                if operand.columns:
                    assert operand.value.shape[1] == len(operand.columns.labels)
        assert trace.steps[-1].result.value[trace.dish] == 1
        yesterday = trace.dish


def test_a_step_takes_the_results_before_it() -> None:
    by_name = {step.name: step for step in Simulation(day=1).trace.steps}
    assert [o.value.tolist() for o in by_name["add"].operands] == [
        by_name["food product"].result.value.tolist(),
        by_name["weather product"].result.value.tolist(),
    ]
    assert by_name["merge"].operands[1].value.tolist() == by_name["non-linear"].result.value.tolist()


@pytest.mark.parametrize(
    ("step", "row", "words"),
    [
        (0, 4, "1·1 + 0·0 + 0·0"),
        (1, 4, "0·0 + 1·1"),
        (2, 4, "1 (food product) + 1 (weather product)"),
        (3, 4, "2 is the largest → 1"),
        (3, 0, "1 is not the largest, 2 is → 0"),
        (4, 1, "0·0 + 1·0 + 0·0 + 0·0 + 1·1 + 0·0"),
        (5, 1, "1 is the largest"),
        (5, 0, "0 is not the largest, 1 is"),
    ],
)
def test_rows_spelled_out(step: int, row: int, words: str) -> None:
    assert spell(Situation().trace(1).steps[step], row) == words


def test_signs_do_not_collide() -> None:
    network = Network.by_hand(PERFECT_ROOMMATE)
    step = trace_day(PERFECT_ROOMMATE, network, cook(network, PERFECT_ROOMMATE, (0,), 0), 0).steps[0]
    food, yesterday = step.operands
    negative = replace(step, operands=(replace(food, value=-food.value), yesterday))
    assert spell(negative, 0) == "(-1)·1 + 0·0 + 0·0"


def test_the_telling_row_is_the_one_that_becomes_the_burger() -> None:
    steps = Simulation(day=1).trace.steps
    assert [step.telling for step in steps] == [4, 4, 4, 4, 1, 1]
    assert steps[2].result.rows.describe(4) == "next day: burger"
