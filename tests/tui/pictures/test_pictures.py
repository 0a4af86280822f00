"""What the screen looks like, as text with marks of style, and in the colours that people see."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from model.network.activations import TANH
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.tui.conftest import walk
from tests.tui.sweeps import RATE, SCALE, made_up_map
from tui.app.app import RoommateApp
from tui.screens.layout import View
from tui.screens.messages import SweepEnded, SweepMoved
from tui.screens.sweep import SweepScreen, show_sweep
from tui.text.glyphs import ASCII

Compare = Callable[[Pilot[None]], Awaitable[None]]
SIZES = {"80x24": (80, 24), "120x40": (120, 40)}


def trained(updates: int) -> TrainingRun:
    """A run of seed 7."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
    while run.update < updates and not run.finished:
        run.advance()
    return run


def of_run(run: TrainingRun, update: int | None = None) -> Simulation:
    """Lesson 4 with what a run had learned, on its first day."""
    return Simulation(Situation(lesson=4, learning=run.moment(update), run_id=1), revealed=True)


def backwards(day: int, step: int) -> RoommateApp:
    """The way back through the lecture's week, with random weights."""
    run = trained(0)
    return RoommateApp(of_run(run).turn().go_to(day, step), config=run.config, run=run)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("lesson", "step"), [(1, 0), (2, 0), (3, 0), (3, 1), (3, 2), (3, 3), (3, 4), (3, 5), (5, 0), (5, 4)]
)
async def test_lesson(picture: Compare, lesson: int, step: int, size: str) -> None:
    """Tuesday, a rainy day after pasta, in each lesson."""
    app = RoommateApp(Simulation(Situation(lesson=lesson), day=1, step=step))
    async with app.run_test(size=SIZES[size]) as pilot:
        await picture(pilot)


LEARNED = 1000
"""More updates than it takes."""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("updates", "shown", "view"),
    [(0, None, View.LOSS), (LEARNED, 55, View.LOSS), (LEARNED, None, View.LOSS), (LEARNED, None, View.PRODUCT)],
    ids=["random", "learning", "learned", "merge"],
)
async def test_lesson_4(picture: Compare, updates: int, shown: int | None, view: View, size: str) -> None:
    """From random weights to the rule; on the way back in time; and a product of learned weights."""
    async with RoommateApp(Simulation(Situation(lesson=4))).run_test(size=SIZES[size]) as pilot:
        walk(pilot).simulation = of_run(trained(updates), shown).go_to(1, 4)
        walk(pilot).view = view
        await picture(pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("day", "step"), [(5, 1), (1, 4), (1, 6), (1, 9), (UPDATE, 0), (UPDATE, 8)])
async def test_backward(picture: Compare, day: int, step: int, size: str) -> None:
    async with backwards(day, step).run_test(size=SIZES[size]) as pilot:
        await picture(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_edit(picture: Compare, size: str) -> None:
    situation = Situation()
    situation = situation.with_custom_network(situation.network.with_activation(TANH))
    async with RoommateApp(Simulation(situation)).run_test(size=SIZES[size]) as pilot:
        await pilot.press("e", "down", "1", ",", "5", "enter")
        pilot.app.screen.query_one("#number", Input).cursor_blink = False
        await picture(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_compare(picture: Compare, size: str) -> None:
    run = trained(60)
    async with RoommateApp(of_run(run), config=run.config, run=run).run_test(size=SIZES[size]) as pilot:
        await pilot.press("C")
        await picture(pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", ["histogram", "curve", "map"])
async def test_sweep(picture: Compare, kind: str, size: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep in its middle, and one over none or one setting that is done."""
    monkeypatch.setattr(SweepScreen, "begin", lambda *_given: None)
    varied = {"histogram": [], "curve": [RATE], "map": [RATE, SCALE]}[kind]
    moment = made_up_map(*varied, cells=70)
    async with RoommateApp().run_test(size=SIZES[size]) as pilot:
        show_sweep(walk(pilot), moment.grid)
        await pilot.pause()
        screen = pilot.app.screen
        screen.post_message(SweepMoved(moment) if kind == "map" else SweepEnded(moment, ""))
        await pilot.press("right", "right", "up", "up")
        await picture(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_settings(picture: Compare, size: str) -> None:
    async with RoommateApp(Simulation(Situation(lesson=4))).run_test(size=SIZES[size]) as pilot:
        await pilot.press("s")
        pilot.app.screen.query_one("#seed", Input).cursor_blink = False
        await picture(pilot)


DIALOGS = {"palette": "ctrl+p", "copy": "c", "non-linearity": "N", "roommate": "O", "rule": "E", "save": "S"}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dialog", DIALOGS)
async def test_dialogs(picture: Compare, dialog: str, size: str) -> None:
    """Each over the lower part of the walk."""
    async with RoommateApp(Simulation(day=1)).run_test(size=SIZES[size]) as pilot:
        await pilot.press(DIALOGS[dialog])
        await picture(pilot)


async def test_ascii(picture: Compare) -> None:
    async with RoommateApp(Simulation(day=1, step=3), ASCII).run_test(size=SIZES["80x24"]) as pilot:
        await picture(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_help(picture: Compare, size: str) -> None:
    async with RoommateApp().run_test(size=SIZES[size]) as pilot:
        await pilot.press("question_mark")
        await picture(pilot)


@pytest.mark.parametrize("size", [(40, 12), (60, 18), (120, 14)], ids=["40x12", "60x18", "120x14"])
@pytest.mark.parametrize("view", ["product", "words", "week", "loss", "edit", "back"])
async def test_small(picture: Compare, view: str, size: tuple[int, int]) -> None:
    """The parts of the screen, where there is room for one at a time."""
    run = trained(55)
    simulation = (of_run(run) if view in {"loss", "back"} else Simulation(revealed=True)).go_to(1, 0)
    app = RoommateApp(simulation.turn() if view == "back" else simulation, run=run)
    async with app.run_test(size=size) as pilot:
        if view == "edit":
            await pilot.press("e")
        else:
            walk(pilot).view = View(view) if view in list(View) else View.PRODUCT
        await picture(pilot)


async def test_too_small(picture: Compare) -> None:
    async with RoommateApp().run_test(size=(36, 8)) as pilot:
        await picture(pilot)


async def test_the_whole_week(picture: Compare) -> None:
    async with RoommateApp(Simulation().last()).run_test(size=SIZES["120x40"]) as pilot:
        await picture(pilot)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("way", ["forwards", "back"])
async def test_the_week_unrolled(picture: Compare, way: str, size: str) -> None:
    """The hidden units of all days; below them the error, on the way back as far as it has come."""
    run = trained(55)
    simulation = of_run(run).go_to(3, 0)
    app = RoommateApp(simulation.turn().go_to(3, 7) if way == "back" else simulation, run=run)
    async with app.run_test(size=SIZES[size]) as pilot:
        walk(pilot).view = View.WEEK
        await picture(pilot)


async def test_a_long_week(picture: Compare) -> None:
    """Thirty days: those around the cursor, and a mark for each in the frame."""
    run = trained(55)
    simulation = of_run(run)
    simulation = replace(simulation, situation=replace(simulation.situation, week=(0, 1, 1) * 10), day=17)
    async with RoommateApp(simulation, run=run).run_test(size=SIZES["120x40"]) as pilot:
        await picture(pilot)


async def test_everything_at_once(picture: Compare) -> None:
    """From 160×50 on the week unrolled is in sight beside network, loss, cases and step."""
    run = trained(55)
    async with RoommateApp(of_run(run).go_to(1, 4), run=run).run_test(size=(160, 50)) as pilot:
        await picture(pilot)


def learned_a_little() -> Simulation:
    """Half-way to the rule, with transitions that are wrong."""
    return Simulation(Situation().with_custom_network(trained(12).moment().network))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("weights", ["by-hand", "learning"])
async def test_the_rule_that_weights_follow(picture: Compare, weights: str, size: str) -> None:
    app = RoommateApp(Simulation() if weights == "by-hand" else learned_a_little())
    async with app.run_test(size=SIZES[size]) as pilot:
        await pilot.press("x")
        await pilot.app.screen.workers.wait_for_complete()
        await picture(pilot)


COLOURED: dict[str, tuple[Callable[[], RoommateApp], str, tuple[int, int]]] = {
    "opening": (lambda: RoommateApp(find_state=lambda: None), "", (120, 40)),
    "activation": (lambda: RoommateApp(Simulation(day=1, step=3)), "", (120, 40)),
    "training": (lambda: RoommateApp(of_run(trained(LEARNED), 55).go_to(1, 4)), "", (120, 40)),
    "unrolled": (lambda: RoommateApp(of_run(trained(55)).go_to(3, 0)), "", (120, 40)),
    "backwards": (lambda: backwards(1, 6), "", (120, 40)),
    "small": (lambda: RoommateApp(Simulation(day=1, revealed=True)), "", (40, 12)),
    "rule": (lambda: RoommateApp(Simulation()), "x", (80, 24)),
    "wrong-rule": (lambda: RoommateApp(learned_a_little()), "x", (80, 24)),
}
"""What colours say much in, the key that leads there, and a size; the README shows the first seven."""


@pytest.mark.parametrize(
    ("seen", "theme"),
    [
        *((seen, "dark") for seen in COLOURED),
        *((seen, "light") for seen in ("activation", "backwards", "wrong-rule")),
        *(("activation", theme) for theme in ("contrast", "projector", "16")),
    ],
)
async def test_in_colour(picture_in_colour: Compare, seen: str, theme: str) -> None:
    made, key, size = COLOURED[seen]
    app = made()
    async with app.run_test(size=size) as pilot:
        app.theme = f"roommate-{theme}"
        if seen in {"training", "unrolled"}:
            walk(pilot).view = View.LOSS if seen == "training" else View.WEEK
        await pilot.press(*key)
        await app.screen.workers.wait_for_complete()
        await picture_in_colour(pilot)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)], ids=["40x12", "80x24", "120x40"])
async def test_opening(picture: Compare, size: tuple[int, int]) -> None:
    async with RoommateApp(find_state=lambda: None).run_test(size=size) as pilot:
        await picture(pilot)
