"""What is spelled out has the numbers of the matrices, as they stand there, and adds up."""

import re
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.numbers import format_of
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.steps.spelling import spell, spelled
from model.steps.step import Step, StepKind
from model.training.config import TrainingConfig
from model.training.run import TrainingRun

SUMS = {StepKind.PRODUCT, StepKind.ADD, StepKind.SUBTRACT, StepKind.OUTER, StepKind.MULTIPLY, StepKind.SUM}


def steps() -> Iterator[Step]:
    """All steps of a week there and back, with the update, after some training."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=0))
    run.advance(61)
    simulation = Simulation(Situation(lesson=4)).with_learning(run.moment(), 1)
    for walk in (simulation, simulation.turn()):
        at = walk
        while True:
            yield at.current_step
            following = at.next_step()
            if following is at or following == at:
                break
            at = following


STEPS = tuple(steps())


def test_the_numbers_of_a_formula_are_those_of_its_matrices_or_have_a_digit_more() -> None:
    """Every factor is found in an operand as it is written there, or has a digit more where that would not fit."""
    more = 0
    for step in STEPS:
        if step.operation not in SUMS:
            continue
        every = (*step.operands, step.result)
        shown = {operand.format.write(float(number)) for operand in every for number in operand.value.flat}
        for entry in range(step.result.value.size):
            told = spelled(step, entry)
            numbers = re.findall(r"[-+]?\d+\.\d+", told.formula)
            decimals = {len(number.partition(".")[2]) for number in (*numbers, told.value) if "." in number}
            if all(number in shown for number in numbers):
                assert told.value in shown
            else:
                more += 1
                assert max(decimals, default=0) in {3, 4}
    assert more > 0


def test_what_is_written_adds_up_or_has_a_digit_more() -> None:
    for step in STEPS:
        if step.operation not in SUMS:
            continue
        for entry in range(step.result.value.size):
            told = spelled(step, entry)
            terms = re.sub(r"\([^()+\d-][^()]*\)", "", told.formula)  # the names of summands
            total = eval(terms.replace("·", "*").replace("−", "-"), {"__builtins__": {}})
            decimals = len(told.value.partition(".")[2])
            assert total == pytest.approx(float(told.value), abs=0.51 * 10**-decimals if told.adds_up else 0.05)


def test_terms_keep_their_places_when_numbers_change() -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=0, updates=100))
    places = set()
    for _update in range(20):
        run.advance(2)
        situation = Situation(lesson=4, learning=run.moment())
        step = situation.trace(1).steps[0]
        text = spelled(step, 2, placed=True).formula
        if step.operands[0].value.shape == (6, 3) and format_of(step.operands[0].value).decimals == 2:
            places.add((tuple(at for at, sign in enumerate(text) if sign in "·)"), len(text)))
    assert len({size for _signs, size in places}) <= 2  # with a digit more and without


@pytest.mark.parametrize(
    ("values", "gradient", "texts"),
    [
        ([0.5, -0.004], False, ["+0.50", "0.00"]),
        ([0.5, -0.004], True, ["+0.500", "-0.004"]),
        ([1.0, -2.0], False, ["1", "-2"]),
        ([12.345, 0.5], False, ["+12.3", "+0.5"]),
        ([123.45, 0.4], False, ["+123", "0"]),
        ([1234.5, 0.0], False, ["+1.2e+03", "0"]),
        ([0.0001, 0.0], True, ["+1.0e-04", "0"]),
        ([np.inf, np.nan], False, ["+inf", "nan"]),
    ],
)
def test_a_quantity_has_one_format(values: list[float], gradient: bool, texts: list[str]) -> None:
    form = format_of(np.array(values), gradient=gradient)
    assert [form.write(value) for value in values] == texts


@given(st.lists(st.floats(-999, 999), min_size=1, max_size=20), st.booleans())
def test_a_number_has_six_cells_at_the_most_and_no_zero_a_sign(values: list[float], gradient: bool) -> None:
    form = format_of(np.array(values), gradient=gradient)
    for value in values:
        text = form.write(value)
        if form.decimals is not None:
            assert len(text) <= 6
        assert text.strip("0.") or text[0] not in "+-"


def test_whole_numbers_have_neither_signs_nor_brackets() -> None:
    assert spell(Situation().trace(1).steps[0], 0) == "1·1 + 0·0 + 0·0"
