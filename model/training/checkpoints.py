"""The checkpoints of a run: what it can go on from, in bounded memory however long the run becomes."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator

from model.training.snapshot import Checkpoint

MAX_CHECKPOINTS = 512
"""Checkpoints that are kept; when there are more, every other one goes and they are made half as often.

A checkpoint holds the weights and the optimizer's two moments: 1.2 KB for the lecture's 48 weights, 0.6 MB for all of
them. Any update is reached from the checkpoint before it by making the updates between them again.
"""

MAX_STRIDE, MAX_OF_LONG_RUNS = 128, 8192
"""Where so many updates lie between two, there may be so many checkpoints: enough for the longest run, so that each
of its updates is reached as soon as those of a short one. Beside the 25 MB of its curves that is 10 MB."""

MAX_CHECKPOINT_BYTES = 32 * 2**20
"""Checkpoints of large networks are fewer, so that all of them together take no more than this."""


class Checkpoints:
    """Checkpoints in the order of their updates.

    Args:
        points: Those there are already.
        stride: Every so many-th update gets one.
    """

    def __init__(self, points: Iterable[Checkpoint] = (), stride: int = 1) -> None:
        self._points = list(points)
        self.stride = stride

    def __iter__(self) -> Iterator[Checkpoint]:
        return iter(self._points)

    @property
    def last(self) -> Checkpoint:
        """The latest of them."""
        return self._points[-1]

    def before(self, update: int) -> Checkpoint:
        """The last checkpoint up to an update."""
        return self._points[bisect.bisect_right(self._points, update, key=lambda point: point.update) - 1]

    def at(self, update: int) -> Checkpoint | None:
        """The checkpoint of an update, if there is one."""
        point = self.before(update)
        return point if point.update == update else None

    def add(self, point: Checkpoint, needed: set[int]) -> None:
        """Add a checkpoint after the others; where these become too many, keep every other one.

        Args:
            point: The new one.
            needed: The updates whose checkpoints are kept in any case.
        """
        self._points.append(point)
        most = MAX_CHECKPOINTS if self.stride < MAX_STRIDE else MAX_OF_LONG_RUNS
        most = min(most, MAX_CHECKPOINT_BYTES // (3 * self._points[0].weights.nbytes))
        if len(self._points) > most + len(needed):
            self.stride *= 2
            self._points = [old for old in self._points if old.update % self.stride == 0 or old.update in needed]

    def drop_last(self) -> None:
        """Remove the latest checkpoint."""
        self._points.pop()
