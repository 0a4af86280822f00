"""Variables of the environment: empty ones, wrong ones, and terminals without colours."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from model.errors import InputError
from tests.end_to_end.terminal import ROOT
from tui.terminal.environment import NAMES, RANGES, check, settle, spare_colours, without_colours


def test_an_empty_variable_is_not_set() -> None:
    environ = {"NO_COLOR": "", "TEXTUAL_FPS": "", "TEXTUAL_THEME": "x", "TERM": "", "OTHER": ""}
    settle(environ)
    assert environ == {"TEXTUAL_THEME": "x", "TERM": "", "OTHER": ""}


@pytest.mark.parametrize("name", NAMES)
def test_a_word_that_a_variable_cannot_be_is_named_with_those_it_can(name: str) -> None:
    for value in NAMES[name]:
        environ = {name: value.upper()}
        check(environ)
        assert environ == {name: value}
    with pytest.raises(InputError, match=f"{name}=16 .* it can be {NAMES[name][0]}"):
        check({name: "16"})


@pytest.mark.parametrize("name", RANGES)
def test_a_number_that_a_variable_cannot_be_is_named_with_its_range(name: str) -> None:
    least, most = RANGES[name]
    for number in (least, most):
        check({name: str(number)})
    for value in ("abc", str(least - 1), str(most + 1), "1e2", "9" * 30, "٣"):
        with pytest.raises(InputError, match=re.escape(f"{name}={value} in the environment: it can be a whole")):
            check({name: value})


def test_a_log_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"it cannot be written \(No such file"):
        check({"TEXTUAL_LOG": str(tmp_path / "no" / "log")})
    check({"TEXTUAL_LOG": str(tmp_path / "log")})


def knows(colours: int | None) -> Callable[[str], int | None]:
    """A database of terminals that gives each as many colours."""
    return lambda _: colours


@pytest.mark.parametrize("term", ["vt100", "vt102", "vt220", "vt320-w", "vt52", "xterm-mono", "ansi-mono", "wy60"])
def test_terminals_without_colours_are_known_without_a_database(term: str) -> None:
    assert without_colours(term, knows(None))
    assert without_colours(term, knows(-1))
    assert not without_colours(term, knows(8))


@pytest.mark.parametrize(
    "term", ["xterm", "xterm-256color", "screen", "linux", "foot", "vt525", "xterm-kitty", "wezterm"]
)
def test_a_terminal_that_nobody_knows_has_colours(term: str) -> None:
    assert not without_colours(term, knows(None))


@pytest.mark.parametrize(("term", "answers"), [("xterm-256color", ("256", "None")), ("no such terminal", ("None",))])
def test_the_database_is_asked_once_in_a_process_and_survives_any_name(term: str, answers: tuple[str, ...]) -> None:
    program = f"from tui.terminal.environment import by_terminfo; print(by_terminfo({term!r}))"
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() in answers


@pytest.mark.parametrize(
    ("environ", "spared"),
    [
        ({"TERM": "vt220"}, True),
        ({"TERM": "vt220", "COLORTERM": "truecolor"}, True),
        ({"TERM": "vt220", "FORCE_COLOR": "1"}, False),
        ({"TERM": "vt220", "TEXTUAL_COLOR_SYSTEM": "256"}, False),
        ({"TERM": ""}, False),
        ({}, False),
    ],
)
def test_colours_are_spared_where_nobody_asked_for_them(environ: dict[str, str], spared: bool) -> None:
    spare_colours(environ, knows(-1))
    assert ("NO_COLOR" in environ) == spared
