"""Where runs are saved by themselves: each running program has a place of its own, whoever else uses the account.

A session's folder is locked while its program lives; the system takes the lock away with the process, however it
ends. So a folder without a lock is what a crash or a lost connection has left. A session that ends in order leaves
its run as the run of last time, or nothing at all where an account is shared.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from model.autosave import load_run, save_run
from model.errors import FileError
from model.history import Run
from model.moment import RunRecord

RUN, LOCK = "run.npz", "lock"
"""The files of a session."""

KEPT_SECONDS = 14 * 24 * 3600.0
"""How long a run that nobody went on with is kept."""

LATELY_SECONDS = 3600.0
"""How long after it was cut off a run is offered before anything else."""

MOST_OFFERED = 20
"""The runs that are offered at the most, the newest ones: each of them is read."""


@dataclass(frozen=True, eq=False)
class Left:
    """A run that another session has left.

    Attributes:
        path: Its file.
        run: The run, ready to go on.
        when: When it was saved, in seconds since 1970.
        cut: Whether its session did not end in order.
    """

    path: Path
    run: Run
    when: float
    cut: bool


class Sessions:
    """The sessions of one account: this program's own, and what others have left.

    Args:
        folder: Where all of them are.
        shared: Whether the account is many people's: then nothing is left of a session that ends in order.
    """

    def __init__(self, folder: Path, *, shared: bool = False) -> None:
        self._folder, self._shared = folder, shared
        self._all = folder / "sessions"
        self._lock: int | None = None
        self.last = folder / RUN
        """The run of the last session that ended in order."""
        self._last_seen = _stamp(self.last)
        name = time.strftime("%Y-%m-%dT%H-%M-%S")
        self.own = self._all / f"{name}-{os.getpid()}-{secrets.token_hex(2)}" / RUN
        """The run of this session; there is nothing there before the first is saved."""

    def save(self, record: RunRecord) -> None:
        """Write this session's run over the one it had.

        Raises:
            FileError: It cannot be written.
        """
        self._open()
        save_run(self.own, record)

    def _open(self) -> None:
        """Make the folder. Nobody looks at its lock before there is a run in it, and then it is locked."""
        if self._lock is not None and self.own.parent.is_dir():
            return
        self.release()
        try:
            self.own.parent.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self.own.with_name(LOCK), os.O_CREAT | os.O_RDWR, 0o666)
        except OSError as error:
            raise FileError(f"{self.own.parent} cannot be written: {error.strerror or error}.") from error
        _locked(self._lock, ours=True)

    def left(self) -> tuple[list[Left], list[FileError]]:
        """The runs that others have left, the newest first; and what is wrong with those that cannot be read."""
        found = [(path, True) for path in self._abandoned()]
        if not self._shared and _time_of(self.last):
            found.append((self.last, False))
        found.sort(key=lambda one: _time_of(one[0]), reverse=True)
        runs, faults = [], []
        for path, cut in found[:MOST_OFFERED]:
            when = _time_of(path)
            try:
                runs.append(Left(path, load_run(path), when, cut))
            except FileError as error:
                if path.exists():  # otherwise somebody else has just gone on with it
                    faults.append(error)
        return runs, faults

    def lately_cut(self) -> bool:
        """Whether a session was cut off so short ago that whoever is here now may well be its person."""
        return any(time.time() - _time_of(path) < LATELY_SECONDS for path in self._abandoned())

    def take(self, left: Left) -> bool:
        """Make a run that was left this session's own, so that nobody else goes on with it.

        Returns:
            Whether it was still there.

        Raises:
            FileError: It cannot be moved.
        """
        self._open()
        try:
            left.path.replace(self.own)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise FileError(f"{left.path} cannot be moved: {error.strerror or error}.") from error
        if left.cut:
            shutil.rmtree(left.path.parent, ignore_errors=True)
        return True

    def end(self) -> None:
        """The session has ended in order: its run is that of last time from now on, or goes where it is shared.

        What another program, which ran at the same time, has left as the run of last time is not overwritten.
        """
        if self._lock is None:
            return
        with contextlib.suppress(OSError):  # then the run stays where it is, and is offered from there
            alone = _stamp(self.last) in {None, self._last_seen}
            if not self._shared and alone and self.own.exists():
                self.own.replace(self.last)
            if self._shared or not self.own.exists():
                shutil.rmtree(self.own.parent)
        self.release()

    def release(self) -> None:
        """Give the lock back, as the end of the process does: what is saved is offered to the next session."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def tidy(self) -> None:
        """Remove what sessions left that ended long ago."""
        for folder in self._folders():
            newest = max(_time_of(folder), _time_of(folder / RUN))
            if newest and time.time() - newest > KEPT_SECONDS and not _alive(folder):
                shutil.rmtree(folder, ignore_errors=True)

    def _abandoned(self) -> list[Path]:
        """The runs of sessions that are over but did not end in order."""
        return [folder / RUN for folder in self._folders() if _time_of(folder / RUN) and not _alive(folder)]

    def _folders(self) -> list[Path]:
        try:
            return [folder for folder in self._all.iterdir() if folder != self.own.parent]
        except OSError:  # nothing was ever saved
            return []


def _stamp(path: Path) -> tuple[int, int] | None:
    """What tells a file from one that took its place."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_ino, about.st_mtime_ns


def _time_of(path: Path) -> float:
    """When a file was written; 0 where there is none."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _alive(folder: Path) -> bool:
    """Whether the program of a session still runs."""
    try:
        descriptor = os.open(folder / LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _locked(descriptor, ours=False)
    finally:
        os.close(descriptor)


def _locked(descriptor: int, *, ours: bool) -> bool:
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
