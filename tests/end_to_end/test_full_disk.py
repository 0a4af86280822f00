"""Where nothing can be written: a sentence, and the program goes on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.terminal import Terminal
from tests.end_to_end.test_terminal import state_of
from tui.session.restart import own_command

LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
from tui.cli.main import run
run()
"""
"""The program, no file of which may be longer than 1,000 bytes."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one page."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", str(disk)]
    if os.getuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only the superuser can make a small file system; files of limited length stand in for it")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def saves_and_goes_on(terminal: Terminal, folder: Path, reason: str) -> None:
    """Train where the run cannot be saved, save weights where they cannot be, and go on."""
    terminal.wait_for("update 0")
    terminal.press("+", "+", "+", "t")
    terminal.wait_for("Runs are not saved automatically", reason)
    terminal.wait_for("The rule is learned")
    terminal.press("H")  # its word takes the place of the one before
    terminal.wait_until_gone("Runs are not saved")
    terminal.press("R", "t")
    terminal.wait_for("The rule is learned")
    terminal.press("o")  # by hand, which is saved at the end
    terminal.wait_until_quiet()
    assert "Runs are not saved" not in terminal.text  # once is enough
    terminal.press("S")
    terminal.wait_for("Save the weights", "weights-seed")
    terminal.press("\x15")  # Ctrl+U: another name in its place
    terminal.wait_until_gone("weights-seed")
    terminal.press(str(folder / "w.json"), "enter")
    terminal.wait_for("Not saved", reason)
    terminal.press("3", "right")
    terminal.wait_for("step 2 of 6")
    terminal.press("q")
    assert terminal.wait_for_exit() == 0
    assert b"Traceback" not in terminal.bytes
    left = [path for path in folder.rglob("*") if path.is_file() and path.name != "filling"]
    assert left == []


def test_a_full_disk(small_disk: Path) -> None:
    (small_disk / "filling").write_bytes(bytes(4096))
    environ = {"HOME": str(small_disk), "XDG_STATE_HOME": str(small_disk / "state")}
    with Terminal("--lesson", "4", environ=environ, size=(120, 40)) as terminal:
        saves_and_goes_on(terminal, small_disk, "space")


def test_files_that_may_not_grow(tmp_path: Path) -> None:
    with Terminal("--lesson", "4", python=("-c", LIMITED), environ=state_of(tmp_path), size=(120, 40)) as terminal:
        saves_and_goes_on(terminal, tmp_path, "large")  # of a sentence that is wrapped


def test_a_home_that_is_read_only(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    environ = {"HOME": str(small_disk), "XDG_STATE_HOME": str(small_disk / "state")}
    with Terminal("--lesson", "4", environ=environ, size=(120, 40)) as terminal:
        saves_and_goes_on(terminal, small_disk, "Read-only")


def test_what_is_left_for_the_end_and_cannot_be_written() -> None:
    """Little waits in a buffer until the program ends; Python would end with status 120 and words of its own."""
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run([*own_command(), "--version"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert result.returncode == 1
    assert result.stderr == b"roommate-tui: standard output: No space left on device.\n"
