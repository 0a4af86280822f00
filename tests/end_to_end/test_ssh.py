"""Over a real SSH connection: a walk, a resize, a training run, and a connection that is cut."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from model.autosave import load_run
from tests.end_to_end.sshd import Sshd, has_ended, parent_of, program, server, skip_without
from tests.end_to_end.terminal import Terminal


@pytest.fixture(scope="module")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    with server(tmp_path_factory.mktemp("sshd")) as running:
        yield running


def training(terminal: Terminal) -> int:
    """Start it, and see it going on; gives an update that it has made."""
    terminal.press("t")
    moving = re.compile(r"update (?!0 )([\d,]+) · running")
    text = terminal.wait_until(lambda text: moving.search(text) is not None, "training")
    found = moving.search(text)
    assert found is not None
    return int(found[1].replace(",", ""))


def cut_runs(sshd: Sshd) -> list[Path]:
    return list((sshd.state / "sessions").glob("*/run.npz"))


def test_a_walk_a_resize_a_run_and_a_connection_that_is_cut_twice(sshd: Sshd) -> None:
    """First the client is gone at once, then the server's end of the connection."""
    seen = 0
    for number, whose in enumerate(("client", "server")):
        with sshd.login(shlex.quote(str(sshd.script)), size=(120, 40)) as terminal:
            if number:
                terminal.wait_for("A run with seed 0", "cut off today", "Go on with it?")
                terminal.press("y")
            else:
                terminal.wait_for("Monday · step 1 of 6", "The roommate's rule")
                terminal.press("right", "n", "j", "left")
                terminal.wait_for("Tuesday · step 2 of 6")
                terminal.resize(80, 24)
                terminal.wait_for_row(0, "Perfect Roommate")  # which a terminal that has shrunk has lost
                terminal.wait_until_gone("The roommate's rule")
                terminal.resize(120, 40)
                terminal.wait_for("Tuesday · step 2 of 6", "The roommate's rule", "What happens")
                terminal.press("4", "-")  # it must not reach its goal before the connection is cut
            terminal.wait_for("seed 0")
            seen = max(seen, training(terminal))
            pid = sshd.pid()
            os.kill(terminal.process.pid if whose == "client" else parent_of(pid), signal.SIGKILL)
            assert has_ended(pid, 2)
            (path,) = cut_runs(sshd)
            assert load_run(path).update >= seen
    with sshd.login(shlex.quote(str(sshd.script)), size=(120, 40)) as terminal:
        terminal.wait_for("A run with seed 0", "Go on with it?")
        terminal.press("y")
        terminal.wait_for("seed 0", "paused")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
        assert terminal.bytes.rindex(b"\x1b[?1049l") > terminal.bytes.rindex(b"\x1b[?1049h")
    assert cut_runs(sshd) == []
    assert load_run(sshd.state / "run.npz").update >= seen


@pytest.fixture
def tmux(sshd: Sshd) -> Iterator[str]:
    """The command of a tmux of the test's own, on the far side."""
    skip_without("tmux")
    socket, config = sshd.folder / "tmux.sock", sshd.folder / "tmux.conf"
    config.write_text("set -g status off\nset -g focus-events on\nset -g mouse on\nset -g escape-time 0\n")
    words = [str(program("tmux")), "-S", str(socket), "-f", str(config)]
    yield shlex.join(words)
    subprocess.run([*words, "kill-server"], check=False, capture_output=True)


def test_inside_tmux_it_survives_detaching_and_a_cut(sshd: Sshd, tmux: str) -> None:
    script = shlex.quote(str(sshd.script))
    with sshd.login(f"{tmux} new-session -s walk {script}") as terminal:
        terminal.wait_for("Monday · step 1 of 6")
        terminal.press("right", "right", "w")
        terminal.wait_for("Monday · step 3 of 6", "☔ rainy")
        terminal.wait_until_quiet()
        before, pid = terminal.text, sshd.pid()
        terminal.press("\x02d")  # Ctrl+B d
        assert terminal.wait_for_exit() == 0
    with sshd.login(f"{tmux} attach -t walk") as terminal:
        terminal.wait_until(lambda text: text == before, f"the screen as it was:\n{before}")
        terminal.press("right")
        terminal.wait_for("Monday · step 4 of 6")
        terminal.wait_until_quiet()
        before = terminal.text
        terminal.process.kill()
    with sshd.login(f"{tmux} attach -t walk") as terminal:
        terminal.wait_until(lambda text: text == before, f"the screen as it was:\n{before}")
        terminal.resize(120, 40)
        terminal.wait_for("The roommate's rule", "Monday · step 4 of 6")
        terminal.press("left")
        terminal.wait_for("Monday · step 3 of 6")
        assert not has_ended(pid, 0)
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
    assert has_ended(pid, 2)
