"""The chart at every size, with every kind of number, on axes that do not follow the numbers."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.roommate.roommate import PERFECT_ROOMMATE
from model.storage.scenarios import find_scenario
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tui.rendering.case_history import MAX_LINES, history, lines_of
from tui.rendering.loss_chart import AXIS, Chart, Curve, axis_of, chart, plot_width, scale_of, update_at
from tui.rendering.loss_panel import MIN_PLOT, VERDICT, arrangement, loss_lines
from tui.session.training_controls import TrainingControls
from tui.text.error_reach import percent_of
from tui.text.glyphs import ASCII, UNICODE, Glyphs
from tui.text.week_errors import size_text

NUMBER = st.floats(0, 1e6) | st.sampled_from([0.0, math.inf, math.nan, 1e-300, 1e300])

LN3 = math.log(3)


def curve(values: list[float], columns: int) -> Curve:
    """A curve whose values are spread over the columns."""
    array = np.array([values[index * len(values) // columns] for index in range(columns)])
    return Curve(array, array)


def trained(updates: int, seed: int = 0) -> TrainingRun:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=seed, updates=10_000, stop="updates"))
    run.advance(updates)
    return run


@given(
    width=st.integers(20, 200),
    height=st.integers(5, 60),
    log=st.booleans(),
    values=st.lists(NUMBER, min_size=1, max_size=50),
    last=st.integers(0, 1_000_000),
    dishes=st.integers(1, 64),
    lines=st.integers(0, 2),
    right=st.none() | st.floats(0, 1),
    cursor=st.none() | st.floats(0, 1),
    glyphs=st.sampled_from([UNICODE, ASCII]),
)
def test_every_size_and_every_number(
    width: int,
    height: int,
    log: bool,
    values: list[float],
    last: int,
    dishes: int,
    lines: int,
    right: float | None,
    cursor: float | None,
    glyphs: Glyphs,
) -> None:
    cells = plot_width(width)
    data = Chart(
        curve(values, 2 * cells),
        last=last,
        log=log,
        guessing=math.log(dishes),
        guess=f"guessing: ln {dishes}",
        names=("one", "other")[:lines],
        parts=np.array([[math.nan, 0.5]] * cells)[:, :lines],
        gradient=np.array((values * cells)[:cells]) if lines else None,
        right_at=None if right is None else int(right * last),
        right="all 6 right",
        cursor=None if cursor is None else int(cursor * last),
        told="0.925",
    )
    drawn = chart(data, glyphs, width, height)
    assert len(drawn) == height
    assert all(line.cell_length <= width for line in drawn)
    if glyphs is ASCII:
        assert all(line.plain.isascii() for line in drawn)


def rows_of(values: list[float], *, log: bool, height: int = 21) -> list[int]:
    """The row of each value's own dots, when each has a wide stretch of the chart to itself."""
    width = AXIS + 1 + 4 * len(values)
    lines = chart(Chart(curve(values, 8 * len(values)), last=9, log=log, guessing=LN3), UNICODE, width, height)[:-1]
    found = []
    for index in range(len(values)):
        column = AXIS + 4 * index + 2  # away from the joins to its neighbours
        found.append(next(row for row, line in enumerate(lines) if "\u2800" < line.plain[column] <= "\u28ff"))
    return found


def test_decades_are_equally_far_apart_on_a_log_axis() -> None:
    rows = rows_of([1.0, 0.1, 0.01], log=True, height=41)
    gaps = np.diff(rows)
    assert gaps.max() - gaps.min() <= 1
    assert gaps.min() > 0


def test_a_linear_axis_is_linear_and_begins_at_zero() -> None:
    assert rows_of([0.0, LN3, 2 * LN3], log=False)[::2] == [19, 0]
    assert abs(rows_of([0.0, LN3], log=False)[1] - 9.5) <= 1


def test_what_is_smaller_or_larger_than_the_axis_lies_at_its_ends() -> None:
    assert rows_of([1.0, 0.0, math.inf, 1e-9, 99.0], log=True)[1:] == [19, 0, 19, 0]


def test_nan_leaves_a_gap() -> None:
    data = Chart(curve([1.0, math.nan, 1.0], 24), last=2, log=False, guessing=LN3)
    lines = chart(data, UNICODE, AXIS + 1 + 12, 10)[:-1]
    middle = [line.plain.ljust(40)[AXIS + 4 : AXIS + 8].replace(UNICODE.dashed, " ").strip() for line in lines]
    assert set(middle) == {""}


def test_labels_say_what_they_stand_for() -> None:
    data = Chart(
        curve([1.0, 0.01], 60),
        1234,
        log=True,
        guessing=LN3,
        guess="guessing: ln 3",
        right_at=500,
        right="all 6 right",
    )
    text = "\n".join(line.plain for line in chart(data, UNICODE, 100, 14))
    for word in ("0.01┤", "0.1┤", "1.10┤", "guessing: ln 3", "all 6 right", "1,024", "2,048"):
        assert word in text


@given(st.integers(0, 1_000_000))
def test_the_axis_of_updates_is_a_power_of_two_that_has_room_for_the_latest(last: int) -> None:
    updates = axis_of(last)
    assert updates >= 128
    assert updates & (updates - 1) == 0
    assert last < updates
    assert updates == 128 or last >= updates // 2


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("size", [(72, 16), (42, 7), (100, 30)])
def test_an_update_adds_to_the_chart_and_moves_nothing_of_it(size: tuple[int, int], glyphs: Glyphs) -> None:
    """Left of the latest update every cell stays as it was; a column is only as new as its updates."""
    run, controls, (width, height) = trained(20), TrainingControls(), size
    plan = arrangement(6, width, height)
    before = None
    for _update in range(12):
        run.advance(3)
        lines = loss_lines(run.moment(), controls, glyphs, width, height)
        begin = height - plan.verdict - plan.chart - plan.legend
        assert len(lines) == height
        plot = [line.plain.ljust(width) for line in lines[begin : begin + plan.chart - 1 - plan.gradient]]
        done = AXIS + (run.update - 3) * plot_width(width) // 128
        if before is not None:
            for one, other in zip(before, plot, strict=True):
                drawn = done - 2 * (one[:AXIS].isascii() is False)
                assert one[: drawn - 1] == other[: drawn - 1]
        before = plot


@pytest.mark.parametrize("name", [None, "modulo-7", "traffic-light"])
def test_the_history_has_a_line_for_each_case_or_a_share_of_many(name: str | None) -> None:
    roommate = PERFECT_ROOMMATE if name is None else find_scenario(name).roommate
    run = TrainingRun(roommate, TrainingConfig(updates=1000, stop="updates"))
    run.advance(30)
    moment = run.moment()
    parts = moment.cases.columns(40, 128)[0]
    count = lines_of(moment)
    names, shares = history(moment, UNICODE, parts, count)
    assert len(names) == len(set(names)) == shares.shape[1] == min(moment.verdict.cases, MAX_LINES)
    known = moment.verdict.known.ravel()
    if moment.verdict.cases > MAX_LINES:  # the first to be learned stand above
        sizes = np.diff([int(name[1:]) for name in names], prepend=0)
        assert sizes.sum() == known.sum()
        np.testing.assert_allclose(np.average(shares[:9], axis=1, weights=sizes), parts[:9, known].mean(axis=1))
        latest = np.nanmean(shares[5:9], axis=0)
        assert all(one >= other - 0.5 for one, other in pairwise(latest))
        assert latest[0] >= latest[-1]


@pytest.mark.parametrize("cases", [1, 6, 8])
@pytest.mark.parametrize("framed", [True, False])
def test_there_is_a_chart_in_every_panel_of_20_by_5_and_two_lines_of_verdict(cases: int, framed: bool) -> None:
    for width in (20, 42, 100):
        for height in range(5, 40):
            plan = arrangement(cases, width, height, framed=framed)
            curve_lines = plan.chart - 1 - plan.history - plan.gradient
            assert curve_lines >= (2 if height == 5 else MIN_PLOT)
            assert plan.verdict >= VERDICT
            assert height == plan.verdict + plan.chart + plan.state + plan.settings + plan.legend
            assert plan.at_curve == (not plan.state and not framed)


def test_the_loss_stands_at_the_curve_where_no_line_tells_it() -> None:
    moment = trained(70).moment()
    for height in (5, 6, 7, 20):
        text = "\n".join(line.plain for line in loss_lines(moment, TrainingControls(), UNICODE, 40, height))
        assert text.count(size_text(moment.loss)) == 1


def test_a_click_on_a_column_is_an_update_of_that_column() -> None:
    for last in (5, 127, 128, 5000):
        for column in range(plot_width(60)):
            update = update_at(column, last, 60)
            assert 0 <= update <= last
            assert update == last or update * plot_width(60) // axis_of(last) in {column - 1, column}


@pytest.mark.parametrize(
    ("part", "text"), [(1, "100%"), (0.58, "58%"), (0.056, "5.6%"), (0.0996, "10%"), (0.0002, "<0.1%"), (0, "0%")]
)
def test_parts_are_told_with_as_much_as_counts(part: float, text: str) -> None:
    assert percent_of(part) == text


@pytest.mark.parametrize(
    ("loss", "text"), [(0.9249, "0.925"), (0.00001, "0.000"), (9.99999, "10.00"), (123.4, "123.4"), (5e7, "5e+07")]
)
def test_a_loss_has_three_decimals(loss: float, text: str) -> None:
    assert size_text(loss) == text


@given(dishes=st.integers(1, 64), values=st.lists(NUMBER, min_size=1))
def test_an_axis_holds_its_values(dishes: int, values: list[float]) -> None:
    for log in (False, True):
        scale = scale_of(math.log(dishes), log=log)
        assert scale.least < scale.most
        assert all(0 <= scale.position(value) <= 1 for value in values if not math.isnan(value))
