"""A class over real SSH sessions: it follows, answers, wanders off and comes back, and outlives its lecturer."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue

import pytest

from tests.end_to_end.logins import Logins
from tests.end_to_end.sshd import server
from tests.end_to_end.terminal import Terminal
from tui import __version__
from tui.classroom.follower import Arrived, Connected, FollowerLink, News
from tui.classroom.places import find, shared_folder

PEOPLE = 3


@pytest.fixture
def name() -> Iterator[str]:
    """A class that nobody else shares."""
    yield f"test{os.getpid()}"
    for left in shared_folder(os.geteuid()).glob(f"test{os.getpid()}*"):
        left.unlink()


def lecturing(name: str, state: Path, page: str) -> Terminal:
    environ = {"XDG_RUNTIME_DIR": "", "XDG_STATE_HOME": str(state)}
    return Terminal("--share", name, "--at", page, size=(120, 40), environ=environ)


def test_a_class_follows_answers_wanders_and_outlives_its_lecturer(tmp_path: Path, name: str) -> None:
    with (
        server(tmp_path, ["MaxStartups 100:30:200"]) as sshd,
        lecturing(name, tmp_path / "lecturer", "1.2") as lecturer,
    ):
        lecturer.wait_for("Numbers for things")
        with Logins(sshd, PEOPLE, "--follow", name) as logins:
            logins.wait_for("Numbers for things", 300)
            lecturer.wait_for(f"{PEOPLE} follow")
            lecturer.press("K")
            logins.wait_for("Enter answer", 120)
            logins.press("3 1\r")
            lecturer.wait_for(f"{PEOPLE} of {PEOPLE} have answered")
            lecturer.press("enter")
            logins.wait_for("Right: (3, 1)", 120)
            logins.press("\x1b")
            logins.wait_for(f"class {name}", 120)
            logins.press("n")
            logins.wait_for(f"F: class {name}", 120)
            os.kill(lecturer.process.pid, signal.SIGKILL)
            logins.wait_for("not there", 120)
            with lecturing(name, tmp_path / "lecturer", "2.2") as again:
                again.wait_for(f"{PEOPLE} follow")
                logins.wait_for(f"F: class {name}", 120)
                logins.press("F")
                logins.wait_for("The matrix that turns", 120)
                again.send(b"\x11")
                logins.wait_for("The class is over", 120)
            logins.press("\x11")
            assert logins.wait_for_the_end(120) == [0] * PEOPLE


def test_a_class_is_followed_through_a_forwarded_socket(tmp_path: Path, name: str) -> None:
    """What a second machine needs: ``ssh -L`` of the socket to the place where it is looked for there."""
    folder = Path(tempfile.mkdtemp(prefix="rt", dir="/tmp"))
    try:
        with server(tmp_path) as sshd, lecturing(name, tmp_path / "lecturer", "1.2") as lecturer:
            lecturer.wait_for("Numbers for things")
            here, there = folder / "forwarded.socket", shared_folder(os.geteuid()) / f"{name}.socket"
            words = ["ssh", "-N", *sshd.options(), "-L", f"{here}:{there}", sshd.address]
            with subprocess.Popen(words) as tunnel:
                try:
                    deadline = time.monotonic() + 30
                    while not here.exists():
                        assert time.monotonic() < deadline, sshd.log
                        time.sleep(0.05)
                    news = SimpleQueue[News]()
                    forwarded = shared_folder(os.geteuid()) / f"{name}far.socket"
                    forwarded.symlink_to(here)
                    assert find(f"{name}far") is None, "a link is no class"
                    forwarded.unlink()
                    here.rename(forwarded)
                    link = FollowerLink(f"{name}far", __version__, news.put)
                    link.start()
                    assert isinstance(news.get(timeout=30), Connected)
                    assert isinstance(news.get(timeout=30), Arrived)
                    link.close()
                finally:
                    tunnel.terminate()
    finally:
        shutil.rmtree(folder)
