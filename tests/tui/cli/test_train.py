"""``roommate-tui train``, and learned weights in the other commands."""

import json
import signal
import sys
from pathlib import Path

import numpy as np
import pytest

from model.engine import engine
from model.engine.compilation import interpreted
from model.storage.weights import load_weights
from model.training.trainer import Trainer
from tests.tui.cli.test_cli import Run, cli
from tui.cli import engines

__all__ = ["cli"]


def test_the_promised_json(cli: Run) -> None:
    status, out, err = cli("train", "--seed", "7", "--json")
    assert (status, err) == (0, "")
    document = json.loads(out)
    assert (document["format"], document["version"], document["seed"]) == ("roommate-train", 1, 7)
    assert document["learned"] is True
    assert document["learned_at"] < document["updates"]
    assert document["settings"]["optimizer"] == "adam"
    assert document["accuracy"] == 1
    assert out == cli("train", "--seed", "7", "--json")[1]


def test_a_goal_that_was_not_reached_is_status_4_and_still_written(cli: Run, tmp_path: Path) -> None:
    weights, history = tmp_path / "w.npz", tmp_path / "h.csv"
    status, out, _ = cli("train", "--updates", "5", "--out", str(weights), "--history", str(history), "--json")
    assert status == 4
    assert json.loads(out)["learned"] is False
    assert load_weights(weights).updates == 5
    assert history.read_text().count("\n") == 7


def test_learned_weights_work_where_hand_set_ones_do(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    assert cli("train", "--seed", "3", "--out", str(path))[0] == 0
    assert cli("cook", "--weights", str(path), "--csv") == cli("cook", "--csv")
    document = json.loads(cli("explain", "--weights", str(path), "--format", "json")[1])
    food = document["days"][0]["steps"][0]["operands"][0]
    np.testing.assert_array_equal(food["value"], load_weights(path).network.parameters["food"])
    assert document["activation"] == "tanh"
    assert "after" in document["weights"]
    for form in ("text", "markdown", "latex"):
        assert cli("explain", "--weights", str(path), "--format", form)[0] == 0


def test_files_are_kept(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text("mine")
    status, _, err = cli("train", "--updates", "3", "--out", str(path))
    assert status == 3
    assert "is there already; --overwrite replaces it" in err
    assert path.read_text() == "mine"
    assert cli("train", "--updates", "3", "--out", str(path), "--overwrite")[0] == 4
    assert load_weights(path).updates == 3
    assert "there is no folder" in cli("train", "--out", str(tmp_path / "no" / "w.json"))[2]


def test_every_setting_is_an_option(cli: Run) -> None:
    settings = {
        "seed": "4", "optimizer": "sgd", "learning-rate": "1.5", "activation": "sigmoid", "feedback": "hard",
        "weeks": "3", "days": "2", "hidden": "7", "initial": "uniform", "scale": "0.7", "clip": "2.5",
        "biases": "off", "start": "zero",
        "freeze": "memory,merge", "stop": "updates", "hold": "9", "loss-below": "0.2", "updates": "11",
        "network": "elman",
    }  # fmt: skip
    words = [word for name, value in settings.items() for word in (f"--{name}", value)]
    status, out, _ = cli("train", *words, "--json")
    document = json.loads(out)
    assert status == 0
    assert {name: str(value) for name, value in document["settings"].items()} == {
        name.replace("-", "_"): value for name, value in settings.items()
    }
    assert document["updates"] == 11


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["train", "--learning-rate", "fast"], 2, "'fast' is not a number such as 0.03"),
        (["train", "--learning-rate", "0"], 2, "learning rate: 0 must be more than 0"),
        (["train", "--optimizer", "adm"], 2, "Did you mean adam?"),
        (["train", "--weeks", "1" + "0" * 400], 2, "must be at least 1 and at most 4,096"),
        (["train", "--out", "w" * 300], 3, "File name too long"),
        (["cook", "--weights", "no-such-file.json"], 3, "no-such-file.json cannot be read: No such file"),
        (["cook", "--weights", "pyproject.toml"], 3, "not JSON"),
        (["cook", "--weights", "pyproject.toml", "--network", "cycle"], 3, "pyproject.toml"),
    ],
)
def test_what_is_wrong_is_a_sentence(cli: Run, words: list[str], status: int, message: str) -> None:
    got, out, err = cli(*words)
    assert (got, out) == (status, "")
    assert message in err


def test_divergence_is_told_and_the_last_good_weights_are_written(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    status, _, err = cli("train", "--learning-rate", "1e300", "--out", str(path))
    assert status == 4
    assert "not finite" in err
    assert np.isfinite(load_weights(path).network.parameters["food"]).all()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_training_is_written_down(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    step = Trainer.step

    def interrupted(trainer: Trainer) -> None:
        if trainer.update == 30:
            signal.raise_signal(number)
        step(trainer)

    monkeypatch.setattr(Trainer, "step", interrupted)
    before = signal.getsignal(number)
    path, csv = tmp_path / "w.json", tmp_path / "h.csv"
    status, out, err = cli("train", "--out", str(path), "--history", str(csv), "--json")
    assert status == 128 + number
    assert "interrupted after 31 updates" in err
    assert json.loads(out)["updates"] == load_weights(path).updates == 31
    assert csv.read_text().count("\n") == 33
    assert signal.getsignal(number) is before


def test_no_bar_where_nobody_looks_whatever_asks_for_colours(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.setenv(name, "1")
    status, _, err = cli("train", "--updates", "120", "--stop", "updates")
    assert (status, err) == (0, "")


def test_an_engine_that_is_not_there_is_a_sentence(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numba", None)

    status, out, err = cli("train", "--engine", "numba", "--updates", "3")

    assert (status, out) == (2, "")
    assert "The engine numba is not installed: pip install 'roommate-tui[fast]' brings it." in err


@pytest.fixture
def interpreted_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine without numba; runs are long soon."""
    monkeypatch.setattr(engine, "need_numba", lambda: None)
    monkeypatch.setattr(engine, "compiled", lambda text, _folder, _given: interpreted(text))
    monkeypatch.setattr(engines, "LONG", 20)
    monkeypatch.setattr(engines, "AFTER", 12)


@pytest.mark.parametrize(
    ("words", "made_by"),
    [
        (("--updates", "19"), ["numpy"]),
        (("--updates", "20"), ["numpy", "numba"]),
        (("--updates", "20", "--engine", "numpy"), ["numpy"]),
        (("--updates", "3", "--engine", "numba"), ["numba"]),
        (("--updates", "20", "--hidden", "200"), ["numpy"]),
        (("--updates", "12", "--stop", "updates", "--engine", "auto"), ["numpy"]),
    ],
)
@pytest.mark.usefixtures("interpreted_engine")
def test_long_runs_go_on_in_machine_code(cli: Run, words: tuple[str, ...], made_by: list[str]) -> None:
    document = json.loads(cli("train", "--weeks", "2", "--json", *words)[1])

    assert document["engines"] == made_by
    of_numpy = json.loads(cli("train", "--weeks", "2", "--json", *words, "--engine", "numpy")[1])
    assert document["loss"] == pytest.approx(of_numpy["loss"], rel=1e-9)
    assert document["updates"] == of_numpy["updates"]


def test_a_long_run_without_numba_goes_on_as_it_began(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "LONG", 20)
    monkeypatch.setattr(engines, "AFTER", 12)
    monkeypatch.setitem(sys.modules, "numba", None)

    status, out, err = cli("train", "--updates", "20", "--json")

    assert (status, err) == (4, "")
    assert json.loads(out)["engines"] == ["numpy"]
