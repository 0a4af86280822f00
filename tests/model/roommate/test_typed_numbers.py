"""Numbers as they are typed: any minus is one, and what is no number is told in a short sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import InputError, RoommateError
from model.roommate.parsing import parse_dishes, parse_start, parse_week, parse_weight
from model.roommate.roommate import PERFECT_ROOMMATE
from model.roommate.typed_numbers import MAX_DIGITS, MINUSES, decimal_number, whole_number
from model.training.config import TrainingConfig
from model.training.setting_texts import from_settings, parse
from tui.cli.option_values import parse_part, parse_port, parse_whole


@given(number=st.floats(allow_nan=False, allow_infinity=False), minus=st.sampled_from(MINUSES))
def test_a_number_comes_back_whatever_the_minus(number: float, minus: str) -> None:
    assert decimal_number(f" {number!r}\u00a0".replace("-", minus)) == number
    assert parse_weight(repr(number).replace("-", minus)) == number


@given(number=st.integers(-(10**30), 10**30), minus=st.sampled_from(MINUSES))
def test_a_whole_number_comes_back(number: int, minus: str) -> None:
    assert whole_number(str(number).replace("-", minus)) == number
    assert parse_whole(str(number).replace("-", minus)) == number


def test_settings_take_any_minus() -> None:
    assert parse("learning_rate", "1e−3") == 0.001
    with pytest.raises(InputError, match="at least 0"):
        TrainingConfig(seed=int(parse("seed", "−1")))


@pytest.mark.parametrize("text", ["", "1_0", "0x10", "1.0", "½", "--1", "1 0", "٣٫٥", "9" * (MAX_DIGITS + 1)])
def test_what_is_no_whole_number(text: str) -> None:
    assert whole_number(text) is None


@pytest.mark.parametrize("text", ["", "1_0.5", "0,5", "1e", "e5", ".", "−", "1 000", "infinit"])
def test_what_is_no_number(text: str) -> None:
    assert decimal_number(text) is None


def test_a_setting_larger_than_any_float_is_told() -> None:
    with pytest.raises(InputError, match="learning rate: inf must be more than 0"):
        from_settings({"learning_rate": 10**400})


LONG = st.sampled_from(["x", "9", " ", ",", "s", "é", "\x1b", "-", "ab ", "s,"]).flatmap(
    lambda unit: st.integers(1, 900_000).map(lambda count: unit * (count // len(unit)))
)


@given(text=LONG)
def test_whatever_is_typed_the_sentence_is_short(text: str) -> None:
    for read in (
        lambda: parse_week(text, PERFECT_ROOMMATE),
        lambda: parse_dishes(text, PERFECT_ROOMMATE),
        lambda: parse_start(text, PERFECT_ROOMMATE),
        lambda: parse_weight(text),
        lambda: parse("seed", text),
        lambda: parse("learning_rate", text),
        lambda: from_settings({text: 1}),
        lambda: TrainingConfig(activation=text),
        lambda: TrainingConfig(freeze=text),
        lambda: parse_part(text),
        lambda: parse_port(text),
        lambda: parse_whole(text),
    ):
        try:
            read()
        except RoommateError as error:
            assert 10 < len(str(error)) < 1000
