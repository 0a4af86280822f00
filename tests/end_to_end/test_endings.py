"""The ways to end, and strange terminals: the exit status, a message, and the terminal as it was."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.terminal import Terminal, saved_runs
from tests.end_to_end.test_terminal import state_of

MODES = {
    "alternate screen": (b"\x1b[?1049h", b"\x1b[?1049l"),
    "mouse": (b"\x1b[?1000h", b"\x1b[?1000l"),
    "every move of the mouse": (b"\x1b[?1003h", b"\x1b[?1003l"),
    "mouse in text": (b"\x1b[?1006h", b"\x1b[?1006l"),
    "focus": (b"\x1b[?1004h", b"\x1b[?1004l"),
    "pastes in brackets": (b"\x1b[?2004h", b"\x1b[?2004l"),
    "no cursor": (b"\x1b[?25l", b"\x1b[?25h"),
    "no line wrap": (b"\x1b[?7l", b"\x1b[?7h"),
}
"""What turns each mode on, and what off again."""


def left_on(data: bytes) -> list[str]:
    """The modes that what was written leaves on, by name."""
    wrong = [name for name, (on, off) in MODES.items() if data.rfind(on) > data.rfind(off)]
    pushed = len(re.findall(rb"\x1b\[>\d+u", data))
    return wrong + ["kitty's keyboard protocol"] * (pushed > len(re.findall(rb"\x1b\[<\d*u", data)))


def opened(terminal: Terminal) -> str:
    """Wait until the walk is there and its terminal in the modes that are to be left again."""
    text = terminal.wait_for("Roommate", "quit")
    terminal.wait_until_quiet()
    assert set(left_on(terminal.bytes)) >= {*MODES}
    return text


def assert_restored(terminal: Terminal, before: list[object]) -> None:
    assert left_on(terminal.bytes) == []
    assert terminal.attributes == before
    assert b"Traceback" not in terminal.bytes


@pytest.mark.parametrize(("number", "status"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_signal_ends_it_and_the_terminal_is_as_before(number: str, status: int) -> None:
    with Terminal("--no-state", "--lesson", "3") as terminal:
        before = terminal.attributes
        opened(terminal)
        assert terminal.attributes != before
        terminal.process.send_signal(getattr(signal, number))
        assert terminal.wait_for_exit() == status
        assert_restored(terminal, before)


def test_a_signal_while_it_starts() -> None:
    with Terminal("--no-state", "--lesson", "3") as terminal:
        before = terminal.attributes
        terminal.wait_until(lambda _: b"\x1b[?1049h" in terminal.bytes, "the alternate screen")
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.wait_for_exit() == 143
        assert_restored(terminal, before)


def test_ctrl_c_says_how_to_leave() -> None:
    with Terminal("--no-state", "--lesson", "3") as terminal:
        opened(terminal)
        terminal.press("\x03")
        terminal.wait_for("q leaves the program.")
        terminal.press("?")
        terminal.wait_for("Esc closes")
        terminal.press("\x03")
        terminal.wait_for("Esc leaves this page", "Ctrl+Q the")
        terminal.press("\x11")
        assert terminal.wait_for_exit() == 0


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Terminal]:
    """A person's shell, with its jobs."""
    (tmp_path / "inputrc").write_text("set enable-bracketed-paste off\n")  # the modes are to be the program's alone
    environ = {"PS1": "shell> ", "INPUTRC": str(tmp_path / "inputrc"), **state_of(tmp_path)}
    start = "import os; os.execvp('bash', ['bash', '--norc', '--noprofile', '-i'])"
    with Terminal(python=("-c", start), environ=environ) as terminal:
        terminal.wait_for("shell>")
        yield terminal


def told_by_stty(shell: Terminal, mark: str) -> str:
    """A sum over the terminal's settings as a command finds them: at its prompt the shell has others for itself."""
    shell.press(f"echo {mark}=$(stty -g | cksum)\r")
    shell.wait_until(lambda text: re.search(rf"{mark}=\d+", text) is not None, "the settings of the terminal")
    found = re.search(rf"{mark}=(\d+ \d+)", shell.text)
    assert found is not None
    return found[1]


def test_ctrl_z_and_fg_in_a_shell(shell: Terminal) -> None:
    before = told_by_stty(shell, "before")
    shell.press(f"{sys.executable} -m tui --lesson 3; echo status $?\r")
    opened(shell)
    for page, key in (("Roommate", ""), ("Esc closes", "?")):
        shell.press(key)
        shell.wait_for(page)
        shell.press("\x0c")
        shell.wait_until_quiet()
        text = shell.text
        shell.press("\x1a")
        shell.wait_for("Stopped", "shell>")
        assert left_on(shell.bytes) == []
        shell.press("echo $((6*7))\r")
        shell.wait_for("42")
        shell.press("fg\r")
        shell.wait_until(text.__eq__, f"all of it painted again:\n{text}")
        assert set(left_on(shell.bytes)) >= {*MODES}
    shell.press("\x1b")
    shell.wait_until_gone("Esc closes")
    shell.press("q")
    shell.wait_until_gone("Roommate")
    shell.press("echo $((6*9))\r")
    shell.wait_for("54")
    assert left_on(shell.bytes) == []
    assert told_by_stty(shell, "after") == before
    shell.press("exit\r")
    assert shell.wait_for_exit() == 0


def test_a_run_in_training_goes_on_after_fg(shell: Terminal) -> None:
    shell.press(f"{sys.executable} -m tui --lesson 4; echo status $?\r")
    shell.wait_for("update 0", "quit")
    shell.press("t")
    shell.wait_until(lambda text: re.search(r"update [1-9]\d* ", text) is not None, "training")
    shell.press("\x1a")
    shell.wait_for("Stopped", "shell>")
    shell.press("fg\r")
    shell.wait_for("The rule is learned")
    shell.press("q")
    shell.wait_until_gone("Roommate")
    shell.press("exit\r")
    assert shell.wait_for_exit() == 0


def test_stopped_and_continued_from_outside_the_terminal_is_restored_at_the_end() -> None:
    with Terminal("--no-state", "--lesson", "3") as terminal:
        before = terminal.attributes
        opened(terminal)
        terminal.process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED | os.WNOWAIT)
        terminal.process.send_signal(signal.SIGCONT)
        terminal.press("right")
        terminal.wait_for("step 2 of 6")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
        assert_restored(terminal, before)


@pytest.mark.parametrize("noise", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x1b[1114112u", b"\x00"])
def test_noise_on_the_input_is_no_end(noise: bytes) -> None:
    with Terminal("--no-state", "--lesson", "3") as terminal:
        opened(terminal)
        terminal.send(noise)
        terminal.wait_until_quiet()
        terminal.press("right")
        terminal.wait_for("step 2 of 6")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_one_stream_that_is_no_terminal(tmp_path: Path, stream: str) -> None:
    """The two others are one."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.touch()
    script = f"""
import os
number = {["stdin", "stdout", "stderr"].index(stream)}
os.dup2(os.open({str(elsewhere)!r}, os.O_RDWR), number)
os.execvp({sys.executable!r}, [{sys.executable!r}, "-m", "tui"])
"""
    with Terminal(python=("-c", script)) as terminal:
        assert terminal.wait_for_exit() == 2
        text = elsewhere.read_text() if stream == "stderr" else " ".join(terminal.text.split())
        name = {"stdin": "input", "stdout": "output", "stderr": "error"}[stream]
        assert f"the screen needs a terminal, and standard {name} is not a terminal" in text
        assert b"\x1b" not in terminal.bytes


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_that_cannot_draw_has_the_walk_line_by_line(term: str) -> None:
    with Terminal("--no-state", "--lesson", "1", environ={"TERM": term}, size=(120, 40)) as terminal:
        terminal.wait_for(f"TERM={term} cannot draw: line by line, as with --plain.", "Lesson 1", "\n>")
        terminal.press("q\r")
        assert terminal.wait_for_exit() == 0
        assert b"\x1b" not in terminal.bytes


def test_a_kiosk_on_a_terminal_that_cannot_draw() -> None:
    with Terminal("--kiosk", "--lesson", "3", environ={"TERM": "dumb"}) as terminal:
        assert terminal.wait_for_exit() == 2
        assert "cannot be drawn with TERM=dumb" in terminal.text.replace("\n", "")


DETACHED = f"""
import signal, subprocess, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
sys.exit(subprocess.run([{sys.executable!r}, "-m", "tui", *sys.argv[1:]], start_new_session=True).returncode)
"""
"""The program in a session that does not own the terminal: nobody sends it a signal when that goes."""


@pytest.mark.parametrize("moment", ["walking", "training"])
def test_a_terminal_that_vanishes_without_a_signal(tmp_path: Path, moment: str) -> None:
    with Terminal("--lesson", "4", python=("-c", DETACHED), environ=state_of(tmp_path)) as terminal:
        terminal.wait_for("update 0", "quit")
        if moment == "training":
            terminal.press("t")
            terminal.wait_until(lambda text: re.search(r"update [1-9]\d* ", text) is not None, "training")
        terminal.hang_up()
        assert terminal.process.wait(timeout=20) == 129
    assert len(saved_runs(tmp_path / "state")) == (moment == "training")


def test_a_terminal_that_vanishes_while_it_is_stopped() -> None:
    with Terminal("--no-state", "--lesson", "3") as terminal:
        opened(terminal)
        terminal.press("\x1a")
        os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED | os.WNOWAIT)
        terminal.hang_up()
        assert terminal.process.wait(timeout=20) == 129
