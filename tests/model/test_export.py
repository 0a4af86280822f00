"""Exported walks: numbers survive exactly, and the LaTeX compiles."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.export import as_json, as_latex, as_markdown, as_text, exact
from model.roommate import Kind, Roommate
from model.simulation import LESSONS, Situation
from tests.model.strategies import roommate_from

NASTY = Roommate(
    name="100% of_us & {you}~^\\#$",
    dishes=("soup & bread", "50%_off", "crème brûlée | <b>", "🍜 ramen · two"),
    weathers=("sun_ny", "r#iny"),
    next_dish=((0, 1, 2, 3), (1, 2, 3, 0)),
    rules=("sa_me", "ne&xt"),
)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_full_precision(number: float) -> None:
    assert float(exact(number)) == number
    assert not exact(number).endswith(".0")


def test_json_of_any_roommate_is_its_pass() -> None:
    situation = Situation(NASTY, week=(0, 1, 1))
    document = json.loads("".join(as_json(situation)))
    for day, told in enumerate(document["days"]):
        assert told["dish"] == NASTY.dishes[situation.dish(day)]
        for step, shown in zip(situation.trace(day).steps, told["steps"], strict=True):
            assert shown["result"]["value"] == step.result.value.tolist()
            assert [o["value"] for o in shown["operands"]] == [o.value.tolist() for o in step.operands]


@pytest.mark.parametrize("exporter", [as_json, as_text, as_markdown, as_latex])
def test_a_long_week_comes_in_pieces(exporter: object) -> None:
    pieces = exporter(Situation(week=(0, 1) * 50_000))  # type: ignore[operator]
    assert next(pieces)
    assert next(pieces)


def test_markdown_escapes_what_would_break_its_tables() -> None:
    text = "".join(as_markdown(Situation(NASTY, week=(0,))))
    assert "crème brûlée \\| \\<b\\>" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in rows)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex (Debian: texlive-latex-base)")
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_latex_compiles_inside_a_document_with_amsmath(lesson: int, tmp_path: Path) -> None:
    situations = [Situation(lesson=lesson), Situation(NASTY, lesson=lesson)]
    if lesson == max(LESSONS):
        situations.append(Situation(roommate_from([[1, 0], [0, 0]]), week=(1, 0)))
    body = "\n".join("".join(as_latex(situation)) for situation in situations)
    document = f"\\documentclass{{article}}\n\\usepackage{{amsmath}}\n\\begin{{document}}\n{body}\\end{{document}}\n"
    (tmp_path / "walk.tex").write_text(document, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "walk.tex"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    assert result.returncode == 0, result.stdout[-2000:]
    assert (tmp_path / "walk.pdf").stat().st_size > 10_000


def test_latex_numbers_and_blocks() -> None:
    text = "".join(as_latex(Situation(week=(1,))))
    assert r"\begin{array}{rrr|rrr}" in text
    assert r"1 & 0 & 0 \\ 0 & 1 & 0 \\ 0 & 0 & 1 \\ \hline 0 & 0 & 1" in text
    assert Kind.RNN in text
