"""What a lecturer's screen shows comes out of its bytes as it went in, and nothing else does."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import FileError, RoommateError
from model.export.shared_screens import SharedPage, SharedScreen, packed_screen, screen_in
from model.network.cells import CELLS
from model.network.network import Network
from model.network.origins import EDITED
from model.network.parameters import Parameters
from model.simulation.lessons import LESSONS, TRAINING_LESSON
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.archive import pack, unpack
from model.storage.files import file_errors
from model.storage.runs import packed_run, run_in
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.strategies import SOUP_EATER

WALKED = sorted(LESSONS.keys() - {TRAINING_LESSON})


def where(simulation: Simulation) -> tuple[object, ...]:
    situation = simulation.situation
    place = simulation.day, simulation.step, simulation.row, simulation.revealed, simulation.backward
    asked = situation.roommate, situation.lesson, situation.week, situation.start, situation.targets
    return *place, *asked, situation.fed_back, situation.settings, situation.letters, situation.network.cell.name


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_walk_comes_out_as_it_went_in(data: st.DataObject) -> None:
    lesson = data.draw(st.sampled_from(WALKED))
    week = tuple(data.draw(st.lists(st.integers(0, 1), min_size=1, max_size=9)))
    simulation = Simulation(Situation(week=week)).with_lesson(lesson)
    if data.draw(st.booleans()) and simulation.situation.can_go_back:
        simulation = simulation.turn()
    for _index in range(data.draw(st.integers(0, 12))):
        simulation = simulation.next_step()
    if data.draw(st.booleans()):
        simulation = simulation.move_row(1)
    page = data.draw(st.none() | st.builds(SharedPage, st.sampled_from(["1.1", "E7"]), st.booleans(), st.booleans()))
    read = screen_in(packed_screen(SharedScreen(replace(simulation, aside=None), None, page)))
    assert where(read.simulation) == where(simulation)
    assert read.page == page
    assert [step.result.value.tolist() for step in read.simulation.steps] == [
        step.result.value.tolist() for step in simulation.steps
    ]


@pytest.mark.parametrize("cell", ["both", "elman", "gru"])
def test_weights_of_ones_own_are_shared(cell: str) -> None:
    network = Network.by_hand(SOUP_EATER, CELLS[cell])
    weights = Parameters(network.cell, {name: matrix + 0.25 for name, matrix in network.parameters.matrices.items()})
    changed = network.with_parameters(weights, EDITED)
    lesson = 3 if cell == "both" else 5
    situation = Situation(SOUP_EATER, lesson).with_custom_network(changed)
    read = screen_in(packed_screen(SharedScreen(Simulation(situation)))).simulation.situation
    assert read.network.cell is changed.cell
    np.testing.assert_array_equal(read.network.parameters.flat, changed.parameters.flat)


def test_a_run_is_shown_at_the_update_that_is_looked_at_to_the_last_bit() -> None:
    run = TrainingRun(SOUP_EATER, TrainingConfig(seed=3))
    run.advance(40)
    simulation = replace(Simulation(Situation(SOUP_EATER, 4)).with_learning(run.moment(17), 1), step=2)
    bare = replace(simulation, situation=replace(simulation.situation, learning=None))
    screen = screen_in(packed_screen(SharedScreen(bare, 17)))
    with file_errors(Path("run")) as blame:
        other = run_in(packed_run(run.record()), (), blame)
    shown = screen.with_run(other, 5)
    assert shown.situation.run_id == 5
    assert shown.step == 2
    moment = shown.situation.snapshot
    assert moment is not None
    assert (moment.update, moment.latest) == (17, 40)
    np.testing.assert_array_equal(moment.network.parameters.flat, run.moment(17).network.parameters.flat)
    np.testing.assert_array_equal(moment.losses.numbers, run.moment().losses.numbers)


def test_a_screen_that_shows_another_run_is_refused() -> None:
    run = TrainingRun(SOUP_EATER, TrainingConfig())
    screen = SharedScreen(Simulation(Situation(SOUP_EATER, 4)), 1)
    for other in (None, run, TrainingRun(Situation().roommate, TrainingConfig())):
        with pytest.raises(FileError, match="does not fit"):
            screen.with_run(other)


IMPOSSIBLE: list[tuple[str, object]] = [
    ("format", "roommate-run"), ("version", 2), ("lesson", 99), ("lesson", "3"), ("lesson", True), ("week", []),
    ("week", [2]), ("week", [-1]), ("week", "rr"), ("week", [0] * 100_001), ("start", 3), ("start", None),
    ("targets", [0]), ("settings", None), ("settings", {"seed": []}), ("feedback", "hidden"), ("letters", 1),
    ("network", {}), ("update", 3), ("day", -1), ("day", 6), ("day", 1.5), ("step", -1), ("entry", -2),
    ("revealed", None), ("backward", "yes"), ("page", []), ("page", {"name": 1}), ("page", {"name": "1.1"}),
    ("page", {"name": "x" * 65, "uncovered": True, "hands": False}), ("scenario", 5), ("roommate", None),
    ("roommate", {"name": "\x1b[2J"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), IMPOSSIBLE)
def test_what_cannot_be_is_refused_in_a_sentence(name: str, value: object) -> None:
    with file_errors(Path("screen")) as blame:
        about = unpack(packed_screen(SharedScreen(Simulation())), (), blame)
    screen_in(pack(about, {}))
    with pytest.raises(RoommateError) as refused:
        screen_in(pack({**about, name: json.loads(json.dumps(value))}, {}))
    assert "\x1b" not in str(refused.value)


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_noise_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(RoommateError):
        screen_in(data)


@given(st.integers(0, 2000), st.integers(0, 255))
@settings(max_examples=200, deadline=None)
def test_a_spoilt_byte_is_refused_or_does_not_matter(at: int, value: int) -> None:
    data = bytearray(packed_screen(SharedScreen(Simulation())))
    data[at % len(data)] = value
    try:
        screen_in(bytes(data))
    except RoommateError as error:
        assert str(error)
