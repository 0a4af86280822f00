"""What a file says of its weights is what made them, and not what was set since."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.errors import FileError, RoommateError
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage import weights as weights_files
from model.storage.weights import SavedWeights, load_weights, save_weights
from model.training.config import TrainingConfig
from model.training.optimizers import OPTIMIZERS
from model.training.provenance import Provenance
from model.training.run import TrainingRun
from model.training.setting_texts import as_settings

ADAM = TrainingConfig(seed=4)


def changed(*changes: tuple[int, TrainingConfig]) -> TrainingRun:
    """A run with other settings from some updates on, the last of which make no update."""
    run = TrainingRun(PERFECT_ROOMMATE, ADAM)
    for updates, config in changes:
        run.advance(updates)
        run.configure(config)
    return run


def file_of(run: TrainingRun, path: Path, update: int | None = None) -> Path:
    moment = run.moment(update)
    save_weights(path, SavedWeights(run.roommate, moment.network, moment.provenance))
    return path


def test_settings_that_have_made_no_update_have_made_no_weights(tmp_path: Path) -> None:
    sgd = replace(ADAM, optimizer="sgd", learning_rate=50.0)
    document = json.loads(file_of(changed((30, sgd)), tmp_path / "w.json").read_text())
    assert document["settings"] == as_settings(ADAM)
    assert document["stretches"] == [{"from": 0, "to": 30, "settings": as_settings(ADAM)}]
    assert document["optimizer"] == {"name": "sgd", "updates": 0}


@pytest.mark.parametrize("name", ["w.json", "w.npz"])
def test_every_stretch_comes_back(name: str, tmp_path: Path) -> None:
    sgd, slow = replace(ADAM, optimizer="sgd"), replace(ADAM, optimizer="sgd", learning_rate=0.001)
    run = changed((10, sgd), (5, slow))
    run.advance(4)
    run.advance_on((0, 1, 1), 2)
    run = run.edited(run.moment().network.parameters.flat * 2)
    saved = load_weights(file_of(run, tmp_path / name))
    assert [(one.begin, one.end, one.config) for one in saved.made.stretches] == [
        (0, 10, ADAM),
        (10, 15, sgd),
        (15, 20, slow),
    ]
    assert saved.made.aimed == ((19, (0, 1, 1), 2),)
    assert saved.made.edited == (20,)
    assert (saved.updates, saved.config) == (20, slow)
    earlier = load_weights(file_of(run, tmp_path / f"earlier-{name}", 12))
    assert [(one.begin, one.end) for one in earlier.made.stretches] == [(0, 10), (10, 12)]
    assert earlier.made.edited == ()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("name", ["w.json", "w.npz"])
def test_the_way_back_through_a_file_makes_the_step_that_training_would(
    optimizer: str, name: str, tmp_path: Path
) -> None:
    run = TrainingRun(PERFECT_ROOMMATE, replace(ADAM, optimizer=optimizer, clip=0.01, freeze="food", feedback="hard"))
    run.advance(20)
    learning = Simulation(Situation(lesson=4)).with_learning(run.moment(), 1).situation
    saved = load_weights(file_of(run, tmp_path / name))
    opened = Situation().with_custom_network(saved.network, saved.made)
    assert np.array_equal(opened.week_update.step, learning.week_update.step)
    assert opened.week_update.memory.count == 21
    again = SavedWeights(PERFECT_ROOMMATE, opened.network, opened.made[3])
    save_weights(tmp_path / f"again-{name}", again)  # opened and saved, nothing is lost
    assert (tmp_path / f"again-{name}").read_bytes() == (tmp_path / name).read_bytes()


def test_another_optimizer_begins_with_nothing(tmp_path: Path) -> None:
    run = TrainingRun(PERFECT_ROOMMATE, ADAM)
    run.advance(20)
    saved = load_weights(file_of(run, tmp_path / "w.json"))
    simulation = Simulation(Situation().with_custom_network(saved.network, saved.made))
    assert simulation.situation.week_update.memory.count == 21
    simulation = simulation.with_settings(replace(ADAM, optimizer="rmsprop"))
    assert simulation.situation.week_update.memory.count == 1
    changed = saved.network.with_parameters(saved.network.parameters.with_matrix("food", np.zeros((6, 3))))
    assert simulation.with_network(changed).situation.made == {}
    assert simulation.with_network(saved.network).situation.made  # the weights are what they were


def test_a_file_too_large_for_a_memory_leaves_it_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = TrainingRun(PERFECT_ROOMMATE, ADAM)
    monkeypatch.setattr(weights_files, "MAX_BYTES", 3 * 48 * weights_files.DIGITS - 1)
    assert "optimizer" not in json.loads(file_of(run, tmp_path / "w.json").read_text())


def test_weights_set_by_hand_say_nothing_of_training(tmp_path: Path) -> None:
    situation = Situation()
    save_weights(tmp_path / "w.json", SavedWeights(PERFECT_ROOMMATE, situation.network))
    document = json.loads((tmp_path / "w.json").read_text())
    assert document["settings"] is None
    assert not {"stretches", "optimizer"} & {*document}
    assert load_weights(tmp_path / "w.json").made.stretches == Provenance().stretches


@pytest.mark.parametrize(
    ("member", "value", "fault"),
    [
        ("stretches", [], "lead up to its 6"),
        ("stretches", 3, "a list of objects"),
        ("stretches", [{"from": 0, "to": 5, "settings": {}}], "lead up to its 6"),
        ("stretches", [{"from": 1, "to": 6, "settings": {}}], "from which update to which"),
        ("stretches", [{"from": 0, "to": 6.0, "settings": {}}], "from which update to which"),
        ("stretches", [{"from": 0, "to": 6, "settings": {"seeds": 1}}], "not a setting"),
        ("edited_at", [-1], "a list of updates"),
        ("own_weeks", [{"update": 1, "week": ["snow"], "start": "pasta"}], "a week of its weathers"),
        ("own_weeks", [{"update": 1, "week": [], "start": "pasta"}], "a week of its weathers"),
        ("optimizer", {"name": "adam"}, "how many updates"),
        ("optimizer", {"name": "lion", "updates": 3}, "the name of an optimizer"),
        ("optimizer", [], "the name of an optimizer"),
        ("optimizer_first", [0.0] * 47, "each of 48 weights"),
        ("optimizer_first", ["a"] * 48, "a list of numbers"),
        ("optimizer_second", None, "each of 48 weights"),
        ("optimizer_second", [-1.0] * 48, "less than 0"),
    ],
)
def test_a_bad_file_is_told_of(member: str, value: object, fault: str, tmp_path: Path) -> None:
    run = TrainingRun(PERFECT_ROOMMATE, ADAM)
    run.advance(6)
    path = file_of(run, tmp_path / "w.json")
    path.write_text(json.dumps({**json.loads(path.read_text()), member: value}))
    with pytest.raises(RoommateError, match=fault) as error:
        load_weights(path)
    assert isinstance(error.value, FileError)
    assert "w.json" in str(error.value)
