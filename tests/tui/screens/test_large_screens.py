"""A very large screen: no panel of any lesson is blank by two thirds."""

import pytest

from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.tui.conftest import shown, walk
from tui.app.app import RoommateApp

PANELS = ("#week", "#network", "#product", "#unrolled", "#loss", "#cases", "#narration", "#rule")
LEAST = 1 / 3


def learned() -> Simulation:
    run = TrainingRun(Situation().roommate, TrainingConfig())
    run.advance(40)
    return Simulation(Situation(lesson=4)).with_learning(run.moment(), 1)


@pytest.mark.parametrize("lesson", [2, 3, 4])
async def test_no_panel_is_blank_by_two_thirds(lesson: int) -> None:
    simulation = learned() if lesson == 4 else Simulation(Situation(lesson=lesson))
    async with RoommateApp(simulation.go_to(1, 1)).run_test(size=(200, 60)) as pilot:
        for name in PANELS:
            panel = walk(pilot).query_one(name)
            if not panel.display or panel.size.height < 8:
                continue
            lines = [text.rstrip() for text in shown(pilot, name).splitlines()]
            height = max(at for at, text in enumerate(lines) if text) + 1
            begin = min(len(text) - len(text.lstrip()) for text in lines if text)
            width = max(map(len, lines)) - begin
            assert width * height >= LEAST * panel.size.width * panel.size.height, (name, width, height, panel.size)


async def test_words_of_other_steps_stand_where_there_is_room() -> None:
    async with RoommateApp(Simulation().go_to(0, 2)).run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        words = shown(pilot, "#words")
        assert words.index("hidden units") < words.index("one-hot")
        await pilot.resize_terminal(120, 40)
        await pilot.press("m")
        await pilot.pause()
        assert "one-hot" not in shown(pilot, "#words")
