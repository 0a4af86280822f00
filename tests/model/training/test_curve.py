"""Least and greatest per column against the obvious way."""

import math
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from model.training.curve import Curve

NUMBERS = st.lists(st.floats(-1e6, 1e6) | st.sampled_from([0.0, math.inf, math.nan]), max_size=1500)


def filled(numbers: list[float]) -> Curve:
    curve = Curve()
    for number in numbers:
        curve.append(number)
    return curve


@given(numbers=NUMBERS, count=st.integers(1, 60))
def test_a_column_holds_exactly_its_share(numbers: list[float], count: int) -> None:
    """The least and the greatest of each column's own numbers; NaN only where it has nothing else."""
    low, high = filled(numbers).view().columns(count)
    assert len(low) == len(high) == count
    size = len(numbers)
    begins = [index * size // count for index in range(count)] + [size]
    for column, (begin, end) in enumerate(pairwise(begins)):
        share = [number for number in numbers[begin : max(end, begin + 1)] if not math.isnan(number)]
        if share:
            assert (low[column], high[column]) == (min(share), max(share))
        else:
            assert math.isnan(low[column])
            assert math.isnan(high[column])


@given(numbers=NUMBERS, cuts=st.lists(st.integers(0, 1500), max_size=4))
def test_many_at_once_are_as_one_by_one(numbers: list[float], cuts: list[int]) -> None:
    curve, places = Curve(), [0, *sorted(min(cut, len(numbers)) for cut in cuts), len(numbers)]
    for begin, end in pairwise(places):
        curve.extend(np.array(numbers[begin:end]))
    np.testing.assert_array_equal(filled(numbers).view().numbers, curve.view().numbers)


@given(numbers=NUMBERS, count=st.integers(1, 60), more=st.integers(0, 500))
def test_a_row_that_will_be_longer_fills_its_columns_from_the_left(
    numbers: list[float], count: int, more: int
) -> None:
    length = len(numbers) + more
    low, high = filled(numbers).view().columns(count, length)
    begins = [index * length // count for index in range(count)] + [length]
    for column, (begin, end) in enumerate(pairwise(begins)):
        share = [number for number in numbers[begin : max(end, begin + 1)] if not math.isnan(number)]
        assert math.isnan(low[column]) == (not share)
        if share:
            assert (low[column], high[column]) == (min(share), max(share))


def test_a_spike_among_many_is_seen() -> None:
    curve = Curve()
    numbers = np.ones(100_000)
    numbers[56_789] = 99.0
    curve.extend(numbers)
    low, high = curve.view().columns(100)
    assert [float(low.max()), float(high.max()), int(high.argmax())] == [1.0, 99.0, 56]


@given(
    begins=st.lists(st.integers(0, 3000), min_size=1, max_size=4), count=st.integers(1, 4), seed=st.integers(0, 99)
)
def test_very_many_numbers_are_told_from_their_blocks_and_no_spike_is_lost(
    begins: list[int], count: int, seed: int
) -> None:
    """Views that are taken on the way know whole blocks only; each column begins at most one block early."""
    rng, curve = np.random.default_rng(seed), Curve()
    for begin in begins:
        curve.extend(np.where(rng.random(begin + 9000) < 0.1, np.nan, rng.normal(size=begin + 9000)))
        view = curve.view()
    numbers, length = view.numbers, len(view) + 500
    low, high = view.columns(count, length)
    width = max([1, *(b.width for b in view.blocks if 32 * b.width * count <= length)])
    edges = [index * length // count // width * width for index in range(count)] + [length]
    for column, (begin, end) in enumerate(pairwise(edges)):
        share = numbers[begin:end]
        assert (low[column], high[column]) == (np.nanmin(share), np.nanmax(share))
    assert width > 1


def test_a_chart_of_many_numbers_looks_at_few() -> None:
    curve = Curve()
    for _part in range(10):
        curve.extend(np.zeros(300_000))
        view = curve.view()
    looked_at = min(len(blocks.low) for blocks in view.blocks if 32 * blocks.width * 200 <= len(view))
    assert looked_at <= 32 * 16 * 200


def test_a_view_does_not_see_what_comes_later() -> None:
    curve = filled([1.0, 2.0])
    view = curve.view()
    curve.extend(np.full(1000, 7.0))
    assert len(view) == 2
    assert view.columns(2)[1].tolist() == [1, 2]
