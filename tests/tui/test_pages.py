"""Pages are left once, however fast the keys come."""

import pytest
from textual.command import CommandPalette

from tests.tui.conftest import walk
from tui.app import RoommateApp
from tui.screens.ask import AskScreen, ConfirmScreen
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


async def test_the_palette_left_twice() -> None:
    async with RoommateApp().run_test() as pilot:
        await pilot.press("ctrl+p")
        palette = pilot.app.screen
        assert isinstance(palette, CommandPalette)
        await pilot.press("ctrl+p")
        palette.dismiss()
        palette.dismiss()
        await pilot.pause()
        assert isinstance(pilot.app.screen, WalkScreen)


@pytest.mark.parametrize("lesson", ["1", "2"])
async def test_a_network_of_one_product_has_no_non_linearity_to_choose(lesson: str) -> None:
    async with RoommateApp().run_test() as pilot:
        await pilot.press(lesson, "N")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert walk(pilot).simulation.situation.by_hand
