"""Certificates as files: what is written is read, and whatever else is there is refused in a sentence."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import FileError, InputError
from model.storage.certificates import Certificate, certificate_json, checked_name, load_certificate, save_certificate
from tests.model.course.test_proof import TRUE


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "certificate.json"
    path.write_text(text)
    return path


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    save_certificate(path, TRUE)
    read = load_certificate(path)
    assert read.untouched
    for name in vars(TRUE):
        assert getattr(read, name) == getattr(TRUE, name), name
    with pytest.raises(FileError, match="is there already"):
        save_certificate(path, TRUE)


def test_a_roommate_with_states_is_read_again(tmp_path: Path) -> None:
    from model.roommate.scenario import SOUP

    eater: Certificate = replace(TRUE, roommate=SOUP.roommate, start=2, broken=None, stray=3, predicted=None)
    assert load_certificate(written(tmp_path, certificate_json(eater))).roommate == SOUP.roommate


@pytest.mark.parametrize("name", ["name", "updates", "margin", "strays_on", "predicted", "command", "start"])
def test_a_change_of_anything_is_seen(tmp_path: Path, name: str) -> None:
    document = json.loads(certificate_json(TRUE))
    document[name] = {"name": "Eve", "command": "x", "start": "milk"}.get(name, 7)
    assert not load_certificate(written(tmp_path, json.dumps(document))).untouched


def test_another_order_and_other_blanks_are_no_change(tmp_path: Path) -> None:
    document = json.loads(certificate_json(TRUE))
    turned = dict(reversed([*document.items()]))
    assert load_certificate(written(tmp_path, json.dumps(turned, indent=4))).untouched


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"format": "roommate-weights"}, "no certificate"),
        ({"version": 2}, "version 2"),
        ({"version": "x" * 999}, "of version"),
        ({"roommate": 3}, "each an object"),
        ({"roommate": {}}, "is missing"),
        ({"start": "soup"}, "none of the states"),
        ({"settings": {"colour": "red"}}, "not a setting"),
        ({"settings": {"hidden": 10**9}}, "at most"),
        ({"seed": 4}, "is not the seed"),
        ({"updates": -1}, "whole number"),
        ({"updates": 1.5}, "whole number"),
        ({"updates": True}, "whole number"),
        ({"margin": "much"}, "should be a number"),
        ({"strays_on": -3}, "whole number"),
        ({"name": ""}, "A name has"),
        ({"name": "\x1b[2J"}, "A name has"),
        ({"name": 3}, "should be a text"),
        ({"command": "x" * 5000}, "should be a text"),
    ],
)
def test_what_is_no_certificate_is_refused(tmp_path: Path, change: dict[str, object], part: str) -> None:
    document = json.loads(certificate_json(TRUE))
    with pytest.raises(FileError, match=part) as told:
        load_certificate(written(tmp_path, json.dumps({**document, **change})))
    assert "certificate.json" in str(told.value)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "[]", "3", '{"format": NaN}', "\0", "9" * 5000])
def test_what_is_no_json_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FileError, match=r"certificate\.json"):
        load_certificate(written(tmp_path, text))


def test_a_name_is_one_line_that_can_be_shown() -> None:
    assert checked_name("  Ada   Lovelace ") == "Ada Lovelace"
    for name in ("", "x" * 101, "a\u202eb"):
        with pytest.raises(InputError):
            checked_name(name)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(json.loads(certificate_json(TRUE)))), JSON)
def test_whatever_stands_in_a_field_is_read_or_refused(name: str, value: object) -> None:
    import tempfile

    document = json.loads(certificate_json(TRUE))
    document[name] = value
    with tempfile.TemporaryDirectory() as folder:
        try:
            load_certificate(written(Path(folder), json.dumps(document)))
        except FileError as error:
            assert "certificate.json" in str(error)
