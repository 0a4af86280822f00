"""Outcomes as columns, their statistics, and the map that they are put into."""

import math
import pickle
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.analysis.outcomes import Outcome
from model.roommate.roommate import PERFECT_ROOMMATE
from model.sweep.axes import parse_axes
from model.sweep.grid import Grid
from model.sweep.outcomes import ENDINGS, NONE, Outcomes, chunks_of
from model.sweep.statistics import CellStatistics, Rate, quartiles, statistics_of, updates_histogram, wilson
from model.sweep.sweep_map import Progress, SweepMap

optional = st.none() | st.integers(0, 1_000_000)
some_outcomes = st.lists(
    st.builds(
        Outcome,
        seed=st.integers(0, 2**32 - 1) | st.integers(0, 40),
        learned_at=optional,
        updates=st.integers(0, 1_000_000),
        loss=st.floats(0, 1e300),
        ended=st.sampled_from(ENDINGS),
        strays_on=st.none() | st.integers(1, 10_000),
    ),
    max_size=30,
)


@given(some_outcomes)
def test_columns_give_back_what_was_put_in_each_seed_once(outcomes: list[Outcome]) -> None:
    columns = Outcomes.of(outcomes)

    assert list(columns) == [outcome for _seed, outcome in sorted({each.seed: each for each in outcomes}.items())]
    assert list(pickle.loads(pickle.dumps(columns))) == list(columns)


@given(some_outcomes, some_outcomes)
def test_merging_counts_no_seed_twice(some: list[Outcome], others: list[Outcome]) -> None:
    assert list(Outcomes.of(some).merged(Outcomes.of(others))) == list(Outcomes.of([*some, *others]))


@given(some_outcomes, st.integers(0, 50), st.integers(1, 50))
def test_what_is_missing_and_what_is_there_are_all_seeds(outcomes: list[Outcome], first: int, count: int) -> None:
    columns, seeds = Outcomes.of(outcomes), range(first, first + count)

    missing = columns.missing(seeds)

    assert all(before.stop < after.start for before, after in pairwise(missing))
    there = [outcome.seed for outcome in columns.within(seeds)]
    assert sorted([*there, *(seed for gap in missing for seed in gap)]) == list(seeds)


@given(st.integers(0, 1000), st.integers(1, 1000), st.integers(1, 300))
def test_chunks_are_the_seeds_in_their_order(first: int, count: int, size: int) -> None:
    chunks = list(chunks_of([range(first, first + count)], size))

    assert [seed for chunk in chunks for seed in chunk] == list(range(first, first + count))
    assert all(1 <= len(chunk) <= size for chunk in chunks)


def _learned_at(*updates: int | None) -> Outcomes:
    return Outcomes.of(
        Outcome(seed, at, 100 if at is None else at + 50, 0.5, "updates" if at is None else "learned")
        for seed, at in enumerate(updates)
    )


def test_a_seed_that_learned_and_one_that_did_not() -> None:
    outcomes = _learned_at(3, None, 5, None)

    assert [outcomes.seed(learned=True, at=at) for at in range(3)] == [0, 2, 0]
    assert [outcomes.seed(learned=False, at=at) for at in range(3)] == [1, 3, 1]
    assert _learned_at(1).seed(learned=False) is None


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [  # Newcombe (1998), Statistics in Medicine 17, table I: the score method without a continuity correction
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_that_of_the_literature(count: int, of: int, low: float, high: float) -> None:
    assert Rate(count, of).interval == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_the_interval_holds_the_rate_and_is_no_impossible_one(count: int, more: int) -> None:
    low, high = wilson(count, count + more)

    assert 0 <= low <= high <= 1
    if count + more:
        assert low <= count / (count + more) <= high
        # Those that did not mirror those that did.
        assert wilson(more, count + more) == pytest.approx((1 - high, 1 - low))


def test_nothing_known_is_no_rate() -> None:
    assert math.isnan(Rate(0, 0).value)
    assert Rate(0, 0).interval == (0, 1)
    assert quartiles(np.array([])) is None


def test_statistics_of_a_cell() -> None:
    outcomes = Outcomes.of(
        [
            Outcome(0, 10, 60, 0.1, "learned", 40),
            Outcome(1, 20, 70, 0.2, "learned", None),
            Outcome(2, 30, 80, 0.3, "learned", None),
            Outcome(3, None, 100, 0.9, "updates"),
            Outcome(4, None, 7, 0.7, "not finite"),
        ]
    )

    statistics = CellStatistics.of(outcomes, 10_000)

    assert (statistics.learned, statistics.stays_true) == (Rate(3, 5), Rate(2, 3))
    assert statistics.updates is not None
    assert (statistics.updates.lower, statistics.updates.median, statistics.updates.upper) == (15, 20, 25)
    assert statistics.strays_on is not None
    assert (statistics.strays_on.lower, statistics.strays_on.median) == (5020, 10_000)
    assert statistics.loss is not None
    assert statistics.loss.median == 0.3
    assert statistics.not_finite == 1
    assert CellStatistics.of(outcomes, 0).stays_true == Rate(0, 0)
    assert statistics_of(outcomes, 10_000) is statistics_of(outcomes, 10_000)


@given(st.lists(st.none() | st.integers(0, 1000), max_size=60), st.integers(1, 30))
def test_a_histogram_counts_every_training_that_learned(updates: list[int | None], bins: int) -> None:
    learned = [update for update in updates if update is not None]

    histogram = updates_histogram(_learned_at(*updates), bins)

    if histogram is None:
        assert not learned
    else:
        assert histogram.counts.sum() == len(learned)
        assert 1 <= len(histogram.counts) <= bins
        assert histogram.edges[0] == min(learned)


def test_a_map_fills_and_counts_no_training_twice() -> None:
    grid = Grid.of(PERFECT_ROOMMATE, {}, parse_axes(["scale=1,2"]), range(4))
    begun = SweepMap.empty(grid).with_outcomes(0, _learned_at(3, None), seconds=0, kept=True)

    moment = begun.with_outcomes(0, _learned_at(3, None, 9), seconds=2).with_outcomes(
        1, _learned_at(1, 1, 1, 1, 1, 1), seconds=4
    )

    assert moment.progress == Progress(done=7, total=8, kept=2, seconds=4)
    assert (moment.progress.rate, moment.progress.seconds_left, moment.progress.finished) == (5 / 4, 4 / 5, False)
    assert moment.statistics(grid.cells[0]).learned == Rate(2, 3)
    assert moment.best == grid.cells[1]
    assert begun.progress == Progress(done=2, total=8, kept=2)
    assert begun.progress.seconds_left is None
    assert SweepMap.empty(grid).best is None


def test_of_two_cells_that_learn_alike_the_faster_one_is_best() -> None:
    grid = Grid.of(PERFECT_ROOMMATE, {}, parse_axes(["scale=1,2,3"]), range(2))
    moment = SweepMap(grid, (_learned_at(9, 9), _learned_at(5, 6), NONE), Progress(4, 6))

    assert moment.best == grid.cells[1]
