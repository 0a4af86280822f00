"""The page of a sweep: a map, a curve or a histogram, of any size and in any characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from model.sweep.statistics import percent
from model.sweep.sweep_map import SweepMap
from tests.tui.sweeps import RATE, SCALE, made_up_grid, made_up_map
from tui.rendering.sweep_curve import curve_lines, histogram_lines
from tui.rendering.sweep_map import in_sight, map_lines, style_of
from tui.rendering.sweep_page import State, SweepView, sweep_page
from tui.text.glyphs import ASCII, UNICODE

KINDS = {
    "histogram": made_up_map(),
    "curve": made_up_map(RATE),
    "names": made_up_map("activation=tanh,relu,sigmoid"),
    "map": made_up_map(RATE, SCALE),
    "begun": made_up_map(RATE, SCALE, cells=5),
    "large": made_up_map("weeks=1:40", "hidden=1:40", seeds=2),
}


def text_of(moment: SweepMap, cursor: int = 0, width: int = 100, height: int = 30) -> str:
    return "\n".join(one.plain for one in sweep_page(SweepView(moment, cursor), UNICODE, width, height))


@given(
    st.sampled_from(sorted(KINDS)),
    st.integers(20, 200),
    st.integers(8, 60),
    st.integers(0, 10_000),
    st.sampled_from([UNICODE, ASCII]),
)
def test_a_page_has_the_size_there_is_and_tells_what_is_under_the_cursor(
    kind: str, width: int, height: int, cursor: int, glyphs: object
) -> None:
    moment = KINDS[kind]
    view = SweepView(moment, cursor % len(moment.grid.cells))
    lines = sweep_page(view, glyphs, width, height)  # type: ignore[arg-type]
    assert len(lines) == max(height, 10)
    assert all(cell_len(one.plain) <= width for one in lines)
    if glyphs is ASCII:
        assert all(one.plain.isascii() for one in lines)


def test_a_wide_map_has_the_number_of_every_cell() -> None:
    moment = KINDS["map"]
    drawn = map_lines(moment, 0, UNICODE, 100, 20)
    for row in range(8):
        numbers = [percent(moment.statistics(moment.grid.at(row, column)).learned) for column in range(12)]
        *_name, text = drawn[8 - row].plain.split(maxsplit=1)
        assert [part.rstrip("▁▂▃▄▅▆▇█") for part in text.split()] == numbers


def test_the_cells_of_a_map_differ_without_their_colours() -> None:
    """A bar of another height, or another number."""
    moment = KINDS["map"]
    for glyphs in (UNICODE, ASCII):
        narrow = map_lines(moment, 95, glyphs, 30, 20)
        best, worst = narrow[8].plain.split()[1], narrow[1].plain.split()[1]
        assert best[0] != worst[-1]


def test_the_cursor_is_seen_without_colours_as_well() -> None:
    styles = [str(span.style) for one in map_lines(KINDS["map"], 3, UNICODE, 100, 20) for span in one.spans]
    assert sum("reverse" in style for style in styles) == 1


def test_of_a_large_map_the_part_around_the_cursor_is_in_sight() -> None:
    for cursor in (0, 39, 800, 1560, 1599):
        drawn = map_lines(KINDS["large"], cursor, UNICODE, 30, 12)
        assert any("reverse" in str(span.style) for one in drawn for span in one.spans)


@given(st.integers(1, 200), st.integers(0, 60), st.integers(0, 199))
def test_what_is_in_sight_holds_the_cursor(count: int, room: int, at: int) -> None:
    window = in_sight(count, room, at % count)
    assert at % count in window
    assert len(window) == min(max(room, 1), count)


def test_a_curve_has_a_node_with_its_percent_for_each_value_within_its_interval() -> None:
    moment = KINDS["curve"]
    drawn = [one.plain for one in curve_lines(moment, 0, UNICODE, 100, 25)]
    assert sum(one.count(UNICODE.node) for one in drawn) == 12
    for cell in moment.grid.cells:
        assert any(f"{UNICODE.node}{percent(moment.statistics(cell).learned)}" in one for one in drawn)
    assert drawn[1].startswith("100")
    assert drawn[-3].startswith("  0")


def test_between_names_there_is_no_band() -> None:
    assert UNICODE.to_come not in "".join(one.plain for one in curve_lines(KINDS["names"], 0, UNICODE, 90, 20)[1:-2])
    assert UNICODE.to_come in "".join(one.plain for one in curve_lines(KINDS["curve"], 0, UNICODE, 90, 20)[1:-2])


def test_a_histogram_counts_all_trainings_those_that_did_not_learn_among_them() -> None:
    moment = made_up_map(seeds=30).with_outcomes(0, made_up_map(RATE, seeds=40).outcomes[6], seconds=1)
    drawn = histogram_lines(moment, UNICODE, 80, 12)[1:]
    assert len(drawn) <= 12
    counts = [int(one.plain.split()[-1]) for one in drawn if UNICODE.square in one.plain]
    assert sum(counts) == 30
    assert drawn[-1].plain.split()[:2] == ["not", "learned"]


@pytest.mark.parametrize(
    ("cell", "style"), [(0, "$right"), (5, "$primary"), (11, "$wrong")], ids=["all", "some", "none"]
)
def test_all_some_and_none_have_a_colour_each(cell: int, style: str) -> None:
    moment = KINDS["curve"]
    assert style_of(moment.statistics(moment.grid.cells[cell]).learned) == style


def test_the_page_says_what_is_trained_and_how_far_it_is() -> None:
    text = text_of(KINDS["begun"], 3)
    assert "perfect roommate · 20 seeds in each of 96 cells" in text
    assert "of 20 (" in text
    assert "100 of 1,920 trainings" in text
    assert "a second" in text


def test_what_is_not_trained_yet_is_said_with_the_name_of_its_cell_where_it_has_one() -> None:
    assert "\nNothing is trained yet." in text_of(SweepMap.empty(made_up_grid()))
    assert "\nlearning rate 0.003: nothing is trained yet." in text_of(SweepMap.empty(made_up_grid(RATE)))


def test_trouble_is_told_in_place_of_the_rate() -> None:
    view = SweepView(KINDS["begun"], 0, State.CANCELLED, "The disk is full.")
    last = sweep_page(view, UNICODE, 100, 20)[-1].plain
    assert "cancelled" in last
    assert "The disk is full." in last
    assert "a second" not in last


def test_the_cursor_stays_on_the_map() -> None:
    view = SweepView(SweepMap.empty(made_up_grid(RATE, SCALE)))
    assert view.moved(-1, -1) == 0
    assert view.moved(1, 0) == 1
    assert view.moved(0, 1) == 12
    assert view.moved(99, 99) == 95
