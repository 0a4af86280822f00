"""What a terminal sends to the real program: answers, pastes, broken sequences, floods; only what is typed counts."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.terminal import Terminal
from tests.end_to_end.test_endings import assert_restored, opened

ANSWERS = {
    "primary attributes": b"\x1b[?61;4;6;7;14;21;22;23;24;28;32;42;52c",
    "secondary attributes": b"\x1b[>0;276;0c",
    "version": b"\x1bP>|kitty(0.35.2)\x1b\\",
    "colours": b"\x1b]11;rgb:1414/1919/1f1f\x1b\\\x1b]10;rgb:ffff/ffff/ffff\x07",
    "light or dark": b"\x1b[?997;1n",
    "keyboard": b"\x1b[?0u",
    "title": b"\x1b]lquit now\x1b\\\x1b]Lquit\x1b\\",
    "cursor": b"\x1b[12;40R",
    "capabilities": b"\x1bP1+r524742=38\x1b\\",
    "graphics": b"\x1b_Gi=31;OK\x1b\\",
    "windows": b"\x1b[8;24;80t\x1b[4;480;800t",
    "unknown": b"\x1b[113~\x1b[113;1H\x1b[113;1;1;1u\x1b[99;1z",
    "a size that nobody asked for": b"\x1b[48;60000;60000;0;0t",
    "a paste with colours": b"\x1b[200~\x1b[32mok\x1b[0m build quick\x1b[201~",
    "a paste with anything": b"\x1b[200~q\x00\x03\x1b[C\x1b]0;q\x07 [200~\xff\x1b[201\x1b[201~",
    "other buttons": b"".join(f"\x1b[<{b};40;4M\x1b[<{b};40;4m".encode() for b in (1, 2, 4, 8, 16, 128)),
}


@pytest.fixture(scope="module")
def walk() -> Iterator[Terminal]:
    with Terminal("--no-state", "--lesson", "3", size=(100, 30)) as terminal:
        terminal.wait_for("Monday · step 1 of 6", "quit")
        terminal.wait_until_quiet()
        yield terminal


@pytest.mark.parametrize("cut_at", [None, 2, 5])
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_at_any_moment_is_not_typed(walk: Terminal, name: str, cut_at: int | None) -> None:
    before = walk.text
    walk.send(ANSWERS[name][:cut_at])
    if cut_at is not None:
        walk.wait_until_quiet(0.4)
        walk.send(ANSWERS[name][cut_at:])
    walk.wait_until_quiet(0.4)
    assert walk.text == before
    walk.press("right")
    walk.wait_for("Monday · step 2 of 6")
    walk.press("left")
    walk.wait_until(before.__eq__, "the first step again")


def test_a_paste_without_an_end_is_given_up() -> None:
    for leave in (b"\x03", b"\x1b", b"n"):
        with Terminal("--no-state", "--lesson", "3", size=(100, 30)) as terminal:
            terminal.wait_for("step 1 of 6", "quit")
            terminal.send(b"\x1b[200~partial")
            terminal.wait_until_quiet(0.7)
            terminal.send(leave)
            terminal.wait_until_quiet(0.5)
            terminal.press("right")
            terminal.wait_for("step 3 of 6" if leave == b"n" else "step 2 of 6")
            terminal.press("q")
            assert terminal.wait_for_exit() == 0


@pytest.mark.parametrize("options", [[], ["--slow-link"]])
def test_an_arrow_in_two_packets_is_a_step(options: list[str]) -> None:
    with Terminal("--no-state", "--lesson", "3", *options, size=(100, 30)) as terminal:
        terminal.wait_for("step 1 of 6", "quit")
        for step, (first, second) in enumerate(((b"\x1b", b"[C"), (b"\x1b[", b"C")), 2):
            terminal.send(first)
            terminal.wait_until_quiet(0.3)
            terminal.send(second)
            terminal.wait_for(f"step {step} of 6")


@pytest.mark.parametrize("key", [b"\x1b[57413;;43u", b"\x1b[57413;129;43u", b"\x1b[57413u", b"\x1bOk"])
def test_plus_of_the_keypad_is_plus(key: bytes) -> None:
    with Terminal("--no-state", "--lesson", "4", size=(120, 40)) as terminal:
        terminal.wait_for("update 0", "10/s")
        terminal.send(key)
        terminal.wait_for("20/s")


@pytest.mark.parametrize(
    ("key", "page"),
    [(b"\x1b[115;2u", "Save the weights"), (b"\x1b[83;2u", "Save the weights"), (b"\x1b[47;2u", "Esc closes")],
)
def test_capitals_without_their_text_are_capitals(key: bytes, page: str) -> None:
    with Terminal("--no-state", "--lesson", "3", size=(100, 30)) as terminal:
        terminal.wait_for("step 1 of 6", "quit")
        terminal.send(key)
        terminal.wait_for(page)


def memory(terminal: Terminal) -> int:
    """The most memory the program has had, in MiB."""
    status = Path(f"/proc/{terminal.process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells in a file how much memory was used")

FLOODS = {
    "keys": (b"n" * 30_000, b"lhnpjkgGvwdaAuU" * 2000),
    "arrows": (b"\x1b[C\x1b[D\x1b[B" * 10_000,),
    "clicks": (
        b"".join(
            f"\x1b[<0;{x % 80 + 1};{x % 24 + 1}M\x1b[<0;{x % 80 + 1};{x % 24 + 1}m".encode() for x in range(10_000)
        ),
    ),
    "moves": (b"".join(f"\x1b[<35;{x % 80 + 1};{x % 24 + 1}M".encode() for x in range(20_000)),),
    "noise": (bytes(at * 89 % 256 for at in range(100_000)).replace(b"\x11", b"").replace(b"q", b""),),
}


@linux
@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_leaves_the_program_in_reach(name: str) -> None:
    with Terminal("--no-state", "--lesson", "3", size=(80, 24)) as terminal:
        terminal.wait_for("step 1 of 6", "quit")
        before = memory(terminal)
        for flood in FLOODS[name]:
            for at in range(0, len(flood), 4096):
                terminal.send(flood[at : at + 4096])
                terminal.read(0)
        terminal.wait_until_quiet(0.5)
        assert memory(terminal) < before + 50
        terminal.press("q" if name in {"keys", "arrows", "moves"} else "\x11")  # others open pages
        assert terminal.wait_for_exit(60) == 0


@linux
def test_a_window_of_any_size_takes_little_memory() -> None:
    with Terminal("--no-state", "--lesson", "3", size=(80, 24)) as terminal:
        terminal.wait_for("step 1 of 6", "quit")
        terminal.set_size(65535, 65535)
        terminal.send(b"\x1b[?2048;2$y" + b"\x1b[48;65535;65535;0;0t" * 50)
        terminal.wait_until_quiet(1)
        assert memory(terminal) < 400
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


def test_stopped_and_continued_at_once_it_goes_on() -> None:
    with Terminal("--no-state", "--lesson", "3") as terminal:
        before = terminal.attributes
        opened(terminal)
        for _ in range(5):
            terminal.process.send_signal(signal.SIGTSTP)
            terminal.process.send_signal(signal.SIGCONT)
        terminal.process.send_signal(signal.SIGTSTP)
        terminal.wait_until_quiet(0.5)
        terminal.process.send_signal(signal.SIGCONT)
        terminal.wait_until_quiet(0.5)
        terminal.process.send_signal(signal.SIGCONT)
        terminal.press("right")
        terminal.wait_for("step 2 of 6")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
        assert_restored(terminal, before)


def test_ctrl_q_before_there_is_a_screen_leaves() -> None:
    with Terminal("--no-state", "--lesson", "3") as terminal:
        before = terminal.attributes
        while terminal.attributes == before:  # until it listens
            assert terminal.process.poll() is None
            terminal.read(0.001)
        assert b"\x1b" not in terminal.bytes
        terminal.press("\x11")
        assert terminal.wait_for_exit() == 0
        assert_restored(terminal, before)


@pytest.mark.parametrize(("number", "status"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_signal_before_there_is_a_screen_ends_it_and_the_terminal_is_as_before(number: str, status: int) -> None:
    with Terminal("--no-state", "--lesson", "3") as terminal:
        before = terminal.attributes
        while terminal.attributes == before:
            terminal.read(0.001)
        terminal.process.send_signal(getattr(signal, number))
        assert terminal.wait_for_exit() == status
        assert_restored(terminal, before)


@pytest.fixture
def tmux() -> Iterator[Terminal]:
    """The program in tmux, and tmux on a terminal."""
    with tempfile.TemporaryDirectory() as folder:  # a socket's path must be short
        yield from in_tmux(folder)


def in_tmux(folder: str) -> Iterator[Terminal]:
    if shutil.which("tmux") is None:
        pytest.skip("needs tmux")
    name = "test"
    start = f"{sys.executable} -m tui --no-state --lesson 4"
    words = ["tmux", "-L", name, "-f", "/dev/null", "new", "-s", "walk", start]
    launch = f"import os; os.execvp('tmux', {words!r})"
    with Terminal(
        "--lesson", "3", python=("-c", launch), size=(100, 30), environ={"TMUX_TMPDIR": folder}
    ) as terminal:
        try:
            terminal.wait_for("update 0")
            terminal.wait_until_quiet()
            terminal.tmux = lambda *words: subprocess.run(  # type: ignore[attr-defined]
                ["tmux", "-L", name, *words], env={**os.environ, "TMUX_TMPDIR": folder}, check=True
            )
            yield terminal
        finally:
            subprocess.run(
                ["tmux", "-L", name, "kill-server"], env={**os.environ, "TMUX_TMPDIR": folder}, check=False,
                capture_output=True,
            )  # fmt: skip
            terminal.process.wait(20)


@pytest.mark.parametrize("split", [None, 9])
def test_late_answers_through_tmux(tmux: Terminal, split: int | None) -> None:
    before = tmux.text
    answers = (
        ANSWERS["primary attributes"] + ANSWERS["secondary attributes"] + ANSWERS["version"] + ANSWERS["colours"]
    )
    tmux.send(answers[:split])
    if split is not None:
        tmux.wait_until_quiet(1.0)
        tmux.send(answers[split:])
    tmux.wait_until_quiet(1.0)
    assert without_clock(tmux.text) == without_clock(before)


def test_a_coloured_paste_through_tmux(tmux: Terminal, tmp_path: Path) -> None:
    before = tmux.text
    (tmp_path / "paste").write_bytes(b"\x1b[32mok\x1b[0m build quick\n")
    tmux.tmux("load-buffer", str(tmp_path / "paste"))  # type: ignore[attr-defined]
    tmux.tmux("paste-buffer", "-p", "-t", "walk")  # type: ignore[attr-defined]
    tmux.wait_until_quiet(1.0)
    assert without_clock(tmux.text) == without_clock(before)


def without_clock(text: str) -> str:
    """What tmux shows, but for its own line."""
    return re.sub(r"\n[^\n]*\Z", "", text)
