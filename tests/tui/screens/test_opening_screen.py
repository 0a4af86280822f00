"""The program opens with the story: keys and clicks lead from there to every lesson and back."""

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot

from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.storage.saved_runs import SavedRuns
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.tui.conftest import walk
from tests.tui.screen import messages
from tui.app.app import RoommateApp
from tui.screens.help import HelpScreen
from tui.screens.opening import OpeningScreen
from tui.screens.questions import ChooseScreen
from tui.screens.walk import WalkScreen
from tui.widgets.opening import OpeningPanel


def opened(state: SavedRuns | None = None, *, kiosk: bool = False) -> RoommateApp:
    return RoommateApp(find_state=lambda: state, kiosk=kiosk)


def text(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(OpeningPanel).render().plain


@pytest.fixture
def left(tmp_path: Path) -> SavedRuns:
    """What a session has saved that was cut off after three updates."""
    session = SavedRuns(tmp_path)
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=5))
    run.advance(3)
    session.save(run.record())
    session.release()
    return SavedRuns(tmp_path)


async def test_keys_that_are_typed_at_once_walk_through_lesson_1() -> None:
    async with opened().run_test(size=(80, 24)) as pilot:
        await pilot.press("right", "right", "right")
        simulation = walk(pilot).simulation
        assert (simulation.situation.lesson, simulation.day, simulation.step) == (1, 1, 0)


async def test_a_key_that_comes_before_the_walk_is_loaded_waits_for_it() -> None:
    may_go_on = threading.Event()

    def find_state() -> None:
        assert may_go_on.wait(30)

    app = RoommateApp(find_state=find_state)
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.walk is None
        assert "begin with lesson 1" in text(pilot)
        threading.Timer(0.05, may_go_on.set).start()
        await pilot.press("3", "n")
        assert walk(pilot).simulation.step == 1
        assert walk(pilot).simulation.situation.lesson == 3


@pytest.mark.parametrize("lesson", [1, 2, 3, 4, 5])
async def test_every_door_is_a_key_and_can_be_clicked(lesson: int) -> None:
    async with opened().run_test(size=(80, 24)) as pilot:
        row = next(row for row, line in enumerate(text(pilot).splitlines()) if line.strip().startswith(f"{lesson} "))
        await pilot.click(offset=(12, row))
        await pilot.pause()
        situation = walk(pilot).simulation.situation
        assert situation.lesson == lesson
        assert situation.trains == (situation.snapshot is not None)
        await pilot.press("0")
        assert isinstance(pilot.app.screen, OpeningScreen)
        assert "Esc" in text(pilot)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, WalkScreen)
        assert walk(pilot).simulation.situation.lesson == lesson
        await pilot.press("0", str(6 - lesson))
        assert isinstance(pilot.app.screen, WalkScreen)
        assert walk(pilot).simulation.situation.lesson == 6 - lesson


async def test_enter_goes_on_with_the_run_that_was_cut_off(left: SavedRuns) -> None:
    async with opened(left).run_test(size=(80, 24)) as pilot:
        await pilot.app.workers.wait_for_complete()
        await pilot.press("x")  # which means nothing here, and comes after what was loaded
        await pilot.press("enter")
        await pilot.pause()
        snapshot = walk(pilot).simulation.situation.snapshot
        assert snapshot is not None
        assert (snapshot.config.seed, snapshot.update) == (5, 3)
        assert isinstance(pilot.app.screen, WalkScreen)  # nothing is asked
        await pilot.press("0")
        assert "Enter go on" not in text(pilot)


async def test_the_run_is_one_line_and_enter_begins_where_there_is_none(left: SavedRuns) -> None:
    async with opened(left).run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "0")
        assert "Enter go on with lesson 4, seed 5, update 3, cut off today" in text(pilot)
    async with opened().run_test(size=(80, 24)) as pilot:
        assert "Enter" not in text(pilot)
        await pilot.press("enter")
        assert walk(pilot).simulation.situation.lesson == 1


async def test_another_roommate_is_told_of_before_the_walk_begins() -> None:
    async with opened().run_test(size=(120, 40)) as pilot:
        await pilot.press("O")
        assert isinstance(pilot.app.screen, ChooseScreen)
        await pilot.press("down", "down", "enter")
        assert isinstance(pilot.app.screen, OpeningScreen)
        assert "The coffee drinker has one of these every day" in text(pilot)
        await pilot.press("right")
        assert walk(pilot).simulation.situation.scenario == "coffee"


async def test_help_and_quit_work_and_a_kiosk_opens_no_file() -> None:
    app = opened(kiosk=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape", "O")
        chooser = app.screen
        assert isinstance(chooser, ChooseScreen)
        assert not any("file" in str(option.prompt) for option in chooser.query_one("OptionList").options)  # type: ignore[attr-defined]
        await pilot.press("escape", "ctrl+c")
        assert messages(pilot) == ["q leaves the program."]
        await pilot.press("q")
    assert app.leaving


async def test_words_of_the_walk_open_it_and_nothing_is_asked(left: SavedRuns) -> None:
    async with RoommateApp(Simulation(), state=left).run_test(size=(80, 24)) as pilot:
        assert isinstance(pilot.app.screen, WalkScreen)
