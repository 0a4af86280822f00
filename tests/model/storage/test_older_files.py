"""Files as versions wrote them that called the networks lecture and elman, and had three matrices: all still open."""

import json
from pathlib import Path

import numpy as np
import pytest

from model.roommate.roommate import PERFECT_ROOMMATE
from model.storage.diaries import load_diary
from model.storage.runs import load_run
from model.storage.scenarios import find_scenario, load_scenario
from model.storage.weights import load_weights, save_weights
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from model.training.setting_texts import from_file
from tui.app.preferences import load_settings

OLDER = Path(__file__).parents[2] / "data" / "older"


@pytest.mark.parametrize(
    ("file", "cell"), [("lecture.json", "both"), ("lecture.npz", "both"), ("elman.json", "elman")]
)
def test_weights_open_with_the_names_of_today(file: str, cell: str, tmp_path: Path) -> None:
    saved = load_weights(OLDER / file)
    assert (saved.network.cell.name, saved.network.activation.name) == (cell, "tanh")
    assert saved.config is not None
    assert saved.config.network == cell
    again = tmp_path / "again.json"
    save_weights(again, saved)
    assert json.loads(again.read_text())["network"] == cell
    np.testing.assert_array_equal(load_weights(again).network.parameters.flat, saved.network.parameters.flat)


def test_the_matrices_are_where_they_were() -> None:
    document, weights = json.loads((OLDER / "lecture.json").read_text()), load_weights(OLDER / "lecture.json").network
    for name in ("food", "weather", "merge"):
        np.testing.assert_array_equal(weights.parameters[name], document[name])
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=3, updates=40, stop="updates"))
    run.advance(40)
    np.testing.assert_allclose(run.moment().network.parameters.flat, weights.parameters.flat, rtol=1e-6)


@pytest.mark.parametrize(("file", "network"), [("run-lecture.npz", "both"), ("run-elman.npz", "elman")])
def test_runs_go_on(file: str, network: str) -> None:
    run = load_run(OLDER / file)
    assert (run.update, run.config.network, run.config.learning_rate) == (35, network, 0.01)
    losses = [run.moment(update).loss for update in (0, 20, 35)]
    assert (run.config.biases, run.config.start, run.config.days) == ("off", "one-hot", 6)
    again = TrainingRun(PERFECT_ROOMMATE, from_file({"seed": 5, "network": network}))
    again.advance(20)
    assert again.moment().loss == pytest.approx(losses[1], rel=1e-9)
    run.advance(5)
    assert run.update == 40


def test_scenarios_diaries_and_what_was_preferred() -> None:
    assert load_scenario(OLDER / "soup.toml").roommate.transitions == find_scenario("soup").roommate.transitions
    assert len(load_diary(OLDER / "days.csv").day) == 8
    assert load_settings(OLDER / "settings.json").theme == "roommate-contrast"


def test_food_still_stands_for_memory_where_a_setting_says_so() -> None:
    config = load_weights(OLDER / "elman.json").config
    assert config is not None
    assert config.frozen == ("memory",)
