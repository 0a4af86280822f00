"""Whole screens: from step to step, day to day, forwards and backwards, nothing changes its place."""

from collections.abc import Iterator

import pytest
from textual.pilot import Pilot

from model.network.activations import activation_named
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.strategies import SOUP_EATER
from tests.tui.conftest import shown, walk
from tui.app.app import RoommateApp
from tui.rendering.equation import spelled_row
from tui.screens.layout import PLACES, View

LIGHT = str.maketrans("┏┓┗┛┃┣┫", "┌┐└┘│├┤")


def with_tanh() -> Simulation:
    """Lesson 3, with a way back."""
    situation = Situation(lesson=3)
    return Simulation(situation.with_custom_network(situation.network.with_activation(activation_named("tanh"))))


def trained(network: str, biases: str) -> Simulation:
    """Lesson 4 after a few updates."""
    roommate = SOUP_EATER if network == "elman" else Situation().roommate
    run = TrainingRun(roommate, TrainingConfig(network=network, biases=biases))
    run.advance(4)
    return Simulation(Situation(roommate=roommate, lesson=4)).with_learning(run.moment(), 1)


def steps_of(simulation: Simulation) -> Iterator[Simulation]:
    """All steps of two days, and on the way back those of the update."""
    for there in (simulation, simulation.turn()) if simulation.situation.can_go_back else (simulation,):
        for day in (simulation.days - 1, 1, UPDATE) if there.backward else (0, simulation.days - 1):
            on_day = there.go_to(day, 0)
            yield from (on_day.go_to(day, step) for step in range(len(on_day.steps)))


def places(pilot: Pilot[None], simulation: Simulation) -> object:
    """Where panels, brackets and the row that is spelled out are."""
    screen = walk(pilot)
    regions = tuple((place.name, screen.query_one(f"#{place.name}").region) for place in PLACES)
    network = shown(pilot, "#network").translate(LIGHT).splitlines()
    brackets = tuple((y, x) for y, text in enumerate(network) for x, sign in enumerate(text) if sign in "┌┐└┘├┤")
    begin = spelled_row(simulation.current_step, simulation.current_entry, screen.glyphs).plain[:10]
    spelled = [y for y, text in enumerate(shown(pilot, "#product").splitlines()) if text.startswith(begin)]
    return regions, brackets, tuple(spelled)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_nothing_on_the_screen_moves_from_step_to_step(size: tuple[int, int]) -> None:
    walks = {
        "3": Simulation(),
        "3 and back": with_tanh(),
        "4": trained("both", "off"),
        "elman with biases": trained("elman", "on"),
        "5": Simulation(Situation(roommate=SOUP_EATER, lesson=5)),
    }
    async with RoommateApp(Simulation()).run_test(size=size) as pilot:
        screen = walk(pilot)
        for view in (View.NETWORK, View.PRODUCT)[: 1 if size[1] > 24 else 2]:
            for name, simulation in walks.items():
                screen.view, screen.simulation = view, simulation
                await pilot.pause()
                found: dict[object, str] = {}
                for at in steps_of(simulation):
                    screen.simulation = at
                    await pilot.pause()
                    found.setdefault(places(pilot, at), f"{at.backward} {at.day} {at.step}")
                assert len(found) == 1, (name, view, found)
