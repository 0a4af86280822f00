"""Errors that nobody expected, wherever they come up: the terminal as it was, the run saved, one line, a report."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from model.storage.runs import load_run
from tests.end_to_end.terminal import ROOT, Terminal, saved_runs
from tests.end_to_end.test_endings import assert_restored
from tests.end_to_end.test_terminal import state_of

PREPARED = """
def broken(*words, **named):
    raise ValueError("the roof\\n leaks")
{fault}
from tui.cli.main import run
run()
"""

BY_ITSELF = {
    "the app's stylesheet": "import tui.app.app as a; a.RoommateApp.get_theme_variable_defaults = broken",
    "the first screen": "import tui.app.app as a; a.RoommateApp.get_default_screen = broken",
    "compose": "import tui.screens.walk as w; w.WalkScreen.compose = broken",
    "on_mount": "import tui.screens.walk as w; w.WalkScreen.on_mount = broken",
    "a watcher": "import tui.screens.walk as w; w.WalkScreen.watch_simulation = broken",
    "a renderer": "import tui.widgets.week as w; w.WeekPanel.draw = broken",
    "the driver": "import tui.terminal.driver as d; d.TerminalDriver._enable_bracketed_paste = broken",
    "writing": (
        "import tui.terminal.driver as d;"
        "d.StreamThatMayEnd.write = lambda file, text: broken() if 'burger' in text else None"
    ),
    "a resize": "import tui.screens.walk as w; w.WalkScreen.on_resize = broken",
}
"""Faults that come up without a key."""

CLICK = ("\x1b[<0;20;1M", "\x1b[<0;20;1m")

AFTER_KEYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "an action": ("import model.simulation.simulation as m; m.Simulation.toggle_reveal = broken", ("v",)),
    "a message": ("import tui.screens.walk as w; w.WalkScreen.on_lesson_clicked = broken", CLICK),
    "a timer": ("import tui.screens.player as p; p.Player.step = broken", ("space",)),
    "a page": ("import tui.screens.help as w; w.HelpScreen.compose = broken", ("?",)),
    "leaving": ("import tui.screens.walk as w; w.WalkScreen.on_unmount = broken", ("q",)),
    "reading a key": ("import tui.terminal.driver as d; d.TerminalDriver.process_message = broken", ("v",)),
    "the model": ("import model.simulation.simulation as m; m.Simulation.move_row = broken", ("tab",)),
    "the worker": ("import tui.session.training_loop as w; w._slice = broken", ("4", *"++++++++++", "t")),
    "the worker of another page": ("import tui.screens.extraction as e; e.roll_out = broken", ("x",)),
    "the report": (
        "import tui.app.run as c, model.simulation.simulation as m;"
        "c.command_for = m.Simulation.toggle_reveal = broken",
        ("v",),
    ),
}
"""Faults that come up after some keys."""


def last_words(data: bytes) -> str:
    """What is printed after the screen was left."""
    return data.rsplit(b"\x1b[?25h", 1)[-1].decode()


def report_in(crash_message: str, state: Path) -> str:
    """The text of the report that an apology of one line names."""
    lines = [line for line in crash_message.splitlines() if line.strip()]
    assert len(lines) == 1, lines
    found = re.search(r"A report is in (\S+)$", lines[0])
    assert found, lines
    path = Path(found[1])
    assert path.parent == state / "state" / "roommate-tui"
    return path.read_text()


@pytest.mark.parametrize("where", [*BY_ITSELF, *AFTER_KEYS])
def test_an_error_anywhere(tmp_path: Path, where: str) -> None:
    fault, keys = AFTER_KEYS.get(where) or (BY_ITSELF[where], ())
    environ = {**state_of(tmp_path), "SECRET_TOKEN": "hunter2"}
    with Terminal("--weather", "rs", python=("-c", PREPARED.format(fault=fault)), environ=environ) as terminal:
        before = terminal.attributes
        if keys:
            terminal.wait_for("Roommate", "quit")
            terminal.wait_until_quiet()
            terminal.press(*keys)
        assert terminal.wait_for_exit() == 1
        assert_restored(terminal, before)
        crash_message = last_words(terminal.bytes)
    assert "sorry, something went wrong that should not have (ValueError: the roof)" in crash_message
    report = report_in(crash_message, tmp_path)
    assert "Traceback (most recent call last)" in report
    assert 'raise ValueError("the roof' in report or "ValueError: the roof" in report
    assert "started as: roommate-tui --weather rs" in report
    if keys and "report" not in where:
        assert "on the screen: roommate-tui --lesson" in report
    assert "TERM=xterm-256color" in report
    assert "80×24" in report
    assert "hunter2" not in report


def test_the_run_is_saved_even_then(tmp_path: Path) -> None:
    fault = "import model.simulation.simulation as m; m.Simulation.toggle_reveal = broken"
    environ = state_of(tmp_path)
    arguments = ("--lesson", "4", "--seed", "3")
    with Terminal(
        *arguments, python=("-c", PREPARED.format(fault=fault)), environ=environ, size=(120, 40)
    ) as terminal:
        terminal.wait_for("update 0")
        terminal.press("t")
        text = terminal.wait_until(lambda text: re.search(r"update [1-9]\d* · running", text) is not None, "training")
        shown = re.search(r"update (\d+) · running", text)
        assert shown is not None
        terminal.press("v")
        assert terminal.wait_for_exit() == 1
        crash_message = last_words(terminal.bytes)
    assert "; the training run is saved." in crash_message
    assert "--lesson 4 --weather" in report_in(crash_message, tmp_path)
    (saved,) = saved_runs(tmp_path / "state")
    run = load_run(saved)
    assert run.update >= int(shown[1])
    assert run.config.seed == 3


def test_a_run_of_last_time_is_not_written_over_by_one_that_was_never_trained(tmp_path: Path) -> None:
    run = tmp_path / "state" / "roommate-tui" / "run.npz"
    with Terminal("--lesson", "4", "--seed", "5", environ=state_of(tmp_path)) as terminal:
        terminal.wait_for("update 0")
        terminal.press("o")
        terminal.wait_for("update 1")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
    before = run.read_bytes()
    fault = "import model.simulation.simulation as m; m.Simulation.toggle_reveal = broken"
    with Terminal(
        "--lesson", "4", python=("-c", PREPARED.format(fault=fault)), environ=state_of(tmp_path)
    ) as terminal:
        terminal.wait_for("Go on with it?")
        terminal.press("n", "v")
        assert terminal.wait_for_exit() == 1
    assert run.read_bytes() == before


@pytest.mark.parametrize("how", ["no-state", "a file where the folder should be"])
def test_a_report_that_cannot_be_written(tmp_path: Path, how: str) -> None:
    arguments = ["--no-state"] if how == "no-state" else []
    (tmp_path / "state").write_text("")
    fault = "import model.simulation.simulation as m; m.Simulation.toggle_reveal = broken"
    script = ("-c", PREPARED.format(fault=fault))
    with Terminal("--lesson", "3", *arguments, python=script, environ=state_of(tmp_path)) as terminal:
        before = terminal.attributes
        terminal.wait_for("Roommate", "quit")
        terminal.press("v")
        assert terminal.wait_for_exit() == 1
        assert_restored(terminal, before)
        crash_message = last_words(terminal.bytes)
    assert "(ValueError: the roof)" in crash_message
    assert ("No report was written (--no-state)" if arguments else "A report could not be written: ") in crash_message
    assert len(crash_message.strip().splitlines()) == 1


@pytest.mark.parametrize("arguments", [["cook"], ["explain"], ["extract"], ["train"], ["scenario", "list"]])
def test_a_command_without_a_screen(tmp_path: Path, arguments: list[str]) -> None:
    fault = f"import tui.cli.{arguments[0]} as c; c.{arguments[0]} = broken"
    result = subprocess.run(
        [sys.executable, "-c", PREPARED.format(fault=fault), *arguments],
        cwd=ROOT,
        env={**os.environ, **state_of(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stdout == ""
    assert "sorry, something went wrong that should not have (ValueError: the roof)" in result.stderr
    assert f"started as: roommate-tui {' '.join(arguments)}" in report_in(result.stderr, tmp_path)


def test_old_reports_go(tmp_path: Path) -> None:
    from tui.terminal.crash_report import MAX_REPORTS, crash_message

    for number in range(MAX_REPORTS + 5):
        (tmp_path / f"crash-20200101-{number:06}-1.txt").write_text("old")
    last_words = crash_message(ValueError("x"), [], tmp_path)
    reports = sorted(path.name for path in tmp_path.iterdir())
    assert len(reports) == MAX_REPORTS
    assert reports[-1] in last_words
