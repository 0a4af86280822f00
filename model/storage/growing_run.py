"""A run that is saved again and again while it grows: written whole now and then, and otherwise only what is new.

A run of a million updates has 18 MB. Whatever is written is on the disk at once, and what was there stays until what
takes its place is whole, so that a program that is killed loses what came since it last saved, and no more.
"""

from __future__ import annotations

import io
import os
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np

from model.storage.frames import append_frame, identity, remove_journal
from model.storage.runs import packed_run, save_run
from model.training.snapshot import Checkpoint, RunRecord

ROOM = 2**20
"""Bytes that a journal may have beside any run; beside a larger one as many as that has."""

MAX_POINTS = 2**20
"""Bytes of checkpoints that are added at a time, beside those that must be; without them a visit takes longer."""


class GrowingRun:
    """The file of a run, and its journal.

    Args:
        path: The file, in the state directory.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._written: RunRecord | None = None  # without its columns
        self._updates = self._losses = 0
        self._stamp: tuple[int, int] | None = None
        self._identity = self._size = self._added = 0

    def save(self, record: RunRecord) -> int:
        """Write what is new of a run, or all of it where it is another one.

        Returns:
            The bytes that are new.

        Raises:
            FileError: It cannot be written.
        """
        if self._goes_on(record):
            payload = packed_run(record, self._updates, self._new_points(record))
            if self._added + len(payload) <= max(self._size, ROOM):
                self._stamp = None  # a frame that is cut off hides those behind it: then all is written again
                self._added += append_frame(self.path, self._identity, payload)
                self._note(record)
                return len(payload)
        else:
            payload = b""
        self._stamp = None
        whole = save_run(self.path, record, private=True)
        remove_journal(self.path)
        self._identity, self._size, self._added = identity(io.BytesIO(whole)), len(whole), 0
        self._note(record)
        return len(payload) or len(whole)

    def _note(self, record: RunRecord) -> None:
        """Remember what was written, and nothing that grows with the run."""
        self._updates, self._losses = len(record.losses), _checksum(record, len(record.losses))
        none = np.empty(0)
        self._written = replace(record, losses=none, accuracies=none, rights=none, strays=none, cases=None)
        self._stamp = _stamp(self.path)

    def _goes_on(self, record: RunRecord) -> bool:
        """Whether all that was written is true of a record, too."""
        was, count = self._written, self._updates
        if was is None or self._stamp is None or self._stamp != _stamp(self.path) or record.strays is None:
            return False
        points = {point.update: point for point in was.checkpoints}
        return (
            record.roommate == was.roommate
            and record.diary is was.diary
            and len(record.losses) >= count
            and _checksum(record, count) == self._losses
            and _before(record.aimed, count - 1) == _before(was.aimed, count - 1)
            and _before(record.configs, count - 1) == _before(was.configs, count - 1)
            and {at for at in record.pinned if at < count} == set(was.pinned)
            and all(_same(point, points.get(point.update, point)) for point in record.checkpoints)
        )

    def _new_points(self, record: RunRecord) -> tuple[Checkpoint, ...]:
        """The checkpoints that are added: all that cannot be made again, the last, and of the others some."""
        last = self._updates - 1
        needed = {*record.pinned, *(at for at, _config in record.configs), record.checkpoints[-1].update}
        new = [point for point in record.checkpoints if point.update >= last]
        others = [point for point in new if point.update not in needed]
        size = 3 * new[-1].weights.nbytes
        every = max(-(-len(others) * size // MAX_POINTS), 1)
        kept = {point.update for point in others[::every]}
        return tuple(point for point in new if point.update in needed or point.update in kept)


def _before(changes: tuple[tuple[object, ...], ...], update: int) -> tuple[tuple[object, ...], ...]:
    """The changes that came before an update."""
    return tuple(change for change in changes if isinstance(change[0], int) and change[0] < update)


def _checksum(record: RunRecord, count: int) -> int:
    return zlib.crc32(np.ascontiguousarray(record.losses[:count], dtype=np.float64).view(np.uint8).data)


def _same(point: Checkpoint, other: Checkpoint) -> bool:
    """Whether two checkpoints go on alike: of one run they mostly are one."""
    one, two = point.memory, other.memory
    return point is other or (
        one.count == two.count
        and np.array_equal(point.weights, other.weights)
        and np.array_equal(one.first, two.first)
        and np.array_equal(one.second, two.second)
    )


def _stamp(path: Path) -> tuple[int, int] | None:
    """What tells the file that was written from one that took its place."""
    try:
        about = os.lstat(path)
    except OSError:
        return None
    return about.st_ino, about.st_mtime_ns
