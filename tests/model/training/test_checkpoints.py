"""Checkpoints stay few however many are added, and none that is needed goes."""

import numpy as np

from model.training.checkpoints import MAX_CHECKPOINTS, MAX_OF_LONG_RUNS, MAX_STRIDE, Checkpoints
from model.training.optimizers import OptimizerState
from model.training.snapshot import Checkpoint


def test_of_many_checkpoints_every_other_one_goes_but_those_that_are_needed_stay() -> None:
    points, needed = Checkpoints(), {0, 7, 1001}
    for update in range(5 * MAX_CHECKPOINTS):
        if update % points.stride == 0 or update in needed:
            points.add(Checkpoint(update, np.array([float(update)]), OptimizerState.fresh(1)), needed)
        assert len(list(points)) <= MAX_CHECKPOINTS + len(needed)
        assert points.before(update).update > update - points.stride
    updates = [point.update for point in points]
    assert updates == sorted(updates)
    assert needed <= {*updates}
    assert (points.at(7), points.at(9)) == (points.before(7), None)
    assert points.before(1002).update == 1001
    last = points.last
    points.drop_last()
    assert points.before(last.update).update < last.update


def test_however_long_a_run_is_few_updates_lie_between_two_checkpoints() -> None:
    points, memory = Checkpoints(), OptimizerState.fresh(1)
    for update in range(1_000_001):
        if update % points.stride == 0:
            points.add(Checkpoint(update, memory.first, memory), set())
    assert points.stride == MAX_STRIDE
    assert len(list(points)) <= MAX_OF_LONG_RUNS
