"""Weights whose sums are larger than any number: each command says so, JSON has null, and no warning is printed."""

import json
import warnings
from pathlib import Path

import pytest

from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.weights import SavedWeights, load_weights, save_weights
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.tui.cli.test_cli import Run, cli
from tui.text.glyphs import UNICODE
from tui.text.narration import styled_parts

__all__ = ["cli"]


@pytest.fixture(params=["both", "elman"])
def huge(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A file of weights of 10³⁰⁸."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(network=request.param))
    moment, path = run.moment(), tmp_path / "huge.json"
    parameters = moment.network.parameters
    for name, matrix in parameters.matrices.items():
        parameters = parameters.with_matrix(name, matrix / abs(matrix) * 1e308)
    save_weights(path, SavedWeights(PERFECT_ROOMMATE, moment.network.with_parameters(parameters), moment.provenance))
    return str(path)


@pytest.mark.parametrize(
    "words",
    [
        ["cook", "--json"],
        ["explain", "--format", "json"],
        ["explain", "--backward", "--format", "json"],
        ["explain", "--backward", "--format", "json", "--digits", "3"],
        ["extract", "--json"],
        ["extract"],
    ],
)
def test_numbers_that_are_not_finite_are_said_to_be_so(cli: Run, words: list[str], huge: str) -> None:
    if words[0] == "extract" and load_weights(Path(huge)).network.cell.remembers:
        pytest.skip("there is no table of dishes to read off")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        status, out, err = cli(*words, "--weights", huge)
    assert "not finite" in out + err or words == ["extract", "--json"]
    assert "Warning" not in err
    if "json" in " ".join(words) and out:
        document = json.loads(out, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
        assert document.get("stays_true") is None
        assert document.get("matches_rule") is None
        assert status in {0, 3}


def test_the_walk_says_so_too(huge: str) -> None:
    saved = load_weights(Path(huge))
    if saved.network.cell.remembers:
        return
    simulation = Simulation(Situation().with_custom_network(saved.network, saved.made)).turn()
    assert "a number that is not finite" in "".join(text for text, _style in styled_parts(simulation, UNICODE))
