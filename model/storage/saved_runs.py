"""Where runs are saved automatically: each running program has a place of its own, whoever else uses the account.

A session's folder is locked while its program lives; the system takes the lock away with the process, however it
ends. So a folder without a lock is what a crash or a lost connection has left. A session that ends in order leaves
its run as the run of last time, or in its own folder where another was faster, or nothing at all where an account is
shared. All of it is this user's alone: another who could lock a lock would hide what was cut off.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from model.errors import FileError
from model.language import _
from model.storage.frames import move_journal
from model.storage.growing_run import GrowingRun
from model.storage.private import private_folder, tighten_inside
from model.storage.runs import Head, head_of, load_run
from model.storage.session_folders import (
    ENDED,
    LOCK,
    RUN,
    SAFELY,
    is_alive,
    is_own_folder,
    is_there,
    locked,
    newest,
    out_of_date,
    saved_at,
    size_of,
    stamp_of,
)
from model.training.run import TrainingRun
from model.training.snapshot import RunRecord

MAX_BYTES = 512 * 2**20
"""What sessions have left is kept up to this size; beyond it the oldest go, but never the newest."""

MAX_OFFERED = 20
"""The runs that are offered at the most, the newest ones: the head of each of them is read."""


@dataclass(frozen=True, eq=False)
class SavedRun:
    """A run that another session has left.

    Attributes:
        path: Its file.
        head: Which run it is.
        when: When it was saved, in seconds since 1970.
        cut: Whether its session did not end in order.
    """

    path: Path
    head: Head
    when: float
    cut: bool

    def load(self) -> TrainingRun | None:
        """The run, ready to go on; None where somebody else has just gone on with it.

        Raises:
            FileError: It cannot be read.
        """
        try:
            return load_run(self.path, private=True)
        except FileError:
            if is_there(self.path):
                raise
            return None


class SavedRuns:
    """The runs that are saved for one account: this session's own, and those that other sessions have left.

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
        self._last_seen = stamp_of(self.last)
        name = time.strftime("%Y-%m-%dT%H-%M-%S")
        self.run_file = self._all / f"{name}-{os.getpid()}-{secrets.token_hex(2)}" / RUN
        """The run of this session; there is nothing there before the first is saved."""
        self._growing = GrowingRun(self.run_file)

    def save(self, record: RunRecord) -> int:
        """Write this session's run over the one it had, or what is new of it.

        Returns:
            The bytes that are new.

        Raises:
            FileError: It cannot be written.
        """
        self._open()
        return self._growing.save(record)

    def _open(self) -> None:
        """Make the folder. Nobody looks at its lock before there is a run in it, and then it is locked."""
        if self._lock is not None and self.run_file.parent.is_dir():
            return
        self.release()
        for folder in (self._folder, self._all, self.run_file.parent):
            private_folder(folder)
        lock = self.run_file.with_name(LOCK)
        try:
            self._lock = os.open(lock, os.O_CREAT | os.O_RDWR | SAFELY, 0o600)
        except OSError as error:
            raise FileError(
                _("{lock} cannot be written: {error}.").format(lock=lock, error=error.strerror or error)
            ) from error
        locked(self._lock, ours=True)

    def abandoned(self) -> tuple[list[SavedRun], list[FileError]]:
        """The runs that others have left, the newest first; and what is wrong with those that cannot be read."""
        found = self._cut_off()
        if not self._shared:
            found += [*self._ended(), *([self.last] if is_there(self.last) else [])]
        found.sort(key=saved_at, reverse=True)
        runs, faults = [], []
        for path in found[:MAX_OFFERED]:
            when = saved_at(path)
            try:
                runs.append(SavedRun(path, head_of(path), when, path.name == RUN and path != self.last))
            except FileError as error:
                if is_there(path):  # otherwise somebody else has just gone on with it
                    faults.append(error)
        return runs, faults

    def claim(self, run: SavedRun) -> bool:
        """Make a run that was left this session's own, so that nobody else goes on with it.

        Returns:
            Whether it was still there.

        Raises:
            FileError: It cannot be moved.
        """
        self._open()
        try:
            run.path.replace(self.run_file)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise FileError(
                _("{path} cannot be moved: {error}.").format(path=run.path, error=error.strerror or error)
            ) from error
        move_journal(run.path, self.run_file)
        if run.path.parent != self._folder:
            shutil.rmtree(run.path.parent, ignore_errors=True)
        return True

    def end(self) -> None:
        """The session has ended in order: its run is that of last time from now on, or goes where it is shared.

        What another program, which ran at the same time, has left as the run of last time is not overwritten: this
        session's stays in its folder then, as one that has ended.
        """
        if self._lock is None:
            return
        with contextlib.suppress(OSError):  # then the run stays where it is, and is offered from there
            alone = stamp_of(self.last) in {None, self._last_seen}
            if not self._shared and self.run_file.exists():
                place = self.last if alone else self.run_file.with_name(ENDED)
                self.run_file.replace(place)
                move_journal(self.run_file, place)
            if self._shared or not self.run_file.with_name(ENDED).exists():
                shutil.rmtree(self.run_file.parent)
        self.release()

    def release(self) -> None:
        """Give the lock back, as the end of the process does: what is saved is offered to the next session."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def prune(self) -> None:
        """Remove what sessions left that ended long ago, or that is too much; make what is there private."""
        tighten_inside(self._folder)
        dead = sorted((folder for folder in self._folders() if not is_alive(folder)), key=newest, reverse=True)
        size = 0
        for place, folder in enumerate(dead):
            size += size_of(folder)
            if out_of_date(folder) or (place and size > MAX_BYTES):
                shutil.rmtree(folder, ignore_errors=True)

    def _cut_off(self) -> list[Path]:
        """The runs of sessions that are over but did not end in order."""
        return [folder / RUN for folder in self._folders() if is_there(folder / RUN) and not is_alive(folder)]

    def _ended(self) -> list[Path]:
        """The runs of sessions that ended in order, but were not the last to do so."""
        return [folder / ENDED for folder in self._folders() if is_there(folder / ENDED)]

    def _folders(self) -> list[Path]:
        try:
            return [
                folder for folder in self._all.iterdir() if folder != self.run_file.parent and is_own_folder(folder)
            ]
        except OSError:  # nothing was ever saved
            return []
