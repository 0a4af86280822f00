"""``roommate-tui train --diary``: what is learned from observed days, and what is told about them."""

import json
import random
from pathlib import Path

import pytest

from model.roommate.diary import diary_of
from model.roommate.roommate import PERFECT_ROOMMATE
from model.storage.diaries import diary_csv
from model.storage.scenarios import find_scenario
from model.storage.weights import load_weights
from tests.tui.cli.test_cli import Run, cli
from tui.cli.diary_report import percent

__all__ = ["cli"]


def written(path: Path, scenario: str = "lecture", days: int = 800, slips: tuple[int, ...] = ()) -> str:
    """A diary of a scenario's roommate, with other dishes on some days."""
    roommate = find_scenario(scenario).roommate
    week = tuple(random.Random(1).choices(range(len(roommate.weathers)), k=days))
    diary = diary_of(roommate, week, 0)
    diary.dish[list(slips)] = (diary.dish[list(slips)] + 1) % len(roommate.dishes)
    path.write_bytes(diary_csv(diary))
    return str(path)


@pytest.mark.parametrize("scenario", ["lecture", "coffee", "modulo-7"])
def test_800_days_train_to_the_rule(cli: Run, tmp_path: Path, scenario: str) -> None:
    diary, weights = written(tmp_path / "d.csv", scenario), tmp_path / "w.json"
    status, out, err = cli("train", "--diary", diary, "--out", str(weights), "--json")
    assert (status, err) == (0, "")
    document = json.loads(out)
    assert document["learned"] is True
    report = document["diary"]
    assert (report["days"], report["stretches"], report["gaps_before_lines"]) == (800, 1, [])
    assert (report["training_days"], report["held_out_days"], report["left_out_days"]) == (639, 160, 0)
    assert (report["held_out_accuracy"], report["best_accuracy"], report["contradictory_days"]) == (1.0, 1.0, 0)
    roommate = find_scenario(scenario).roommate
    for weather, row in zip(roommate.weathers, roommate.next_dish, strict=True):
        for yesterday, today in zip(roommate.dishes, row, strict=True):
            assert report["table"][weather][yesterday] in {roommate.dishes[today], None}
    week = ",".join(roommate.weathers)
    start = roommate.dishes[1]
    assert cli("cook", "--weights", str(weights), "--weather", week, "--start", start, "--csv") == cli(
        "cook", "--scenario", scenario, "--weather", week, "--start", start, "--csv"
    )


def test_contradictions_gaps_and_what_never_happened_are_told(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    written(path, days=200, slips=(10, 50))
    lines = path.read_text().splitlines()
    lines = [line for line in lines if line.split(",")[0] not in {"100", "101", "150"}]
    path.write_text("\n".join(lines))
    status, out, _ = cli("train", "--diary", str(path))
    assert status == 0
    assert "The diary has 197 days, 154 of them trained on." in out
    assert "Of 40 days held out 40 are right, given the dish before: 100 % (95 % interval: 91.2 % to 100 %)." in out
    assert "Free running, fed its own dishes: 40 are right" in out
    assert "may be no better than guessing" not in out
    assert "Days are missing before lines 101 and 149: nothing is learned across a gap." in out
    assert "no rule that goes by the weather and yesterday's dish can be right on more than" in out
    report = json.loads(cli("train", "--diary", str(path), "--json")[1])["diary"]
    assert report["gaps_before_lines"] == [101, 149]
    assert report["contradictory_days"] == len(report["contradictions"]) > 0
    first = report["contradictions"][0]
    assert (first["line"], first["day"]) == (12, "11")
    assert f"  line 12, day 11: {first['weather']} after {first['yesterday']} led to {first['dish']}" in out
    assert report["best_accuracy"] == 1 - report["contradictory_days"] / (197 - 3)


def test_less_than_all_is_never_called_100_percent(cli: Run, tmp_path: Path) -> None:
    out = cli("train", "--diary", written(tmp_path / "d.csv", days=4000, slips=(7,)))[1]
    assert "3,998 of 3,999 days, 99.97 %" in out or "3,997 of 3,999 days, 99.9 %" in out


def test_the_words_of_a_scenario_and_its_pictures(cli: Run, tmp_path: Path) -> None:
    diary, weights = written(tmp_path / "d.csv"), tmp_path / "w.npz"
    assert cli("train", "--diary", diary, "--scenario", "lecture", "--out", str(weights))[0] == 0
    assert load_weights(weights).roommate == PERFECT_ROOMMATE
    status, out, err = cli("train", "--diary", diary, "--scenario", "apple-pie")
    assert (status, out) == (3, "")
    assert "line 2: 'pasta' is no dish: there are apple pie, burger and chicken." in err or "is no dish" in err
    assert "more." in err.splitlines()[-1]


def test_short_stretches_make_short_weeks_unless_longer_ones_are_asked_for(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    written(path, days=120)
    lines = [line for line in path.read_text().splitlines() if not line.split(",")[0].endswith(("4", "9"))]
    path.write_text("\n".join(lines))
    document = json.loads(cli("train", "--diary", str(path), "--json")[1])
    assert document["settings"]["days"] == 3
    status, _, err = cli("train", "--diary", str(path), "--days", "6")
    assert status == 2
    assert "has no 6 days one after the other to train on (and the day before them): the longest stretch has 3" in err


def test_days_in_short_stretches_are_told(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    written(path, days=120)
    path.write_text("\n".join(line for line in path.read_text().splitlines() if not line.startswith(("4,", "8,"))))
    out = cli("train", "--diary", str(path))[1]
    assert "4 days stand in stretches too short for weeks of 6 days" in out
    assert json.loads(cli("train", "--diary", str(path), "--json")[1])["diary"]["left_out_days"] == 4


def test_a_network_that_remembers_is_named_where_dishes_contradict_each_other(cli: Run, tmp_path: Path) -> None:
    diary = written(tmp_path / "d.csv", "soup")
    assert "--network elman --stop loss can do better than that" in cli("train", "--diary", diary)[1]
    words = ("--network", "elman", "--days", "12")
    status, out, _ = cli("train", "--diary", diary, *words)
    assert status == 0
    assert "Of 160 days held out 160 are right, given the weather of all days before: 100 %" in out
    assert "It is never told a dish, so that is free running, too." in out
    assert "is not judged by such a rule" in out
    assert "Stuck" not in out
    assert "cases are right" not in out
    document = json.loads(cli("train", "--diary", diary, *words, "--json")[1])
    assert document["settings"]["stop"] == "loss"
    assert document["learned"] is None  # by the table it would be wrong, and the table is wrong
    report = document["diary"]
    assert report["held_out_accuracy"] == report["free_running_accuracy"] == 1.0 > report["best_rule_accuracy"]


def test_a_coin_is_not_called_learned_without_a_word(cli: Run, tmp_path: Path) -> None:
    path, draw = tmp_path / "coin.csv", random.Random(8)
    days = (f"{day},{draw.choice(['sunny', 'rainy'])},{draw.choice(['heads', 'tails'])}" for day in range(1, 41))
    path.write_text("\n".join(("day,weather,dish", *days)))
    out = cli("train", "--diary", str(path))[1]
    assert "So it may be no better than guessing: " in out
    assert "The rule is learned" not in out
    report = json.loads(cli("train", "--diary", str(path), "--json")[1])["diary"]
    assert report["no_better_than_guessing"] is True
    least, most = report["held_out_interval"]
    assert least <= max(report["commonest_dish_accuracy"], report["same_as_yesterday_accuracy"])
    assert 0 <= least <= report["held_out_accuracy"] <= most <= 1


@pytest.mark.parametrize(
    ("right", "days", "text"),
    [(2, 3, "66.7 %"), (3998, 3999, "99.97 %"), (99_999, 100_000, "99.999 %"), (1, 3999, "0.03 %"), (0, 7, "0 %")]
    + [(7, 7, "100 %"), (6, 8, "75 %"), (999, 1000, "99.9 %")],
)
def test_percentages_are_rounded_and_never_all_for_less(right: int, days: int, text: str) -> None:
    assert percent(right / days) == text


def test_another_part_can_be_held_out(cli: Run, tmp_path: Path) -> None:
    diary = written(tmp_path / "d.csv", days=100)
    report = json.loads(cli("train", "--diary", diary, "--held-out", "0.5", "--json")[1])["diary"]
    assert (report["training_days"], report["held_out_days"]) == (49, 50)


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["--held-out", "0.3"], 2, "--held-out is a part of a diary: it needs --diary"),
        (["--diary", "no-such-file.csv"], 3, "no-such-file.csv cannot be read: No such file"),
        (["--diary", "pyproject.toml"], 3, "the first line should name the columns"),
        (["--diary", "x.csv", "--held-out", "2"], 2, "'2' is not a part of the days"),
        (["--diary", "x.csv", "--held-out", "half"], 2, "'half' is not a part of the days"),
    ],
)
def test_what_is_wrong_is_a_sentence(cli: Run, words: list[str], status: int, message: str) -> None:
    got, out, err = cli("train", *words)
    assert (got, out) == (status, "")
    assert message in err


def test_without_a_diary_the_json_is_as_ever(cli: Run) -> None:
    assert "diary" not in json.loads(cli("train", "--updates", "3", "--json")[1])
