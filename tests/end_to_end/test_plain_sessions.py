"""``--plain`` as it is used: typed at on a dumb terminal, fed through a pipe, interrupted, hung up on."""

import codecs
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from model.storage.runs import load_run
from tests.end_to_end.terminal import ROOT, Terminal, saved_runs

LARGE = (200, 200)
"""So large that nothing scrolls away."""

DUMB = {"TERM": "dumb", "LC_ALL": "C.UTF-8"}
PROGRAM = [sys.executable, "-m", "tui", "--plain", "--lesson", "3"]


def piped(
    *lines: str, options: tuple[str, ...] = ("--no-state",), **environ: str
) -> subprocess.CompletedProcess[bytes]:
    """The program with lines from a pipe, its output into another."""
    env = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **environ}
    text = "".join(f"{line}\n" for line in lines).encode()
    return subprocess.run([*PROGRAM, *options], cwd=ROOT, env=env, input=text, capture_output=True, check=False)


def home(tmp_path: Path) -> tuple[dict[str, str], Path]:
    """A home of the test's own, and the file in which runs are saved there."""
    state = tmp_path / "state"
    return {**DUMB, "HOME": str(tmp_path), "XDG_STATE_HOME": str(state)}, state


def saved_in(folder: Path) -> Path:
    """The one run that was saved: by a session that ended in order, or by one that was cut off."""
    (found,) = saved_runs(folder)
    return found


def type_lines(terminal: Terminal, *lines: str) -> None:
    for line in lines:
        terminal.press(f"{line}\n")


def prompted(terminal: Terminal) -> None:
    """Wait until it asks for a command."""
    terminal.wait_until(lambda text: text.rstrip().endswith("\n>"), "a prompt")


def test_a_walk_and_a_training_on_a_dumb_terminal() -> None:
    with Terminal("--plain", "--no-state", "--lesson", "3", size=LARGE, environ=DUMB) as terminal:
        terminal.wait_for(
            "Monday, day 1 of 6: sunny, after pasta.", "Row 1, same: pasta: 1 times 1 + 0 times 0 + 0 times 0 = 1"
        )
        prompted(terminal)
        type_lines(terminal, "", "n", "5 n")
        terminal.wait_for("Step 6 of 6, decide", "Monday's dish: pasta, right.", "Tuesday, day 2 of 6: rainy")
        type_lines(terminal, "lesson 4", "train until it is right")
        terminal.wait_for("Update 100: loss", "The rule is learned since update")
        type_lines(terminal, "b", "q")
        terminal.wait_for("Backwards. The error goes back through the days")
        assert terminal.wait_for_exit() == 0
        assert b"\x1b" not in terminal.bytes
        assert terminal.bytes.isascii()  # a dumb terminal has no more


@pytest.mark.parametrize("options", [(), ("--no-state",)])
def test_tab_completes_and_lines_are_found_again_where_state_is_kept(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    pytest.importorskip("readline")
    environ, state = home(tmp_path)
    with Terminal("--plain", "--lesson", "3", *options, size=LARGE, environ=environ) as terminal:
        prompted(terminal)
        terminal.press("weather r\t\n")
        terminal.wait_for("Monday is rainy now.")
        prompted(terminal)
        terminal.press("up", "\n")
        terminal.wait_until(lambda text: text.count("> weather rainy") == 2, "the line before, again")
        prompted(terminal)
        type_lines(terminal, "q")
        assert terminal.wait_for_exit() == 0
    file = state / "roommate-tui" / "lines.txt"
    assert file.exists() == (not options)
    if not options:
        assert [line.rstrip() for line in file.read_text().splitlines()] == ["weather rainy", "q"]
        with Terminal("--plain", "--lesson", "3", size=LARGE, environ=environ) as terminal:
            prompted(terminal)
            terminal.press("up", "up", "\n")
            terminal.wait_for("Monday is rainy now.")
            type_lines(terminal, "q")
            assert terminal.wait_for_exit() == 0


def test_ctrl_c_pauses_training_and_only_twice_in_a_row_ends_the_program() -> None:
    with Terminal("--plain", "--no-state", "--lesson", "4", size=LARGE, environ=DUMB) as terminal:
        terminal.wait_for("Update 0")
        prompted(terminal)
        type_lines(terminal, "set stop updates", "set updates 1000000", "train")
        terminal.wait_for("Update 100: loss")
        terminal.press("\x03")
        terminal.wait_for("Paused; 'train' goes on.")
        terminal.press("\x03")
        terminal.wait_for("Ctrl+C again ends the program")
        type_lines(terminal, "where")
        terminal.wait_for("So far")
        terminal.press("\x03")
        terminal.wait_until(lambda text: text.count("Ctrl+C again ends the program") == 2, "the word again")
        terminal.press("\x03")
        assert terminal.wait_for_exit() == 130
        assert b"Traceback" not in terminal.bytes


def test_ctrl_c_stops_what_is_long() -> None:
    with Terminal("--plain", "--no-state", "--weather", "s" * 20_000, size=LARGE, environ=DUMB) as terminal:
        prompted(terminal)
        type_lines(terminal, "play")
        terminal.wait_for("Wednesday's dish")
        terminal.press("\x03")
        terminal.wait_for("Stopped.")
        terminal.press("\x04")  # the end of what there is to read
        assert terminal.wait_for_exit() == 0


def test_ctrl_c_ends_what_a_pipe_asked_for(tmp_path: Path) -> None:
    environ, run = home(tmp_path)
    command = [*PROGRAM, "--lesson", "4"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ}, stdin=pipe, stdout=pipe) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"set stop updates\nset updates 1000000\ntrain\n")
        process.stdin.flush()
        while not process.stdout.readline().startswith(b"Update 100:"):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert b"Paused;" in process.stdout.read()
        assert process.wait(timeout=20) == 130
    assert load_run(saved_in(run)).update >= 100


def test_commands_from_a_pipe_to_its_end() -> None:
    result = piped("n", "nonsense", "5 n", "lesson 1")
    assert (result.returncode, result.stderr) == (0, b"")
    text = result.stdout.decode()
    assert "'nonsense' is not a command." in text
    assert "Lesson 1, Weather: The weather decides." in text
    assert "f = Food × d" in text
    assert not re.search("^> ", text, re.MULTILINE)
    assert "\x1b" not in text
    assert piped().returncode == 0


@pytest.mark.parametrize(
    ("options", "environ"),
    [
        (("--ascii",), {}),
        ((), {"TERM": "dumb"}),
        ((), {"TERM": "linux"}),
        ((), {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    ],
)
def test_seven_bits_where_asked_for_or_where_there_are_no_more(
    options: tuple[str, ...], environ: dict[str, str]
) -> None:
    commands = ("12 n", "backwards tanh", "99 n", "lesson 4", "train 20", "loss", "cases", "b", "99 n", "help")
    more = ("help words", "roommate soup", "lesson 5", "99 n", "compare", "edit", "week", "where", "settings")
    result = piped(*commands, *more, options=("--no-state", *options), **environ)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.count(b"Step ") > 100
    assert result.stdout.isascii()
    assert b"\x1b" not in result.stdout


def test_bytes_that_are_no_text_are_survived() -> None:
    text = b"\x80\xff\x1b[A\n\x00\x01\nn\n"
    result = subprocess.run([*PROGRAM, "--no-state"], cwd=ROOT, input=text, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.count(b"is not a command") == 2
    assert b"Step 2 of 6" in result.stdout
    assert not set(result.stdout) & {0, 1, 0x1B}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_at_the_prompt_saves_the_run(tmp_path: Path, number: signal.Signals) -> None:
    environ, run = home(tmp_path)
    with Terminal("--plain", "--lesson", "4", size=LARGE, environ=environ) as terminal:
        terminal.wait_for("Update 0")
        prompted(terminal)
        type_lines(terminal, "o", "o")
        terminal.wait_for("Update 2")
        assert not run.exists()
        terminal.process.send_signal(number)
        assert terminal.wait_for_exit() == 128 + number
        assert b"Traceback" not in terminal.bytes
    assert load_run(saved_in(run)).update == 2


@pytest.mark.parametrize("how", ["hang-up", "SIGHUP", "SIGTERM"])
def test_a_hang_up_while_training_loses_nothing(tmp_path: Path, how: str) -> None:
    environ, run = home(tmp_path)
    number = signal.SIGTERM if how == "SIGTERM" else signal.SIGHUP
    with Terminal("--plain", "--lesson", "4", size=LARGE, environ=environ) as terminal:
        prompted(terminal)
        type_lines(terminal, "set stop updates", "set updates 1000000", "train")
        terminal.wait_for("Update 200: loss")
        if how == "hang-up":
            terminal.hang_up()
            assert terminal.process.wait(timeout=20) == 128 + number
        else:
            terminal.process.send_signal(number)
            assert terminal.wait_for_exit() == 128 + number
            assert b"Traceback" not in terminal.bytes
    assert load_run(saved_in(run)).update >= 200
    with Terminal("--plain", "--lesson", "4", size=LARGE, environ=environ) as terminal:
        terminal.wait_for("'resume' goes on with it.")
        type_lines(terminal, "resume", "q")
        assert terminal.wait_for_exit() == 0


def test_a_lost_terminal_at_the_prompt(tmp_path: Path) -> None:
    environ, run = home(tmp_path)
    with Terminal("--plain", "--lesson", "4", size=LARGE, environ=environ) as terminal:
        prompted(terminal)
        type_lines(terminal, "o")
        terminal.wait_for("Update 1:")
        terminal.hang_up()
        assert terminal.process.wait(timeout=20) == 129
    assert load_run(saved_in(run)).update == 1


def test_a_closed_pipe_is_quiet_and_saves_the_run(tmp_path: Path) -> None:
    environ, run = home(tmp_path)
    script = f"(echo 4; echo train 30; echo play; yes) | {' '.join(PROGRAM)} | head -n 80"
    env = {**os.environ, **environ}
    result = subprocess.run(["sh", "-c", script], cwd=ROOT, env=env, capture_output=True, check=False, timeout=60)
    assert result.stderr == b""
    assert result.stdout.count(b"\n") == 80
    assert load_run(saved_in(run)).update == 30


@pytest.mark.parametrize("stream", ["<&-", ">&-"])
def test_a_stream_that_is_closed(stream: str) -> None:
    result = subprocess.run(
        ["sh", "-c", f"{' '.join(PROGRAM)} --no-state {stream}"], cwd=ROOT, capture_output=True, check=False
    )
    assert result.returncode == (0 if stream == "<&-" else 2)
    assert b"Traceback" not in result.stderr
    assert (b"standard output" in result.stderr) == (stream == ">&-")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told() -> None:
    command = f"echo n | {' '.join(PROGRAM)} --no-state > /dev/full"
    result = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (1, "roommate-tui: --plain cannot go on: No space left on device.\n")


def test_who_has_no_screen_is_told_of_the_lines() -> None:
    result = subprocess.run([sys.executable, "-m", "tui"], cwd=ROOT, input=b"", capture_output=True, check=False)
    assert result.returncode == 2
    assert result.stderr.index(b"'roommate-tui --plain'") < result.stderr.index(b"cook --plain")


def test_a_bad_option_is_told_as_ever() -> None:
    result = piped(options=("--start", "buger"))
    assert result.returncode == 2
    assert b"Did you mean burger?" in result.stderr


def test_it_learns_as_train_does(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    assert piped("train", f"save {ours}", options=("--no-state", "--lesson", "4", "--seed", "11")).returncode == 0
    words = ["train", "--seed", "11", "--history", str(theirs)]
    subprocess.run([sys.executable, "-m", "tui", *words], cwd=ROOT, check=True, capture_output=True)
    assert ours.read_bytes() == theirs.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_lines_with_a_mark_at_their_beginning_are_read(encoding: str) -> None:
    text = "start b\u00fcrger\nset Food 1 1 \u22120.5\n"
    data = text.encode(encoding)
    data = codecs.BOM_UTF16_BE + data if encoding == "utf-16-be" else data
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    result = subprocess.run([*PROGRAM, "--no-state"], cwd=ROOT, env=env, input=data, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    assert "'b\u00fcrger' is not a dish" in result.stdout.decode()
    assert "is not a command" not in result.stdout.decode()
    assert "is -0.5." in result.stdout.decode().replace("\u2212", "-").replace("minus ", "-")
