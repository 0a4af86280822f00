"""Lesson 5 and roommates with hidden states: words, panels, keys, files and the command line."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from model.network.activations import TANH
from model.network.cells import CELLS
from model.network.network import Network
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.lessons import TRAINING_LESSON
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.weights import SavedWeights, load_weights, save_weights
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.strategies import SOUP_EATER
from tests.tui.cli.test_cli import Run as Cli
from tests.tui.cli.test_cli import cli
from tests.tui.conftest import frame, shown, walk
from tests.tui.screen import messages
from tui.app.app import RoommateApp
from tui.rendering.narration import narration
from tui.rendering.rule_table import rule
from tui.screens.layout import View
from tui.screens.weight_editor import EditScreen
from tui.session.commands.weights import set_value
from tui.text.error_reach import beyond
from tui.text.glyphs import ASCII, UNICODE
from tui.text.narration import words

__all__ = ["cli"]
SMALL, LARGE = (80, 24), (120, 40)
WEEK = (1, 1, 1, 0, 1, 1)


def soup(lesson: int = 5, start: int = 0) -> Simulation:
    """The soup eater's week with two rainy spells."""
    return Simulation(Situation(SOUP_EATER, lesson, WEEK, start))


def with_run(network: str, updates: int = 200) -> tuple[Simulation, TrainingRun]:
    """Lesson 4 with the soup eater's run."""
    run = TrainingRun(SOUP_EATER, TrainingConfig(network=network, stop="updates"))
    run.advance(updates)
    return replace(soup(TRAINING_LESSON).with_learning(run.moment(), 1), revealed=True), run


def text(pilot: Pilot[None], selector: str) -> str:
    """What a widget of the page on top says."""
    return str(pilot.app.screen.query_one(selector).render())


async def test_key_5_opens_the_lesson_and_every_step_has_words() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("5")
        assert "Memory product" in frame(pilot, "#network")
        assert "5 Memory" in shown(pilot, "#title")
        assert "none cooked yet" in shown(pilot, "#title")
        await pilot.press("G")
        assert "6/6 days" in shown(pilot, "#title")


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
def test_the_words_follow_the_states(glyphs: object) -> None:
    simulation, said = soup(), []
    while True:
        assert words(simulation)
        said.append(narration(simulation, glyphs).plain)  # type: ignore[arg-type]
        if simulation.at_end:
            break
        simulation = simulation.next_step()
    tuesday = said[6:12]  # the second rainy day in a row
    assert '"wetter: wet"' in tuesday[0]
    assert "soaked" in tuesday[0]
    assert '"wetter: soaked"' in tuesday[2]
    assert "soaked shows soup" in tuesday[4]


def test_words_of_learned_and_of_own_weights() -> None:
    simulation, _ = with_run("elman")
    own = Simulation(soup().situation.with_custom_network(simulation.situation.network))
    for place in (simulation, own):
        for step in range(6):
            assert narration(place.go_to(1, step), UNICODE).plain
            assert words(place.go_to(1, step))


async def test_the_start_is_a_state_and_d_goes_through_all() -> None:
    async with RoommateApp(soup()).run_test(size=SMALL) as pilot:
        for name in ("dry", "wet", "soaked", "dry"):
            assert name in shown(pilot, "#week")
            assert walk(pilot).simulation.situation.start == SOUP_EATER.states.index(name)
            await pilot.press("d")


async def test_the_lectures_network_errs_where_it_must_and_the_frame_says_so() -> None:
    async with RoommateApp(soup(3)).run_test(size=LARGE) as pilot:
        await pilot.press("G")
        assert "3 of 6 days right" in shown(pilot, "#title")
        sentence = "even the best rule without memory errs on Tue, Wed, Sat"
        assert sentence in str(pilot.app.screen.query_one("#week").border_title)
        await pilot.press("5", "G")
        assert "6 of 6 days right" in shown(pilot, "#title")
        assert sentence not in str(pilot.app.screen.query_one("#week").border_title)
    assert beyond(Simulation()) == ""


def test_the_rule_lights_the_roommates_own_state() -> None:
    drawn = "\n".join(row.plain for row in rule(soup().go_to(1, 0), UNICODE, 80))
    for state in SOUP_EATER.states:
        assert state in drawn
    assert "soaked: soup" in drawn


async def test_the_cases_of_an_elman_run_are_states() -> None:
    for network, rows in (("elman", 6), ("lecture", 4)):
        simulation, run = with_run(network)
        async with RoommateApp(simulation, UNICODE, run.config, run=run).run_test(size=LARGE) as pilot:
            await pilot.pause()
            lines = [row for row in shown(pilot, "#cases").splitlines() if row.strip()]
            assert len(lines) == rows
            assert ("soaked" in shown(pilot, "#cases")) == (network == "elman")
            walk(pilot).view = View.LOSS
            await pilot.pause()
            assert ("cannot be learned" in shown(pilot, "#loss").replace("\n", " ")) == (network == "lecture")


async def test_a_run_is_started_again_with_the_other_network() -> None:
    simulation, run = with_run("lecture", 3)
    async with RoommateApp(simulation, UNICODE, run.config, run=run).run_test(size=LARGE) as pilot:
        walk(pilot).do(set_value, "network", "elman")
        await pilot.pause()
        situation = walk(pilot).simulation.situation
        assert situation.cell.remembers
        assert situation.learning is not None
        assert situation.learning.update == 0
        await pilot.press("u")
        assert walk(pilot).simulation.situation.cell is CELLS["both"]


async def test_settings_that_do_not_fit_the_roommate_are_said_and_the_run_stays() -> None:
    simulation, run = with_run("lecture", 3)
    async with RoommateApp(simulation, UNICODE, run.config, run=run).run_test(size=LARGE) as pilot:
        before = walk(pilot).simulation.situation.learning
        config = replace(run.config, network="elman", hidden=2)
        walk(pilot).attempt(lambda: walk(pilot).session.configure(config))
        await pilot.pause()
        assert any("2 units cannot start from each of the 3 states" in message for message in messages(pilot))
        assert walk(pilot).simulation.situation.learning is before


async def test_f_changes_nothing_where_there_is_one_feedback() -> None:
    async with RoommateApp(soup()).run_test(size=SMALL) as pilot:
        before = walk(pilot).simulation.situation
        await pilot.press("f")
        assert walk(pilot).simulation.situation is before
        assert any("one feedback" in message for message in messages(pilot))


async def test_memory_is_edited_frozen_and_put_back() -> None:
    situation = soup().situation
    tanh = situation.with_custom_network(situation.network.with_activation(TANH))
    async with RoommateApp(Simulation(tanh)).run_test(size=SMALL) as pilot:
        await pilot.press("e")
        assert isinstance(pilot.app.screen, EditScreen)
        assert "Memory" in str(pilot.app.screen.query_one("#edit").border_title)
        await pilot.press("7", "enter")
        now = walk(pilot).simulation.situation
        assert now.network.parameters["memory"][0, 0] == 7
        await pilot.press("z")
        assert walk(pilot).simulation.situation.config.frozen == ("memory",)
        await pilot.press("H")
        assert walk(pilot).simulation.situation.network.parameters["memory"][0, 0] == 1
        await pilot.press("escape", "3")  # the settings are shared: there it is Food that is frozen
        assert walk(pilot).simulation.situation.config.frozen == ("food",)


async def test_a_file_with_a_memory_opens_in_lesson_5(tmp_path: Path) -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(network="elman", stop="updates"))
    run.advance(5)
    path = tmp_path / "elman.json"
    save_weights(path, SavedWeights(PERFECT_ROOMMATE, run.moment().network, run.moment().provenance))
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("L")
        pilot.app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        situation = walk(pilot).simulation.situation
        assert situation.lesson == 5
        assert situation.network.origin == "after 5 updates"


# The command line


def test_cook_and_explain_take_the_network(cli: Cli, tmp_path: Path) -> None:
    status, out, _ = cli("cook", "--network", "elman", "--json")
    assert status == 0
    assert [day["dish"] for day in json.loads(out)["days"]] == [
        PERFECT_ROOMMATE.dishes[dish] for dish in PERFECT_ROOMMATE.cook((0, 1, 0, 1, 0, 1), 0)
    ]
    status, out, _ = cli("explain", "--network", "elman", "--weather", "sr", "--format", "json")
    document = json.loads(out)
    assert document["network"] == "elman"
    assert document["days"][1]["steps"][0]["name"] == "memory product"
    status, out, _ = cli("explain", "--network", "elman", "--seed", "3", "--backward", "--format", "json")
    assert status == 0
    assert list(json.loads(out)["gradients"]) == ["memory", "weather", "hidden_bias", "merge", "output_bias"]
    for name in ("text", "latex", "markdown"):
        assert cli("explain", "--network", "elman", "--weather", "sr", "--format", name)[0] == 0


def test_training_an_elman_network_without_a_screen(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    status, out, _ = cli("train", "--network", "elman", "--days", "12", "--seed", "0", "--out", str(path), "--json")
    assert status == 0
    assert json.loads(out)["learned"] is True
    assert load_weights(path).network.cell.remembers
    status, out, _ = cli("cook", "--weights", str(path), "--json")
    assert json.loads(out)["network"] == "elman"
    assert "is for the network elman, not for both" in cli("cook", "--weights", str(path), "--network", "rnn")[2]


def test_hand_set_weights_are_named_in_the_trace() -> None:
    step = soup().go_to(1, 0).current_step
    memory = step.operands[0]
    assert (memory.name, step.formula) == ("Memory", "f = Memory · m")
    assert memory.describe(0) == "dry: dry ← dry: dry"
    assert Network.by_hand(SOUP_EATER, CELLS["elman"]).matrices == ("memory", "weather", "merge")
