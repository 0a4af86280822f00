"""Guess first on the screen: asked under the walk, answered in a field, by cursor or mouse; no key is lost."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from tests.tui.conftest import walk
from tests.tui.screen import strips
from tui.app.app import RoommateApp
from tui.screens.course import CourseScreen
from tui.screens.guess_box import GuessBox, NumberEntry
from tui.widgets.choices import Choices


def said(pilot: Pilot[None]) -> str:
    box = walk(pilot).query_one(GuessBox)
    return "\n".join(str(one.content) for one in box.query(Static) if one.display and one.id)


def place(pilot: Pilot[None]) -> tuple[int, int, bool]:
    simulation = walk(pilot).session.simulation
    return simulation.day, simulation.step, simulation.asked


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_a_step_is_asked_answered_and_the_walk_goes_on(size: tuple[int, int]) -> None:
    async with RoommateApp().run_test(size=size) as pilot:
        await pilot.press("P", "n")
        await pilot.pause()
        assert place(pilot) == (0, 1, True)
        assert 'Which number is "same: pasta"' in said(pilot)
        await pilot.press("x", "escape")  # x opens a page, whatever field has the focus
        await pilot.press("1", "enter")
        await pilot.pause()
        assert place(pilot) == (0, 1, False)
        assert "✓ Right: 1." in said(pilot)
        await pilot.press("enter")
        assert place(pilot) == (0, 2, True)
        await pilot.press("n", "n", "left", "right", "right")
        assert place(pilot) == (0, 3, False)
        await pilot.press("G")
        await pilot.pause()
        await pilot.pause()
        choices = walk(pilot).query_one(Choices)
        assert choices.answers == ("pasta", "burger", "salad")
        assert choices.region.bottom <= size[1]
        assert "?" in "\n".join(strip.text for strip in strips(pilot.app))
        await pilot.press("down", "up", "up")
        await pilot.click(Choices, offset=(4, 0))
        await pilot.pause()
        assert "you said pasta" in said(pilot) or "Right: pasta" in said(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert walk(pilot).session.guesses is None
        assert not walk(pilot).query(GuessBox)
        assert walk(pilot).taken.rows == 0


async def test_a_cursor_picks_and_a_page_of_the_course_takes_its_place() -> None:
    async with RoommateApp().run_test(size=(80, 24)) as pilot:
        await pilot.press("P", "G")
        await pilot.pause()
        await pilot.press("down", "enter")
        assert "pasta" in said(pilot)
        await pilot.press("g")
        assert not place(pilot)[2]
        await pilot.press("i")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CourseScreen)
        assert not walk(pilot).query_one(GuessBox).display
        await pilot.press("escape")
        await pilot.pause()
        box = walk(pilot).query_one(GuessBox)
        assert box.display
        assert walk(pilot).taken.rows == box.size.height + 1
        await pilot.press("n")
        await pilot.pause()
        assert place(pilot)[2]
        assert not walk(pilot).query_one(NumberEntry).value
