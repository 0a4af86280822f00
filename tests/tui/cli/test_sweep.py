"""``roommate-tui sweep``: what it prints and writes, what it keeps, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import signal
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from model.analysis import outcomes
from model.training.seed_batch import train_in_lanes
from tests.tui.cli.test_cli import Run, cli

__all__ = ["cli"]

FAST = ("--updates", "30", "--hold", "3", "--weeks", "8", "--workers", "1", "--learning-rate", "0.2")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "roommate-tui" / "sweeps"


def test_the_promised_json(cli: Run, state: Path) -> None:
    words = ("sweep", *FAST, "--seeds", "3:9", "--vary", "scale=0.2,0.5", "--vary", "activation=tanh,relu", "--json")
    status, out, err = cli(*words)
    assert (status, err) == (0, "")
    document = json.loads(out)
    assert (document["format"], document["version"]) == ("roommate-sweep", 1)
    assert document["vary"] == [
        {"setting": "scale", "values": [0.2, 0.5]},
        {"setting": "activation", "values": ["tanh", "relu"]},
    ]
    assert (document["seeds"], document["trainings"], document["complete"]) == ({"first": 3, "count": 6}, 24, True)
    assert [(cell["scale"], cell["activation"]) for cell in document["cells"]] == [
        (0.2, "tanh"), (0.5, "tanh"), (0.2, "relu"), (0.5, "relu"),
    ]  # fmt: skip
    for cell in document["cells"]:
        assert cell["trainings"] == 6
        assert cell["learned_low"] <= cell["learned_rate"] <= cell["learned_high"]
        assert (cell["settings"]["weeks"], cell["settings"]["scale"]) == (8, cell["scale"])
    kept = {path: path.stat().st_mtime_ns for path in state.rglob("*.npz")}
    assert len(kept) == 4
    assert cli(*words)[1] == out
    assert {path: path.stat().st_mtime_ns for path in state.rglob("*.npz")} == kept


def test_a_map_a_table_and_a_histogram(cli: Run) -> None:
    map_, table, histogram = (
        cli("sweep", *FAST, "--seeds", "6", *vary)[1]
        for vary in (
            ("--vary", "scale=0.2,0.5", "--vary", "days=4,6"),
            ("--vary", "scale=0.2,0.5"),
            ("--updates", "60"),
        )
    )
    assert "percent learned: scale from left to right, days upwards" in map_
    rows = [line.split() for line in map_.splitlines()[2:5]]
    assert ([row[0] for row in rows[:2]], rows[2]) == (["6", "4"], ["0.2", "0.5"])
    assert all(len(row) == 3 for row in rows[:2])
    assert "true for 10,000 days" in table
    assert [line.split()[1] for line in table.splitlines()[1:3]] == ["0.2", "0.5"]
    assert "of 6 (" in histogram
    assert "6 of 6 trainings are done" in histogram
    assert "learned after so many updates" in histogram


def test_a_wide_map_is_given_in_parts(cli: Run) -> None:
    out = cli(
        "sweep", *FAST, "--seeds", "1", "--updates", "1", "--vary", "scale=0.01:3:log:40", "--vary", "days=2,3"
    )[1]
    assert max(map(len, out.partition("\n\n1 of")[0].splitlines()[:-2])) <= 120
    assert out.count("\n3 ") == out.count("\n2 ") == 3


@pytest.mark.parametrize("sides", [0, 1, 2])
def test_files(cli: Run, tmp_path: Path, sides: int) -> None:
    vary = ("--vary", "scale=0.1:1:log:4", "--vary", "activation=tanh,relu")[: 2 * sides]
    files = {name: tmp_path / f"{name}.{name[:3]}" for name in ("csv", "svg")} | {"trainings": tmp_path / "t.csv"}
    words = [word for name, path in files.items() for word in (f"--{name}", str(path))]

    assert cli("sweep", *FAST, "--seeds", "5", *vary, *words)[0] == 0

    cells = list(csv.DictReader(io.StringIO(files["csv"].read_text())))
    trainings = list(csv.DictReader(io.StringIO(files["trainings"].read_text())))
    assert len(cells) == (1, 4, 8)[sides]
    assert sum(int(cell["trainings"]) for cell in cells) == len(trainings) == 5 * len(cells)
    assert sum(int(cell["learned"]) for cell in cells) == sum(bool(each["learned_at"]) for each in trainings)
    picture = ET.fromstring(files["svg"].read_text())
    texts = ["".join(element.itertext()) for element in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert any("perfect roommate" in text for text in texts)
    if sides == 2:
        shown = [text for text in texts if text.isdecimal()]
        assert shown.count("100") >= sum(float(cell["learned_rate"]) == 1 for cell in cells)
    status, _, err = cli("sweep", *FAST, "--seeds", "5", *words)
    assert status == 3
    assert "is there already; --overwrite replaces it" in err


def test_a_diary_and_a_scenario(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "days.csv"
    path.write_text(cli("cook", "--weather", "srrsrsrrssrsrrsrsrrs", "--csv")[1])
    status, out, _ = cli("sweep", *FAST, "--seeds", "2", "--diary", str(path), "--json")
    assert (status, json.loads(out)["diary"] is None) == (0, False)
    status, out, _ = cli("sweep", *FAST, "--seeds", "2", "--scenario", "soup", "--network", "elman", "--json")
    assert (status, json.loads(out)["cells"][0]["settings"]["network"]) == (0, "elman")


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["--seeds", "9:3"], 2, "there is no seed in it"),
        (["--seed", "7"], 2, "--seeds 7:8 for this one alone"),
        (["--vary", "scale=3:1:log:4"], 2, "the range goes backwards"),
        (["--vary", "scale=1,2", "--vary", "scale=3"], 2, "scale is varied twice"),
        (["--vary", "hold=1,2"], 2, "hold cannot be varied"),
        (["--vary", "scale=1,2", "--scale", "1"], 2, "cannot have one value for all cells"),
        (
            ["--vary", "hidden=2,9", "--network", "elman"],
            2,
            "1 of 2 cell has settings that do not go together (hidden 2)",
        ),
        (["--workers", "0"], 2, "is not a number of workers"),
        (["--dask", "tcp://127.0.0.1:1", "--workers", "2"], 2, "--workers are of this machine"),
        (["--held-out", "0.3"], 2, "it needs --diary"),
        (["--csv", "map.txt"], 3, "should end in .csv"),
        (["--json", "--csv", "-"], 2, "would both be on standard output"),
        (["--csv", "a.csv", "--trainings", "a.csv"], 2, "are one file"),
    ],
)
def test_what_is_wrong_is_a_sentence_before_anything_is_trained(
    cli: Run, words: list[str], status: int, message: str, state: Path
) -> None:
    got, out, err = cli("sweep", *words)
    assert (got, out) == (status, "")
    assert message in err
    assert not state.exists()


def test_interrupted_it_keeps_what_it_has_and_goes_on(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("sweep", *FAST, "--seeds", "4", "--vary", "scale=0.1,0.2,0.3,0.4", "--json")
    calls: list[int] = []

    def interrupted(*arguments: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == 3:
            signal.raise_signal(signal.SIGINT)
        return train_in_lanes(*arguments, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(outcomes, "train_in_lanes", interrupted)
        status, out, err = cli(*words)
    document = json.loads(out)
    assert (status, document["complete"]) == (130, False)
    assert 0 < document["done"] < 16
    assert f"{document['done']} of 16 trainings are done and kept: the same command goes on from there." in err

    status, out, err = cli(*words)
    assert (status, err, json.loads(out)["done"]) == (0, "", 16)
    assert sum(1 for cell in json.loads(out)["cells"] if cell["trainings"] == 4) == 4


def test_hours_are_asked_about_and_what_is_done_is_kept(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("model.sweep.time_limit.MEASURED_SECONDS", 0)
    monkeypatch.setattr("tui.cli.sweep.LIMIT_SECONDS", 1e-9)
    words = ("sweep", *FAST, "--seeds", "4", "--vary", "scale=0.1,0.2,0.3,0.4")

    status, out, err = cli(*words)
    assert (status, out) == (2, "")
    assert "This would take about" in err
    assert "4 of 16 trainings took" in err
    assert cli(*words, "--yes")[0] == 0


def test_where_nothing_can_be_kept_it_says_so_and_does_its_work(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "nowhere")
    status, out, err = cli("sweep", *FAST, "--seeds", "2", "--json")
    assert (status, json.loads(out)["done"]) == (0, 2)
    assert "Outcomes are not kept: XDG_STATE_HOME is 'nowhere'" in err


def test_a_folder_of_ones_own(cli: Run, tmp_path: Path, state: Path) -> None:
    assert cli("sweep", *FAST, "--seeds", "2", "--keep", str(tmp_path / "mine"))[0] == 0
    assert len(list((tmp_path / "mine").rglob("*.npz"))) == 1
    assert not state.exists()


def test_without_dask_it_is_said_how_to_get_it(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    status, out, err = cli("sweep", "--dask", "local")
    assert (status, out) == (1, "")
    assert "roommate-tui[cluster]" in err


@pytest.mark.parametrize("address", ["", "nowhere", "tcp://", "tcp://a:b", "\x1b]0;x\x07:1", "a b:1"])
def test_what_is_no_address_is_wrong_use(cli: Run, address: str) -> None:
    status, _out, err = cli("sweep", "--dask", address)
    assert status == 2
    assert "is not the address of a scheduler" in err
    assert "\x1b" not in err
