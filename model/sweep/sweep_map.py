"""The map of a sweep at one moment, as a value: the outcomes of every cell, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from model.sweep.grid import Grid, GridCell
from model.sweep.outcomes import NONE, Outcomes
from model.sweep.statistics import CellStatistics, statistics_of


@dataclass(frozen=True)
class Progress:
    """How far a sweep has come.

    Attributes:
        done: The trainings whose outcome is known, those kept from earlier sweeps among them.
        total: All trainings.
        kept: The trainings whose outcome was known before it began.
        seconds: For how long it has run.
    """

    done: int
    total: int
    kept: int = 0
    seconds: float = 0.0

    @property
    def finished(self) -> bool:
        """Whether every training is done."""
        return self.done == self.total

    @property
    def rate(self) -> float:
        """Trainings in a second, as measured since it began; 0 where nothing is known yet."""
        return (self.done - self.kept) / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at this rate; None where none is known."""
        return (self.total - self.done) / self.rate if self.rate else None


@dataclass(frozen=True, eq=False)
class SweepMap:
    """What is known of every cell of a grid at one moment.

    Attributes:
        grid: What is trained.
        outcomes: The outcomes of each cell, in the order of `Grid.cells`.
        progress: How far it has come.
    """

    grid: Grid
    outcomes: tuple[Outcomes, ...]
    progress: Progress

    @classmethod
    def empty(cls, grid: Grid) -> SweepMap:
        """The map of which nothing is known."""
        return cls(grid, (NONE,) * len(grid.cells), Progress(0, grid.trainings))

    def with_outcomes(self, cell: int, outcomes: Outcomes, *, seconds: float, kept: bool = False) -> SweepMap:
        """The map with further outcomes of one cell; those that it has already are not counted again.

        Args:
            cell: The cell's index.
            outcomes: The further ones.
            seconds: For how long the sweep has run.
            kept: Whether they were known before it began.
        """
        before = self.outcomes[cell]
        after = before.merged(outcomes.within(self.grid.seeds))
        more = len(after) - len(before)
        progress = replace(
            self.progress,
            done=self.progress.done + more,
            kept=self.progress.kept + (more if kept else 0),
            seconds=seconds,
        )
        return SweepMap(self.grid, (*self.outcomes[:cell], after, *self.outcomes[cell + 1 :]), progress)

    def statistics(self, cell: GridCell) -> CellStatistics:
        """What the trainings of a cell come to, as far as they are known."""
        return statistics_of(self.outcomes[cell.index], self.grid.rollout_days)

    @cached_property
    def best(self) -> GridCell | None:
        """The cell that learns most surely, and of those the fastest; None where nothing is known yet.

        By the lower end of the interval: one training that learned is less than a hundred of which all but one did.
        """
        known = [cell for cell in self.grid.cells if len(self.outcomes[cell.index])]

        def worth(cell: GridCell) -> tuple[float, float]:
            statistics = self.statistics(cell)
            updates = statistics.updates.median if statistics.updates else float("inf")
            return statistics.learned.interval[0], -updates

        return max(known, key=worth, default=None)
