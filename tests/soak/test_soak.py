"""A small part of the long trial: `python tests/soak` runs all of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from model.simulation.simulation import Simulation
from tests.end_to_end.terminal import ROOT
from tests.soak import files, keys, neighbours, reader, values, walk
from tests.soak.moves import NAMES
from tests.soak.outcome import Outcome


def test_walks() -> None:
    outcome = walk.run(scale=0.004, seed=1)
    assert outcome.failures == []
    assert outcome.count == 4000
    assert all(outcome.seen[name] for name in NAMES)


def test_a_walk_that_goes_wrong_is_made_short(monkeypatch: pytest.MonkeyPatch) -> None:
    after = Simulation.add_day
    monkeypatch.setattr(Simulation, "add_day", lambda now: now.flip_weather(99) if now.days == 7 else after(now))
    failures = walk.run(scale=0.001, seed=1).failures
    assert failures
    assert "IndexError" in failures[0]
    moves = failures[0].rpartition("the shortest way there: ")[2]
    assert moves.count("(") == moves.count("'add_day'") == 2


def test_what_a_terminal_sends() -> None:
    outcome = reader.run(scale=0.005, seed=5)
    assert outcome.failures == []
    assert outcome.count == 5000
    assert all(outcome.seen[kind] > 100 for kind in ("keys", "answers", "pastes", "noise"))


def test_broken_files() -> None:
    outcome = files.run(scale=0.02, seed=3)
    assert outcome.failures == []
    assert outcome.count == 400
    assert outcome.seen["sentences"] > 100


def test_a_neighbour_in_a_shared_folder() -> None:
    outcome = neighbours.run(scale=0.02, seed=2)
    assert outcome.failures == []
    assert outcome.count == 40
    assert outcome.seen["saved"]


def test_impossible_values() -> None:
    outcome = values.run(scale=0.01, seed=5)
    assert outcome.failures == []
    assert outcome.count == 200
    assert {"json: cook", "npz: at the start", "toml: line by line", "csv: train"} <= {*outcome.seen}


@pytest.mark.parametrize("part", ["keys", "kill"])
def test_on_a_terminal_and_with_kills(part: str) -> None:
    if part == "keys":
        outcome: Outcome = keys.run(scale=0.005, seed=4)
        assert outcome.failures == []
        assert outcome.count >= 100
    else:  # it forks, which a test runner with its threads had better not
        command = [sys.executable, "tests/soak", "--only", "kill", "--scale", "0.1"]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout
        assert "20 kills, 0 failures" in result.stderr
