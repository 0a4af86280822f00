"""Files that are written whole: what killed processes left goes, what living ones write stays."""

import fcntl
import os
from pathlib import Path

from model.atomic import write_atomically


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".run.npz.0123abcd").write_text("half of")
    for other in (".run.npz.bak", ".other.npz.0123abcd", "run.npz.0123abcd"):
        (tmp_path / other).write_text("somebody's")
    (tmp_path / ".run.npz.0000ffff").mkdir()
    write_atomically(tmp_path / "run.npz", b"new", overwrite=True)
    left = {".run.npz.bak", ".other.npz.0123abcd", "run.npz.0123abcd", ".run.npz.0000ffff", "run.npz"}
    assert {path.name for path in tmp_path.iterdir()} == left


def test_what_another_process_is_writing_stays(tmp_path: Path) -> None:
    theirs = tmp_path / ".run.npz.0123abcd"
    descriptor = os.open(theirs, os.O_CREAT | os.O_WRONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    write_atomically(tmp_path / "run.npz", b"new", overwrite=True)
    assert theirs.exists()
    os.close(descriptor)
    write_atomically(tmp_path / "run.npz", b"newer", overwrite=True)
    assert not theirs.exists()
