"""What the trainings of a cell come to: how often they learn, how fast, and for how long it lasts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from model.sweep.outcomes import Outcomes, ended
from model.training.seed_batch import NOT_FINITE

Z_95 = 1.959963984540054
"""Within so many standard deviations a normal variable is in 95 % of all cases."""


@dataclass(frozen=True)
class Rate:
    """A part of some trainings, and between what bounds the part of all that there could be lies.

    Attributes:
        count: How many did.
        of: Of how many; 0 where nothing is known.
    """

    count: int
    of: int

    @property
    def value(self) -> float:
        """The part, from 0 to 1; NaN where nothing is known."""
        return self.count / self.of if self.of else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval: from 0 to 1 where nothing is known.

        Unlike the usual one, of plus and minus two standard deviations, it is right for few trainings, and where all
        or none of them did.
        """
        return wilson(self.count, self.of)


def percent(rate: Rate) -> str:
    """A rate in percent without digits after the point: 100 only where all did, 0 only where none did."""
    if not rate.of:
        return ""
    if rate.count in {0, rate.of}:
        return "100" if rate.count else "0"
    return str(min(max(round(100 * rate.value), 1), 99))


def wilson(count: int, of: int, z: float = Z_95) -> tuple[float, float]:
    """The Wilson score interval of a part.

    Args:
        count: How many did.
        of: Of how many.
        z: How many standard deviations it holds; by default 95 % of all cases.
    """
    if not of:
        return 0.0, 1.0
    part, square = count / of, z * z / of
    middle = (part + square / 2) / (1 + square)
    half = z * math.sqrt(part * (1 - part) / of + square / of / 4) / (1 + square)
    # Where none or all did the end is exactly there, and no rounding puts it beside.
    return (0.0 if count == 0 else middle - half), (1.0 if count == of else middle + half)


@dataclass(frozen=True)
class Quartiles:
    """Three numbers that part others into four equal parts.

    Attributes:
        lower: A quarter lies below.
        median: Half of them lies below.
        upper: Three quarters lie below.
    """

    lower: float
    median: float
    upper: float


def quartiles(numbers: NDArray[np.generic]) -> Quartiles | None:
    """The quartiles of numbers, between two of them on the line from one to the other; None where there are none."""
    if not numbers.size:
        return None
    lower, median, upper = np.quantile(numbers.astype(np.float64), (0.25, 0.5, 0.75)).tolist()
    return Quartiles(lower, median, upper)


@dataclass(frozen=True)
class CellStatistics:
    """What the trainings of one cell come to.

    Attributes:
        learned: How many learned the rule.
        updates: After how many updates they had: those that did not learn are not among them. None where none did.
        loss: The loss after the last update, of all trainings where it is finite.
        stays_true: How many of those that learned stay true on their own output for all days that were asked for; of
            none where no days were.
        strays_on: The first day on which they leave the rule; for those that stay true, the last that was asked for.
        not_finite: How many ended because numbers would not have been finite.
    """

    learned: Rate
    updates: Quartiles | None
    loss: Quartiles | None
    stays_true: Rate
    strays_on: Quartiles | None
    not_finite: int

    @classmethod
    def of(cls, outcomes: Outcomes, rollout_days: int) -> CellStatistics:
        """The statistics of outcomes.

        Args:
            outcomes: Any number of them.
            rollout_days: For how many days those that learned were followed on their own output; 0: they were not.
        """
        table = outcomes.table
        learned = table[table["learned_at"] >= 0]
        followed = learned["strays_on"] if rollout_days else learned["strays_on"][:0]
        true = followed < 0
        return cls(
            learned=Rate(len(learned), len(table)),
            updates=quartiles(learned["learned_at"]),
            loss=quartiles(table["loss"][np.isfinite(table["loss"])]),
            stays_true=Rate(int(np.count_nonzero(true)), len(followed)),
            strays_on=quartiles(np.where(true, rollout_days, followed)),
            not_finite=ended(outcomes, NOT_FINITE),
        )


_KNOWN: WeakKeyDictionary[Outcomes, dict[int, CellStatistics]] = WeakKeyDictionary()


def statistics_of(outcomes: Outcomes, rollout_days: int) -> CellStatistics:
    """`CellStatistics.of`, worked out once for as long as the same outcomes are in use."""
    known = _KNOWN.setdefault(outcomes, {})
    if rollout_days not in known:
        known[rollout_days] = CellStatistics.of(outcomes, rollout_days)
    return known[rollout_days]


@dataclass(frozen=True, eq=False)
class Histogram:
    """How many of some numbers lie in each of equal bins.

    Attributes:
        edges: (bins + 1,): where the bins begin, and where the last one ends.
        counts: (bins,).
    """

    edges: NDArray[np.float64]
    counts: NDArray[np.intp]


def updates_histogram(outcomes: Outcomes, bins: int) -> Histogram | None:
    """How many trainings had learned the rule after how many updates; None where none had.

    Args:
        outcomes: Those that did not learn are left out.
        bins: How many bins at the most: they are whole numbers of updates wide.
    """
    learned = outcomes.table["learned_at"][outcomes.table["learned_at"] >= 0]
    if not learned.size:
        return None
    least, most = int(learned.min()), int(learned.max())
    width = -(-(most - least + 1) // bins)
    edges = np.arange(least, most + width + 1, width)
    counts, _edges = np.histogram(learned, edges)
    return Histogram(edges.astype(np.float64), counts)
