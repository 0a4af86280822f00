"""Another roommate on the screen: chosen, read from a file, or with a rule edited there."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.lessons import LESSONS, TRAINING_LESSON
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.runs import save_run
from model.storage.saved_runs import SavedRuns
from model.storage.scenarios import find_scenario, load_scenario, save_scenario, shipped
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.tui.conftest import shown, walk
from tests.tui.screen import messages
from tui.app.app import RoommateApp
from tui.screens.rule_editor import RuleScreen
from tui.text.glyphs import ASCII
from tui.widgets.panel import Panel

SMALL, LARGE = (80, 24), (120, 40)


def notices_text(pilot: Pilot[None]) -> str:
    return " ".join(messages(pilot))


@pytest.mark.parametrize("name", shipped())
async def test_every_shipped_roommate_is_opened_walked_and_learned(name: str) -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("O")
        options = pilot.app.screen.query_one(OptionList)
        options.highlighted = shipped().index(name)
        await pilot.press("enter")
        situation = walk(pilot).simulation.situation
        assert situation.roommate == find_scenario(name).roommate
        for _ in range(7):
            await pilot.press("right")
        assert situation.roommate.dishes[situation.dish(0)] in shown(pilot, "#week")
        await pilot.press("4", "o", "3", "u")
        assert walk(pilot).simulation.situation.roommate in {PERFECT_ROOMMATE, situation.roommate}


async def test_undo_brings_the_roommate_back_and_each_has_a_run_of_their_own() -> None:
    async with RoommateApp().run_test(size=LARGE) as pilot:
        await pilot.press("4", "o", "o")
        first = walk(pilot).simulation.situation
        await pilot.press("O", "down", "enter")
        other = walk(pilot).simulation.situation
        assert other.lesson == TRAINING_LESSON
        assert other.roommate != first.roommate
        assert other.learning is not None
        assert other.learning.roommate == other.roommate
        assert other.learning.update == 0
        await pilot.press("o", "u")
        await pilot.press("u")
        assert walk(pilot).simulation.situation.roommate == PERFECT_ROOMMATE
        await pilot.press("4")
        assert walk(pilot).simulation.situation.learning.update == 2  # type: ignore[union-attr]


async def test_a_file_is_opened_and_a_bad_one_is_told(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    save_scenario(good, find_scenario("coffee"))
    bad.write_text('name = "x"\ndishes = ["a"]\n')
    async with RoommateApp().run_test(size=LARGE) as pilot:
        for path in (bad, good):
            await pilot.press("O", "end", "up", "enter")
            pilot.app.screen.query_one(Input).value = str(path)
            await pilot.press("enter")
            if path is bad:
                assert "bad.toml" in notices_text(pilot)
                assert walk(pilot).simulation == Simulation()
        assert walk(pilot).simulation.situation.roommate.name == "coffee drinker"
        await pilot.press("c", "enter")
        assert f"--scenario {good}" in notices_text(pilot)


async def test_a_rule_is_edited_used_and_saved(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("E", "right", "down")
        assert isinstance(pilot.app.screen, RuleScreen)
        assert "After 🍔 burger, when it is ☔ rainy: 🥗 salad" in str(
            pilot.app.screen.query_one("#table", Static).content
        )
        await pilot.press("space", "S")
        pilot.app.screen.query_one(Input).value = str(path)
        await pilot.press("enter", "enter")
        situation = walk(pilot).simulation.situation
        assert situation.roommate.next_dish == ((0, 1, 2), (1, 0, 0))
        assert situation.by_hand
        assert load_scenario(path).roommate == situation.roommate
        assert tuple(situation.dish(day) for day in range(6)) == situation.expected
        await pilot.press("c", "enter")
        assert f"--scenario {path}" in notices_text(pilot)
        await pilot.press("E", "3", "enter")
        assert walk(pilot).simulation.situation.roommate.next_dish[0][0] == 2
        await pilot.press("c")
        assert "It has to be saved: roommate.toml." in str(pilot.app.screen.query(Static).first().content)
        await pilot.press("escape")
        await pilot.press("u", "u")
        assert walk(pilot).simulation.situation.roommate == PERFECT_ROOMMATE


async def test_leaving_changes_nothing_and_hidden_states_are_not_edited_here() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("E", "space", "9", "escape")
        assert walk(pilot).simulation == Simulation()
    soup = find_scenario("soup")
    app = RoommateApp(Simulation(Situation(soup.roommate, 5, soup.days, soup.start)))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("E")
        assert "edited in the scenario's file" in notices_text(pilot)


async def test_the_table_is_seven_bit_where_it_must() -> None:
    async with RoommateApp(Simulation(), ASCII).run_test(size=SMALL) as pilot:
        await pilot.press("E")
        assert str(pilot.app.screen.query_one("#table", Static).content).isascii()


async def test_a_saved_run_of_another_roommate_brings_the_roommate_along(tmp_path: Path) -> None:
    run = TrainingRun(find_scenario("modulo-7").roommate, TrainingConfig(seed=3))
    run.advance(5)
    save_run(tmp_path / "run.npz", run.record())
    async with RoommateApp(state=SavedRuns(tmp_path)).run_test(size=LARGE) as pilot:
        await pilot.press("4", "y")
        situation = walk(pilot).simulation.situation
        assert situation.roommate == run.roommate
        assert situation.learning is not None
        assert situation.learning.update == 5
        await pilot.press("o", "m", "right", "c", "enter")
        assert "--scenario modulo-7" in notices_text(pilot)
        await pilot.press("u", "u")
        assert walk(pilot).simulation.situation.roommate == PERFECT_ROOMMATE


@pytest.mark.parametrize("lesson", sorted(LESSONS))
async def test_foreign_names_are_seven_bit_where_they_must(lesson: int) -> None:
    foreign = replace(PERFECT_ROOMMATE, dishes=("phở", "café", "寿司"), dish_icons=(), weather_icons=())
    async with RoommateApp(Simulation(Situation(foreign, lesson)), ASCII).run_test(size=LARGE) as pilot:
        for _ in range(6):
            for panel in pilot.app.screen.query(Panel):
                assert panel.render().plain.isascii(), panel.render().plain
            await pilot.press("right")


async def test_a_roommate_is_made_on_the_screen(tmp_path: Path) -> None:
    path = tmp_path / "made.toml"

    async def type_in(pilot: Pilot[None], key: str, text: str) -> None:
        await pilot.press(key)
        pilot.app.screen.query_one(Input).value = text
        await pilot.press("enter")

    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("E")
        await type_in(pilot, "N", "night owl")
        await type_in(pilot, "n", "soup")
        await type_in(pilot, "plus", "toast")
        await type_in(pilot, "W", "foggy")
        await pilot.press("plus")
        pilot.app.screen.query_one(Input).value = "Toast"
        await pilot.press("enter")
        assert "named twice" in str(pilot.app.screen.query_one("#hint", Static).content)
        await pilot.press("escape", "left", "4")  # in fog, toast after soup
        await type_in(pilot, "S", str(path))
        await pilot.press("enter")
        situation = walk(pilot).simulation.situation
        made = situation.roommate
        assert (made.name, made.dishes) == ("night owl", ("soup", "burger", "salad", "toast"))
        assert made.weathers == ("sunny", "rainy", "foggy")
        assert made.next_dish == ((0, 1, 2, 3), (1, 2, 0, 3), (3, 1, 2, 3))
        assert made.dish_icons[:2] == ("", "🍔")
        assert load_scenario(path).roommate == made
        assert situation.network.parameters.hidden == 12
        assert tuple(situation.dish(day) for day in range(6)) == situation.expected
