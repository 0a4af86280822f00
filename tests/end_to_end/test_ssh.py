"""Over a real SSH connection: a walk, a resize, a training run, and a connection that is cut."""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from model.storage.runs import load_run
from tests.end_to_end.sshd import Sshd, has_ended, parent_of, program, server, skip_without
from tests.end_to_end.terminal import Terminal
from tui.text.manual import source


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
                terminal.wait_for("Enter go on with lesson 4, seed 0", "cut off")
                terminal.press("enter")
            else:
                terminal.wait_for("begin with lesson 1")
                terminal.press("3")
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
        terminal.wait_for("Enter go on with lesson 4, seed 0")
        terminal.press("enter")
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
    with sshd.login(f"{tmux} new-session -s walk {script} --lesson 3") as terminal:
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


def lines_of_the_manual() -> list[str]:
    """The ``sshd_config`` of the page on labs."""
    (block,) = re.findall(r"^```\n(Match User .*?)^```$", source("labs"), re.MULTILINE | re.DOTALL)
    return str(block).splitlines()


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """A server with the manual's lines; only who and where the program is are this machine's."""
    folder = tmp_path_factory.mktemp("lab")
    match, force, *others = lines_of_the_manual()
    assert match == "Match User roommate"
    assert force.split()[:2] == ["ForceCommand", "/opt/roommate-tui/bin/roommate-tui"]
    match = match.replace("roommate", pwd.getpwuid(os.geteuid()).pw_name)
    force = force.replace("/opt/roommate-tui/bin/roommate-tui", shlex.quote(str(folder / "roommate-tui")))
    with server(folder, [match, force, *others]) as running:
        yield running


@contextlib.contextmanager
def agent(socket: Path) -> Iterator[dict[str, str]]:
    """An agent that a client could forward, and the variable that tells it."""
    with subprocess.Popen(["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.DEVNULL) as process:
        try:
            while not socket.exists() and process.poll() is None:
                time.sleep(0.02)
            yield {"SSH_AUTH_SOCK": str(socket)}
        finally:
            process.terminate()


def environ_of(pid: int) -> dict[str, str]:
    pairs = Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace").split("\0")
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


def find_in_the_palette(terminal: Terminal, word: str) -> None:
    terminal.press("\x10")  # Ctrl+P
    terminal.wait_for("Search for commands")
    terminal.wait_until_quiet()  # it is drawn before it takes what is typed
    terminal.press(word)


def test_the_labs_account_is_the_kiosk_whatever_is_asked_for(sshd: Sshd, lab: Sshd) -> None:
    with agent(lab.folder / "agent") as environ:
        with sshd.login("env", options=["-A"], environ=environ) as terminal:
            terminal.wait_for("SSH_AUTH_SOCK=")  # where it is not forbidden it works
        with lab.login("cat", "/etc/passwd", options=["-A"], environ=environ) as terminal:
            terminal.wait_for("begin with lesson 1")
            terminal.press("3")
            terminal.wait_for("Monday · step 1 of 6")
            assert b"root:" not in terminal.bytes
            theirs = environ_of(lab.pid())
            assert theirs["SSH_ORIGINAL_COMMAND"] == "cat /etc/passwd"
            assert not theirs.keys() & {"SSH_AUTH_SOCK", "DISPLAY"}
            terminal.press("\x1a", "\x03", "\x1c", "right")  # Ctrl+Z, C and \ neither stop nor end it
            terminal.wait_for("Monday · step 2 of 6")
            terminal.press("S")
            terminal.wait_for("This is a kiosk")
            terminal.press("L", "right")
            terminal.wait_for("Monday · step 3 of 6")
            find_in_the_palette(terminal, "weights")
            text = terminal.wait_for("Compare the weights with others")
            assert "Save the weights" not in text
            assert "Load weights" not in text
            terminal.press("escape")
            terminal.wait_until_gone("Compare the weights with others")
            terminal.press("q")
            assert terminal.wait_for_exit() == 0


def test_a_kiosk_that_is_cut_off_is_offered_and_one_that_ends_leaves_nothing(lab: Sshd) -> None:
    with lab.login(size=(120, 40)) as terminal:
        terminal.wait_for("begin with lesson 1")
        terminal.press("4", "-")
        terminal.wait_for("update 0")
        training(terminal)
        pid = lab.pid()
        terminal.process.kill()
        assert has_ended(pid, 2)
    assert len(cut_runs(lab)) == 1
    with lab.login(size=(120, 40)) as terminal:
        terminal.wait_for("Enter go on with lesson 4", "cut off")
        terminal.press("enter")
        terminal.wait_for("seed 0", "paused")
        find_in_the_palette(terminal, "theme")
        terminal.wait_for("Theme: roommate-light")
        terminal.wait_until_quiet()
        terminal.press("down", "down", "enter")  # the next person gets the usual one again
        terminal.wait_until_gone("Search for commands")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0
    assert [path for path in lab.state.rglob("*") if path.is_file()] == []


def test_nothing_but_the_screen_can_be_had(sshd: Sshd, lab: Sshd) -> None:
    ssh = ["ssh", *lab.options()]
    result = lab.run(*ssh, lab.address, "cat /etc/passwd")
    assert (result.returncode, result.stdout) == (2, "")
    assert "ssh -t" in result.stderr

    through = lab.run(*ssh, "-W", f"127.0.0.1:{lab.port}", lab.address)
    assert (through.returncode != 0, through.stdout) == (True, "")
    assert "forwarding failed" in through.stderr
    open_one = sshd.run("ssh", *sshd.options(), "-W", f"127.0.0.1:{lab.port}", sshd.address, timeout=60)
    assert open_one.stdout.startswith("SSH-")  # where it is not forbidden it works

    for back in ("0:127.0.0.1:9", f"{lab.folder / 'back'}:127.0.0.1:9"):
        result = lab.run(*ssh, "-N", "-o", "ExitOnForwardFailure=yes", "-R", back, lab.address)
        assert result.returncode == 255
        assert "forwarding failed" in result.stderr

    mine, theirs = lab.folder / "mine", lab.folder / "theirs"
    mine.write_text("mine")
    for modern in ([], ["-O"]):
        scp = ["scp", *modern, *lab.options(port="-P")]
        assert lab.run(*scp, str(mine), f"{lab.address}:{theirs}").returncode != 0
        assert lab.run(*scp, f"{lab.address}:{mine}", str(theirs)).returncode != 0
    batch = lab.folder / "batch"
    batch.write_text(f"put {mine} {theirs}\n")
    assert lab.run("sftp", "-b", str(batch), *lab.options(port="-P"), lab.address).returncode != 0
    assert not theirs.exists()
    assert sshd.run("sftp", "-b", str(batch), *sshd.options(port="-P"), sshd.address).returncode == 0
    assert theirs.read_text() == "mine"  # so the settings have kept it out


def test_the_labs_lines_hold_as_the_server_understands_them(lab: Sshd) -> None:
    settings = lab.effective
    for kind in ("allowtcp", "allowstreamlocal", "allowagent", "x11"):
        assert settings[f"{kind}forwarding"] == "no"
    assert (settings["permittunnel"], settings["permituserrc"]) == ("no", "no")
    for line in lines_of_the_manual()[2:]:
        name, value = line.split()
        assert settings[name.lower()] == value, line
    assert settings["forcecommand"].endswith(" --kiosk")
