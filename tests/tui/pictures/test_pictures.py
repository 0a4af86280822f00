"""What the screen looks like, as pictures; the README shows some of them. After a change on purpose:
look at the new pictures, then ``pytest --snapshot-update``.
"""

from collections.abc import Callable

import pytest
from textual.app import App
from textual.widgets import Input

from model.network.activations import TANH
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tui.app.app import RoommateApp
from tui.screens.layout import View
from tui.screens.walk import WalkScreen
from tui.text.glyphs import ASCII

Matches = Callable[[App[None]], bool]
SIZES = {"80x24": (80, 24), "120x40": (120, 40)}


@pytest.mark.parametrize("theme", ["roommate-dark", "roommate-light"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("lesson", "step"), [(1, 0), (2, 0), (3, 0), (3, 1), (3, 2), (3, 3), (3, 4), (3, 5), (5, 0), (5, 4)]
)
async def test_lesson(svg_snapshot: Matches, lesson: int, step: int, size: str, theme: str) -> None:
    """Tuesday, a rainy day after pasta, in each lesson."""
    app = RoommateApp(Simulation(Situation(lesson=lesson), day=1, step=step))
    async with app.run_test(size=SIZES[size]) as pilot:
        app.theme = theme
        await pilot.pause()
        assert svg_snapshot(app)


@pytest.mark.parametrize("theme", ["roommate-dark", "roommate-light"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("stage", ["random", "learning", "learned", "merge"])
async def test_lesson_4(svg_snapshot: Matches, stage: str, size: str, theme: str) -> None:
    """From random weights to the rule; on the way back in time; and a product of learned weights."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
    while stage != "random" and not run.finished:
        run.advance()
    moment = run.moment(55 if stage == "learning" else None)
    simulation = Simulation(Situation(lesson=4, learning=moment, branch=1), day=1, step=4, revealed=True)
    app = RoommateApp(Simulation(Situation(lesson=4)))
    async with app.run_test(size=SIZES[size]) as pilot:
        app.theme = theme
        screen = app.screen
        assert isinstance(screen, WalkScreen)
        screen.simulation = simulation
        screen.view = View.PRODUCT if stage == "merge" else View.LOSS
        await pilot.pause()
        assert svg_snapshot(app)


@pytest.mark.parametrize("theme", ["roommate-dark", "roommate-light"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("day", "step"), [(5, 1), (1, 4), (1, 6), (1, 9), (UPDATE, 0), (UPDATE, 8)])
async def test_backward(svg_snapshot: Matches, day: int, step: int, size: str, theme: str) -> None:
    """The way back through the lecture's week, with random weights from seed 7."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
    simulation = Simulation(Situation(lesson=4, learning=run.moment(), branch=1), revealed=True)
    app = RoommateApp(simulation.turn().go_to(day, step), config=run.config, run=run)
    async with app.run_test(size=SIZES[size]) as pilot:
        app.theme = theme
        await pilot.pause()
        assert svg_snapshot(app)


@pytest.mark.parametrize("size", SIZES)
async def test_edit(svg_snapshot: Matches, size: str) -> None:
    situation = Situation()
    situation = situation.with_own(situation.network.with_activation(TANH))
    app = RoommateApp(Simulation(situation))
    async with app.run_test(size=SIZES[size]) as pilot:
        await pilot.press("e", "down", "1", ",", "5", "enter")
        app.screen.query_one("#number", Input).cursor_blink = False
        await pilot.pause()
        assert svg_snapshot(app)


@pytest.mark.parametrize("size", SIZES)
async def test_compare(svg_snapshot: Matches, size: str) -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
    run.advance(60)
    simulation = Simulation(Situation(lesson=4, learning=run.moment(), branch=1), revealed=True)
    app = RoommateApp(simulation, config=run.config, run=run)
    async with app.run_test(size=SIZES[size]) as pilot:
        await pilot.press("C")
        await pilot.pause()
        assert svg_snapshot(app)


@pytest.mark.parametrize("size", SIZES)
async def test_settings(svg_snapshot: Matches, size: str) -> None:
    app = RoommateApp(Simulation(Situation(lesson=4)))
    async with app.run_test(size=SIZES[size]) as pilot:
        await pilot.press("s")
        app.screen.query_one("#seed", Input).cursor_blink = False
        await pilot.pause()
        assert svg_snapshot(app)


DIALOGS = {"palette": "ctrl+p", "copy": "c", "non-linearity": "N", "roommate": "O", "rule": "E", "save": "S"}


@pytest.mark.parametrize("theme", ["roommate-dark", "roommate-light"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dialog", DIALOGS)
async def test_dialogs(svg_snapshot: Matches, dialog: str, size: str, theme: str) -> None:
    """Each over the lower part of the walk."""
    app = RoommateApp(Simulation(day=1))
    async with app.run_test(size=SIZES[size]) as pilot:
        app.theme = theme
        await pilot.press(DIALOGS[dialog])
        await pilot.pause()
        assert svg_snapshot(app)


async def test_ascii(svg_snapshot: Matches) -> None:
    app = RoommateApp(Simulation(day=1, step=3), ASCII)
    async with app.run_test(size=SIZES["80x24"]) as pilot:
        await pilot.pause()
        assert svg_snapshot(app)


@pytest.mark.parametrize("size", SIZES)
async def test_help(svg_snapshot: Matches, size: str) -> None:
    app = RoommateApp()
    async with app.run_test(size=SIZES[size]) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert svg_snapshot(app)


@pytest.mark.parametrize("size", [(40, 12), (60, 18), (120, 14)], ids=["40x12", "60x18", "120x14"])
@pytest.mark.parametrize("view", ["product", "words", "week", "loss", "edit", "back"])
async def test_small(svg_snapshot: Matches, view: str, size: tuple[int, int]) -> None:
    """The parts of the screen, where there is room for one at a time."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
    run.advance(55)
    learning = Situation(lesson=4, learning=run.moment(), branch=1)
    simulation = Simulation(learning if view in {"loss", "back"} else Situation(), day=1, step=0, revealed=True)
    app = RoommateApp(simulation.turn() if view == "back" else simulation, run=run)
    async with app.run_test(size=size) as pilot:
        if view == "edit":
            await pilot.press("e")
        screen = pilot.app.screen
        if isinstance(screen, WalkScreen):
            screen.view = View(view) if view in list(View) else View.PRODUCT
        await pilot.pause()
        assert svg_snapshot(app)


async def test_too_small(svg_snapshot: Matches) -> None:
    app = RoommateApp()
    async with app.run_test(size=(36, 8)) as pilot:
        await pilot.pause()
        assert svg_snapshot(app)


async def test_the_whole_week(svg_snapshot: Matches) -> None:
    app = RoommateApp(Simulation().last())
    async with app.run_test(size=SIZES["120x40"]) as pilot:
        await pilot.pause()
        assert svg_snapshot(app)


@pytest.mark.parametrize("theme", ["roommate-dark", "roommate-light"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("weights", ["by-hand", "learning"])
async def test_the_rule_that_weights_follow(svg_snapshot: Matches, weights: str, size: str, theme: str) -> None:
    """Set by hand; and half-way to the rule, with transitions that are wrong."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
    run.advance(12)
    situation = Situation() if weights == "by-hand" else Situation().with_own(run.moment().network)
    app = RoommateApp(Simulation(situation))
    async with app.run_test(size=SIZES[size]) as pilot:
        app.theme = theme
        await pilot.press("x")
        await app.screen.workers.wait_for_complete()
        await pilot.pause()
        assert svg_snapshot(app)
