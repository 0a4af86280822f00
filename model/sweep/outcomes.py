"""The outcomes of one cell's trainings as columns: some thirty bytes for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.analysis.outcomes import Outcome
from model.training.seed_batch import NOT_FINITE

ENDINGS = ("learned", "loss", "updates", NOT_FINITE)
"""How a training can end: see `Outcome.ended`."""

COLUMNS = np.dtype(
    [
        ("seed", np.uint32),
        ("learned_at", np.int32),
        ("updates", np.int32),
        ("loss", np.float64),
        ("ended", np.uint8),
        ("strays_on", np.int32),
    ]
)
"""What is kept of a training. -1 stands for None, and the ending is its place among `ENDINGS`."""


@dataclass(frozen=True, eq=False)
class Outcomes:
    """The outcomes of trainings that differ in their seed alone; each seed is there once.

    Attributes:
        table: (trainings,): `COLUMNS`, in the order of the seeds; it cannot be written to.
    """

    table: NDArray[np.void]

    @classmethod
    def of(cls, outcomes: Iterable[Outcome]) -> Outcomes:
        """These outcomes; of a seed that is there twice the later one."""
        rows = [
            (
                outcome.seed,
                -1 if outcome.learned_at is None else outcome.learned_at,
                outcome.updates,
                outcome.loss,
                ENDINGS.index(outcome.ended),
                -1 if outcome.strays_on is None else outcome.strays_on,
            )
            for outcome in outcomes
        ]
        return cls.from_table(np.array(rows, COLUMNS))

    @classmethod
    def from_table(cls, table: NDArray[np.void]) -> Outcomes:
        """Outcomes from rows in any order; of a seed that is there twice the later row."""
        backwards = table[::-1]
        _seeds, first = np.unique(backwards["seed"], return_index=True)
        kept = backwards[first]
        kept.setflags(write=False)
        return cls(kept)

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[Outcome]:
        for seed, learned_at, updates, loss, ended, strays_on in self.table.tolist():
            yield Outcome(
                seed,
                None if learned_at < 0 else learned_at,
                updates,
                loss,
                ENDINGS[ended],
                None if strays_on < 0 else strays_on,
            )

    def merged(self, others: Outcomes) -> Outcomes:
        """These and others; where both have a seed, the others'."""
        return Outcomes.from_table(np.concatenate([self.table, others.table])) if len(others) else self

    def within(self, seeds: range) -> Outcomes:
        """Those of the seeds of a range."""
        first, end = np.searchsorted(self.table["seed"], [seeds.start, seeds.stop])
        return self if (first, end) == (0, len(self)) else Outcomes(self.table[first:end])

    def missing(self, seeds: range) -> list[range]:
        """The seeds of a range that are not there, as ranges of neighbours."""
        there = self.within(seeds).table["seed"].astype(np.int64)
        edges = np.concatenate([[seeds.start - 1], there, [seeds.stop]])
        gaps = np.flatnonzero(np.diff(edges) > 1)
        return [range(int(edges[gap]) + 1, int(edges[gap + 1])) for gap in gaps]

    def seed(self, *, learned: bool, at: int = 0) -> int | None:
        """A seed that learned the rule, or one that did not.

        Args:
            learned: Which.
            at: The how manyth of them in the order of the seeds; after the last the first comes again.

        Returns:
            The seed; None where there is none.
        """
        seeds = self.table["seed"][(self.table["learned_at"] >= 0) == learned]
        return int(seeds[at % len(seeds)]) if len(seeds) else None


NONE = Outcomes.of(())
"""No outcomes."""


def ended(outcomes: Outcomes, how: str) -> int:
    """How many of the trainings ended in one of `ENDINGS`."""
    return int(np.count_nonzero(outcomes.table["ended"] == ENDINGS.index(how)))


def chunks_of(ranges: Sequence[range], size: int) -> Iterator[range]:
    """Ranges of seeds cut into ranges of at most so many."""
    for seeds in ranges:
        for first in range(seeds.start, seeds.stop, size):
            yield range(first, min(first + size, seeds.stop))
