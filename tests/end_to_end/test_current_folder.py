"""Code that lies in the current folder does not run in the program: the folder may be everybody's."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.served import Served, receive_until
from tests.end_to_end.terminal import ROOT, Terminal
from tui.session.restart import own_command

OTHERS = {
    "model",
    "tui",
    "roommate_tui",
    "numpy",
    "textual",
    "rich",
    "platformdirs",
    "sitecustomize",
    "usercustomize",
}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder with a module for every name that anybody could import; whoever does leaves a file there."""
    folder = tmp_path / "everybody's"
    folder.mkdir()
    for name in sys.stdlib_module_names | OTHERS:
        code = f"open({str(tmp_path / 'ran')!r}, 'a').write({name + chr(10)!r})\nraise SystemExit(99)\n"
        (folder / f"{name}.py").write_text(code)
    return folder


def nothing_ran(folder: Path) -> bool:
    trace = folder.parent / "ran"
    return not trace.exists() or pytest.fail(f"these ran: {trace.read_text().split()}")


@pytest.mark.parametrize(
    "words",
    [["cook", "--weather", "sr"], ["--plain", "--no-state"], ["train", "--seed", "7"], ["serve", "--port", "x"]],
)
def test_nothing_of_it_runs(hostile: Path, words: list[str]) -> None:
    result = subprocess.run([*own_command(), *words], cwd=hostile, input=b"quit\n", capture_output=True, check=False)
    assert nothing_ran(hostile)
    assert result.returncode == (2 if "x" in words else 0), result.stderr


def test_nor_on_the_screen(hostile: Path) -> None:
    with Terminal("--no-state", "--lesson", "3", python=own_command()[1:], cwd=hostile) as terminal:
        terminal.wait_for("step 1 of 6")
        terminal.press("?")  # imports what only that page needs
        terminal.wait_for("Esc closes")
        terminal.press("escape")
        terminal.wait_until_gone("Esc closes")
        terminal.press("q")
        assert terminal.process.wait(timeout=20) == 0
    assert nothing_ran(hostile)


def test_nor_in_a_tab_of_the_browser(hostile: Path) -> None:
    pytest.importorskip("textual_serve", reason="the extra 'web' is not installed")
    with Served("--no-state", "--lesson", "3", cwd=hostile) as server, server.tab() as connection:
        receive_until(connection, b"\x1b[?1049h")
        receive_until(connection, b"Monday")
    assert nothing_ran(hostile)


def test_what_python_alone_looks_for_here_is_looked_for_no_longer(tmp_path: Path) -> None:
    """``python -m`` has looked here before a line of ours runs; from then on nothing is."""
    for name in ("secrets", "model", "numpy"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(99)\n")
    command = [sys.executable, "-m", "tui", "cook", "--weather", "sr"]
    result = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    assert result.returncode == 0, result.stderr


def test_a_folder_of_modules_is_hostile_indeed(hostile: Path) -> None:
    result = subprocess.run([sys.executable, "-c", "import secrets"], cwd=hostile, capture_output=True, check=False)
    assert result.returncode == 99
    assert (hostile.parent / "ran").read_text() == "secrets\n"
