"""Pages are left once, however fast the keys come."""

import pytest

from tests.tui.conftest import walk
from tui.app.app import RoommateApp
from tui.screens.dialog import Dialog
from tui.screens.help import HelpScreen
from tui.screens.palette import PaletteScreen
from tui.screens.pick import Rows
from tui.screens.questions import AskScreen, ChooseScreen, ConfirmScreen
from tui.screens.walk import WalkScreen


async def test_a_question_answered_twice_takes_nothing_else_away() -> None:
    async with RoommateApp().run_test() as pilot:
        answers: list[str | None] = []
        pilot.app.push_screen(ConfirmScreen("below"))
        question = AskScreen("what?", "this", lambda _: "")
        pilot.app.push_screen(question, answers.append)
        await pilot.pause()
        question.dismiss("this")
        question.dismiss("this")
        await pilot.pause()
        assert answers == ["this"]
        assert isinstance(pilot.app.screen, ConfirmScreen)


async def test_clicks_on_the_palette() -> None:
    async with RoommateApp().run_test() as pilot:
        await pilot.press("ctrl+p", *"lesson")
        assert await pilot.click(Rows, offset=(2, 1))
        await pilot.pause()
        assert walk(pilot).simulation.situation.lesson == 2
        await pilot.press("ctrl+p", *"no such command")
        assert await pilot.click(Rows, offset=(2, 3))
        assert isinstance(pilot.app.screen, PaletteScreen)


async def test_a_page_left_before_it_is_there() -> None:
    async with RoommateApp().run_test() as pilot:
        page = ChooseScreen("which?", ["this", "that"])
        pilot.app.push_screen(page)
        page.dismiss(None)
        await pilot.pause()
        assert isinstance(pilot.app.screen, WalkScreen)


async def test_the_palette_finds_runs_and_is_left() -> None:
    async with RoommateApp().run_test() as pilot:
        await pilot.press("ctrl+p")
        assert isinstance(pilot.app.screen, PaletteScreen)
        await pilot.press("ctrl+p", *"weather today", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WalkScreen)
        assert walk(pilot).simulation.situation.week[0] == 1
        await pilot.press("ctrl+p", *"no such command", "enter", "down", "pageup", "escape")
        assert isinstance(pilot.app.screen, WalkScreen)
        before = pilot.app.theme
        await pilot.press("ctrl+p", *"theme", "down", "enter")
        await pilot.pause()
        assert pilot.app.theme != before


@pytest.mark.parametrize("page", [ChooseScreen("which?", ["this", "that"]), HelpScreen(1)])
@pytest.mark.parametrize("first", ["the page", "the end"])
async def test_a_page_opened_at_the_last_moment_is_no_error(page: Dialog[object], first: str) -> None:
    async with RoommateApp().run_test() as pilot:  # raises what goes wrong
        if first == "the page":
            pilot.app.push_screen(page)
            pilot.app.exit()
        else:
            pilot.app.exit()
            pilot.app.push_screen(page)


@pytest.mark.parametrize("key", ["ctrl+p", "O", "s", "e", "x", "C", "E", "S", "question_mark"])
async def test_no_page_minds_a_terminal_of_one_cell(key: str) -> None:
    async with RoommateApp().run_test(notifications=True) as pilot:
        await pilot.press(key)
        page = pilot.app.screen
        for size in ((1, 1), (2, 30), (200, 1), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert pilot.app.screen is page


async def test_a_terminal_that_changes_under_pages_asks_once_for_room() -> None:
    async with RoommateApp().run_test() as pilot:
        await pilot.press("question_mark")
        for _ in range(5):
            await pilot.resize_terminal(10, 3)
            await pilot.press("ctrl+p")
            await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert len(pilot.app.screen_stack) == 2


@pytest.mark.parametrize("lesson", ["1", "2"])
async def test_a_network_of_one_product_has_no_non_linearity_to_choose(lesson: str) -> None:
    async with RoommateApp().run_test() as pilot:
        await pilot.press(lesson, "N")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert walk(pilot).simulation.situation.by_hand
