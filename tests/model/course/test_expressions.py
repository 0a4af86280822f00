"""The language of course pages: typed, bounded, and about the one simulation that is given."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.analysis.outcomes import train_seeds
from model.course.expressions import MAX_DEPTH, MAX_LENGTH, Expression, read_expression
from model.course.functions import FUNCTIONS
from model.course.here import Here
from model.course.values import AnyOf, Entry, Type, Vector
from model.errors import InputError
from model.network.cells import CELLS
from model.roommate.scenario import SOUP
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun

BOTH = CELLS["both"]
TUESDAY = Here(Simulation(Situation(), day=1))
"""The lecture's Tuesday: rain after pasta."""

RUN = TrainingRun(Situation().roommate, TrainingConfig())
RUN.advance(5)
LEARNING = Here(Simulation(Situation(lesson=4)).with_learning(RUN.moment(), 1))


def value(text: str, here: Here = TUESDAY) -> object:
    return read_expression(text, here.situation.cell).value(here)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("-2 * -3 - 1", 5),
        ("- -2", 2),
        ("1 / 4", 0.25),
        ("2 < 3 and not 3 < 2", True),
        ("1 == 2 or 1 != 2", True),
        ("not not true", True),
        ("false or true and false", False),
        ("'soft' == 'soft'", True),
        ("entry([1, 2, 3] * 2 + 1, 3)", 7),
        ("count(g, 1)", 3),
        ("weights", 48),
        ("dish(2) == dish_named(2)", True),
        ("choose(1 > 2, 2 > 1)", "b"),
        ("nearest(67, [6, 60, 600])", "b"),
        ("resized_by_weather", 3),
        ("rights_with('tanh')", 0),
        ("rights_with('relu-1')", 6),
        ("days", 6),
        ("dish(100)", 2),
    ],
)
def test_expressions_are_computed(text: str, expected: object) -> None:
    assert value(text) == expected


def test_quantities_and_matrices_are_those_of_the_day() -> None:
    z = value("z")
    assert isinstance(z, Vector)
    assert z.values.tolist() == [1, 0, 0, 1, 2, 1]
    largest, edge = value("argmax(z)"), value("edge(Weather, 2)")
    assert isinstance(largest, Entry)
    assert largest.operand.rows.describe(largest.index) == "next day: burger"
    assert isinstance(edge, Entry)
    assert edge.operand.describe(edge.index) == "next day: pasta ← rainy"


def test_the_way_back_is_that_of_the_update_that_is_shown() -> None:
    update = LEARNING.situation.week_update
    steepest = value("steepest(Merge)", LEARNING)
    assert isinstance(steepest, Entry)
    assert value("gradient(steepest(Merge))", LEARNING) == update.gradients["merge"].flat[steepest.index]
    assert abs(update.gradients["merge"].flat[steepest.index]) == np.abs(update.gradients["merge"]).max()
    reach = value("reach(1)", LEARNING)
    assert reach == update.reach[0] / update.reach[-1]
    assert value("is_sum_of_days", LEARNING) is True


def test_settings_are_those_of_the_run_and_those_before_are_remembered() -> None:
    assert value("setting.optimizer == 'adam' and setting.seed == 0 and updates == 5", LEARNING) is True
    later = replace(LEARNING, earlier={**LEARNING.settings, "seed": 7, "hold": 3})
    assert value("earlier.seed", later) == 7
    assert value("differences", later) == 1
    with pytest.raises(InputError, match="no earlier part"):
        value("differences", LEARNING)


def test_a_run_that_is_made_for_a_question_is_the_run_of_these_settings() -> None:
    first = value("all_right_at(2000)", LEARNING)
    again = TrainingRun(Situation().roommate, TrainingConfig())
    again.advance(200)
    rights = again.moment().rights.numbers
    assert first == int(np.flatnonzero(rights == 6)[0])
    assert value("rights_at(5)", LEARNING) == RUN.moment().verdict.count


def test_seeds_are_counted_as_a_sweep_counts_them_and_are_few() -> None:
    seeds = train_seeds(
        Situation().roommate, TrainingConfig(learning_rate=0.6, updates=300), range(8), rollout_days=0
    )
    learned = [outcome.seed for outcome in seeds if outcome.learned_at is not None]
    assert 0 < len(learned) < 8
    assert value("learned_of(8, 0.6, 300)", LEARNING) == len(learned)
    assert 7 in learned, "the page on seed 7 says that it learns"
    for text, why in (("learned_of(21, 0.6, 300)", "20"), ("learned_of(8, 0.6, 1001)", "1,?000")):
        with pytest.raises(InputError, match=why):
            value(text, LEARNING)


def test_several_answers_can_be_right() -> None:
    here = Here(Simulation(Situation(SOUP.roommate, 5, (0, 1, 1, 1, 0, 1))))
    assert value("contradictions", here) == AnyOf((frozenset({1, 2}), frozenset({2, 5})))
    assert value("hard_days", here) == frozenset({2, 3})


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "ends too early"),
        ("1 +", "ends too early"),
        ("argmaxx(z)", "Did you mean argmax?"),
        ("__import__", "no name of a value"),
        ("z.__class__", "no name of a value"),
        ("setting.colour", "no name of a value"),
        ("exec('1')", "no name of a value"),
        ("[1 for x in z]", "] was expected"),
        ("argmax(1)", "needs several numbers"),
        ("weights(1)", "needs nothing in brackets"),
        ("1 == 'soft'", "a number was expected"),
        ("z < 1", "a number was expected"),
        ("not 1", "true or false was expected"),
        ("1 and 2", "true or false was expected"),
        ("1 2", "was not expected"),
        ("z; 1", "is no part of an expression"),
        ("lambda", "no name of a value"),
        ("1 = 1", "is no part of an expression"),
        ("'open", "is no part of an expression"),
        ("9" * (MAX_LENGTH + 1), "too long"),
        ("(" * (MAX_DEPTH + 1), "brackets in brackets"),
        ("Memory", "no name of a value"),
        ("dish('pasta')", "needs a number"),
    ],
)
def test_what_is_no_expression_is_refused_when_it_is_read(text: str, part: str) -> None:
    with pytest.raises(InputError, match=re.escape(part)):
        read_expression(text, BOTH)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1 / 0", "divided by 0"),
        ("1 / (1 - 1)", "divided by 0"),
        ("dish(0)", "whole numbers from 1"),
        ("dish(100000)", "whole numbers from 1"),
        ("dish(1.5)", "whole numbers from 1"),
        ("entry(z, 7)", "whole numbers from 1 to 6"),
        ("z + y", "cannot be reckoned"),
        ("log(0)", "no logarithm"),
        ("learned", "lesson 4"),
        ("loss_at(1000000)", "whole numbers"),
        ("choose(false)", "none of the choices"),
        ("strays_on('loudly')", "not soft, hard or own"),
        ("all_right_with('markov', 10)", "no network that is trained"),
    ],
)
def test_what_cannot_be_computed_is_a_sentence_that_quotes_the_expression(text: str, part: str) -> None:
    expression = read_expression(text, BOTH)
    with pytest.raises(InputError, match=re.escape(part)) as told:
        expression.value(TUESDAY)
    assert text in str(told.value)


def test_a_training_that_would_take_too_long_is_refused_before_it_begins() -> None:
    config = TrainingConfig(weeks=4096, days=10, hidden=100)
    run = TrainingRun(Situation().roommate, replace(config, weeks=1))
    here = Here(Simulation(Situation(lesson=4)).with_learning(replace(run.moment(), config=config), 1))
    with pytest.raises(InputError, match="times as long as is allowed"):
        value("loss_at(10000)", here)


def test_what_would_take_too_much_memory_is_refused() -> None:
    config = TrainingConfig(hidden=1024, weeks=1)
    run = TrainingRun(Situation().roommate, config)
    here = Here(Simulation(Situation(lesson=4)).with_learning(run.moment(), 1))
    for text in ("held_out_weeks(1000, 1000)", "dish(10000) == dish(9999)"):
        with pytest.raises(InputError, match="too much memory"):
            value(text, here)


def test_a_network_without_a_quantity_says_so() -> None:
    expression = read_expression("largest(m)", CELLS["elman"])
    with pytest.raises(InputError, match="both, has no m"):
        expression.value(TUESDAY)


def test_every_function_says_what_it_gives() -> None:
    for name, overloads in FUNCTIONS.items():
        for function in overloads:
            assert function.about.endswith("."), name
            assert function.result in Type


NAMES = [*FUNCTIONS, "z", "y", "Merge", "Memory", "true", "nobody"]
words = st.sampled_from(
    [*NAMES, *"()[]+-*/<>,", "==", "!=", "and", "or", "not", "1", "0.5", "'x'", "'", ".", "{", "\\", "é", "\0"]
)


@given(st.lists(words, max_size=60).map(" ".join))
def test_any_text_is_an_expression_or_is_refused_in_a_sentence(text: str) -> None:
    try:
        expression = read_expression(text, BOTH)
    except InputError as error:
        assert str(error).strip()
    else:
        assert isinstance(expression, Expression)


CHEAP = [name for name in NAMES if not any(part in name for part in ("strays", "_at", "after", "_with", "shipped"))]


@given(st.lists(st.sampled_from([*CHEAP, *"()+-*/<,", "[", "]", "1", "3", "and", "not"]), max_size=9).map(" ".join))
def test_whatever_can_be_read_is_computed_or_is_refused_in_a_sentence(text: str) -> None:
    try:
        expression = read_expression(text, BOTH)
        found = expression.value(LEARNING)
    except InputError as error:
        assert str(error).strip()
    else:
        assert found is not None
