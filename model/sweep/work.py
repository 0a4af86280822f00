"""The work of a sweep in pieces that any process can do: some seeds of one cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from model.analysis.outcomes import train_seeds
from model.roommate.diary import Diary
from model.roommate.roommate import Roommate
from model.sweep.outcomes import Outcomes, chunks_of
from model.sweep.sweep_map import SweepMap
from model.sweep.versions import Versions, versions_here
from model.training.config import TrainingConfig
from model.training.seed_batch import never

MOST_SEEDS = 128
"""The most seeds of a piece: it is trained in one pass, and is what is lost where a process is killed."""

FEWEST_SEEDS = 32
"""The fewest, where there are as many: a pass over one alone takes as long as over several."""

PIECES = 4
"""Of a small sweep each worker gets about so many pieces, so that none of them ends long before the others."""


@dataclass(frozen=True)
class Work:
    """Some trainings of one cell, with all that they need.

    Attributes:
        cell: The cell's index.
        seeds: The seeds.
        roommate: See `Grid`.
        config: The cell's settings.
        diary: See `Grid`.
        rollout_days: See `Grid`.
        versions: Those of the process that wants it done.
    """

    cell: int
    seeds: range
    roommate: Roommate
    config: TrainingConfig
    diary: Diary | None
    rollout_days: int
    versions: Versions


def train_work(work: Work, should_stop: Callable[[], bool] = never) -> Outcomes:
    """Do a piece of work.

    Args:
        work: Which.
        should_stop: Is asked now and then; once it says so, those outcomes that there are come back.
    """
    with np.errstate(all="ignore"):
        return Outcomes.of(
            train_seeds(
                work.roommate,
                work.config,
                work.seeds,
                diary=work.diary,
                rollout_days=work.rollout_days,
                should_stop=should_stop,
            )
        )


def train_elsewhere(work: Work) -> Outcomes | Versions:
    """Do a piece of work of another machine's; where the versions differ the numbers could, and these come back."""
    here = versions_here()
    return here if here != work.versions else train_work(work)


def works_of(moment: SweepMap, workers: int) -> Iterator[Work]:
    """What is still to be done, in pieces.

    The first piece of every cell comes before the second of any, and cells far from each other come one after the
    other: so the map is a rough one soon, and the time that its beginning took tells the time of the rest.

    Args:
        moment: What is known.
        workers: How many processes will share it.
    """
    grid, versions = moment.grid, versions_here()
    left = moment.progress.total - moment.progress.done
    size = min(MOST_SEEDS, max(FEWEST_SEEDS, -(-left // (workers * PIECES))))
    waiting = [
        (grid.cells[cell], chunks_of(moment.outcomes[cell].missing(grid.seeds), size))
        for cell in np.random.default_rng(0).permutation(len(grid.cells)).tolist()
    ]
    while waiting:
        more = []
        for cell, chunks in waiting:
            seeds = next(chunks, None)
            if seeds is not None:
                yield Work(cell.index, seeds, grid.roommate, cell.config, grid.diary, grid.rollout_days, versions)
                more.append((cell, chunks))
        waiting = more
