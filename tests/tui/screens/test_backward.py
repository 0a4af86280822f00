"""The way back through the pilot: every step in both directions, its numbers, and the update that o makes."""

import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from model.export.walk_json import as_json
from model.network.activations import activation_named
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.difference import SAME, difference
from model.simulation.lessons import TRAINING_LESSON
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.networks import network_of, three
from tests.tui.conftest import frame, shown, walk
from tui.app.app import RoommateApp
from tui.rendering.narration import narration
from tui.screens.layout import View
from tui.screens.questions import ChooseScreen
from tui.screens.too_small import LEAST
from tui.text.glyphs import ASCII, UNICODE, Glyphs
from tui.text.narration import words
from tui.text.numbers import entries
from tui.widgets.panel import Panel

SMALL, LARGE = (80, 24), (120, 40)


def with_tanh(lesson: int = 3, **changes: object) -> Situation:
    """Hand-set weights with a non-linearity that has a derivative."""
    situation = Situation(lesson=lesson, **changes)  # type: ignore[arg-type]
    return situation.with_custom_network(situation.network.with_activation(activation_named("tanh")))


def learning(seed: int = 7, updates: int = 0, **settings: object) -> tuple[Simulation, TrainingRun]:
    """Lesson 4 with its run."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=seed, **settings))  # type: ignore[arg-type]
    run.advance(updates)
    return Simulation(Situation(lesson=TRAINING_LESSON, learning=run.moment(), run_id=1), revealed=True), run


def app_of(simulation: Simulation, run: TrainingRun | None = None, glyphs: Glyphs = UNICODE) -> RoommateApp:
    return RoommateApp(simulation, glyphs, run.config if run else None, run=run)


def border(pilot: Pilot[None]) -> str:
    """What the week's frame says."""
    return str(pilot.app.screen.query_one("#week").border_title)


async def test_from_saturday_back_to_the_update_and_forth_again() -> None:
    async with app_of(Simulation(with_tanh(), day=2, step=3)).run_test(size=SMALL) as pilot:
        await pilot.press("b")
        assert "Saturday" in shown(pilot, "#narration")
        assert "Saturday · step 1 of 10" in frame(pilot, "#network")
        assert "forwards" in shown(pilot, "#keys")
        assert "Fri ◂" in shown(pilot, "#week")
        names = []
        while not walk(pilot).simulation.at_end:
            names.append(walk(pilot).simulation.current_step.name)
            await pilot.press("right")
        assert len(names) == 6 * 10 + 8
        assert walk(pilot).simulation.day == UPDATE
        await pilot.press("left")
        assert walk(pilot).simulation.current_step.name == names[-1]
        await pilot.press("up", "b")
        assert not walk(pilot).simulation.backward
        assert walk(pilot).simulation.day == 0


async def test_every_number_of_tuesday_is_on_a_small_screen_and_in_the_json() -> None:
    """The lecture's week, random weights from seed 7: the screen shows what ``explain --backward`` prints."""
    simulation, run = learning(seed=7)
    document = json.loads("".join(as_json(simulation.situation, backward=True)))
    tuesday = next(day for day in document["days"] if day["day"] == "Tuesday")
    async with app_of(simulation, run).run_test(size=SMALL) as pilot:
        await pilot.press("b", "down", "down", "down", "down", "m")
        stage = pilot.app.screen.query_one("#stage")
        for step in tuesday["steps"]:
            assert walk(pilot).simulation.current_step.name == step["name"]
            product = pilot.app.screen.query_one("#product", Panel)
            lines = product.render().split()
            assert max(line.cell_length for line in lines) <= stage.content_size.width
            assert len(lines) <= stage.content_size.height
            text = shown(pilot, "#product")
            for value in (*(operand["value"] for operand in step["operands"]), step["result"]["value"]):
                rounded = [entries(np.array(value), gradient=gradient) for gradient in (False, True)]
                assert any(all(number.strip() in text for row in rows for number in row) for rows in rounded), step
            await pilot.press("right")
        assert walk(pilot).simulation.trace.name == "Monday"


def steps_of_a_day_and_of_the_update(simulation: Simulation) -> Iterator[Simulation]:
    """The way back through Tuesday, which has a step of every kind, and through the sums at its end."""
    for day in (1, UPDATE):
        now = simulation.go_to(day, 0)
        while now.day == day:
            yield now
            if now.at_end:
                return
            now = now.next_step()


@pytest.mark.parametrize(
    ("lesson", "size", "glyphs"),
    [
        (1, SMALL, UNICODE),
        (2, SMALL, UNICODE),
        (3, SMALL, UNICODE),
        (3, LARGE, ASCII),
        (5, LEAST, UNICODE),
        (5, SMALL, UNICODE),
        (5, LARGE, ASCII),
        (TRAINING_LESSON, LEAST, UNICODE),
        (TRAINING_LESSON, SMALL, ASCII),
        (TRAINING_LESSON, LARGE, UNICODE),
    ],
)
async def test_every_step_back_fits_the_terminal(lesson: int, size: tuple[int, int], glyphs: Glyphs) -> None:
    """Whole matrices without scrolling sideways, from the smallest terminal on; at 80×24 with all the words."""
    simulation, run = (
        learning(updates=30, clip=0.1) if lesson == TRAINING_LESSON else (Simulation(with_tanh(lesson)), None)
    )
    async with app_of(simulation.turn(), run, glyphs).run_test(size=size) as pilot:
        walk(pilot).view = View.PRODUCT
        stage, product = pilot.app.screen.query_one("#stage"), pilot.app.screen.query_one("#product", Panel)
        said = pilot.app.screen.query_one("#narration", Panel)
        for step in steps_of_a_day_and_of_the_update(simulation.turn()):
            walk(pilot).simulation = step
            await pilot.pause()
            name = step.current_step.name
            lines = product.render().split()
            assert max(line.cell_length for line in lines) <= stage.content_size.width, name
            # Memory is the largest matrix here: where a row with all its numbers takes two lines, one scrolls.
            more = 1 if lesson == 5 and size == SMALL else 0
            assert len(lines) <= stage.content_size.height + more, name
            assert size == LEAST or len(said.render().split()) <= said.content_size.height, name
            if glyphs is ASCII:
                for panel in pilot.app.screen.query(Panel):
                    assert panel.render().plain.isascii(), panel.render().plain


@pytest.mark.parametrize("feedback", ["soft", "hard", "teacher"])
@pytest.mark.parametrize("lesson", [1, 2, 3, 5])
def test_every_step_back_has_its_words(lesson: int, feedback: str) -> None:
    situation = replace(with_tanh(lesson), settings=TrainingConfig(feedback=feedback, clip=0.5))
    simulation = Simulation(situation).turn()
    while True:
        assert narration(simulation, UNICODE).plain
        assert words(simulation)
        if simulation.at_end:
            break
        simulation = simulation.next_step()


async def test_backwards_on_the_hand_set_network_offers_a_non_linearity() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("b")
        assert isinstance(pilot.app.screen, ChooseScreen)
        assert pilot.app.screen.query_one(OptionList).option_count == 6
        await pilot.press("escape")
        assert walk(pilot).simulation == Simulation()
        await pilot.press("b", "down", "enter")
        assert walk(pilot).simulation.backward
        assert walk(pilot).simulation.situation.network.activation.name == "sigmoid"
        await pilot.press("u")
        assert walk(pilot).simulation == Simulation(day=5)


async def test_o_makes_the_update_that_is_shown_in_lesson_4() -> None:
    simulation, run = learning(updates=12)
    async with app_of(simulation, run).run_test(size=LARGE) as pilot:
        await pilot.press("b", "G")
        promised = walk(pilot).simulation.situation.week_update.after.flat
        loss = walk(pilot).simulation.situation.week_update.loss
        await pilot.press("o")
        now = walk(pilot).simulation
        assert now.backward
        assert now.situation.learning is not None
        assert now.situation.learning.update == 13
        np.testing.assert_array_equal(now.situation.network.parameters.flat, promised)
        assert now.situation.week_update.loss < loss
        await pilot.press("left_square_bracket")
        assert walk(pilot).simulation.situation.week_update.loss == pytest.approx(loss)


async def test_o_makes_the_update_that_is_shown_with_weights_by_hand() -> None:
    async with app_of(Simulation(with_tanh()).turn()).run_test(size=LARGE) as pilot:
        before = walk(pilot).simulation.situation
        await pilot.press("o")
        now = walk(pilot).simulation.situation
        np.testing.assert_array_equal(now.network.parameters.flat, before.week_update.after.flat)
        assert "updated by hand" in shown(pilot, "#title")
        await pilot.press("u")
        assert difference(walk(pilot).simulation.situation, before) is SAME


async def test_feedback_changes_what_goes_back() -> None:
    async with app_of(Simulation(with_tanh()).turn()).run_test(size=LARGE) as pilot:
        assert len(walk(pilot).simulation.steps) == 10
        await pilot.press("f")
        assert walk(pilot).simulation.situation.settings.feedback == "hard"
        assert len(walk(pilot).simulation.steps) == 7
        assert "no error goes back" in border(pilot)
        await pilot.press("f", "f")
        assert len(walk(pilot).simulation.steps) == 10


async def test_a_long_week_shows_a_gradient_vanish() -> None:
    async with app_of(Simulation(with_tanh(week=(0, 1) * 15)).turn()).run_test(size=LARGE) as pilot:
        assert "✓" in border(pilot)  # of a week that is out of sight every day has a mark there
        await pilot.press("G")
        assert "<0.1%" in shown(pilot, "#week").splitlines()[1]


async def test_a_long_week_shows_a_gradient_explode() -> None:
    """Rain leaves every dish equally likely, and sunny days double the smallest difference: a factor of 2 a day."""
    weights = three(
        np.vstack([np.eye(3), np.zeros((3, 3))]),
        np.hstack([np.zeros((6, 1)), -10 * np.ones((6, 1))]),
        np.hstack([6 * np.eye(3), np.zeros((3, 3))]),
    )
    network = network_of(weights, "relu", "unstable")
    situation = Situation(week=(1, *(0,) * 29)).with_custom_network(network)
    assert situation.week_update.reach[0] / situation.week_update.reach[-1] == pytest.approx(2**29)
    async with app_of(Simulation(situation).turn()).run_test(size=LARGE) as pilot:
        await pilot.press("G")
        assert ">999×" in shown(pilot, "#week")


async def test_play_runs_backwards_too() -> None:
    async with app_of(Simulation(with_tanh()).turn()).run_test(size=SMALL) as pilot:
        screen = walk(pilot)
        await pilot.press("space")
        assert screen.player.playing
        for _ in range(80):
            screen.player.step()
        assert screen.simulation.at_end
        assert not screen.player.playing


async def test_undo_of_the_non_linearity_leaves_the_walk_facing_forwards() -> None:
    async with RoommateApp().run_test(size=SMALL) as pilot:
        await pilot.press("b", "enter", "down", "down")
        assert (walk(pilot).simulation.day, walk(pilot).simulation.backward) == (3, True)
        await pilot.press("u")
        assert (walk(pilot).simulation.day, walk(pilot).simulation.backward) == (3, False)
