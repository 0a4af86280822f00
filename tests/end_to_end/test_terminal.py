"""The program as it is used: started on a real pseudo-terminal, driven by keys, read off the screen."""

import json
import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from model.storage.runs import load_run
from tests.end_to_end.terminal import ROOT, Terminal
from tests.model.network.test_lecture import SIX_CASES
from tui.text.output import WAY_OUT


def column(text: str, which: int) -> list[str]:
    """A column of the network on the screen: Food, Weather, f, g, z, a and Merge are 0 to 6."""
    rows = [re.findall(r"[┌│└┏┃┗] *((?:\d|·)(?: +(?:\d|·))*) *[┐│┘┓┃┛]", line) for line in text.splitlines()]
    return [row[which] for row in rows if len(row) == 7]


def has_any(forms: set[str], text: str) -> bool:
    """Whether one of some forms of a number stands in a text."""
    return any(form in text for form in forms)


def dish_cooked(text: str) -> str:
    """The last dish in the week panel, without its mark."""
    row = next(line for line in text.splitlines() if line.lstrip("│ ").startswith("dish"))
    return str(re.findall(r"[a-z]+", row)[-1])


def test_start_step_flip_undo_and_quit() -> None:
    with Terminal("--lesson", "3") as terminal:
        text = terminal.wait_for("Roommate", "Monday · step 1 of 6", "quit")
        assert "f = Food · d" in text
        terminal.press("right", "n", "pagedown")
        terminal.wait_for("Monday · step 4 of 6")
        terminal.press("left")
        terminal.wait_for("Monday · step 3 of 6")
        terminal.press("down", "w", "v")
        terminal.wait_for("Tuesday · step 3 of 6", "6/6 days")
        assert terminal.text.count("rainy") == 2
        terminal.press("u")
        terminal.wait_until(lambda text: text.count("rainy") == 3, "the rain of Tuesday back")
        terminal.press("1")
        terminal.wait_for("y = Weather · w")
        terminal.press("?")
        terminal.wait_for("Esc closes")
        terminal.press("escape")
        terminal.wait_until_gone("The roommate looks out of the window")  # a notice may hide the frame of the page
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
        for restored in (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?25h"):  # screen, mouse, cursor
            assert restored in terminal.bytes


@pytest.mark.parametrize(("yesterday", "weather", "z", "largest", "dish"), SIX_CASES)
def test_the_six_cases_on_the_screen(
    yesterday: str, weather: str, z: tuple[int, ...], largest: int, dish: str
) -> None:
    with Terminal("--weather", weather, "--start", yesterday) as terminal:
        terminal.wait_for("step 1 of 6")
        terminal.press("right", "right")
        terminal.wait_for("step 3 of 6", "z = f + g", "(weather product) = 2", "reaches 2")
        terminal.wait_until(lambda text: column(text, 4) == [str(number) for number in z], f"z = {z}")
        terminal.press("right")
        terminal.wait_for("step 4 of 6", "2 is the largest", "becomes 1")
        hidden = ["1" if row == largest - 1 else "0" for row in range(6)]
        terminal.wait_until(lambda text: column(text, 5) == hidden, f"a = {hidden}")
        terminal.press("right", "right")
        terminal.wait_for("step 6 of 6", "The largest score wins")
        terminal.wait_until(lambda text: dish_cooked(text) == dish, f"{dish} in the week")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


def test_play_runs_by_itself_and_stops_at_the_end() -> None:
    with Terminal("--weather", "r", "--step", "4") as terminal:
        terminal.wait_for("step 4 of 6")
        terminal.press("+", "+", "+", "space")
        terminal.wait_for("step 6 of 6")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


def test_too_small_and_grown() -> None:
    with Terminal("--lesson", "3", size=(50, 11)) as terminal:
        terminal.wait_for("50×11", "40×12")
        terminal.resize(120, 40)
        terminal.wait_for("Monday · step 1 of 6", "What happens", "The roommate's rule")
        terminal.resize(80, 24)
        terminal.wait_until_gone("The roommate's rule")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


def test_a_bad_word_never_opens_the_screen() -> None:
    with Terminal("--start", "buger") as terminal:
        assert terminal.wait_for_exit() == 2
        assert "Did you mean burger?" in terminal.text
        assert b"\x1b[?1049h" not in terminal.bytes


@pytest.mark.parametrize("term", ["linux", "xterm-256color"])
def test_characters_follow_the_terminal(term: str) -> None:
    with Terminal("--lesson", "3", environ={"TERM": term}) as terminal:
        text = terminal.wait_for("pasta", "quit")
        assert ("🍝" in text) == (term != "linux")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_stream_that_is_no_terminal(stream: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "tui"], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert result.returncode == 2
    assert f"standard {({'stdin': 'input', 'stdout': 'output', 'stderr': 'error'})[stream]}" in result.stderr
    assert "cook --plain" in result.stderr


def test_cook_into_a_closed_pipe_is_quiet() -> None:
    script = f"{sys.executable} -m tui cook --weather {'sr' * 30_000} | head -n 1"
    result = subprocess.run(["sh", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.stdout == "before the first day: pasta\n"
    assert result.stderr == ""


def test_a_locale_without_the_signs_is_told_what_to_do() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "tui", "explain", "--weather", "r"],
        cwd=ROOT,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert WAY_OUT in result.stderr


def state_of(tmp_path: Path) -> dict[str, str]:
    """A home of the test's own, in which runs are saved automatically."""
    return {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path / "state")}


def cut_runs(tmp_path: Path) -> list[Path]:
    """The runs of sessions that have not ended in order, or not yet."""
    return list((tmp_path / "state" / "roommate-tui" / "sessions").glob("*/run.npz"))


def test_a_newcomer_watches_it_learn_travels_quits_while_training_and_goes_on(tmp_path: Path) -> None:
    with Terminal("--lesson", "3", size=(120, 40), environ=state_of(tmp_path)) as terminal:
        terminal.wait_for("step 1 of 6")
        terminal.press("4")
        terminal.wait_for("random, seed 0", "update 0", "✗")
        terminal.press("+", "+", "+", "t")
        terminal.wait_for("The rule is learned", "6 of 6 days right", "paused")
        terminal.press("{")
        terminal.wait_for("update 0 · back from", "random, seed 0")
        terminal.press("}")
        terminal.wait_for("6 of 6 days right", "paused")
        terminal.press("t")  # beyond the goal
        terminal.wait_for("running")
        terminal.press("q")
        assert terminal.wait_for_exit(timeout=3) == 0
        assert b"Traceback" not in terminal.bytes
    with Terminal("--lesson", "4", size=(120, 40), environ=state_of(tmp_path)) as terminal:
        terminal.wait_for("Go on with it?")
        terminal.press("y")
        terminal.wait_for("The rule is learned", "6 of 6 days right")
        terminal.press("o", "q")
        assert terminal.wait_for_exit() == 0


def test_the_way_back_on_a_real_terminal_and_on_paper() -> None:
    command = [sys.executable, "-m", "tui", "explain", "--backward", "--seed", "7", "--format", "json"]
    printed = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)
    tuesday = next(day for day in printed["days"] if day["day"] == "Tuesday")
    with Terminal("--lesson", "4", "--seed", "7", "--no-state", "--backward", size=(80, 24)) as terminal:
        terminal.wait_for("Saturday · step 1 of 10", f"loss {printed['loss']:.3g}")
        terminal.press("m", "j", "j", "j", "j")  # the step alone, with all its digits
        terminal.wait_for("Tue · step 1/10")
        for number, step in enumerate(tuesday["steps"], 1):
            terminal.wait_for(f"Tue · step {number}/10", step["name"].capitalize())
            for value in np.array(step["result"]["value"]).ravel():
                rounded = {f"{value:+.{digits}f}" for digits in (2, 3)} | {f"{value:.0f}", f"{value:.1e}"}
                terminal.wait_until(partial(has_any, rounded), f"{value}")
            terminal.press("right")
        terminal.wait_for("Mon · step 1/10")
        terminal.press("o")
        terminal.wait_for("loss")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


def test_a_killed_run_is_offered_at_the_next_start(tmp_path: Path) -> None:
    with Terminal("--lesson", "4", "--seed", "5", size=(120, 40), environ=state_of(tmp_path)) as terminal:
        terminal.wait_for("seed 5", "update 0")
        terminal.press("t")
        terminal.wait_until(lambda _: bool(cut_runs(tmp_path)), "a saved run")
        terminal.process.kill()
    with Terminal(size=(120, 40), environ=state_of(tmp_path)) as terminal:
        terminal.wait_for("Enter go on with lesson 4, seed 5", "cut off")
        terminal.press("enter")
        terminal.wait_for("seed 5")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


@pytest.mark.parametrize("how", ["hang-up", "SIGHUP", "SIGTERM"])
def test_a_hang_up_while_training_loses_nothing(tmp_path: Path, how: str) -> None:
    with Terminal("--lesson", "4", "--seed", "5", size=(120, 40), environ=state_of(tmp_path)) as terminal:
        terminal.wait_for("seed 5", "update 0")
        terminal.press("t")
        text = terminal.wait_until(lambda text: re.search(r"update [1-9]\d* · running", text) is not None, "training")
        shown = re.search(r"update (\d+) · running", text)
        assert shown is not None
        number = signal.SIGTERM if how == "SIGTERM" else signal.SIGHUP
        if how == "hang-up":
            terminal.hang_up()
            assert terminal.process.wait(timeout=5) == 128 + number
        else:
            terminal.process.send_signal(number)
            assert terminal.wait_for_exit(timeout=5) == 128 + number
            for restored in (b"\x1b[?1049l", b"\x1b[?1000l", b"\x1b[?25h"):  # screen, mouse, cursor
                assert restored in terminal.bytes
        (run,) = cut_runs(tmp_path)
        assert load_run(run).update >= int(shown[1])


@pytest.mark.parametrize("home", ["missing", "read-only", "no-state"])
def test_nowhere_to_write_is_survived(tmp_path: Path, home: str) -> None:
    state = tmp_path / "state"
    if home == "read-only":  # a file where a folder should be refuses even the superuser
        state.write_text("")
    environ = {"HOME": str(tmp_path / "no" / "such"), "XDG_STATE_HOME": str(state)}
    arguments = ["--lesson", "4"] + (["--no-state"] if home == "no-state" else [])
    with Terminal(*arguments, size=(120, 40), environ=environ) as terminal:
        terminal.wait_for("update 0")
        terminal.press("+", "+", "+", "t")
        terminal.wait_for("The rule is learned")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
    assert state.is_dir() == (home == "missing")


def test_a_size_that_changes_and_comes_back_is_painted_again() -> None:
    """What the terminal lost when it was small must come back, however fast that goes."""
    with Terminal("--lesson", "3", size=(120, 40)) as terminal:
        terminal.wait_for("Monday · step 1 of 6", "The roommate's rule")
        terminal.wait_until_quiet()
        before = terminal.text
        for columns, rows in ((80, 24), (90, 30), (100, 22)):
            terminal.resize(columns, rows)
            terminal.resize(120, 40)
            terminal.wait_until(lambda text: text == before, f"the screen as it was:\n{before}")


def test_a_kiosk_does_not_do_what_textuals_variables_ask_for(tmp_path: Path) -> None:
    environ = {
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_LOG": str(tmp_path / "log"),
        "TEXTUAL_SCREENSHOT": "0",
        "TEXTUAL_SCREENSHOT_LOCATION": str(tmp_path),
        "TEXTUAL_ALLOW_SIGNALS": "1",
        "TEXTUAL_PRESS": "right,right",
    }
    with Terminal("--kiosk", "--lesson", "3", environ=environ) as terminal:
        terminal.wait_for("Monday · step 1 of 6")
        terminal.press("\x1a", "right")  # Ctrl+Z
        terminal.wait_for("Monday · step 2 of 6")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
    assert list(tmp_path.iterdir()) == []
