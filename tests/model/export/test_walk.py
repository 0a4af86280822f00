"""Exported walks: numbers survive exactly, and the LaTeX compiles."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.export.formats import Exporter
from model.export.walk_json import as_json
from model.export.walk_latex import as_latex, standalone
from model.export.walk_markdown import as_markdown
from model.export.walk_text import as_text
from model.network.activations import activation_named
from model.network.network import Network
from model.numbers import exact
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.simulation.lessons import LESSONS, lesson_of
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.strategies import roommate_from

NASTY = Roommate(
    name="100% of_us & {you}~^\\#$",
    dishes=("soup & bread", "50%_off", "crème brûlée | <b>", "🍜 ramen · two"),
    weathers=("sun_ny", "r#iny"),
    next_dish=((0, 1, 2, 3), (1, 2, 3, 0)),
    rules=("sa_me", "ne&xt"),
)


def going_back(situation: Situation) -> Situation:
    """The situation with a non-linearity that has a derivative, and with clipping."""
    network = situation.network.with_activation(activation_named("tanh"))
    return replace(situation.with_custom_network(network), settings=TrainingConfig(clip=0.5))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_full_precision(number: float) -> None:
    assert float(exact(number)) == number
    assert not exact(number).endswith(".0")


def test_json_of_any_roommate_is_its_pass() -> None:
    situation = Situation(NASTY, week=(0, 1, 1))
    document = json.loads("".join(as_json(situation)))
    for day, section in enumerate(document["days"]):
        assert section["dish"] == NASTY.dishes[situation.dish(day)]
        for step, shown in zip(situation.trace(day).steps, section["steps"], strict=True):
            assert shown["result"]["value"] == step.result.value.tolist()
            assert [o["value"] for o in shown["operands"]] == [o.value.tolist() for o in step.operands]


def test_json_of_the_way_back() -> None:
    network = Network.by_hand(NASTY).with_activation(activation_named("sigmoid"))
    situation = Situation(NASTY, week=(0, 1, 1), targets=(3, 0, 2)).with_custom_network(network)
    document = json.loads("".join(as_json(situation, backward=True)))
    assert (document["format"], document["version"], document["direction"]) == ("roommate-explain", 1, "backward")
    assert document["loss"] == situation.week_update.loss
    assert {name: np.array(rows).shape for name, rows in document["gradients"].items()} == {
        "food": (8, 4), "weather": (8, 2), "merge": (4, 8),
    }  # fmt: skip
    assert [day["day"] for day in document["days"]] == ["Wednesday", "Tuesday", "Monday"]
    assert [day["target"] for day in document["days"]] == [NASTY.dishes[dish] for dish in (2, 0, 3)]
    sums = {name: np.zeros(np.shape(rows)) for name, rows in document["gradients"].items()}
    for section, day in zip(document["days"], (2, 1, 0), strict=True):
        for step, shown in zip(situation.back_steps(day), section["steps"], strict=True):
            assert shown["name"] == step.name
            assert shown["result"]["value"] == step.result.value.tolist()
            assert [o["value"] for o in shown["operands"]] == [o.value.tolist() for o in step.operands]
            name = step.name.removesuffix(" gradient")
            if name in sums:
                sums[name] += np.array(shown["result"]["value"])
    for name, rows in document["gradients"].items():
        np.testing.assert_allclose(sums[name], rows, rtol=0, atol=1e-15)
    last = document["update"]["steps"][-1]
    assert last["name"] == "merge update"
    np.testing.assert_array_equal(np.array(last["result"]["value"]).T, situation.week_update.after["merge"])


@pytest.mark.parametrize("exporter", [as_text, as_markdown, as_latex])
def test_the_way_back_names_every_step_once_a_day(exporter: Exporter) -> None:
    text = "".join(exporter(going_back(Situation(week=(0, 1))), backward=True))
    for name, times in (("merge gradient", 2), ("back through food", 2), ("food total", 1), ("merge update", 1)):
        assert len(re.findall(rf"\d\. {name}", text)) == times
    assert "The update" in text


@pytest.mark.parametrize("exporter", [as_json, as_text, as_markdown, as_latex])
def test_a_long_week_comes_in_pieces(exporter: object) -> None:
    pieces = exporter(Situation(week=(0, 1) * 5_000))  # type: ignore[operator]
    assert next(pieces)
    assert next(pieces)


def test_markdown_escapes_what_would_break_its_tables() -> None:
    text = "".join(as_markdown(Situation(NASTY, week=(0,))))
    assert "crème brûlée \\| \\<b\\>" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in rows)


needs_pdflatex = pytest.mark.skipif(
    shutil.which("pdflatex") is None, reason="needs pdflatex (Debian: texlive-latex-base)"
)


def typeset(document: str, folder: Path) -> str:
    """Compile a document; gives what LaTeX said."""
    (folder / "walk.tex").write_text(document, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "walk.tex"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    assert result.returncode == 0, result.stdout[-2000:]
    assert (folder / "walk.pdf").stat().st_size > 10_000
    return (folder / "walk.log").read_text(errors="replace")


@needs_pdflatex
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_latex_compiles_inside_a_document_with_amsmath(lesson: int, tmp_path: Path) -> None:
    situations = [Situation(lesson=lesson), Situation(NASTY, lesson=lesson)]
    if lesson == max(LESSONS):
        situations.append(Situation(roommate_from([[1, 0], [0, 0]]), week=(1, 0)))
    body = "\n".join("".join(as_latex(situation)) for situation in situations)
    body += "\n".join("".join(as_latex(going_back(situation), backward=True)) for situation in situations)
    document = f"\\documentclass{{article}}\n\\usepackage{{amsmath}}\n\\begin{{document}}\n{body}\\end{{document}}\n"
    typeset(document, tmp_path)


LONG = Roommate(
    name="W" * 40,
    dishes=tuple(f"{letter * 39}m" for letter in "ABCDEFGH"),
    weathers=("M" * 40, "W" * 40),
    next_dish=(tuple(range(8)), (1, 2, 3, 4, 5, 6, 7, 0)),
    rules=("same", "next"),
)


@needs_pdflatex
@pytest.mark.parametrize(
    ("roommate", "config", "digits"),
    [
        (PERFECT_ROOMMATE, TrainingConfig(seed=7), 3),
        (PERFECT_ROOMMATE, TrainingConfig(seed=7), None),
        (PERFECT_ROOMMATE, TrainingConfig(seed=7, network="elman", hidden=24, clip=0.01), 3),
        (PERFECT_ROOMMATE, TrainingConfig(seed=3, hidden=70, scale=1e-5, learning_rate=1e-6), 6),
        (LONG, TrainingConfig(seed=1, scale=900), 3),
    ],
    ids=["learned", "all digits", "24 hidden units", "70 hidden units and tiny numbers", "long names"],
)
def test_learned_weights_stay_on_the_paper(
    roommate: Roommate, config: TrainingConfig, digits: int | None, tmp_path: Path
) -> None:
    run = TrainingRun(roommate, config)
    run.advance(60)
    network = run.moment().network
    situation = Situation(roommate, lesson_of(network.cell), (1, 0)).with_custom_network(network)
    body = "".join(as_latex(situation, digits=digits)) + "".join(as_latex(situation, backward=True, digits=digits))
    log = typeset("".join(standalone("A walk", [body])), tmp_path)
    assert [line for line in log.splitlines() if "Overfull" in line] == []


def test_numbers_have_as_many_digits_as_are_asked_for() -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
    run.advance(9)
    situation = Situation(week=(0, 1)).with_custom_network(run.moment().network)
    full = json.loads("".join(as_json(situation, backward=True)))
    short = json.loads("".join(as_json(situation, backward=True, digits=2)), parse_float=str)
    assert full["gradients"]["food"] == situation.week_update.gradients["food"].tolist()
    numbers = np.ravel(short["gradients"]["food"]).tolist() + [short["loss"]]
    for step in (step for day in short["days"] for step in day["steps"]):
        numbers += np.ravel(step["result"]["value"]).tolist()
    assert all(len(re.sub(r"e.*|[-.]", "", number).strip("0")) <= 2 for number in numbers)
    for exporter in (as_markdown, as_latex):
        assert not re.search(r"\d\.\d{7,}", "".join(exporter(situation)).partition("\n\n")[2])
        assert re.search(r"\d\.\d{7,}", "".join(exporter(situation, digits=None)))


def test_a_whole_document_begins_and_ends() -> None:
    text = "".join(as_latex(Situation(week=(1,)), whole=True))
    assert text.startswith("\\documentclass")
    assert text.endswith("\\end{document}\n")
    assert "".join(as_latex(Situation(week=(1,)))) in text


def test_latex_numbers_and_blocks() -> None:
    text = "".join(as_latex(Situation(week=(1,))))
    assert r"\begin{array}{rrr|rrr}" in text
    assert r"1 & 0 & 0 \\ 0 & 1 & 0 \\ 0 & 0 & 1 \\ \hline 0 & 0 & 1" in text
    assert "Kind.RNN" not in text
