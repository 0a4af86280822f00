"""``roommate-tui scenario``, and other roommates than the lecture's in every command."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from model.foreign_text import seven_bits
from model.roommate.naming import problem_of_icon
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.steps.axes import dish_axis, weather_axis
from model.storage.scenarios import find_scenario, save_scenario, shipped
from model.storage.weights import SavedWeights, save_weights
from model.training.config import TrainingConfig
from model.training.run import TrainingRun as Training
from tests.tui.cli.test_cli import Run, cli
from tui.cli.first_simulation import simulation_of
from tui.cli.parser import build_parser
from tui.rendering.narration import narration
from tui.session.permalink import command_for
from tui.text.glyphs import ASCII, UNICODE

__all__ = ["cli"]


def test_the_template_passes_the_check_as_it_stands(cli: Run, tmp_path: Path) -> None:
    status, template, err = cli("scenario", "new")
    assert (status, err) == (0, "")
    path = tmp_path / "mine.toml"
    path.write_text(template)
    status, out, err = cli("scenario", "check", str(path))
    assert (status, err) == (0, "")
    assert out.startswith(f"{path} is good: my roommate, 3 dishes, 3 weathers.")
    assert out.splitlines()[3].split("  ") == ["🥞 pancakes", "🥞 pancakes", "🍜 noodles", " 🍜 noodles"]
    (head, *rows) = template.split("#[states]")
    assert rows  # what is commented out is right, too
    states = "\n".join(line.removeprefix("#") for line in f"[states]{rows[0]}".splitlines())
    rules = '\n[rule]\nsunny = "always dry"\nrainy = "next"\nfoggy = "same"\n'
    path.write_text(head.split("[rule]")[0].replace('start = "pancakes"', 'start = "dry"') + states + rules)
    assert cli("scenario", "check", str(path))[0] == 0


@pytest.mark.parametrize("name", shipped())
def test_the_check_as_json(cli: Run, name: str) -> None:
    status, out, err = cli("scenario", "check", name, "--json")
    assert (status, err) == (0, "")
    document = json.loads(out)
    assert (document["format"], document["version"], document["good"]) == ("roommate-scenario", 1, True)
    roommate = find_scenario(name).roommate
    for weather, row in zip(roommate.weathers, roommate.transitions, strict=True):
        for state, today in zip(roommate.states, row, strict=True):
            assert document["table"][weather][state] == roommate.states[today]
    assert (document["states"] is None) == (roommate.memory is None)


def test_what_is_never_cooked_is_told(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('dishes = ["a", "b", "c"]\nweathers = ["w"]\nstart = "a"\n[rule.w]\na = "b"\nb = "a"\nc = "a"\n')
    assert "Whatever the weather, c will not come up from there." in cli("scenario", "check", str(path))[1]
    assert json.loads(cli("scenario", "check", str(path), "--json")[1])["unreached"] == ["c"]


def test_a_bad_file_is_status_3_with_all_its_faults(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('dishes = ["a"]\nweathers = ["w"]\n[rule]\nw = "sme"\n')
    status, out, err = cli("scenario", "check", str(path))
    assert (status, out) == (3, "")
    assert "2 things are wrong" in err
    assert "line 4, rule.w: 'sme' is no rule" in err
    status, out, err = cli("scenario", "check", str(path), "--json")
    assert (status, err) == (3, "")
    assert json.loads(out)["good"] is False
    assert len(json.loads(out)["faults"]) == 2
    status, out, _ = cli("scenario", "check", str(tmp_path / "none.toml"), "--json")
    assert status == 3
    assert "No such file" in json.loads(out)["faults"][0]
    for command in ("cook", "explain", "extract", "train"):
        assert cli(command, "--scenario", str(path))[0] == 3


def test_those_that_come_with_the_program_are_listed(cli: Run) -> None:
    lines = cli("scenario", "list")[1].splitlines()
    assert [line.split()[0] for line in lines] == list(shipped())
    assert lines[0].endswith("3 dishes, 2 weathers")


@pytest.mark.parametrize("name", shipped())
def test_every_command_takes_a_scenario(cli: Run, name: str) -> None:
    scenario = find_scenario(name)
    roommate = scenario.roommate
    assert cli("explain", "--scenario", name, "--format", "json")[0] == 0
    assert cli("extract", "--scenario", name, "--json")[0] == 0
    status, out, _ = cli("--scenario", name, "cook", "--csv")
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["weather"] for row in rows] == [roommate.weathers[weather] for weather in scenario.days]
    if roommate.memory is None:
        dishes = roommate.cook(scenario.days, scenario.start)
        assert [row["dish"] for row in rows] == [roommate.dishes[dish] for dish in dishes]
    assert cli("cook", "--scenario", name, "--plain")[1].isascii()


def test_names_with_spaces_and_initials_in_a_week(cli: Run) -> None:
    _, out, _ = cli("cook", "--scenario", "modulo-7", "--weather", "three up, up,t u", "--start", "5", "--csv")
    assert [row["dish"] for row in csv.DictReader(io.StringIO(out))] == ["1", "2", "5", "6"]
    assert out == cli("cook", "--scenario", "modulo-7", "--weather", "tutu", "--start", "5", "--csv")[1]


def test_a_start_is_a_state_or_the_first_that_shows_a_dish(cli: Run) -> None:
    for start, dish in (("soaked", "soup"), ("bread", "bread"), ("wet", "bread")):
        out = cli("cook", "--scenario", "soup", "--start", start, "--json")[1]
        assert json.loads(out)["start"] == dish
    assert "'tea' is not a dish" in cli("cook", "--scenario", "soup", "--start", "tea")[2]


def test_weights_carry_their_roommate(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    status, out, _ = cli("train", "--scenario", "coffee", "--out", str(path), "--json")
    assert status == 0
    assert json.loads(out)["learned"] is True
    assert cli("cook", "--weights", str(path), "--csv", "--weather", "c,m,h") == cli(
        "cook", "--scenario", "coffee", "--csv", "--weather", "c,m,h"
    )
    status, _, err = cli("cook", "--scenario", "lecture", "--weights", str(path))
    assert status == 3
    assert "belong to another roommate, the coffee drinker" in err


def simulation(*words: str) -> Simulation:
    return simulation_of(build_parser().parse_args(words))[0]


def test_the_screen_opens_with_the_scenario_and_its_command_brings_it_back(tmp_path: Path) -> None:
    path = tmp_path / "my roommate.toml"
    save_scenario(path, find_scenario("traffic-light"))
    there = simulation("--scenario", str(path), "--lesson", "4")
    assert there.situation.roommate == find_scenario("traffic-light").roommate
    assert there.situation.learning is not None
    assert there.situation.learning.roommate == there.situation.roommate
    assert there.situation.week == find_scenario("traffic-light").week
    assert f"--scenario '{path}'" in command_for(there)
    assert "--scenario" not in command_for(simulation())


def test_the_screen_opens_with_the_roommate_of_the_weights(tmp_path: Path) -> None:
    roommate = find_scenario("coffee").roommate
    moment = Training(roommate, TrainingConfig()).moment()
    save_weights(tmp_path / "w.json", SavedWeights(roommate, moment.network))
    assert simulation("--weights", str(tmp_path / "w.json")).situation.roommate == roommate


def test_only_seven_bits_are_drawn_where_there_are_no_more() -> None:
    roommate = replace(
        find_scenario("coffee").roommate,
        dishes=("寿司", "crème brûlée", "Smørrebrød", "tea"),
        dish_ascii=("sushi", "", "", ""),
        rules=("bleibt", "nächstes", "heiß"),
    )
    dishes, weathers = dish_axis(roommate), weather_axis(roommate)
    assert [ASCII.labelled(dishes, dish) for dish in range(4)] == ["sushi", "creme brulee", "Smorrebrod", "tea"]
    assert ASCII.short(dishes, 1, 4) == "crem"
    assert UNICODE.labelled(dishes, 0) == "☕ 寿司"
    assert UNICODE.labelled(weathers, 0) == "⛄ cold"
    assert seven_bits("½ é ✓") == "1?2 e ?"
    assert seven_bits("Grießbrei, smørrebrød, żurek, œuf, Þorramatur") == (
        "Griessbrei, smorrebrod, zurek, oeuf, Thorramatur"
    )
    walk = Simulation(Situation(roommate, 3, (0, 1, 2, 1), 0))
    for _ in range(4 * 6):
        assert narration(walk, ASCII).plain.isascii()
        walk = walk.next_step()
    assert "sushi" in narration(Simulation(Situation(roommate, 3, (1,), 3)), ASCII).plain


@pytest.mark.parametrize("name", shipped())
def test_pictures_are_as_wide_as_the_screen_thinks(name: str) -> None:
    roommate = find_scenario(name).roommate
    for icon in (*roommate.dish_icons, *roommate.weather_icons):
        assert not problem_of_icon(icon)
        assert cell_len(icon) == 2
