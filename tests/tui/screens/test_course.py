"""The course on the screen: a page in a box over the walk, answered in a field."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from tests.tui.conftest import walk
from tui.app.app import RoommateApp
from tui.screens.course import CourseScreen
from tui.session.commands.course import open_course
from tui.session.commands.weights import set_value


def text(pilot: Pilot[None], of: str) -> str:
    return str(pilot.app.screen.query_one(of, Static).content)


async def test_a_page_is_asked_answered_and_left(app: RoommateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("i")
        await pilot.pause()
        assert isinstance(app.screen, CourseScreen)
        assert "Page 1.1" in text(pilot, "#page")
        await pilot.press(*"salad", "enter")
        assert "Not quite: you said salad" in text(pilot, "#said")
        assert not app.screen.query_one(Input).display
        await pilot.press("enter")
        assert "Page 1.2" in text(pilot, "#page")
        await pilot.press(*"x", "enter")
        assert "no numbers" in text(pilot, "#said")
        assert app.screen.query_one(Input).display
        await pilot.press("tab")
        assert "As many places" in text(pilot, "#said")
        await pilot.press("escape")
        assert not isinstance(app.screen, CourseScreen)
        assert walk(pilot).simulation.situation.lesson == 1
        await pilot.press("3", "i")
        await pilot.pause()
        assert "Page 1.2" in text(pilot, "#page")
        assert walk(pilot).simulation.situation.lesson == 1
        await pilot.press("up")
        assert "Page 1.1" in text(pilot, "#page")
        await pilot.press("up")
        assert "the first page" in text(pilot, "#said")


async def test_an_exercise_is_told_done_by_hand_and_judged(app: RoommateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        walk(pilot).do(open_course, "1.5")
        await pilot.pause()
        await pilot.press("c")
        assert "not yet" in text(pilot, "#said")
        await pilot.press("e")
        assert "Page E2" in text(pilot, "#page")
        set_value(walk(pilot).session, "Weather", "3", "2", "2")
        await pilot.press("c")
        assert "done, as well as can be" in text(pilot, "#said")
        await pilot.press("enter")
        assert "Page 1.5" in text(pilot, "#page")


@pytest.fixture
def app() -> RoommateApp:
    return RoommateApp()
