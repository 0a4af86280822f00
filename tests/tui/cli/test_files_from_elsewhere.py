"""Files as other programs and other people write them, under ``tests/data``: read, or refused with a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model.storage.diaries import load_diary
from tests.tui.cli.test_cli import Run, cli

__all__ = ["cli"]

DATA = Path(__file__).parents[2] / "data"

DIARIES = {
    "two-weather-columns": "line 1: 2 columns are called weather",
    "missing-NaN": "line 9: the dish is missing: NaN says that there is none",
    "width-emoji-vs16": "terminals differ on it",
    "width-keycap": "terminals differ on it",
    "dup_day": "line 8: day 2024-03-06 stands in line 7 already",
    "ragged_short": "it has 3 columns, and the first line names more",
    "latin1": "line 4: it is not UTF-8 text; save it as UTF-8",
    "long": "is too long: a name has at most 40 letters",
    "newest_first": "line 3: day 2024-04-09 comes too late",
}
"""The diaries that are refused, and with which words; all others tell the same 34 days."""

SCENARIOS = {
    "width-vs16-names": "terminals differ on it",
    "bidi": "has characters in it that cannot be shown",
    "look": "has characters in it that cannot be shown",
    "hex_int": "line 1, name: a number of some 6,021 digits should be text in quotes",
    "key_esc": "there is no such key",
    "rule_key_esc": "there is no weather",
    "dup": "line 11, column 6: it is not TOML",
    "smartquotes": "line 8, column 9: it is not TOML",
}

WEIGHTS = {
    "food-transposed.json": "Food is transposed: 3×6, and should be 6×3",
    "bad-or-odd-food_T.json": "Food is transposed: 3×6, and should be 6×3",
    "about_bad_utf.npz": 'its "about" is not text',
    "longdouble.npz": '"food" has a number that is not finite in row 1, column 1',
    "lr_10e400.json": "learning rate: inf must be more than 0",
    "name_osc52.json": "'a' is named twice",
    "all1e308.json": "its numbers are so large that sums and products of them are not finite",
    "complex.npz": '"food" is not an array of numbers',
    "structured.npz": '"food" is not an array of numbers',
    "single.npy": "it is neither JSON nor .npz",
    "w.h5": "it is neither JSON nor .npz",
    "w.json.gz": "it is neither JSON nor .npz",
    "torch_like.pt": 'it has no "about"',
    "w.safetensors": "it is not JSON, or cut off",
    "bad-or-odd-comment.json": "it is not JSON, or cut off",
    "bad-or-odd-dupkey.json": "its matrices do not fit",
    "bad-or-odd-escname.json": "has characters in it that cannot be shown",
    "bad-or-odd-html.json": "it is not JSON, or cut off",
    "bad-or-odd-inf.json": "not finite in row 1, column 1",
    "bad-or-odd-jsonl.json": "Extra data in line 2, column 1",
    "bad-or-odd-keras_list.json": "its JSON is not an object",
    "bad-or-odd-lfs.json": "it is not JSON, or cut off",
    "bad-or-odd-nan.json": "not finite in row 1, column 1",
    "bad-or-odd-strings.json": '"food" should be a list of rows of numbers',
    "bad-or-odd-torch_keys.json": '"format" should be "roommate-weights"',
    "bad-or-odd-v2.json": "it has version 2, and this program reads version 1",
}
"""The files that are no weights, and with which words they are refused; all others cook."""


def stems(folder: str) -> list[str]:
    """The names of the files of a folder."""
    return sorted(path.name for path in (DATA / folder).iterdir())


@pytest.mark.parametrize("name", stems("diaries"))
def test_a_diary_is_34_days_or_refused(cli: Run, name: str) -> None:
    path = DATA / "diaries" / name
    refused = DIARIES.get(path.stem)
    status, out, err = cli("train", "--diary", str(path), "--updates", "60", "--stop", "updates", "--json")
    if refused is not None:
        assert (status, out) == (3, "")
        assert refused in err
        assert str(path) in err
        return
    assert (status, err) == (0, "")
    report = json.loads(out)["diary"]
    diary = load_diary(path)
    assert (report["days"], len(diary.dishes), len(diary.weathers)) == (34, 3, 2)
    assert report["contradictory_days"] == 0
    if path.stem == "gapyear":
        assert report["gaps_before_lines"] == [19]
        return
    assert (report["training_days"], report["held_out_days"], report["held_out_accuracy"]) == (26, 7, 1.0)
    same = load_diary(DATA / "diaries" / "ok_iso.csv")
    assert diary.dish.tolist() == same.dish.tolist()
    assert diary.weather.tolist() == same.weather.tolist()


@pytest.mark.parametrize("name", stems("scenarios"))
def test_a_scenario_is_good_or_refused(cli: Run, name: str) -> None:
    path = DATA / "scenarios" / name
    refused = SCENARIOS.get(path.stem)
    status, out, err = cli("scenario", "check", str(path))
    assert (refused or " is good: ") in (err if refused else out)
    assert status == (3 if refused else 0)
    if path.stem in {"nfd-start", "utf16", "bom"}:
        assert "Before the first day: crème" in out


@pytest.mark.parametrize("name", stems("weights"))
@pytest.mark.filterwarnings("error")
def test_weights_cook_or_are_refused(cli: Run, name: str) -> None:
    path = DATA / "weights" / name
    refused = WEIGHTS.get(name)
    week = "солнце,дождик,дождик" if name == "w-cyrillic.json" else "srr"
    status, out, err = cli("cook", "--weights", str(path), "--weather", week, "--csv")
    assert status == (3 if refused else 0)
    assert (refused or "") in err
    if refused is None:
        dishes = [line.split(",")[2] for line in out.splitlines()[1:]]
        unlike = {
            "w-overflow.json": "pasta burger pasta",
            "w-cyrillic.json": "борщ плов сало",
            "w_soup.json": "bread bread soup",
        }
        assert " ".join(dishes) == unlike.get(name, "pasta burger salad")
    else:
        assert str(path) in err
        assert (out, len(err.splitlines())) == ("", 1)


@pytest.mark.parametrize("name", ["all1e308.json", "w-overflow.json"])
@pytest.mark.parametrize("form", ["text", "json", "latex", "markdown"])
@pytest.mark.filterwarnings("error")
def test_numbers_that_overflow_are_shown_and_said(cli: Run, name: str, form: str) -> None:
    words = ("explain", "--weights", str(DATA / "weights" / name), "--weather", "sr", "--format", form, "--backward")
    status, out, err = cli(*words)
    assert status == 3
    assert len(out) > 1000
    assert "sums and products of them are not finite" in err
