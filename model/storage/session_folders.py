"""The folders in which sessions save runs: whose they are, how old and large, and whether their program runs."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from pathlib import Path

from model.storage.files import is_own
from model.storage.frames import journal_of

RUN, ENDED, LOCK, SEEN = "run.npz", "ended.npz", "lock", "seen"
"""The files of a session: its run while it lives, and when it has ended in order; its lock; since when known."""

KEPT_SECONDS = 14 * 24 * 3600.0
"""How long a run that nobody went on with is kept, from when another session first saw it: clocks can be wrong."""

SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""Flags for opening a file: follow no link, and never block."""


def out_of_date(folder: Path) -> bool:
    """Whether a session ended long ago, and others have known that for long.

    When it was saved says little: its clock may have been wrong. So who sees it first notes that, and nothing is
    removed before anybody had the time to go on with it.
    """
    seen = folder / SEEN
    if not is_there(seen):
        with contextlib.suppress(OSError):
            os.close(os.open(seen, os.O_CREAT | os.O_EXCL | os.O_WRONLY | SAFELY, 0o600))
        return False
    return time.time() - max(time_of(seen), newest(folder)) > KEPT_SECONDS


def newest(folder: Path) -> float:
    """When the run in a session's folder was saved; of a folder without one when it was made."""
    times = [saved_at(folder / name) for name in (RUN, ENDED) if is_there(folder / name)]
    return max(times) if times else time_of(folder)


def size_of(folder: Path) -> int:
    """The bytes of the files in a folder."""
    size = 0
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        size = sum(entry.stat(follow_symlinks=False).st_size for entry in entries)
    return size


def stamp_of(path: Path) -> tuple[int, int] | None:
    """What tells a file from one that took its place."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_ino, about.st_mtime_ns


def is_own_folder(path: Path) -> bool:
    """Whether a folder is this user's, and no link to one."""
    try:
        about = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(about.st_mode) and is_own(about)


def is_there(path: Path) -> bool:
    """Whether there is anything of a name."""
    return os.path.lexists(path)


def time_of(path: Path) -> float:
    """When a file was written; 0 where there is none."""
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0


def saved_at(run: Path) -> float:
    """When a run was saved, or what is new of it."""
    return max(time_of(run), time_of(journal_of(run)))


def is_alive(folder: Path) -> bool:
    """Whether the program of a session still runs."""
    try:
        descriptor = os.open(folder / LOCK, os.O_RDWR | SAFELY)
    except OSError:
        return False
    try:
        return not locked(descriptor, ours=False)
    finally:
        os.close(descriptor)


def locked(descriptor: int, *, ours: bool) -> bool:
    """Lock a file for as long as it is open.

    Args:
        descriptor: The file.
        ours: Whether nobody else may have it; otherwise it is only looked whether anybody has.

    Returns:
        Whether it could be; a file system that knows no locks never says that somebody else has it. Then a run may be
        offered while its program still runs, and both go on with it, each in a place of its own.
    """
    try:
        import fcntl  # noqa: PLC0415 - Windows has another way
    except ImportError:
        import msvcrt  # noqa: PLC0415

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if ours else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
