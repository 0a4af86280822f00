"""Thinning by pyramid against the obvious way."""

import math
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.training.curve import FACTOR, Curve

NUMBERS = st.lists(st.floats(-1e6, 1e6) | st.sampled_from([0.0, math.inf, math.nan]), max_size=1500)


def filled(numbers: list[float]) -> Curve:
    series = Curve()
    for number in numbers:
        series.append(number)
    return series


@given(numbers=NUMBERS, count=st.integers(1, 60))
def test_no_number_is_lost_and_none_made_up(numbers: list[float], count: int) -> None:
    view = filled(numbers).view()
    low, high = view.columns(count)
    assert len(low) == len(high) == count
    real = [number for number in numbers if not math.isnan(number)]
    if not real:
        assert np.isnan(low).all()
        return
    assert np.nanmin(low) == min(real)
    assert np.nanmax(high) == max(real)
    assert set(low[~np.isnan(low)]) | set(high[~np.isnan(high)]) <= set(real)


@given(numbers=NUMBERS, count=st.integers(1, 60))
def test_a_column_holds_its_share(numbers: list[float], count: int) -> None:
    """Each column covers at least its own numbers, and none from more than a block before it."""
    size = len(numbers)
    if size <= count:
        return
    low, high = filled(numbers).view().columns(count)
    begins = [index * size // count for index in range(count)] + [size]
    for column in range(count):
        share = [number for number in numbers[begins[column] : begins[column + 1]] if not math.isnan(number)]
        # A block that begins in a column belongs to it, or to the one before when they share the block.
        around = slice(max(column - 1, 0), column + 1)
        if share:
            assert np.nanmin(low[around]) <= min(share)
            assert np.nanmax(high[around]) >= max(share)


@given(numbers=NUMBERS, cuts=st.lists(st.integers(0, 1500), max_size=4))
def test_many_at_once_are_as_one_by_one(numbers: list[float], cuts: list[int]) -> None:
    series, places = Curve(), [0, *sorted(min(cut, len(numbers)) for cut in cuts), len(numbers)]
    for begin, end in pairwise(places):
        series.extend(np.array(numbers[begin:end]))
    for one, many in (
        (filled(numbers).view().lows, series.view().lows),
        (filled(numbers).view().highs, series.view().highs),
    ):
        assert len(one) == len(many)
        for level, other in zip(one, many, strict=True):
            np.testing.assert_array_equal(level, other)


def test_a_spike_among_a_million_is_seen() -> None:
    series = Curve()
    numbers = np.ones(100_000)
    numbers[56_789] = 99.0
    series.extend(numbers)
    low, high = series.view().columns(100)
    assert high.max() == 99
    assert low.min() == 1
    assert abs(int(high.argmax()) - 56) <= 1


def test_the_work_of_drawing_does_not_grow() -> None:
    series = Curve()
    series.extend(np.arange(50_000.0))
    view = series.view()
    sizes = [len(level) for level in view.lows]
    used = next(size for size in reversed(sizes) if size >= 100)
    assert used < 100 * FACTOR


def test_a_view_does_not_see_what_comes_later() -> None:
    series = filled([1.0, 2.0])
    view = series.view()
    series.extend(np.full(1000, 7.0))
    assert len(view) == 2
    assert view.columns(2)[1].tolist() == [1, 2]
