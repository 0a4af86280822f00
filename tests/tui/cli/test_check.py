"""``roommate-tui check``: a hundred certificates can be marked by a loop."""

import csv
import io
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


@pytest.fixture
def folder(true: Certificate, tmp_path: Path) -> Path:
    path = tmp_path / "class"
    path.mkdir()
    for number, name in enumerate(("Ada", "=HYPERLINK(1)", "Zoë \U0001f600", "x" * 90)):
        (path / f"{number}.json").write_text(certificate_json(replace(true, name=name)))
    (path / "4.json").write_text(certificate_json(true).replace('"updates": 140', '"updates": 20'))
    (path / "5.json").write_text("{}")
    (path / "notes.txt").write_text("not a certificate")
    return path


def test_a_folder_is_marked_as_a_table_and_as_csv(cli: Run, folder: Path, tmp_path: Path) -> None:
    to = tmp_path / "marks.csv"
    status, out, err = cli("check", "--workers", "1", "--csv", str(to), str(folder))
    assert (status, err) == (3, "")
    lines = out.splitlines()
    assert lines[0].split()[:3] == ["name", "checksum", "F1"]
    assert len(lines) == 1 + 6 + 1
    assert "Everything holds of 4 of 6." in lines[-1]
    assert "no certificate of this program" in lines[6]
    rows = list(csv.DictReader(io.StringIO(to.read_text())))
    assert [row["holds"] for row in rows] == ["yes"] * 4 + ["no"] * 2
    assert [row["name"] for row in rows][:3] == ["Ada", "'=HYPERLINK(1)", "Zoë \U0001f600"]
    assert rows[4]["checksum"] == "no"
    assert rows[5]["fault"]


def test_several_processes_prove_the_same_in_the_same_order(cli: Run, folder: Path) -> None:
    one, two = (cli("check", "--json", "--workers", workers, str(folder)) for workers in ("1", "2"))
    assert one == two
    assert [json.loads(line)["file"][-6:] for line in one[1].splitlines()] == [f"{n}.json" for n in range(6)]


@pytest.mark.parametrize("workers", ["0", "-1", "257", "two", "1.5"])
def test_no_number_of_workers_is_a_sentence(cli: Run, workers: str) -> None:
    status, _out, err = cli("check", "--workers", workers, "x.json")
    assert status == 2
    assert "is not a number of workers" in err


def test_a_folder_without_certificates_is_a_sentence(cli: Run, tmp_path: Path) -> None:
    status, _out, err = cli("check", str(tmp_path))
    assert status == 3
    assert "there is no certificate (.json) in this folder" in err
