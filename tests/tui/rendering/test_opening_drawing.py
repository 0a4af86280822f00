"""The opening fits every size and every roommate, and nothing in it moves when the run that was left is known."""

from gettext import NullTranslations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import language
from model.roommate.roommate import PERFECT_ROOMMATE
from model.roommate.scenario import Scenario
from tests.model.strategies import scenarios
from tui.rendering.opening import LeftRun, Opening, key_line, opening, title_line
from tui.text.glyphs import ASCII, UNICODE, Glyphs

RUN = LeftRun(1_234, 7, "cut off today at 21:07")


@settings(max_examples=40)
@given(
    scenario=st.one_of(st.just(Scenario(PERFECT_ROOMMATE)), scenarios()),
    width=st.integers(40, 220),
    height=st.integers(10, 60),
    glyphs=st.sampled_from([UNICODE, ASCII]),
)
def test_it_fits_every_size_with_five_doors_and_a_line_for_the_run(
    scenario: Scenario, width: int, height: int, glyphs: Glyphs
) -> None:
    bare, places = opening(Opening(scenario.roommate), glyphs, width, height)
    lines, same = opening(Opening(scenario.roommate, RUN), glyphs, width, height)
    assert places == same
    assert len(lines) <= height
    assert all(line.cell_length <= width for line in lines)
    assert [place.lesson for place in places] == [1, 2, 3, 4, 5]
    for place in places:
        assert 0 <= place.left < place.right <= width
        assert str(place.lesson) in lines[place.top].plain
    differ = [place for place, pair in enumerate(zip(lines, bare, strict=True)) if not pair[0].is_same(pair[1])]
    assert len(differ) == 1
    assert "1,234" in lines[differ[0]].plain
    if not glyphs.icons:
        assert all(line.plain.isascii() for line in lines)


@given(width=st.integers(40, 220), back=st.booleans(), run=st.sampled_from([None, RUN]))
def test_title_and_keys_fit_every_width(width: int, back: bool, run: LeftRun | None) -> None:
    about = Opening(PERFECT_ROOMMATE, run, back)
    for glyphs in (UNICODE, ASCII):
        keys = key_line(about, glyphs, width)
        assert keys.cell_length <= width + 1
        assert "begin" in keys.plain
        assert ("Esc" in keys.plain) == back
        assert title_line(glyphs, width).cell_length <= width


def test_the_lectures_rule_is_drawn_where_there_is_room() -> None:
    lines, _places = opening(Opening(PERFECT_ROOMMATE), UNICODE, 80, 22)
    assert any("├─ ☔ rainy ──▸│" in line.plain for line in lines)
    cards, _places = opening(Opening(PERFECT_ROOMMATE), UNICODE, 120, 38)
    assert any("╭─ 1 Weather ─" in line.plain for line in cards)


@pytest.mark.parametrize("times", [2, 4])
def test_it_fits_in_a_language_of_long_words(times: int) -> None:
    class LongWords(NullTranslations):
        def gettext(self, message: str) -> str:
            return message if "{" in message else message * times

    language.use(LongWords())
    try:
        for width, height in ((40, 10), (80, 22), (120, 38)):
            lines, _places = opening(Opening(PERFECT_ROOMMATE), UNICODE, width, height)
            assert all(line.cell_length <= width for line in lines)
    finally:
        language.use(NullTranslations())
