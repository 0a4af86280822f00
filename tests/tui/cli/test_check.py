"""``roommate-tui check``: a hundred certificates can be marked by a loop."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from model.course.proof import reproduced
from model.storage.certificates import Certificate, certificate_json
from tests.model.course.test_proof import TRUE
from tests.tui.cli.test_cli import Run, cli

__all__ = ["cli"]


@pytest.fixture(scope="module")
def true() -> Certificate:
    simulation, _run = reproduced(TRUE)
    snapshot = simulation.situation.snapshot
    assert snapshot is not None
    command = "roommate-tui --scenario /no/such/mine.toml --lesson 4 --seed 0 --update 140"
    return replace(TRUE, margin=snapshot.verdict.smallest, command=command)


def test_a_true_certificate_holds(cli: Run, true: Certificate, tmp_path: Path) -> None:
    path = tmp_path / "ada.json"
    path.write_text(certificate_json(true))
    status, out, err = cli("check", str(path))
    assert (status, err) == (0, "")
    assert "Everything holds." in out
    assert "ada.json: Ada, tea drinker, seed 0, 140 updates." in out
    assert "/no/such/mine.toml, is not here" in out


def test_each_that_does_not_hold_is_named_and_the_others_are_proved_all_the_same(
    cli: Run, true: Certificate, tmp_path: Path
) -> None:
    good, changed, none = (tmp_path / f"{name}.json" for name in ("good", "changed", "none"))
    good.write_text(certificate_json(true))
    changed.write_text(certificate_json(true).replace('"updates": 140', '"updates": 20'))
    none.write_text("{}")
    status, out, _err = cli("check", str(changed), str(good))
    assert status == 4
    assert "Learned: does not hold: It has not learned." in out
    assert "Its checksum: does not hold" in out
    assert "Everything holds." in out
    status, out, err = cli("check", str(none), str(good))
    assert status == 3
    assert "no certificate of this program" in err
    assert "Everything holds." in out


def test_a_certificate_of_another_version_or_without_its_roommate_is_a_sentence(
    cli: Run, true: Certificate, tmp_path: Path
) -> None:
    whole = json.loads(certificate_json(true))
    newer, none = tmp_path / "newer.json", tmp_path / "none.json"
    newer.write_text(json.dumps({**whole, "version": 99}))
    none.write_text(json.dumps({key: value for key, value in whole.items() if key != "roommate"}))
    status, out, err = cli("check", str(newer), str(none))
    assert (status, out) == (3, "")
    assert "it is a certificate of version 99, and this program reads version 1." in err
    assert 'none.json: it needs a "roommate"' in err


def test_a_name_that_was_changed_is_seen(cli: Run, true: Certificate, tmp_path: Path) -> None:
    path = tmp_path / "eve.json"
    path.write_text(certificate_json(true).replace('"Ada"', '"Eve"'))
    status, out, _err = cli("check", str(path))
    assert status == 4
    assert "Its checksum: does not hold" in out
    assert "1 of 14 does not hold." in out


def test_json_is_a_line_for_each(cli: Run, true: Certificate, tmp_path: Path) -> None:
    good, none = tmp_path / "good.json", tmp_path / "none.json"
    good.write_text(certificate_json(true))
    none.write_text("x")
    status, out, err = cli("check", "--json", str(good), str(none))
    first, second = map(json.loads, out.splitlines())
    assert (status, err) == (3, "")
    assert first["format"] == second["format"] == "roommate-check"
    assert first["holds"] is True
    assert {one["name"] for one in first["conditions"]} >= {"F1", "F9", "checksum", "margin"}
    assert "no JSON" in second["fault"]


def test_what_would_take_for_ever_is_refused_in_a_sentence(cli: Run, true: Certificate, tmp_path: Path) -> None:
    path = tmp_path / "long.json"
    path.write_text(certificate_json(replace(true, updates=999_999)))
    status, out, err = cli("check", str(path))
    assert (status, out) == (3, "")
    assert "times as long as is allowed" in err


def test_a_file_is_needed(cli: Run) -> None:
    assert cli("check")[0] == 2
