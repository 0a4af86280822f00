"""Maps of sweeps whose outcomes were made up: nothing is trained."""

from model.analysis.outcomes import Outcome
from model.roommate.roommate import PERFECT_ROOMMATE
from model.sweep.axes import parse_axes
from model.sweep.grid import Grid
from model.sweep.outcomes import Outcomes
from model.sweep.sweep_map import SweepMap

RATE = "learning-rate=0.003:1:log:12"
SCALE = "scale=0.05:2:log:8"


def made_up_grid(*varied: str, seeds: int = 20) -> Grid:
    """A grid of the lecture's roommate."""
    return Grid.of(PERFECT_ROOMMATE, {}, parse_axes(varied), range(seeds))


def made_up_map(*varied: str, seeds: int = 20, cells: int | None = None) -> SweepMap:
    """A map whose cells learn less and less often from the first to the last.

    Args:
        varied: The settings, as typed.
        seeds: How many seeds each cell has.
        cells: How many cells are done; None: all.
    """
    grid = made_up_grid(*varied, seeds=seeds)
    moment, count = SweepMap.empty(grid), max(len(grid.cells) - 1, 1)
    for cell in grid.cells[:cells]:
        learn = round(seeds * (1 - cell.index / count))
        outcomes = Outcomes.of(
            Outcome(seed, 60 + 3 * seed + cell.index, 110 + 3 * seed + cell.index, 0.01, "learned", None)
            if seed < learn
            else Outcome(seed, None, 10_000, 0.9, "updates", None)
            for seed in range(seeds)
        )
        moment = moment.with_outcomes(cell.index, outcomes, seconds=cell.index + 1.0)
    return moment
