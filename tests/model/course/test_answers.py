"""Answers as people type them: every usual spelling is read, and each kind is judged exactly."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.course.answers import AnswerKind
from model.course.expressions import read_expression
from model.course.here import Here
from model.course.kinds import Kind
from model.course.typed_answers import typed_number, typed_numbers
from model.errors import InputError
from model.roommate.scenario import SOUP
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.scenarios import find_scenario

TUESDAY = Here(Simulation(Situation(), day=1))
COFFEE = Here(Simulation(Situation(find_scenario("coffee").roommate, 3, (0, 1, 1), scenario="coffee")))
EATER = Here(Simulation(Situation(SOUP.roommate, 5, (0, 1, 1, 1, 0, 1))))


def right(kind: str, expression: str, typed: str, here: Here = TUESDAY, tolerance: str = "") -> bool:
    allowed = read_expression(tolerance, here.situation.cell) if tolerance else None
    truth = read_expression(expression, here.situation.cell).value(here)
    answer = AnswerKind(Kind(kind), allowed, 3)
    return answer.is_right(answer.read(typed, truth, here), truth, here)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0.5", 0.5), ("0,5", 0.5), (" 1/3 ", 1 / 3), ("-1/4", -0.25), ("−2", -2), ("58 %", 0.58), ("1e-3", 1e-3),
        ("0,5/2", 0.25), ("+3", 3),
        ("1/0", None), ("nan", None), ("inf", None), ("1,000,000", None), ("x", None), ("", None), ("1//2", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(typed: str, number: float | None) -> None:
    assert typed_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "wanted", "numbers"),
    [
        ("0 1 0", 3, [0, 1, 0]),
        ("0,1,0", 3, [0, 1, 0]),
        ("(0, 1, 0)", 3, [0, 1, 0]),
        ("[0; 0; 1 | 2, 1, 1]", 6, [0, 0, 1, 2, 1, 1]),
        ("0,5 0,25", 2, [0.5, 0.25]),
        ("0,5", 2, [0, 5]),
        ("0,5", 1, [0.5]),
        ("1/2 1/4", 2, [0.5, 0.25]),
        ("zero one", 2, None),
    ],
)
def test_several_numbers_may_have_blanks_or_commas_between(
    typed: str, wanted: int, numbers: list[float] | None
) -> None:
    assert typed_numbers(typed, wanted) == numbers


@pytest.mark.parametrize(
    ("kind", "expression", "typed", "is_right"),
    [
        ("entry", "argmax(z)", "next day: burger", True),
        ("entry", "argmax(z)", "next day burger", True),
        ("entry", "argmax(z)", "5", True),
        ("entry", "argmax(z)", "row 5", True),
        ("entry", "argmax(z)", "same: burger", False),
        ("edge", "edge(Weather, 2)", "rainy next day: pasta", True),
        ("edge", "edge(Weather, 2)", "rainy -> next day: pasta", True),
        ("edge", "edge(Weather, 2)", "sunny to same: pasta", False),
        ("entries", "where(f, 1)", "same: pasta, next day: burger", True),
        ("entries", "where(f, 1)", "5, 1", True),
        ("entries", "where(f, 1)", "1 and 5", True),
        ("entries", "where(f, 1)", "1", False),
        ("dish", "dish(2)", "burger", True),
        ("dish", "dish(2)", "BURG", True),
        ("dish", "dish(2)", "salad", False),
        ("day", "day(2)", "tue", True),
        ("day", "day(2)", "2", True),
        ("day", "day(2)", "Monday", False),
        ("number", "weights", "48", True),
        ("number", "weights", "48,0", True),
        ("number", "weights", "49", False),
        ("numbers", "z", "1 0 0 1 2 1", True),
        ("numbers", "z", "1 0 0 1 2 2", False),
        ("choice", "choose(false, true)", "b", True),
        ("choice", "choose(false, true)", "B)", True),
        ("choice", "choose(false, true)", "a", False),
        ("dishes", "dishes", "pasta burger burger salad salad pasta", True),
        ("dishes", "dishes", "pbbssp", True),
        ("dishes", "dishes", "pasta,burger,burger,salad,salad,salad", False),
    ],
)
def test_answers_are_judged_by_their_kind(kind: str, expression: str, typed: str, is_right: bool) -> None:
    assert right(kind, expression, typed) is is_right


def test_a_tolerance_is_an_expression() -> None:
    assert right("number", "log(3)", "1.1", tolerance="0.01")
    assert not right("number", "log(3)", "1.2", tolerance="0.01")
    assert right("numbers", "[log(3), log(4)]", "1,1 1,39", tolerance="0.1 / 10")
    assert not right("number", "log(3)", "1.1")


def test_a_dish_is_known_by_its_plain_name() -> None:
    assert right("dish", "dish_named(3)", "cafe au lait", COFFEE)
    assert right("dish", "dish_named(3)", "café", COFFEE)
    assert right("dishes", "dishes", "espresso, cappuccino, cafe au lait", COFFEE)


def test_any_of_several_right_answers_is_right() -> None:
    for typed in ("Tuesday, Wednesday", "wed and sat", "3 2"):
        assert right("days", "contradictions", typed, EATER)
    assert not right("days", "contradictions", "Monday and Tuesday", EATER)


@pytest.mark.parametrize(
    ("kind", "expression", "typed", "part"),
    [
        ("entry", "argmax(z)", "soup", "is no row"),
        ("edge", "edge(Weather, 2)", "rainy", "say both ends"),
        ("dish", "dish(2)", "burgr", "Did you mean burger?"),
        ("dishes", "dishes", "pasta", "6 days"),
        ("dishes", "dishes", "pasta, soup", "Day 2"),
        ("day", "day(2)", "Sunday", "no day of this week"),
        ("number", "weights", "many", "is no number"),
        ("numbers", "z", "1 2", "6 numbers are asked for"),
        ("choice", "choose(true)", "d", "is not one of a, b or c"),
        ("number", "weights", "  ", "Answer with a number"),
        ("number", "weights", "1" * 501, "at most 500"),
    ],
)
def test_what_is_no_answer_is_not_judged(kind: str, expression: str, typed: str, part: str) -> None:
    with pytest.raises(InputError, match=part):
        right(kind, expression, typed)


@given(st.sampled_from([*Kind]), st.text(max_size=40))
def test_any_answer_is_judged_or_refused_in_a_sentence(kind: Kind, typed: str) -> None:
    expressions = {
        Kind.ENTRY: "argmax(z)", Kind.EDGE: "edge(Merge, 2)", Kind.ENTRIES: "where(z, 1)", Kind.DISH: "dish(1)",
        Kind.DISHES: "dishes", Kind.DAY: "day(1)", Kind.DAYS: "days_that_change(Weather, 1)", Kind.NUMBER: "weights",
        Kind.NUMBERS: "z", Kind.CHOICE: "choose(true)", Kind.GUESS: "weights",
    }  # fmt: skip
    here = replace(TUESDAY)
    if kind is Kind.DAYS:
        return
    try:
        assert right(kind, expressions[kind], typed, here) in {True, False}
    except InputError as error:
        assert str(error).strip()
