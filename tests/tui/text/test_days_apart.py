"""No two days of a week have one name, however little room there is, in any language."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from model.roommate.roommate import briefest_day_name, day_name, short_day_name
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from tests.tui.text.languages import LANGUAGES
from tui.rendering.week_chain import chain_layout, week_chain
from tui.rendering.week_unrolled import unrolled, unrolled_columns
from tui.text.glyphs import UNICODE
from tui.text.language import speak

DAYS = 7


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    speak(request.param)
    yield request.param
    speak("en")


@pytest.mark.parametrize("name", [day_name, short_day_name, briefest_day_name])
def test_seven_days_have_seven_names(language: str, name: object) -> None:
    assert len({name(day) for day in range(DAYS)}) == DAYS  # type: ignore[operator]


def test_the_briefest_names_have_two_letters(language: str) -> None:
    assert all(len(briefest_day_name(day)) == 2 for day in range(DAYS))


def test_days_in_sight_are_told_apart_at_every_width(language: str) -> None:
    week = Simulation(replace(Situation(), week=(0, 1) * 3 + (0,)))
    for width in range(38, 160, 3):
        chain = chain_layout(week, UNICODE, width)
        day_line = week_chain(week, UNICODE, width, apart=True)[1].plain
        upper = unrolled_columns(week, UNICODE, width).place
        heading = unrolled(week, UNICODE, width, 8)[0].plain
        for place, text in ((chain, day_line), (upper, heading)):
            cells = _cells(text)
            names = [
                "".join(cells[place.left + at * place.cell : place.left + (at + 1) * place.cell])
                .split()[0]
                .strip("─▸")
                for at in range(place.shown)
            ]
            assert len(set(names)) == place.shown, (width, names)


def _cells(text: str) -> list[str]:
    """A letter a cell; behind a wide one an empty cell."""
    return [cell for letter in text for cell in ([letter, ""] if letter in "🍝🍔🥗🌞☔" else [letter])]
