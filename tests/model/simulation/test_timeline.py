"""Undo brings back everything that a change can change, and keeps no more than that."""

import tracemalloc
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from model.network.activations import TANH
from model.network.schedule import Feedback
from model.roommate.diary import diary_of
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.simulation.timeline import MAX_BYTES, MAX_STEPS, STAYS, Timeline
from model.training.config import TrainingConfig
from model.training.provenance import Provenance
from model.training.run import TrainingRun
from tests.model.strategies import SOUP_EATER, roommate_from

MEGABYTE = 2**20
LARGE = roommate_from([[(dish + skip) % 64 for dish in range(64)] for skip in range(16)])


def moment(seed: int) -> Situation:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=seed))
    run.advance(2)
    return Simulation().with_learning(run.moment(), seed).situation


DIARY = diary_of(PERFECT_ROOMMATE, (0, 1, 1, 0, 1, 1, 0, 0, 1, 1), 0)

OTHER = {
    "roommate": SOUP_EATER,
    "lesson": 1,
    "week": (1, 1),
    "start": 1,
    "targets": (0, 0, 1, 1, 2, 2),
    "custom_networks": Situation().with_custom_network(Situation().network.with_activation(TANH)).custom_networks,
    "made": {3: Provenance(optimizer="sgd")},
    "files": {3: "w.json"},
    "diary": DIARY,
    "diary_file": "d.csv",
    "settings": TrainingConfig(clip=2.0),
    "fed_back": Feedback.TEACHER,
    "learning": moment(5).learning,
    "run_id": 5,
    "scenario": "coffee",
    "letters": True,
}
"""Another value for each field; a field that is added belongs here."""


@pytest.mark.parametrize("name", [field.name for field in fields(Situation)])
def test_undo_and_redo_bring_back_every_field_but_where_one_is(name: str) -> None:
    begin = Simulation(replace(moment(2), lesson=3))
    changed = Simulation(replace(begin.situation, **{name: OTHER[name]}))  # type: ignore[arg-type]
    timeline = Timeline(begin).change(changed)
    back = timeline.undo()
    again = back.redo()
    if name in STAYS:
        assert getattr(back.present.situation, name) == OTHER[name]
        return
    if name == "learning":  # the same run at another update is walking, not a change
        return
    assert getattr(back.present.situation, name) == getattr(begin.situation, name)
    assert getattr(again.present.situation, name) == OTHER[name]


def test_a_long_way_back_and_forth_over_weights_is_exact() -> None:
    rng = np.random.default_rng(3)
    timeline, seen = Timeline(Simulation()), []
    for _ in range(60):
        situation = timeline.present.situation
        seen.append(situation.network.parameters["food"])
        food = situation.network.parameters["food"].copy()
        food.flat[rng.integers(food.size)] = rng.normal()
        weights = situation.network.parameters.with_matrix("food", food)
        timeline = timeline.change(timeline.present.with_network(situation.network.with_parameters(weights)))
        if rng.random() < 0.3:  # walking in between makes no difference
            timeline = timeline.walk(timeline.present.with_lesson(int(rng.integers(1, 4))).with_lesson(3).last())
    last = timeline.present.situation.network.parameters["food"]
    for food in reversed(seen):
        timeline = timeline.undo()
        assert timeline.present.situation.network.parameters["food"].tobytes() == food.tobytes()
    while timeline.future:
        timeline = timeline.redo()
    assert timeline.present.situation.network.parameters["food"].tobytes() == last.tobytes()


def test_a_run_that_was_trained_on_comes_back_as_it_was_left() -> None:
    run, other = (TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=seed)) for seed in (1, 2))
    timeline = Timeline(Simulation(Situation(lesson=4)).with_learning(run.moment(), 1))
    run.advance(7)
    timeline = timeline.walk(timeline.present.with_learning(run.moment(), 1))
    timeline = timeline.change(timeline.present.with_learning(other.moment(), 2))
    other.advance(5)
    timeline = timeline.walk(timeline.present.with_learning(other.moment(), 2))
    back = timeline.undo()
    learning = back.present.situation.learning
    assert learning is not None
    assert (back.present.situation.run_id, learning.update, learning.config.seed) == (1, 7, 1)
    assert learning.network.parameters["food"].tobytes() == run.moment().network.parameters["food"].tobytes()
    again = back.redo().present.situation.learning
    assert again is not None
    assert (again.update, again.config.seed) == (5, 2)


def nudged(now: Simulation) -> Simulation:
    network = now.situation.network
    merge = network.parameters["merge"].copy()
    merge[3, 7] += 0.1
    return now.with_network(network.with_parameters(network.parameters.with_matrix("merge", merge)))


@pytest.mark.parametrize(
    ("begin", "change", "times"),
    [
        (Simulation(), Simulation.add_day, 40),
        (Simulation(), Simulation.flip_weather, 40),
        (Simulation(Situation(week=(0, 1) * 2_000)), Simulation.flip_weather, 6),
        (Simulation(Situation(LARGE)), nudged, 8),
        (Simulation(Situation(LARGE)), Simulation.next_start, 8),
    ],
    ids=["a day more", "another weather", "another weather of a long week", "a weight", "another start"],
)
def test_many_changes_take_little_memory(
    begin: Simulation, change: Callable[[Simulation], Simulation], times: int
) -> None:
    timeline = Timeline(change(begin))
    _ = timeline.present.situation.run
    tracemalloc.start()
    try:
        for _ in range(times):
            timeline = timeline.change(change(timeline.present))
            _ = timeline.present.situation.run, timeline.present.situation.loss, timeline.present.steps
        before_last = len(timeline.past)
        grown = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert before_last == min(times, MAX_STEPS)
    present = tracemalloc_of(timeline.present)
    assert grown - present < 50 * MEGABYTE * times / 5000 + 2 * MEGABYTE


def tracemalloc_of(simulation: Simulation) -> int:
    """About what the present takes itself: the pass of its week, for which there was room before."""
    situation = simulation.situation
    parts = (situation.run, situation.weeks, situation.network.parameters)
    arrays: list[Any] = [value for part in parts for value in vars(part).values() if isinstance(value, np.ndarray)]
    return int(3 * sum(array.nbytes for array in arrays) + 16 * len(simulation.situation.week))


def test_what_is_remembered_has_a_bound_in_bytes_and_the_last_change_is_always_kept() -> None:
    rng, timeline = np.random.default_rng(0), Timeline(Simulation(Situation(LARGE)))
    for _ in range(60):
        network = timeline.present.situation.network
        weights = network.parameters.with_matrix("food", rng.normal(size=(1024, 64)))  # every entry is another
        timeline = timeline.change(timeline.present.with_network(network.with_parameters(weights)))
    assert sum(leap.nbytes for leap in timeline.past) <= MAX_BYTES
    assert 10 < len(timeline.past) < 60
    while timeline.past:
        timeline = timeline.undo()
    assert sum(leap.nbytes for leap in timeline.future) <= MAX_BYTES
