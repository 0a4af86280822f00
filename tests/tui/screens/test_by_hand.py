"""Weights under the person's own hand: the sheet for editing, and the page for comparing."""

from pathlib import Path

import numpy as np
import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input, Static

from model.errors import InputError
from model.network.activations import TANH
from model.network.network import Network
from model.roommate.parsing import parse_weight
from model.roommate.roommate import PERFECT_ROOMMATE
from model.roommate.typed_numbers import MINUSES
from model.simulation.difference import SAME, difference
from model.simulation.lessons import TRAINING_LESSON
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.weights import load_weights
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.tui.conftest import shown, walk
from tests.tui.screen import messages
from tui.app.app import RoommateApp
from tui.screens.comparison import CompareScreen
from tui.screens.weight_editor import EditScreen
from tui.text.glyphs import ASCII

SMALL, LARGE = (80, 24), (120, 40)


def text(pilot: Pilot[None], selector: str) -> str:
    """What a static text of the screen on top says."""
    return str(pilot.app.screen.query_one(selector, Static).content)


def learning(updates: int = 60) -> RoommateApp:
    """Lesson 4 with a run that has come so far."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
    run.advance(updates)
    simulation = Simulation(Situation(lesson=TRAINING_LESSON, learning=run.moment(), run_id=1), revealed=True)
    return RoommateApp(simulation, config=run.config, run=run)


def with_tanh() -> RoommateApp:
    situation = Situation()
    return RoommateApp(Simulation(situation.with_custom_network(situation.network.with_activation(TANH))))


async def test_a_cell_in_words_and_a_number_typed() -> None:
    async with with_tanh().run_test(size=SMALL) as pilot:
        before = walk(pilot).simulation.situation
        await pilot.press("e", "down", "down", "down", "down")
        assert "Food[next day: burger ← pasta] = 1" in text(pilot, "#sheet")
        assert "?" not in shown_week(pilot)  # the whole week is seen while weights change
        await pilot.press("minus", "2", "full_stop", "5", "enter")
        situation = walk(pilot).simulation.situation
        assert situation.network.parameters["food"][4, 0] == -2.5
        assert situation.loss != before.loss
        assert f"loss of the week {situation.loss:.4g}" in text(pilot, "#sheet")
        assert "= -2.5" in text(pilot, "#sheet")
        assert "edited by hand" in situation.network.origin
        await pilot.press("u")
        assert difference(walk(pilot).simulation.situation, before) is SAME
        await pilot.press("U")
        assert difference(walk(pilot).simulation.situation, situation) is SAME
        await pilot.press("escape")
        assert "?" in shown(pilot, "#week")  # and afterwards only what was walked


def shown_week(pilot: Pilot[None]) -> str:
    """The week panel under the sheet."""
    return walk(pilot).query_one("#week").render().plain  # type: ignore[no-any-return, union-attr]


async def test_any_minus_begins_a_number() -> None:
    async with with_tanh().run_test(size=SMALL) as pilot:
        await pilot.press("e")
        for number, minus in enumerate(MINUSES, 1):
            pilot.app.screen.post_message(Key("typed", minus))
            await pilot.press(str(number), "enter")
            assert walk(pilot).simulation.situation.network.parameters["food"][0, 0] == -number, minus


NO_NUMBERS = (
    ("1,5", "write a decimal point, 1.5"),
    ("1 5", "has a space in it"),
    ("1e400", "is not a finite number"),
    ("-inf", "is not a finite number"),
    ("nan", "is not a finite number"),
    ("", "A weight is a number, such as 0.5"),
    ("   ", "A weight is a number"),
    ("five", "'five' is not a number"),
    ("0x10", "'0x10' is not a number"),
    ("1" * 400, "is not a finite number"),
    ("x" * 5000, "is not a number"),
)


async def test_what_is_no_number_changes_nothing() -> None:
    async with with_tanh().run_test(size=SMALL) as pilot:
        await pilot.press("e")
        for given, (typed, said) in enumerate(NO_NUMBERS):
            with pytest.raises(InputError, match=said):
                parse_weight(typed)
            before = walk(pilot).simulation.situation
            await pilot.press("enter")
            field = pilot.app.screen.query_one("#number", Input)
            field.value = typed
            await pilot.press("enter")
            assert said in text(pilot, "#hint")
            assert pilot.app.screen.query_one("#hint").has_class("-wrong")
            assert difference(walk(pilot).simulation.situation, before) is SAME
            field.value = f"0.{given + 1}5"
            await pilot.press("enter")
            assert walk(pilot).simulation.situation.network.parameters["food"][0, 0] == float(field.value)
            assert not pilot.app.screen.query_one("#hint").has_class("-wrong")


def test_numbers_in_every_usual_form() -> None:
    assert [parse_weight(word) for word in ("1", "-.5", "+2e-3", "1e3")] == [1.0, -0.5, 0.002, 1000.0]


async def test_nudges_move_the_cell_and_nothing_else() -> None:
    async with with_tanh().run_test(size=SMALL) as pilot:
        before = walk(pilot).simulation.situation.network.parameters.flat
        await pilot.press("e", "tab", "right", "right_square_bracket", "right_square_bracket", "left_curly_bracket")
        after = walk(pilot).simulation.situation.network.parameters.flat
        assert np.flatnonzero(after != before).tolist() == [18 + 1]  # Weather's first row, second column
        assert after[19] == before[19] + 0.2 - 1
        await pilot.press("left", "left")  # round to the other side
        assert "Weather[same: pasta ← rainy]" in text(pilot, "#sheet")


async def test_edits_in_lesson_4_begin_a_branch_that_undo_takes_back() -> None:
    async with learning().run_test(size=LARGE) as pilot:
        before = walk(pilot).simulation.situation
        await pilot.press("e", "9", "enter")
        situation = walk(pilot).simulation.situation
        assert situation.network.parameters["food"][0, 0] == 9
        assert situation.learning is not None
        assert situation.learning.update == 60
        assert situation.run_id != before.run_id
        await pilot.press("escape", "o")
        assert walk(pilot).simulation.situation.learning.update == 61  # type: ignore[union-attr]
        await pilot.press("u", "u")
        assert walk(pilot).simulation.situation.run_id == before.run_id


async def test_a_frozen_matrix_is_left_alone_by_training() -> None:
    async with learning().run_test(size=LARGE) as pilot:
        await pilot.press("e", "z", "escape")
        assert walk(pilot).simulation.situation.config.frozen == ("food",)
        before = walk(pilot).simulation.situation.network.parameters
        await pilot.press("o", "o")
        after = walk(pilot).simulation.situation.network.parameters
        np.testing.assert_array_equal(after["food"], before["food"])
        assert (after["merge"] != before["merge"]).any()
        await pilot.press("e")
        assert "frozen" in text(pilot, "#sheet")
        await pilot.press("z", "escape")
        assert walk(pilot).simulation.situation.config.frozen == ()


async def test_matrices_are_copied_one_by_one() -> None:
    async with learning().run_test(size=LARGE) as pilot:
        by_hand = Network.by_hand(PERFECT_ROOMMATE).parameters
        learned = walk(pilot).simulation.situation.network.parameters
        await pilot.press("e", "tab", "H")
        now = walk(pilot).simulation.situation.network.parameters
        np.testing.assert_array_equal(now["weather"], by_hand["weather"])
        np.testing.assert_array_equal(now["food"], learned["food"])
        await pilot.press("escape", "u", "3", "e", "tab", "tab", "L")
        now = walk(pilot).simulation.situation.network.parameters
        np.testing.assert_array_equal(now["merge"], learned["merge"])
        np.testing.assert_array_equal(now["food"], by_hand["food"])
        await pilot.press("escape", "H")
        assert walk(pilot).simulation.situation.by_hand


async def test_nothing_learned_yet_is_said() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("e", "L")
        assert "Nothing is learned yet" in text(pilot, "#hint")
        assert isinstance(pilot.app.screen, EditScreen)
        assert "no gradient: largest-to-1 has no derivative" in text(pilot, "#sheet")


async def test_the_simpler_lessons_have_one_matrix() -> None:
    for lesson, name in ((1, "Weather"), (2, "Food")):
        async with RoommateApp(Simulation(Situation(lesson=lesson))).run_test(size=SMALL) as pilot:
            await pilot.press("e", "tab", "tab")
            assert text(pilot, "#sheet").count(name) >= 1
            assert name in str(pilot.app.screen.query_one("#edit").border_title)
            assert "Merge" not in str(pilot.app.screen.query_one("#edit").border_title)
            await pilot.press("5", "enter")
            assert 5 in walk(pilot).simulation.situation.network.parameters.flat


async def test_edited_weights_can_be_saved_from_any_lesson(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    async with with_tanh().run_test(size=LARGE) as pilot:
        await pilot.press("e", "3", "enter", "escape", "S")
        pilot.app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        assert load_weights(path).network.parameters["food"][0, 0] == 3
        await pilot.press("S")
        pilot.app.screen.query_one(Input).value = str(tmp_path / "history.csv")
        await pilot.press("enter")
        assert set(messages(pilot)) >= {"Only a training run has a history: lesson 4 makes one."}
        assert not (tmp_path / "history.csv").exists()


async def test_hand_set_beside_learned_and_two_updates_of_a_run() -> None:
    async with learning(120).run_test(size=LARGE) as pilot:
        await pilot.press("C")
        page = text(pilot, "#compared")
        assert "this: after 120 updates" in page
        assert "other: set by hand" in page
        assert "0 of 6 days differ" in page
        assert page.count(" plays ") == 6
        await pilot.press("greater_than_sign")
        page = text(pilot, "#compared")
        assert "other: random, seed 7" in page
        assert page.count("is played by") == 6
        await pilot.press("number_sign")
        pilot.app.screen.query_one(Input).value = "55"
        await pilot.press("enter", "tab")
        page = text(pilot, "#compared")
        assert "other: after 55 updates" in page
        assert "Weather" in page
        await pilot.press("number_sign")
        pilot.app.screen.query_one(Input).value = "5555"
        await pilot.press("enter")
        assert "the number of an update that was made" in text(pilot, "#hint")
        await pilot.press("escape", "escape")
        assert not isinstance(pilot.app.screen, CompareScreen)


async def test_weights_are_compared_with_a_file(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    async with learning(30).run_test(size=LARGE) as pilot:
        await pilot.press("S")
        pilot.app.screen.query_one(Input).value = str(path)
        await pilot.press("enter", "o", "C", "L")
        pilot.app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        assert "other: other.json" in text(pilot, "#compared")
        await pilot.press("L")
        pilot.app.screen.query_one(Input).value = str(tmp_path / "none.json")
        await pilot.press("enter")
        assert any("cannot be read" in message for message in messages(pilot))
        assert "other: other.json" in text(pilot, "#compared")


async def test_both_pages_are_seven_bit_where_they_must() -> None:
    situation = Situation()
    simulation = Simulation(situation.with_custom_network(situation.network.with_activation(TANH)))
    async with RoommateApp(simulation, ASCII).run_test(size=LARGE) as pilot:
        await pilot.press("e")
        assert (text(pilot, "#sheet") + text(pilot, "#hint")).isascii()
        await pilot.press("escape", "C")
        assert text(pilot, "#compared").isascii()
