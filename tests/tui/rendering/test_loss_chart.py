"""The chart at every size, with every kind of number."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.rendering.loss_chart import AXIS, Chart, Curve, chart, nice_step, plot_width, scale_of, tick_label
from tui.text.glyphs import ASCII, UNICODE, Glyphs

NUMBER = st.floats(0, 1e6) | st.sampled_from([0.0, math.inf, math.nan, 1e-300, 1e300])


def curve(values: list[float], columns: int) -> Curve:
    """A curve whose values are spread over the columns."""
    array = np.array([values[index * len(values) // columns] for index in range(columns)])
    return Curve(array, array)


@given(
    width=st.integers(20, 200),
    height=st.integers(5, 60),
    log=st.booleans(),
    values=st.lists(NUMBER, min_size=1, max_size=50),
    last=st.integers(0, 1_000_000),
    learned=st.none() | st.floats(0, 1),
    cursor=st.none() | st.floats(0, 1),
    glyphs=st.sampled_from([UNICODE, ASCII]),
)
def test_every_size_and_every_number(
    width: int,
    height: int,
    log: bool,
    values: list[float],
    last: int,
    learned: float | None,
    cursor: float | None,
    glyphs: Glyphs,
) -> None:
    columns = 2 * plot_width(width)
    data = Chart(
        curve(values, columns),
        curve([0.5], columns),
        last=last,
        log=log,
        learned_at=None if learned is None else int(learned * last),
        cursor=None if cursor is None else int(cursor * last),
    )
    lines = chart(data, glyphs, width, height)
    assert len(lines) == height
    assert all(line.cell_length <= width for line in lines)
    if glyphs is ASCII:
        assert all(line.plain.isascii() for line in lines)


def rows_of(values: list[float], *, log: bool, height: int = 23) -> list[int]:
    """The row of each value's own dots, when each has a wide stretch of the chart to itself."""
    width = AXIS + 1 + 4 * len(values)
    data = Chart(curve(values, 8 * len(values)), Curve(np.full(8, np.nan), np.full(8, np.nan)), last=9, log=log)
    lines = chart(data, UNICODE, width, height)[1:-2]
    found = []
    for index in range(len(values)):
        column = AXIS + 4 * index + 2  # away from the joins to its neighbours
        found.append(
            next(row for row, line in enumerate(lines) if line.plain[column] > "⠀" and line.plain[column] <= "⣿")
        )
    return found


def test_decades_are_equally_far_apart_on_a_log_axis() -> None:
    rows = rows_of([1.0, 0.1, 0.01, 0.001, 0.0001], log=True)
    gaps = np.diff(rows)
    assert gaps.min() >= gaps.max() - 1
    assert gaps.min() > 0


def test_a_linear_axis_is_linear_and_begins_at_zero() -> None:
    rows = rows_of([0.0, 0.5, 1.0], log=False)
    assert rows[0] == 19
    assert rows[2] == 0
    assert abs(rows[1] - 9.5) <= 1


def test_zero_lies_on_the_floor_and_infinity_at_the_top() -> None:
    assert rows_of([1.0, 0.0, math.inf], log=True)[1:] == [19, 0]


def test_nan_leaves_a_gap() -> None:
    data = Chart(curve([1.0, math.nan, 1.0], 24), Curve(np.full(24, np.nan), np.full(24, np.nan)), last=2, log=False)
    lines = chart(data, UNICODE, AXIS + 1 + 12, 10)[1:-2]
    middle = [line.plain.ljust(40)[AXIS + 4 : AXIS + 8].strip() for line in lines]
    assert set(middle) == {""}


def test_labels_say_what_they_stand_for() -> None:
    data = Chart(curve([1.0, 0.01], 60), curve([1.0], 60), last=1234, log=True, learned_at=500, cursor=100)
    text = "\n".join(line.plain for line in chart(data, UNICODE, 60, 14))
    for word in ("loss, nats (log)", "accuracy", "0.01", "0.1", "1┤", "learned 500", "100", "1,234"):
        assert word in text


@given(st.floats(1e-9, 1e9))
def test_steps_are_round_and_enough(least: float) -> None:
    step = nice_step(least)
    assert least * (1 - 1e-6) <= step <= 10 * least
    assert f"{step:.0e}"[0] in "125"


@pytest.mark.parametrize(
    ("value", "label"), [(0, "0"), (0.01, "0.01"), (1e-5, "1e-5"), (1500, "1500"), (20000, "2e4"), (0.25, "0.25")]
)
def test_tick_labels(value: float, label: str) -> None:
    assert tick_label(value) == label


@given(st.lists(NUMBER, min_size=1))
def test_an_axis_holds_its_values(values: list[float]) -> None:
    array = np.array(values)
    for log in (False, True):
        scale = scale_of(Curve(array, array), log=log)
        assert scale.least < scale.most
        for value in values:
            if not math.isnan(value):
                assert 0 <= scale.position(value) <= 1
