"""The command line as a function: what is printed where, and with which exit status."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.network.batch import Batch
from model.network.forward import cook
from model.network.network import Network
from model.roommate.roommate import PERFECT_ROOMMATE
from model.training.config import TrainingConfig
from model.training.trainer import Trainer
from tests.model.network.test_lecture import SIX_CASES
from tui.cli.main import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line; gives exit status, stdout and stderr."""

    def run(*words: str) -> tuple[int, str, str]:
        try:
            status = main(words)
        except SystemExit as exit_:
            status = int(exit_.code or 0)
        out, err = capsys.readouterr()
        return status, out, err

    return run


def test_cook_json_has_the_promised_schema(cli: Run) -> None:
    status, out, err = cli("cook", "--weather", "Sunny, rainy", "--start", "burger", "--json")
    assert (status, err) == (0, "")
    assert json.loads(out) == {
        "format": "roommate-cook",
        "version": 1,
        "roommate": "perfect roommate",
        "network": "both",
        "feedback": "hard",
        "start": "burger",
        "days": [
            {"day": "Monday", "weather": "sunny", "dish": "burger"},
            {"day": "Tuesday", "weather": "rainy", "dish": "salad"},
        ],
    }


@pytest.mark.parametrize(
    ("network", "dishes"),
    [
        ("weather", ["pasta", "burger", "burger"]),
        ("cycle", ["burger", "salad", "pasta"]),
        ("rnn", ["pasta", "burger", "salad"]),
    ],
)
def test_each_network_cooks_its_own_week(cli: Run, network: str, dishes: list[str]) -> None:
    _, out, _ = cli("cook", "--weather", "srr", "--network", network, "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["dish"] for row in rows] == dishes
    assert [row["day"] for row in rows] == ["Monday", "Tuesday", "Wednesday"]


def test_days_go_on_beyond_saturday(cli: Run) -> None:
    _, out, _ = cli("cook", "--weather", "s" * 9, "--json")
    assert [day["day"] for day in json.loads(out)["days"]][5:] == ["Saturday", "Sunday", "Monday", "Tuesday"]


def test_plain_is_the_default_for_programs_and_seven_bit(cli: Run) -> None:
    status, out, _ = cli("cook")
    assert status == 0
    assert out.isascii()
    assert out.splitlines()[2] == "Tuesday: rainy, burger"
    assert out == cli("cook", "--plain")[1]


@given(week=st.lists(st.sampled_from("sr"), min_size=1, max_size=30), start=st.sampled_from("pbs"))
def test_cooking_is_the_rule(week: list[str], start: str) -> None:
    import contextlib

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main(["cook", "--json", "--weather", "".join(week), "--start", start]) == 0
    expected = PERFECT_ROOMMATE.cook(tuple("sr".index(w) for w in week), "pbs".index(start))
    days = json.loads(out.getvalue())["days"]
    assert [day["dish"] for day in days] == [PERFECT_ROOMMATE.dishes[dish] for dish in expected]


def test_a_hundred_thousand_days(cli: Run) -> None:
    status, out, _ = cli("cook", "--weather", "sr" * 50_000, "--csv")
    assert status == 0
    assert out.count("\n") == 100_001


@pytest.mark.parametrize(("yesterday", "weather", "z", "largest", "dish"), SIX_CASES)
def test_explain_json_tells_every_number(
    cli: Run, yesterday: str, weather: str, z: tuple[int, ...], largest: int, dish: str
) -> None:
    status, out, _ = cli("explain", "--weather", weather, "--start", yesterday, "--format", "json")
    assert status == 0
    document = json.loads(out)
    assert (document["format"], document["version"], document["network"]) == ("roommate-explain", 1, "both")
    (day,) = document["days"]
    assert (day["day"], day["weather"], day["yesterday"], day["dish"]) == ("Monday", weather, yesterday, dish)
    steps = {step["name"]: step for step in day["steps"]}
    assert list(steps) == ["food product", "weather product", "add", "non-linear", "merge", "decide"]
    weights = Network.by_hand(PERFECT_ROOMMATE).parameters
    food, vector = steps["food product"]["operands"]
    assert (food["name"], vector["name"]) == ("Food", "yesterday")
    np.testing.assert_array_equal(food["value"], weights["food"])
    np.testing.assert_array_equal(weights["food"].dot(vector["value"]), steps["food product"]["result"]["value"])
    assert tuple(steps["add"]["result"]["value"]) == z
    assert steps["non-linear"]["result"]["value"].index(1) == largest - 1
    assert steps["decide"]["result"]["value"] == [float(name == dish) for name in PERFECT_ROOMMATE.dishes]
    for step in steps.values():
        assert set(step) == {"name", "formula", "operands", "result"}


@pytest.mark.parametrize("form", ["text", "markdown", "latex"])
def test_explain_names_every_day_step_and_label(cli: Run, form: str) -> None:
    status, out, _ = cli("explain", "--format", form)
    assert status == 0
    words = ["Monday", "Saturday", "food product", "weather product", "add", "non-linear", "merge", "decide"]
    assert [word for word in words if word not in out] == []
    if form != "latex":
        assert "next day: burger" in out


def test_explain_follows_the_network(cli: Run) -> None:
    for network, steps in (("weather", ["weather product", "decide"]), ("cycle", ["food product", "decide"])):
        document = json.loads(cli("explain", "--network", network, "--format", "json")[1])
        assert [step["name"] for step in document["days"][0]["steps"]] == steps


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ["cok"],
            "'cok' is not a command: there are cook, explain, extract, train, sweep, scenario, check, classes, serve "
            "and help. Did you mean cook?",
        ),
        (["cook", "--weather", "sunny,rainny"], "Day 2: 'rainny' is not a weather"),
        (["cook", "--weather", ""], "The week is empty"),
        (["cook", "--weather", "s" * 100_001], "more than 100,000 days"),
        (["cook", "--start", "buger"], "Did you mean burger?"),
        (
            ["cook", "--network", "rn2"],
            "'rn2' is not a network: there are weather, yesterday, both, elman, gru and lstm.",
        ),
        (["explain", "--format", "jsn"], "Did you mean json?"),
        (["cook", "--wether", "s"], "'--wether' was not expected here. Did you mean --weather?"),
        (["cook", "--weather"], "argument --weather: expected one argument"),
        (["cook", "--json", "--csv"], "not allowed with argument --json"),
        (["--lesson", "x"], "'x' is not a whole number"),
        ([], "the screen needs a terminal"),
    ],
)
def test_wrong_use_is_a_sentence_and_status_two(cli: Run, words: list[str], message: str) -> None:
    status, out, err = cli(*words)
    assert (status, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_no_terminal_points_to_what_works_without(cli: Run) -> None:
    _, _, err = cli()
    assert "cook --plain" in err
    assert "explain" in err


def test_options_count_before_and_after_the_command(cli: Run) -> None:
    assert cli("--weather", "r", "cook", "--csv") == cli("cook", "--csv", "--weather", "r")


def test_version_and_help(cli: Run) -> None:
    assert cli("--version")[1].startswith("roommate-tui 0.")
    status, out, _ = cli("--help")
    assert status == 0
    for word in ("cook", "explain", "--weather", "--lesson", "exit status"):
        assert word in out
    assert "help formats" in cli("explain", "--help")[1].replace("\n", " ")
    assert "help formats" in cli("cook", "--help")[1]


def test_explain_backward_is_the_pass_that_training_makes(cli: Run) -> None:
    status, out, err = cli("explain", "--backward", "--seed", "7", "--format", "json")
    assert (status, err) == (0, "")
    document = json.loads(out)
    trainer = Trainer(PERFECT_ROOMMATE, TrainingConfig(seed=7))
    week = np.array([(0, 1, 0, 1, 0, 1)]).T
    trainer.aim_at(Batch.of(PERFECT_ROOMMATE, week, np.array([0])))
    flat = np.concatenate([np.ravel(document["gradients"][name]) for name in ("food", "weather", "merge")])
    np.testing.assert_allclose(flat, trainer.gradient, rtol=0, atol=1e-15)
    assert document["loss"] == trainer.loss
    assert document["feedback"] == "soft"


def test_explain_backward_takes_dishes_feedback_and_a_non_linearity(cli: Run) -> None:
    words = ("explain", "--backward", "--format", "json", "--weather", "srs", "--activation", "sigmoid")
    status, out, _ = cli(*words, "--feedback", "teacher", "--targets", "salad, b, pas")
    document = json.loads(out)
    assert status == 0
    assert (document["activation"], document["feedback"]) == ("sigmoid", "teacher")
    assert [day["target"] for day in document["days"]] == ["pasta", "burger", "salad"]
    assert [day["yesterday"] for day in document["days"]] == [
        "burger",
        "salad",
        "pasta",
    ]  # as they were really cooked
    names = {step["name"] for day in document["days"] for step in day["steps"]}
    assert "from tomorrow" not in names


@pytest.mark.parametrize("format_", ["text", "latex", "markdown"])
def test_explain_backward_in_every_format(cli: Run, format_: str) -> None:
    status, out, _ = cli("explain", "--backward", "--seed", "1", "--weather", "r", "--format", format_)
    assert status == 0
    assert "merge update" in out


def test_seed_gives_the_weights_that_lesson_4_starts_with(cli: Run) -> None:
    week = cli("cook", "--seed", "5", "--csv")[1]
    start = Trainer(PERFECT_ROOMMATE, TrainingConfig(seed=5)).network
    expected = [int(dish) for dish in cook(start, PERFECT_ROOMMATE, (0, 1, 0, 1, 0, 1), 0).dish[:, 0]]
    assert [row["dish"] for row in csv.DictReader(io.StringIO(week))] == [
        PERFECT_ROOMMATE.dishes[dish] for dish in expected
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["explain", "--backward"], "largest-to-1 has no useful derivative"),
        (["explain", "--backward"], "--activation tanh, sigmoid, softmax, relu, relu-1 or none"),
        (["--backward"], "largest-to-1 has no useful derivative"),
        (["explain", "--targets", "pasta"], "--targets says what the error goes back from, or what is fed back"),
        (["explain", "--backward", "--seed", "1", "--targets", "pasta,burger"], "has 6 days, and 2 dishes"),
        (["explain", "--backward", "--seed", "1", "--targets", "pasta,pizza"], "Day 2: 'pizza' is not a dish"),
        (["explain", "--backward", "--seed", "1", "--targets", ""], "Give the dish of each day"),
        (["explain", "--backward", "--activation", "tanhh"], "Did you mean tanh?"),
        (["explain", "--backward", "--feedback", "sof t"], "not a kind of feedback"),
        (["explain", "--seed", "1", "--network", "cycle"], "--seed is for the network both, not for yesterday"),
        (["cook", "--seed", "-1"], "seed: -1 must be at least 0"),
        (["--lesson", "4", "--update", "0"], "--update 0: there is no such update"),
    ],
)
def test_the_way_back_asked_for_wrongly(cli: Run, words: list[str], message: str) -> None:
    status, out, err = cli(*words)
    assert (status, out) == (2, "")
    assert message in err


def test_explain_has_as_many_digits_as_are_asked_for(cli: Run) -> None:
    words = ("explain", "--seed", "5", "--weather", "r", "--format")
    full = json.loads(cli(*words, "json")[1])["days"][0]["steps"][0]["operands"][0]["value"]
    short = json.loads(cli(*words, "json", "--digits", "2")[1])["days"][0]["steps"][0]["operands"][0]["value"]
    assert short == [[float(f"{number:.2g}") for number in row] for row in full]
    assert cli(*words, "latex") == cli(*words, "latex", "--digits", "3")
    assert cli(*words, "markdown") == cli(*words, "markdown", "--digits", "3")
    assert cli(*words, "text") != cli(*words, "text", "--digits", "3")


@pytest.mark.parametrize("number", ["0", "18", "x", "-1", "1.5", ""])
def test_digits_that_no_number_has(cli: Run, number: str) -> None:
    status, _, err = cli("explain", "--digits", number)
    assert status == 2
    assert f"{number!r} is not a number of digits: a whole number from 1 to 17" in err


def test_a_whole_document_is_latex(cli: Run) -> None:
    assert cli("explain", "--format", "latex", "--standalone")[1].startswith("\\documentclass")
    status, _, err = cli("explain", "--standalone")
    assert (status, "it needs --format latex" in err) == (2, True)


def test_one_walk_says_what_it_feeds_back(cli: Run, tmp_path: Path) -> None:
    """What is trained with probabilities is walked with them, forwards as backwards, unless asked otherwise."""
    weights = str(tmp_path / "w.json")
    assert cli("train", "--updates", "5", "--stop", "updates", "--out", weights)[0] == 0

    def feedback_and_dishes(*words: str) -> tuple[str, list[str]]:
        status, out, _ = cli("explain", *words, "--format", "json")
        assert status == 0
        document = json.loads(out)
        return document["feedback"], [day["dish"] for day in sorted(document["days"], key=lambda day: day["day"])]

    assert feedback_and_dishes("--weights", weights) == feedback_and_dishes("--weights", weights, "--backward")
    assert feedback_and_dishes("--weights", weights)[0] == "soft"
    for feedback in ("soft", "hard", "teacher"):
        asked = ("--weights", weights, "--feedback", feedback)
        assert feedback_and_dishes(*asked) == feedback_and_dishes(*asked, "--backward")
        assert feedback_and_dishes(*asked)[0] == feedback
    assert feedback_and_dishes()[0] == "hard"
    assert feedback_and_dishes("--network", "elman")[0] == "hidden"
    assert feedback_and_dishes("--network", "elman", "--seed", "1", "--backward")[0] == "hidden"
    assert "hidden feedback" in cli("explain", "--network", "elman", "--seed", "1", "--backward")[1]
    assert "soft feedback" not in cli("explain", "--network", "elman", "--seed", "1", "--backward")[1]
    assert json.loads(cli("cook", "--weights", weights, "--json")[1])["feedback"] == "soft"
    assert json.loads(cli("cook", "--weights", weights, "--json", "--feedback", "hard")[1])["feedback"] == "hard"
