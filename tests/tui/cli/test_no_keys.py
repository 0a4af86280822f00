"""Where there is no screen, nobody is told to press a key of it."""

import io
import re
from pathlib import Path

import pytest

from tests.tui.text.test_made_up_language import ERRORS, LINES, PRINTED, said

KEY = re.compile(r"\b[Pp]ress\b|\bkey [A-Za-z0-9?]\b|(?<=[a-z0-9] )\((?:[A-Za-z?#\[\]]|Ctrl\+\w|Esc)[):,;]")
"""Advice such as: press s; key 4; another seed (R); go back ([); (s: feedback hard)."""


@pytest.mark.parametrize(
    "command", [command for command in (*PRINTED, *ERRORS) if not command.startswith("explain ")]
)
def test_no_command_names_a_key_of_the_screen(command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    output = said(*command.split())
    assert output
    assert KEY.findall(output) == []


def test_lines_name_no_key_to_press(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is a key on the screen is a command there, and is called so; sums have letters in brackets."""
    monkeypatch.chdir(tmp_path)
    typed = LINES.replace("help keys;", "").replace("\n", "").replace(";", "\n")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8"))
    output = said("--plain", "--no-state")
    assert len(output.splitlines()) > 500
    assert [line for line in output.splitlines() if re.search(r"\b[Pp]ress\b|\(key |\bkey [0-9]", line)] == []


@pytest.mark.parametrize(
    "advice",
    ["The network elman can (s).", "or go back ([) to before", "Try another seed (R)", "lesson 4 (key 4)", "Press H.",
     "the dish chosen (s: feedback hard)"],
)  # fmt: skip
def test_the_test_sees_a_key(advice: str) -> None:
    assert KEY.search(advice)
