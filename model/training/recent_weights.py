"""How far each weight has moved in the last updates of a run, told from the weights that are kept."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from model.arrays import Array
from model.training.checkpoints import Checkpoints
from model.training.trainer import Trainer

MOVED_OVER = 10
"""The number of updates over which the movement of a weight is measured."""

MAX_MOVED = 100_000
"""Networks with more weights do not keep those of the last updates, and nobody could look at so many."""

MAX_REMADE = 2_000_000
"""Weights times updates that may be made again to tell how far the weights have moved."""


class RecentWeights:
    """Keeps the weights of the last updates of a run."""

    def __init__(self) -> None:
        self._kept: deque[Array] = deque(maxlen=MOVED_OVER + 1)

    def note(self, trainer: Trainer) -> None:
        """Keep the trainer's weights after its latest update; those of a network that is too large are not kept."""
        if trainer.size <= MAX_MOVED:
            self._kept.append(trainer.weights)

    def note_all(self, weights: Array) -> None:
        """Keep the weights after several updates, (updates, size); see `note`."""
        if weights.shape[1] <= MAX_MOVED:
            self._kept.extend(weights[-MOVED_OVER - 1 :].copy())

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()

    def change(
        self, trainer: Trainer, checkpoints: Checkpoints, made_again: Callable[[int], Trainer], *, latest: bool
    ) -> Array | None:
        """How far each weight has moved in the `MOVED_OVER` updates before a trainer's, or since the first one.

        Args:
            trainer: At the update that is asked about.
            checkpoints: Of the run.
            made_again: The trainer as it was after an update.
            latest: Whether the update is the last one that was noted.

        Returns:
            None where nobody knows without making too many updates again.
        """
        before = max(trainer.update - MOVED_OVER, 0)
        if trainer.size > MAX_MOVED:
            return None
        if latest and len(self._kept) > trainer.update - before:
            return trainer.weights - self._kept[before - trainer.update - 1]
        point = checkpoints.before(before)
        if (before - point.update) * trainer.size > MAX_REMADE:
            return None
        return trainer.weights - (point.weights if point.update == before else made_again(before).weights)
