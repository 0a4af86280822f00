"""The page of a sweep, to which messages are replayed in place of trainings."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from model.simulation.simulation import Simulation
from model.sweep.sweep_map import SweepMap
from tests.tui.conftest import walk
from tests.tui.screen import messages
from tests.tui.sweeps import made_up_map
from tui.app.app import RoommateApp
from tui.rendering.sweep_page import State
from tui.screens.messages import SweepEnded, SweepMoved, SweepNoticed
from tui.screens.sweep import SweepScreen, show_sweep
from tui.screens.sweep_question import SweepQuestion
from tui.screens.walk import WalkScreen

SIZE = (100, 30)


@pytest.fixture(autouse=True)
def nothing_is_trained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SweepScreen, "begin", lambda *_given: None)


async def opened(pilot: Pilot[None], moment: SweepMap) -> SweepScreen:
    show_sweep(walk(pilot), moment.grid)
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, SweepScreen)
    return screen


def text_of(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#sweep-page", Static).render())


async def test_the_key_asks_and_what_is_answered_is_trained() -> None:
    async with RoommateApp(Simulation().with_lesson(4)).run_test(size=SIZE) as pilot:
        await pilot.press("T")
        assert isinstance(pilot.app.screen, SweepQuestion)
        pilot.app.screen.query_one("#across", Input).value = "weeks=3:1"
        await pilot.press("enter")
        assert "goes backwards" in str(pilot.app.screen.query_one("#hint", Static).render())
        pilot.app.screen.query_one("#across", Input).value = "weeks=1:3"
        pilot.app.screen.query_one("#seeds", Input).value = "7"
        await pilot.press("enter")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, SweepScreen)
        assert screen.view.moment.grid.trainings == 21
        assert "0 of 21 trainings" in text_of(pilot)


async def test_it_is_drawn_while_it_runs_and_says_when_it_is_over() -> None:
    moment = made_up_map("weeks=1:5", "hidden=4:6")
    async with RoommateApp().run_test(size=SIZE) as pilot:
        screen = await opened(pilot, moment)
        for cells in (3, 9):
            screen.post_message(SweepMoved(made_up_map("weeks=1:5", "hidden=4:6", cells=cells)))
            await pilot.pause()
            assert f"{20 * cells} of 300 trainings" in text_of(pilot)
        screen.post_message(SweepNoticed("The disk is full."))
        screen.post_message(SweepEnded(moment, ""))
        await pilot.pause()
        assert messages(pilot) == ["The disk is full."]
        assert "done" in text_of(pilot)
        screen.post_message(SweepMoved(made_up_map("weeks=1:5", "hidden=4:6", cells=3)))
        await pilot.pause()
        assert screen.view.moment is moment


async def test_it_pauses_goes_on_and_is_cancelled_before_it_is_left() -> None:
    async with RoommateApp().run_test(size=SIZE) as pilot:
        screen = await opened(pilot, made_up_map("weeks=1:5"))
        control = screen.control
        assert control is not None
        await pilot.press("space")
        assert (screen.view.state, control.going.is_set()) == (State.PAUSED, False)
        await pilot.press("space")
        assert (screen.view.state, control.going.is_set()) == (State.RUNNING, True)
        await pilot.press("space", "escape")
        assert control.should_stop()
        assert screen.view.state is State.CANCELLED
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, WalkScreen)


@pytest.mark.parametrize(("key", "learned"), [("enter", True), ("n", False)])
async def test_a_key_opens_the_training_of_the_cell_under_the_cursor(key: str, learned: bool) -> None:
    moment = made_up_map("weeks=1:5", "hidden=4:6")
    async with RoommateApp().run_test(size=SIZE) as pilot:
        screen = await opened(pilot, moment)
        screen.post_message(SweepEnded(moment, ""))
        await pilot.press("right", "right", "up", key)
        await pilot.pause()
        session = walk(pilot).session
        config = session.moment.config
        assert (config.weeks, config.hidden) == (3, 5)
        assert config.seed == moment.outcomes[7].seed(learned=learned)
        assert f"Seed {config.seed}, which" in messages(pilot)[0]


async def test_where_there_is_no_such_training_it_is_said() -> None:
    moment = made_up_map("weeks=1:5")
    async with RoommateApp().run_test(size=SIZE) as pilot:
        screen = await opened(pilot, moment)
        await pilot.press("enter")
        assert messages(pilot) == ["Nothing of it is trained yet."]
        screen.post_message(SweepEnded(moment, ""))
        await pilot.press("n")
        assert "All of its seeds" in messages(pilot)[-1]
        await pilot.press("end", "enter")
        assert "None of its seeds" in messages(pilot)[-1]
        await pilot.press("b", "s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SweepQuestion)


async def test_it_is_drawn_for_another_size() -> None:
    moment = made_up_map("weeks=1:5", "hidden=4:6")
    async with RoommateApp().run_test(size=SIZE) as pilot:
        screen = await opened(pilot, moment)
        screen.post_message(SweepEnded(moment, ""))
        await pilot.pause()
        await pilot.resize_terminal(60, 18)
        await pilot.pause()
        assert max(map(len, text_of(pilot).splitlines())) <= 56
