"""The dialog that copies: what it offers, in a small terminal, too, and what it says of the way to the clipboard."""

import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from textual.widgets import OptionList

from model.export.formats import EXPORTERS
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.strategies import SOUP_EATER
from tests.tui.plain.test_plain import Reader
from tui.app.app import RoommateApp
from tui.cli.first_simulation import simulation_of
from tui.cli.parser import build_parser
from tui.screens.copying import CopyScreen
from tui.session.command_file import command_once_saved, file_needed
from tui.session.copying import COMMAND, WEIGHTS, copyables, may_not_arrive
from tui.session.permalink import UNSAVED
from tui.session.run_library import Runs
from tui.session.session import Session
from tui.text.glyphs import ASCII, UNICODE, Glyphs


def offered(simulation: Simulation) -> dict[str, str]:
    """What can be copied, with its text."""
    return {choice.what: choice.tell() for choice in copyables(simulation)}


@pytest.mark.parametrize("lesson", [1, 2, 3, 5])
def test_every_step_is_told_as_the_exporters_tell_it(lesson: int) -> None:
    simulation = Simulation(Situation(lesson=lesson))
    whole = {name: "".join(tell(simulation.situation)) for name, tell in EXPORTERS.items()}
    names = {"text": "text", "Markdown": "markdown", "LaTeX": "latex", "JSON": "json"}
    for _ in range(9):
        texts = offered(simulation)
        for name, exporter in names.items():
            assert texts[f"this step as {name}"] in whole[exporter]
        simulation = simulation.next_step()


def test_a_rule_that_no_file_has_has_no_command() -> None:
    texts = offered(Simulation(replace(Situation(), scenario=UNSAVED)))
    assert COMMAND not in texts
    assert WEIGHTS in texts


def test_what_may_keep_it_from_arriving_is_named() -> None:
    assert "set-clipboard on" in may_not_arrive({"TMUX": "/tmp/tmux-0/default,1,0"}, browser=False)
    assert "screen" in may_not_arrive({"STY": "1.pts-0"}, browser=False)
    assert "terminal" in may_not_arrive({}, browser=False)
    assert "browser" in may_not_arrive({"TMUX": "x"}, browser=True)


@pytest.mark.parametrize(("size", "glyphs"), [((40, 12), UNICODE), ((80, 24), ASCII), ((120, 40), UNICODE)])
async def test_all_of_it_is_seen(size: tuple[int, int], glyphs: Glyphs) -> None:
    app = RoommateApp(glyphs=glyphs)
    async with app.run_test(size=size) as pilot:
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, CopyScreen)
        options = app.screen.query_one(OptionList)
        assert options.option_count == 6
        assert options.content_size.height == (5 if size == (80, 24) else 6)  # there it scrolls below the network
        dialog = app.screen.query_one("#copy")
        assert app.screen.region.contains_region(dialog.region)
        for part in dialog.children:
            assert part.size.height
            assert dialog.content_region.contains_region(part.region), part
        for row in range(6):
            prompt = str(options.get_option_at_index(row).prompt)
            assert prompt.isascii()
            assert len(prompt) <= options.content_size.width
        await pilot.press("escape")
        assert not isinstance(app.screen, CopyScreen)


def edited_weights() -> Simulation:
    situation = Situation()
    food = situation.network.parameters["food"].copy()
    food[0, 0] = 3.0
    weights = situation.network.parameters.with_matrix("food", food)
    return Simulation(situation).with_network(situation.network.with_parameters(weights)).go_to(1, 2)


def changed_run() -> Simulation:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(updates=9))
    run.advance(2)
    run.configure(replace(run.config, learning_rate=0.1))
    run.advance(1)
    return Simulation(Situation(lesson=4), revealed=True).with_learning(run.moment(), 1)


def own_rule() -> Simulation:
    return Simulation(replace(Situation(roommate=SOUP_EATER), scenario=UNSAVED))


@pytest.mark.parametrize("make", [edited_weights, changed_run, own_rule])
def test_what_a_command_needs_is_saved_and_the_command_opens_it(
    make: Callable[[], Simulation], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    simulation = make()
    file = file_needed(simulation.situation)
    session = Session(simulation, UNICODE, Runs(TrainingConfig(), None))
    command = command_once_saved(session, simulation.situation, Path(file))
    assert (tmp_path / file).exists()
    program, *words = shlex.split(command)
    back = simulation_of(build_parser().parse_args(words))[0]
    assert program == "roommate-tui"
    assert back.situation.roommate == simulation.situation.roommate
    np.testing.assert_array_equal(
        back.situation.network.parameters.flat, simulation.situation.network.parameters.flat
    )
    if simulation.situation.snapshot is None:
        assert (back.day, back.step) == (simulation.day, simulation.step)
        assert file_needed(session.simulation.situation) == ""
    else:  # a run of several settings is made again by no command: its weights are opened
        assert file_needed(session.simulation.situation) == f"{Path(file).stem}-2.json"


async def test_one_key_saves_what_the_command_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    app = RoommateApp(edited_weights())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("c", "enter")
        await pilot.pause()
        assert [path.name for path in tmp_path.iterdir()] == ["weights-lesson-3.json"]
        assert app.clipboard.startswith("roommate-tui --weights weights-lesson-3.json --lesson 3")
        await pilot.press("c")
        await pilot.pause()
        options = app.screen.query_one(OptionList)
        assert str(options.get_option_at_index(0).prompt) == COMMAND


async def test_in_a_kiosk_nothing_is_saved_for_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    app = RoommateApp(edited_weights(), kiosk=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("c", "enter")
        await pilot.pause()
        assert list(tmp_path.iterdir()) == []


def test_lines_offer_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    reader = Reader(edited_weights())
    assert "'command weights-lesson-3.json' saves it" in reader.types("command")
    told = reader.types("command weights-lesson-3.json")
    assert "Saved weights-lesson-3.json." in told
    assert "roommate-tui --plain --weights weights-lesson-3.json --lesson 3" in told
    assert "No file is needed" in reader.types("command other.json")
    assert [path.name for path in tmp_path.iterdir()] == ["weights-lesson-3.json"]
