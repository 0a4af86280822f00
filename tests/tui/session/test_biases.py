"""Biases are weights like all others: edited, compared and told."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from model.errors import FileError
from model.network.names import TRAINABLE_NETWORKS
from model.network.network import Network
from model.network.operations import title
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.storage.weights import SavedWeights
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.strategies import SOUP_EATER
from tests.tui.conftest import walk
from tui.app.app import RoommateApp
from tui.plain.glyphs import SPOKEN
from tui.plain.step import matrix as told_matrix
from tui.plain.weights import comparison as told_comparison
from tui.rendering.comparison import Comparison, comparison
from tui.rendering.weight_editor import sheet
from tui.session.commands.weights import matrix_of_step, matrix_operand, to_compare, to_compare_with
from tui.session.run_library import Runs
from tui.session.session import Session
from tui.text.comparison import has_the_same_units
from tui.text.glyphs import UNICODE


@cache
def run_of(network: str, biases: str = "on", updates: int = 3) -> TrainingRun:
    run = TrainingRun(SOUP_EATER, TrainingConfig(network=network, biases=biases))
    run.advance(updates)
    return run


def lesson_4(run: TrainingRun) -> Simulation:
    return Simulation(Situation(run.roommate, 4), revealed=True).with_learning(run.moment(), 1)


def session_of(simulation: Simulation) -> Session:
    return Session(simulation, UNICODE, Runs(TrainingConfig(), None))


@pytest.mark.parametrize("network", TRAINABLE_NETWORKS)
def test_every_matrix_is_edited_with_its_own_gradient(network: str) -> None:
    simulation = lesson_4(run_of(network))
    situation = simulation.situation
    for name in situation.network.matrices:
        operand = matrix_operand(situation, name)
        for width in (40, 78):
            page = sheet(simulation, operand, (0, 0), UNICODE, (width, 8), frozen=False).plain
            assert title(name) in page
            gradient = situation.week_update.gradients[name][0, 0]
            assert f"gradient of this weight {gradient:.3g}" in page


def steps_of(simulation: Simulation) -> Iterator[Simulation]:
    for turned in (simulation, simulation.turn(), simulation.turn().go_to(UPDATE)):
        for step in range(len(turned.steps)):
            yield replace(turned, step=step)


@pytest.mark.parametrize("network", TRAINABLE_NETWORKS)
def test_the_editor_opens_with_the_matrix_of_the_step(network: str) -> None:
    simulation = lesson_4(run_of(network))
    names = {title(name): name for name in simulation.situation.network.matrices}
    seen = set()
    for there in steps_of(simulation):
        operands = (*there.current_step.operands, there.current_step.result)
        of_step = [o.name.strip("∂ᵀ").removeprefix("new ") for o in operands]
        if named := [names[name] for name in of_step if name in names]:
            assert matrix_of_step(session_of(there)) == named[0], there.current_step.name
            assert "_" not in there.current_step.title
            seen.add(named[0])
    assert seen == set(names.values())


@pytest.mark.parametrize("network", TRAINABLE_NETWORKS)
def test_every_matrix_is_compared(network: str) -> None:
    simulation, run = lesson_4(run_of(network)), run_of(network)
    for other in (run.moment(0).network, Network.by_hand(SOUP_EATER, run.moment().network.cell)):
        for name in other.matrices:
            page = "\n".join(line.plain for line in comparison(Comparison(simulation, other, name), UNICODE, 118))
            lines = "\n".join(told_comparison(simulation.situation, other, SPOKEN, name))
            largest = page[page.index("largest change of all") :].partition("\n")[0]
            assert largest[1:12] in lines
            assert title(name) in page
            assert title(name) in lines


def test_a_bias_is_told_as_the_vector_it_is() -> None:
    operand = matrix_operand(lesson_4(run_of("elman")).situation, "hidden_bias")
    first, *rows = told_matrix(operand, SPOKEN)
    assert first == "Hidden bias, 6 rows:"
    assert all(row.count(":") == 1 and " 1 " not in row for row in rows)
    assert UNICODE.describe(operand, 2) == "u3"
    assert UNICODE.describe(operand.transpose(), 2) == "u3"


def test_units_are_the_same_ones_within_a_run_and_strangers_elsewhere() -> None:
    run, file = run_of("elman"), run_of("elman", updates=5).moment().network
    simulation = lesson_4(run)
    assert has_the_same_units(simulation.situation, run.moment(0).network)
    situation = replace(simulation.situation, custom_networks={5: file})
    assert not has_the_same_units(situation, file)
    told = "\n".join(told_comparison(simulation.situation, run.moment(0).network, SPOKEN))
    change = run.moment().network.parameters["weather"] - run.moment(0).network.parameters["weather"]
    assert f"the largest difference is {np.abs(change).max():.3g}" in told


def test_weights_without_biases_have_biases_of_zero() -> None:
    situation, bare = lesson_4(run_of("elman")).situation, run_of("elman", "off").moment().network
    found = to_compare(situation, Path("w.json"), SavedWeights(SOUP_EATER, bare))
    assert not found.parameters["hidden_bias"].any()
    assert not found.parameters["output_bias"].any()
    np.testing.assert_array_equal(found.parameters["memory"], bare.parameters["memory"])
    simulation = Simulation(replace(situation, custom_networks={5: bare}))
    for other in to_compare_with(session_of(simulation)):
        assert told_comparison(situation, other, SPOKEN)
    with pytest.raises(FileError, match="have biases, and the ones here have none"):
        to_compare(
            lesson_4(run_of("elman", "off")).situation, Path("w.json"), SavedWeights(SOUP_EATER, situation.network)
        )


async def test_all_matrices_of_a_gated_network_in_the_editor() -> None:
    app = RoommateApp(lesson_4(run_of("gru")), run=run_of("gru"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        shown = set()
        for _matrix in walk(pilot).simulation.situation.network.matrices:
            shown.add(str(app.screen.query_one("#edit").border_title))
            await pilot.press("tab")
        assert len(shown) == 12
        assert any("Reset bias" in name for name in shown)
