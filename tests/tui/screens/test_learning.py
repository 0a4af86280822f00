"""Lesson 4 through the pilot: keys, travel, files; training is replayed as messages, once done for real."""

from __future__ import annotations

import dataclasses
import os
import time
from pathlib import Path

import numpy as np
import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.lessons import TRAINING_LESSON
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.runs import load_run, save_run
from model.storage.saved_runs import SavedRuns
from model.storage.weights import load_weights
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.tui.conftest import frame, shown, walk
from tests.tui.screen import messages, notices
from tui.app.app import RoommateApp
from tui.screens.messages import AutosaveFailed, TrainingEnded, TrainingMoved
from tui.screens.questions import ConfirmScreen
from tui.screens.too_small import LEAST
from tui.screens.training_settings import Field, SettingsScreen
from tui.screens.walk import WalkScreen
from tui.session import training_loop
from tui.session.commands.training import one_update
from tui.text.settings import GROUPS
from tui.text.week_errors import size_text

SMALL, LARGE = (80, 24), (120, 40)


def lesson_4(seed: int = 7, state: SavedRuns | None = None, **settings: object) -> RoommateApp:
    """The app, opened on lesson 4."""
    config = dataclasses.replace(TrainingConfig(seed=seed), **settings)  # type: ignore[arg-type]
    return RoommateApp(Simulation(Situation(lesson=TRAINING_LESSON)), config=config, state=state)


def update(pilot: Pilot[None]) -> int:
    """The update on screen."""
    moment = walk(pilot).simulation.situation.learning
    assert moment is not None
    return moment.update


def told(pilot: Pilot[None]) -> str:
    """What the panel of the loss says, with its frame."""
    return f"{frame(pilot, '#loss')}\n{shown(pilot, '#loss')}"


def pretend_training(screen: WalkScreen) -> None:
    """Put the screen in the state of training without a worker, whose messages the test plays instead."""
    screen.worker.token += 1
    screen.session.hand_over(screen.session.run, training_loop.Control(screen.session.run.config, 1.0))


async def one_updates(pilot: Pilot[None], count: int) -> None:
    """Make updates one key at a time."""
    for _ in range(count):
        walk(pilot).do(one_update)
    await pilot.pause()


async def test_it_begins_with_random_weights_and_a_wrong_week() -> None:
    async with RoommateApp(config=TrainingConfig(seed=7)).run_test(size=LARGE) as pilot:
        await pilot.press("4")
        assert "seed 7" in told(pilot)
        assert "random, seed 7" in shown(pilot, "#title")
        assert "✗" in shown(pilot, "#cases")
        assert "✗" in shown(pilot, "#week")
        assert "u6" in shown(pilot, "#network")


async def test_o_makes_exactly_one_update_and_the_numbers_are_the_cores() -> None:
    async with lesson_4().run_test(size=LARGE) as pilot:
        await pilot.press("o", "o", "o")
        assert update(pilot) == 3
        run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
        run.advance(3)
        moment = walk(pilot).simulation.situation.learning
        assert moment is not None
        np.testing.assert_array_equal(moment.network.parameters["food"], run.moment().network.parameters["food"])
        assert f"loss {size_text(run.loss)}" in told(pilot)
        entry = f"{run.moment().network.parameters['food'][0, 0]:+.2f}"
        assert entry in shown(pilot, "#network")


async def test_training_is_drawn_from_messages_and_stale_ones_are_dropped() -> None:
    async with lesson_4().run_test(size=LARGE) as pilot:
        screen = walk(pilot)
        pretend_training(screen)
        run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
        run.advance(30)
        screen.post_message(TrainingMoved(screen.worker.token, run.moment()))
        await pilot.pause()
        assert "update 30 · running" in told(pilot)
        screen.post_message(
            TrainingMoved(screen.worker.token - 1, TrainingRun(PERFECT_ROOMMATE, TrainingConfig()).moment())
        )
        await pilot.pause()
        assert update(pilot) == 30
        await pilot.press("right", "w", "y", "question_mark", "escape")  # everything else stays alive
        assert "linear" in told(pilot)
        assert screen.simulation.step == 1
        while not run.finished:
            run.advance()
        screen.post_message(TrainingEnded(screen.worker.token, run, run.moment(), ""))
        await pilot.pause()
        assert "The rule is learned" in told(pilot).replace("\n", " ")
        assert "✗" not in shown(pilot, "#cases")
        assert "all 6 right" in told(pilot)


@pytest.mark.parametrize("warned", [False, True])
async def test_the_next_lesson_is_named_but_not_in_place_of_a_warning(warned: bool) -> None:
    async with lesson_4().run_test(size=LARGE) as pilot:
        screen = walk(pilot)
        pretend_training(screen)
        run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
        while not run.finished:
            run.advance()
        if warned:
            screen.post_message(AutosaveFailed("Runs are not saved automatically: the disk is full."))
        screen.post_message(TrainingEnded(screen.worker.token, run, run.moment(), ""))
        await pilot.pause()
        (said,) = messages(pilot)
        assert ("the disk is full" in said, "goes on with lesson 5" in said) == (warned, not warned)


async def test_an_error_of_the_core_is_shown_and_the_app_lives_on() -> None:
    async with lesson_4().run_test(size=LARGE) as pilot:
        screen = walk(pilot)
        pretend_training(screen)
        run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
        screen.post_message(
            TrainingEnded(screen.worker.token, run, run.moment(), "Update 1 would have made nonsense.")
        )
        await pilot.pause()
        assert "would have made nonsense" in told(pilot)
        await pilot.press("o")
        assert update(pilot) == 1
        assert "nonsense" not in told(pilot)


async def test_an_error_nobody_expected_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("a bug")

    monkeypatch.setattr(training_loop, "work", broken)

    async def train() -> None:
        async with lesson_4().run_test(size=LARGE) as pilot:
            await pilot.press("t")
            for _ in range(50):
                await pilot.pause()

    with pytest.raises(RuntimeError, match="a bug"):
        await train()


async def test_travel_and_a_new_future_and_undo() -> None:
    async with lesson_4().run_test(size=LARGE) as pilot:
        await one_updates(pilot, 20)
        latest = walk(pilot).simulation.situation.learning
        await pilot.press("left_square_bracket", "left_square_bracket")
        assert update(pilot) == 18
        assert "back from 20" in told(pilot)
        await pilot.press("right_square_bracket")
        assert update(pilot) == 19
        await pilot.press("left_curly_bracket")
        assert update(pilot) == 0
        assert "random, seed 7" in shown(pilot, "#title")
        await pilot.press("right_curly_bracket")
        assert update(pilot) == 20
        await pilot.press("number_sign", "1", "2", "enter")
        assert update(pilot) == 12
        await pilot.press("o")  # the future is replaced
        assert update(pilot) == 13
        assert "back from" not in told(pilot)
        await pilot.press("u")  # and brought back
        again = walk(pilot).simulation.situation.learning
        assert latest is not None
        assert again is not None
        assert again.latest == 20
        await pilot.press("right_curly_bracket")
        again = walk(pilot).simulation.situation.learning
        assert again is not None
        assert again.loss == latest.loss


async def test_a_number_that_is_no_update_is_answered_beside_the_field() -> None:
    async with lesson_4().run_test(size=LARGE) as pilot:
        await pilot.press("number_sign", "9", "9", "enter")
        assert "a number from 0 to 0" in str(pilot.app.screen.query_one("#hint").render())
        await pilot.press("escape")
        assert update(pilot) == 0


async def test_the_chart_can_be_pointed_at() -> None:
    async with lesson_4().run_test(size=LARGE) as pilot:
        await one_updates(pilot, 40)
        await pilot.click("#loss", offset=(12, 7))
        assert 0 < update(pilot) < 20


async def test_start_again_with_the_same_and_with_a_new_seed() -> None:
    async with lesson_4().run_test(size=LARGE) as pilot:
        await one_updates(pilot, 5)
        await pilot.press("r")
        assert update(pilot) == 0
        assert "seed 7" in told(pilot)
        await pilot.press("R")
        assert "seed 7 " not in told(pilot)
        await pilot.press("u", "u")
        assert update(pilot) == 5


async def test_pace() -> None:
    async with lesson_4().run_test(size=LARGE) as pilot:
        await pilot.press(*["plus"] * 9)
        assert "full speed" in told(pilot)
        await pilot.press(*["minus"] * 12)
        assert "paused 1/s" in told(pilot)


async def test_settings_that_go_on_and_settings_that_start_again() -> None:
    async with lesson_4().run_test(size=LARGE) as pilot:
        await one_updates(pilot, 4)
        await pilot.press("s")
        assert isinstance(pilot.app.screen, SettingsScreen)
        pilot.app.screen.query_one("#optimizer", Field).focus()
        await pilot.press("right", "down")  # the optimizer after adam is sgd
        pilot.app.screen.query_one("#learning_rate", Field).value = "0.5"
        await pilot.press("enter")
        assert "sgd 0.5" in told(pilot)
        assert update(pilot) == 4
        await pilot.press("s")
        pilot.app.screen.query_one("#activation", Field).value = "sigmoid"
        await pilot.press("enter")
        assert "sigmoid" in told(pilot)
        assert update(pilot) == 0


@pytest.mark.parametrize("size", [LEAST, SMALL, LARGE])
async def test_what_is_wrong_with_a_setting_is_seen_at_every_size(size: tuple[int, int]) -> None:
    async with lesson_4().run_test(size=size) as pilot:
        await pilot.press("s")
        hint = pilot.app.screen.query_one("#hint")
        box = pilot.app.screen.query_one("#settings")
        assert box.content_region.contains_region(hint.region)
        pilot.app.screen.query_one("#weeks", Field).value = "4096"
        pilot.app.screen.query_one("#days", Field).value = "365"
        await pilot.press("enter")
        await pilot.pause()
        assert "take fewer or shorter ones" in str(hint.render())
        assert hint.region.height >= 2
        assert box.content_region.contains_region(hint.region)
        await pilot.press(*["down"] * 19)
        field = pilot.app.screen.focused
        assert field is not None
        assert field.id == "updates"
        await pilot.pause()
        assert pilot.app.screen.query_one("#settings VerticalScroll").region.contains_region(field.region)


def test_every_setting_stands_in_one_group() -> None:
    grouped = [name for _heading, names in GROUPS for name in names]
    assert sorted(grouped) == sorted(field.name for field in dataclasses.fields(TrainingConfig))


async def test_settings_that_are_not_touched_stay_to_the_last_digit() -> None:
    async with lesson_4(scale=0.123456789, learning_rate=1 / 3).run_test(size=LARGE) as pilot:
        await one_updates(pilot, 2)
        await pilot.press("s", "enter")
        assert update(pilot) == 2
        moment = walk(pilot).simulation.situation.learning
        assert moment is not None
        assert (moment.config.scale, moment.config.learning_rate) == (0.123456789, 1 / 3)


async def test_a_setting_that_cannot_be_is_named_and_nothing_changes() -> None:
    async with lesson_4().run_test(size=LARGE) as pilot:
        await pilot.press("s")
        for text, words in (
            ("0", "must be more than 0"),
            ("1e999", "must be"),
            ("0,5", "is not a number"),
            ("", "''"),
        ):
            pilot.app.screen.query_one("#learning_rate", Field).value = text
            await pilot.press("enter")
            assert words in str(pilot.app.screen.query_one("#hint").render())
        await pilot.press("escape")
        assert "adam 0.03" in told(pilot)


async def test_save_load_and_overwrite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with lesson_4().run_test(size=LARGE) as pilot:
        await one_updates(pilot, 3)
        await pilot.press("S", "enter")
        saved = load_weights(tmp_path / "weights-seed-7-update-3.json")
        assert saved.updates == 3
        await pilot.press("o", "S")
        pilot.app.screen.query_one(Input).value = "weights-seed-7-update-3.json"
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, ConfirmScreen)
        await pilot.press("n")
        assert load_weights(tmp_path / "weights-seed-7-update-3.json").updates == 3
        await pilot.press("S")
        pilot.app.screen.query_one(Input).value = "history.csv"
        await pilot.press("enter")
        assert (tmp_path / "history.csv").read_text().count("\n") == 6
        await pilot.press("L")
        pilot.app.screen.query_one(Input).value = "weights-seed-7-update-3.json"
        await pilot.press("enter")
        assert walk(pilot).simulation.situation.lesson == 3
        assert "after 3 updates" in shown(pilot, "#title")
        assert "u1" in shown(pilot, "#network")
        await pilot.press("H")
        assert "set by hand" in shown(pilot, "#title")


async def test_a_bad_file_leaves_the_screen_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    async with RoommateApp().run_test(size=LARGE) as pilot:
        before = walk(pilot).simulation
        await pilot.press("L")
        pilot.app.screen.query_one(Input).value = str(tmp_path / "bad.json")
        await pilot.press("enter")
        assert walk(pilot).simulation == before
        (notice,) = notices(pilot)
        assert "bad.json" in notice.message


async def test_the_run_of_last_time_is_offered(tmp_path: Path) -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=3))
    run.advance(25)
    save_run(tmp_path / "run.npz", run.record())
    async with lesson_4(state=SavedRuns(tmp_path)).run_test(size=LARGE) as pilot:
        assert isinstance(pilot.app.screen, ConfirmScreen)
        await pilot.press("y")
        assert update(pilot) == 25
        assert "seed 3" in told(pilot)
    async with lesson_4(state=SavedRuns(tmp_path)).run_test(size=LARGE) as pilot:
        assert len(pilot.app.screen_stack) == 1  # it belongs to the session that has gone on with it
        assert update(pilot) == 0


async def test_updates_made_one_by_one_are_offered_too(tmp_path: Path) -> None:
    state = SavedRuns(tmp_path)
    async with lesson_4(state=state).run_test(size=LARGE) as pilot:
        await one_updates(pilot, 3)
    state.end()
    again = SavedRuns(tmp_path)
    async with lesson_4(state=again).run_test(size=LARGE) as pilot:
        await pilot.press("n")  # and to leave at once keeps what was saved
    again.end()
    assert load_run(state.last).update == 3


async def test_a_damaged_state_is_said_and_survived(tmp_path: Path) -> None:
    state = SavedRuns(tmp_path)
    state.last.write_bytes(b"nonsense")
    async with lesson_4(state=state).run_test(size=LARGE) as pilot:
        assert isinstance(pilot.app.screen, WalkScreen)
        assert any("cannot be read" in message for message in messages(pilot))


async def test_low_terminals_show_all_weights_with_the_loss_or_one_of_them_larger() -> None:
    async with lesson_4().run_test(size=SMALL) as pilot:

        def heights(*selectors: str) -> list[int]:
            return [pilot.app.screen.query_one(selector).region.height for selector in selectors]

        await pilot.press("o")
        assert all(height >= 6 for height in heights("#network", "#loss", "#cases"))
        await pilot.press("right")
        assert all(height >= 6 for height in heights("#network", "#loss", "#cases"))
        await pilot.press("m")
        assert heights("#network", "#learn") == [0, 0]
        assert heights("#stage")[0] > 10
        await pilot.press("m")
        assert heights("#nodes")[0] > 10
        await pilot.press("m")
        assert heights("#network", "#stage") == [0, 0]
        assert heights("#learn")[0] > 10
        await pilot.press("m")
        assert heights("#unrolled")[0] > 20
        await pilot.press("m")
        assert heights("#network")[0] > 10


async def test_learning_keys_elsewhere_point_to_lesson_4() -> None:
    async with RoommateApp().run_test(size=LARGE) as pilot:
        await pilot.press("o", "y", "left_square_bracket", "r", "number_sign", "left_curly_bracket")
        assert walk(pilot).simulation == Simulation()
        assert set(messages(pilot)) == {"That belongs to lesson 4: 4 goes there."}
        await pilot.press("t")
        assert walk(pilot).simulation.situation.trains


async def test_the_real_thread_learns_and_saves(tmp_path: Path) -> None:
    state = SavedRuns(tmp_path)
    async with lesson_4(state=state).run_test(size=LARGE) as pilot:
        await pilot.press(*["plus"] * 9, "t")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert not walk(pilot).session.controls.running
        assert "6 of 6 days right" in shown(pilot, "#title")
        expected = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
        while not expected.finished:
            expected.advance()
        assert update(pilot) == expected.update
    assert load_run(state.run_file).finished


async def test_pausing_the_real_thread_and_doing_something_else_with_the_run() -> None:
    async with lesson_4(stop="updates", updates=1_000_000).run_test(size=LARGE) as pilot:
        await pilot.press("t")
        assert walk(pilot).session.controls.running
        await pilot.press("left_curly_bracket")  # waits for the worker to let go, then travels
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert not walk(pilot).session.controls.running
        assert update(pilot) == 0


async def test_undo_of_a_change_before_lesson_4_keeps_the_run() -> None:
    async with RoommateApp(config=TrainingConfig(seed=7)).run_test(size=LARGE) as pilot:
        await pilot.press("w", "4", "o", "u")
        assert walk(pilot).simulation.situation.week == Situation().week
        assert update(pilot) == 1
        await pilot.press("o", "U", "o")
        assert update(pilot) == 3


async def test_undo_to_another_run_waits_until_training_lets_go() -> None:
    async with lesson_4().run_test(size=LARGE) as pilot:
        screen = walk(pilot)
        await one_updates(pilot, 3)
        await pilot.press("r")
        pretend_training(screen)
        await pilot.press("u")
        run = screen.session.run
        assert run.update == 0
        run.advance(9)
        screen.post_message(TrainingMoved(screen.worker.token, run.moment()))
        await pilot.pause()
        assert update(pilot) == 9
        screen.post_message(TrainingEnded(screen.worker.token, run, run.moment(), ""))
        await pilot.pause()
        assert (update(pilot), screen.session.run.update) == (3, 3)
        await pilot.press("U")
        assert (update(pilot), screen.session.run.update) == (9, 9)


async def test_settings_that_came_too_late_for_the_worker_are_taken_over() -> None:
    async with lesson_4().run_test(size=LARGE) as pilot:
        screen = walk(pilot)
        pretend_training(screen)
        run = screen.session.run
        await pilot.press("s")
        pilot.app.screen.query_one("#learning_rate", Field).value = "0.5"
        await pilot.press("enter", "t")
        screen.post_message(TrainingEnded(screen.worker.token, run, run.moment(), ""))
        await pilot.pause()
        assert "adam 0.5" in told(pilot)
        assert run.config.learning_rate == 0.5


async def test_what_is_saved_is_the_update_that_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with lesson_4().run_test(size=LARGE) as pilot:
        await one_updates(pilot, 3)
        screen = walk(pilot)
        pretend_training(screen)
        await pilot.press("S")
        screen.session.run.advance(5)
        screen.post_message(TrainingMoved(screen.worker.token, screen.session.run.moment()))
        await pilot.press("enter")
        assert load_weights(tmp_path / "weights-seed-7-update-3.json").updates == 3


@pytest.mark.parametrize("name", ["~nobody-of-this-name/w.json", "w" * 300, "no/such/folder/w.json"])
@pytest.mark.parametrize("key", ["S", "L"])
async def test_names_that_cannot_be_are_told(name: str, key: str) -> None:
    async with lesson_4().run_test(size=LARGE) as pilot:
        await pilot.press(key)
        pilot.app.screen.query_one(Input).value = name
        await pilot.press("enter")
        (notice,) = notices(pilot)
        assert notice.title == {"S": "Not saved", "L": "Not opened"}[key]
        assert name in notice.message


async def test_a_number_of_an_update_may_be_of_any_length() -> None:
    async with lesson_4().run_test(size=LARGE) as pilot:
        await pilot.press("number_sign")
        pilot.app.screen.query_one(Input).value = "9" * 5000
        await pilot.press("enter")
        assert "a number from 0 to 0" in str(pilot.app.screen.query_one("#hint").render())


async def test_going_beyond_the_goal_is_not_kept_by_a_new_start() -> None:
    async with lesson_4(hold=2, updates=200).run_test(size=LARGE) as pilot:
        screen = walk(pilot)
        while not screen.session.run.finished:
            screen.session.run.advance()
        screen.session.show_moment(screen.session.run.moment())
        await pilot.press(*["plus"] * 9, "t")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert (screen.session.run.config.stop, update(pilot)) == ("updates", 1200)
        await pilot.press("r")
        assert (screen.session.run.config.stop, screen.session.run.config.updates) == ("learned", 200)


async def test_a_full_disk_is_said_once_and_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    state = SavedRuns(folder)
    folder.write_text("")  # a file where a folder should be
    async with lesson_4(state=state).run_test(size=LARGE) as pilot:
        screen = walk(pilot)
        for _ in range(2):
            screen.worker.save(screen.session.run)
        await pilot.pause()
        assert len(notices(pilot)) == 1
        folder.unlink()
        screen.worker.save(screen.session.run)
        assert state.run_file.exists()


async def test_two_trainings_never_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    """However t is pressed, a run is given to a thread only when the one before has let go of it."""
    inside, most, original = 0, 0, training_loop.work

    def counted(*arguments: object) -> str:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        try:
            return original(*arguments)  # type: ignore[arg-type]
        finally:
            inside -= 1

    monkeypatch.setattr(training_loop, "work", counted)
    async with lesson_4(stop="updates", updates=1_000_000).run_test(size=LARGE) as pilot:
        for name in ("train", "train", "train", "one_update", "train", "restart", "train", "train"):
            await walk(pilot).run_action(f"do({name!r})")
            await pilot.pause()
        walk(pilot).session.pause()
        await pilot.app.workers.wait_for_complete()
    assert (most, inside) == (1, 0)


def left_behind(folder: Path, seed: int, updates: int) -> None:
    """A run whose program is gone."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=seed))
    run.advance(updates)
    session = SavedRuns(folder)
    session.save(run.record())
    session.release()


async def test_of_several_runs_one_is_chosen_and_the_newest_comes_first(tmp_path: Path) -> None:
    for seed in (3, 4, 5):
        left_behind(tmp_path, seed, 10 + seed)
        (path,) = (left.path for left in SavedRuns(tmp_path).abandoned()[0] if left.head.seed == seed)
        os.utime(path, (time.time() - 1000 + seed, time.time() - 1000 + seed))
    async with RoommateApp(Simulation(Situation(lesson=4)), state=SavedRuns(tmp_path)).run_test(size=LARGE) as pilot:
        options = pilot.app.screen.query_one(OptionList)
        prompts = [str(option.prompt) for option in options.options]
        assert [line[:18] for line in prompts] == [f"seed {seed}, {10 + seed} updates" for seed in (5, 4, 3)]
        await pilot.press("down", "enter")
        assert (walk(pilot).simulation.situation.lesson, update(pilot)) == (TRAINING_LESSON, 14)
        assert {left.head.seed for left in SavedRuns(tmp_path).abandoned()[0]} == {3, 5}


async def test_a_run_that_another_session_has_taken_meanwhile_is_not_gone_on_with(tmp_path: Path) -> None:
    left_behind(tmp_path, 3, 7)
    async with RoommateApp(Simulation(Situation(lesson=4)), state=SavedRuns(tmp_path)).run_test(size=LARGE) as pilot:
        other = SavedRuns(tmp_path)
        assert other.claim(other.abandoned()[0][0])
        left_behind(tmp_path, 4, 9)
        await pilot.press("y")
        assert isinstance(pilot.app.screen, ConfirmScreen)  # for the one that is still there
        await pilot.press("n")
        assert update(pilot) == 0
        assert any("Another session" in message for message in messages(pilot))


async def test_what_was_cut_long_ago_waits_for_lesson_4(tmp_path: Path) -> None:
    left_behind(tmp_path, 3, 7)
    (left,) = SavedRuns(tmp_path).abandoned()[0]
    os.utime(left.path, (time.time() - 100_000, time.time() - 100_000))
    async with RoommateApp(state=SavedRuns(tmp_path)).run_test(size=LARGE) as pilot:
        assert isinstance(pilot.app.screen, WalkScreen)
        await pilot.press("4")
        assert isinstance(pilot.app.screen, ConfirmScreen)
        await pilot.press("n", "1", "4")
        assert isinstance(pilot.app.screen, WalkScreen)  # once is enough
