"""Several updates of a run that were made at once, each with all that the run notes of it."""

from __future__ import annotations

from dataclasses import dataclass

from model.arrays import Array, Indices, Mask


@dataclass(frozen=True, eq=False)
class UpdateBlock:
    """What became of updates that followed each other, one row each.

    Attributes:
        losses: (updates,): the loss on each one's own batch.
        accuracies: Likewise the accuracy.
        lengths: Likewise the length of the gradient that the next update uses.
        rights: Likewise how many cases were right.
        right_cases: (updates, cases): which.
        strays: (updates,): whether the exam was taken and failed.
        states: (updates, 3, weights): the weights, and the optimizer's two memories.
        count: How many updates the optimizer had made before.
    """

    losses: Array
    accuracies: Array
    lengths: Array
    rights: Indices
    right_cases: Mask
    strays: Mask
    states: Array
    count: int

    def first(self, updates: int) -> UpdateBlock:
        """The first of them, as views."""
        return UpdateBlock(
            self.losses[:updates],
            self.accuracies[:updates],
            self.lengths[:updates],
            self.rights[:updates],
            self.right_cases[:updates],
            self.strays[:updates],
            self.states[:updates],
            self.count,
        )
