"""Axes and seeds as people type them: what they mean, and the sentence about what means nothing."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import InputError
from model.sweep.axes import FIXED, MAX_VALUES, VARIABLE, Axis, label, parse_axes, parse_axis, spaced
from model.sweep.seeds import MAX_SEEDS, parse_seeds
from model.training.config import TrainingConfig
from model.training.setting_bounds import CHOICES, RANGES


def test_equal_factors_with_numbers_that_can_be_typed_again() -> None:
    axis = parse_axis("learning-rate=0.001:3:log:24")

    assert (axis.setting, len(axis.values), axis.spacing) == ("learning_rate", 24, "log")
    assert axis.values[:3] == (0.001, 0.00142, 0.00201)
    assert axis.values[-1] == 3.0


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("weeks=1:64:log:7", (1, 2, 4, 8, 16, 32, 64)),
        ("days=2:5", (2, 3, 4, 5)),
        ("days=2:5:log:9", (2, 3, 4, 5)),
        ("hidden = 0:8:linear:3", (0, 4, 8)),
        ("clip=0:1:3", (0.0, 0.5, 1.0)),
        ("Learning Rate=.5", (0.5,)),
        ("activation=tanh, sig", ("tanh", "sigmoid")),
        ("network=both,elman", ("both", "elman")),
    ],
)
def test_values(typed: str, values: tuple[object, ...]) -> None:
    assert parse_axis(typed).values == values


@pytest.mark.parametrize("name", VARIABLE)
def test_every_setting_but_those_that_say_what_is_learned_can_be_varied(name: str) -> None:
    typed = ",".join(CHOICES[name]) if name in CHOICES else label(getattr(TrainingConfig(), name))

    axis = parse_axis(f"{name.replace('_', '-')}={typed}")

    assert axis.setting == name
    assert axis.labels == tuple(typed.split(","))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("learning-rate", "is not a setting with its values"),
        ("lerning-rate=1,2", "Did you mean learning-rate?"),
        ("seed=1:9", "--seeds says which"),
        *((f"{name}=1", "cannot be varied") for name in FIXED if name != "seed"),
        ("scale=", "scale has no values"),
        ("scale= , ", "scale has no values"),
        ("scale=1,,2", "between two commas there is no value"),
        ("scale=1,2,1.0", "scale: 1 stands there twice"),
        ("scale=3:1:log:5", "write the smaller number first, 1:3"),
        ("scale=3:3:log:5", "it begins where it ends"),
        ("scale=1:3", "say how many values there are"),
        ("scale=1:3:5:log", "'5' is not a spacing"),
        ("scale=1:3:log:1", "from 2 to 1,000"),
        ("scale=1:3:log:many", "from 2 to 1,000"),
        ("scale=1:2:3:4:5", "a range is FROM:TO:SPACING:COUNT"),
        ("scale=:2:3", "a range is FROM:TO:SPACING:COUNT"),
        ("clip=0:3:log:5", "begins above 0"),
        ("learning-rate=0:1:5", "learning rate: 0 must be more than 0"),
        ("learning-rate=nan:1:5", "learning rate: nan must be more than 0"),
        ("weeks=1:5000", "weeks: 5,000 must be at least 1 and at most 4,096"),
        ("weeks=1:4096", "from 2 to 1,000"),
        ("weeks=1.5,2", "is not a whole number"),
        ("activation=tanh,rellu", "Did you mean relu?"),
        ("activation=tanh:relu", "is not one of"),
        ("scale=1:1.0000000000000002:linear:5", "there are no 5 different numbers"),
        ("weeks=" + ",".join(map(str, range(1, MAX_VALUES + 2))), "1,001 values"),
    ],
)
def test_what_is_no_axis_is_a_sentence(typed: str, why: str) -> None:
    with pytest.raises(InputError) as error:
        parse_axis(typed)
    assert why in str(error.value)


@given(
    least=st.floats(1e-6, 1e3),
    factor=st.floats(1.001, 1e6),
    count=st.integers(2, 200),
    spacing=st.sampled_from(["linear", "log"]),
)
def test_a_range_rises_from_its_first_to_its_last(least: float, factor: float, count: int, spacing: str) -> None:
    values = spaced(least, least * factor, spacing, count)

    assert len(values) == count
    assert (values[0], values[-1]) == (least, least * factor)
    assert all(before < after for before, after in pairwise(values))  # type: ignore[operator]


@given(st.integers(1, 4095), st.integers(1, 4096), st.integers(2, 100), st.sampled_from(["linear", "log"]))
def test_a_range_of_whole_numbers_has_each_once(least: int, more: int, count: int, spacing: str) -> None:
    values = spaced(least, least + more, spacing, count)

    assert all(isinstance(value, int) for value in values)
    assert len(set(values)) == len(values) <= count
    assert list(values) == sorted(values)


def test_two_axes_at_the_most_and_each_once() -> None:
    assert [axis.setting for axis in parse_axes(["scale=1,2", "weeks=1,2"])] == ["scale", "weeks"]
    with pytest.raises(InputError, match="scale is varied twice"):
        parse_axes(["scale=1", "scale=2"])
    with pytest.raises(InputError, match="take one or two"):
        parse_axes(["scale=1", "weeks=2", "days=3"])


def test_numbers_are_shown_with_no_more_digits_than_they_need() -> None:
    assert Axis("scale", (0.5, 3.0, 0.00142)).labels == ("0.5", "3", "0.00142")


@pytest.mark.parametrize(
    ("typed", "seeds"), [("3", range(3)), ("5:105", range(5, 105)), (" 7 : 8 ", range(7, 8)), ("1", range(1))]
)
def test_seeds(typed: str, seeds: range) -> None:
    assert parse_seeds(typed) == seeds


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("many", "is not a number of seeds"),
        ("1:2:3", "is not a number of seeds"),
        ("", "is not a number of seeds"),
        ("0", "At least one seed"),
        ("5:5", "there is no seed in it"),
        ("9:5", "there is no seed in it"),
        ("-1:5", "from 0 to"),
        (f"0:{int(RANGES['seed'][1]) + 2}", "from 0 to"),
        (str(MAX_SEEDS + 1), "100,001 seeds, and there can be 100,000"),
    ],
)
def test_what_are_no_seeds_is_a_sentence(typed: str, why: str) -> None:
    with pytest.raises(InputError) as error:
        parse_seeds(typed)
    assert why in str(error.value)
