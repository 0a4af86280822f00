"""What people type is read generously; what cannot be read is named, with its day and the nearest word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import InputError
from model.roommate.parsing import MAX_DAYS, listed, parse_dish, parse_week
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate

WEEK = (0, 1, 1, 0)


@pytest.mark.parametrize(
    "text",
    [
        "sunny,rainy,rainy,sunny",
        "s,r,r,s",
        "srrs",
        "SRRS",
        "Sunny, RAINY , rainy,sunny",
        "sunny rainy rainy sunny",
        "sun,rain,rai,su",
        "s r r s",
        "srr,sunny",
        "sunny,rainy,rainy,sunny,",
    ],
)
def test_ways_to_write_a_week(text: str) -> None:
    assert parse_week(text, PERFECT_ROOMMATE) == WEEK


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["week is empty", "sunny or rainy"]),
        (" , ", ["week is empty"]),
        ("sunny,rainny", ["Day 2", "'rainny'", "Did you mean rainy?"]),
        ("snowy", ["Day 1", "'snowy'", "sunny and rainy"]),
        ("s,,r", ["Day 2", "between two commas"]),
        ("srx", ["Day 1", "'srx'"]),
        ("s" * (MAX_DAYS + 1), ["100,000"]),
    ],
)
def test_weeks_that_cannot_be_read(text: str, words: list[str]) -> None:
    with pytest.raises(InputError) as error:
        parse_week(text, PERFECT_ROOMMATE)
    for word in words:
        assert word in str(error.value)


def test_the_longest_week_is_accepted() -> None:
    assert len(parse_week("s" * MAX_DAYS, PERFECT_ROOMMATE)) == MAX_DAYS


@given(st.text())
def test_any_text_is_a_week_or_a_sentence(text: str) -> None:
    try:
        week = parse_week(text, PERFECT_ROOMMATE)
    except InputError as error:
        assert str(error)[-1] in ".?"
    else:
        assert set(week) <= {0, 1}


def test_initials_need_to_be_different() -> None:
    twins = Roommate("r", ("a",), ("rainy", "rough"), ((0,), (0,)), ("same", "same"))
    with pytest.raises(InputError, match="'r' is not a weather"):
        parse_week("r,rough", twins)
    assert parse_week("ra,ro", twins) == (0, 1)


@pytest.mark.parametrize(("word", "dish"), [("pasta", 0), (" Burger ", 1), ("S", 2)])
def test_dishes(word: str, dish: int) -> None:
    assert parse_dish(word, PERFECT_ROOMMATE) == dish


@pytest.mark.parametrize(("word", "hint"), [("buger", "Did you mean burger?"), ("soup", "pasta, burger and salad")])
def test_dishes_that_are_not_cooked(word: str, hint: str) -> None:
    with pytest.raises(InputError, match="is not a dish") as error:
        parse_dish(word, PERFECT_ROOMMATE)
    assert hint in str(error.value)


def test_lists_read_as_people_write_them() -> None:
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b"], "or") == "a or b"
    assert (listed(["a"]), listed([])) == ("a", "")
