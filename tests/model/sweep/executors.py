"""A small sweep, and what every executor must make of it."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator

from model.roommate.roommate import PERFECT_ROOMMATE
from model.sweep.axes import parse_axes
from model.sweep.executor import Executor, InThisProcess, Result
from model.sweep.grid import Grid
from model.sweep.outcomes import Outcomes
from model.sweep.running import run_sweep
from model.sweep.sweep_map import SweepMap
from model.sweep.work import Work
from model.training.seed_batch import never


def small_grid(seeds: range = range(20)) -> Grid:
    """Four cells of short trainings, of which some learn."""
    fixed = {"updates": 40, "hold": 5, "weeks": 8}
    return Grid.of(PERFECT_ROOMMATE, fixed, parse_axes(["learning-rate=0.05,0.2", "scale=0.2,0.5"]), seeds)


def many_cells() -> Grid:
    """More pieces of work than any executor takes at once, each small."""
    axes = parse_axes(["learning-rate=0.05,0.1,0.2,0.3", "scale=0.2:0.8:4"])
    return Grid.of(PERFECT_ROOMMATE, {"updates": 40, "hold": 5, "weeks": 8}, axes, range(5))


def in_this_process(grid: Grid) -> SweepMap:
    """The map as one process makes it."""
    *_, moment = run_sweep(grid, InThisProcess(), say=refuse)
    return moment


def refuse(sentence: str) -> None:
    """Nothing is to be said."""
    raise AssertionError(sentence)


def end_at_once(work: Work) -> Outcomes:
    """What a worker does that has too little memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    return Outcomes.of(())


def rows(moment: SweepMap) -> list[object]:
    """All outcomes of a map."""
    return [list(outcomes) for outcomes in moment.outcomes]


class Watched:
    """An executor that notes the work it has asked for, and does something after some results."""

    def __init__(self, executor: Executor, after: int = 10**9, do: Callable[[], None] = lambda: None) -> None:
        self._executor, self._after, self._do = executor, after, do
        self.asked: list[Work] = []
        self.most_waiting = self.home = 0

    @property
    def workers(self) -> int:
        """See `Executor`."""
        return self._executor.workers

    def results(self, works: Iterable[Work], should_stop: Callable[[], bool] = never) -> Iterator[Result]:
        """See `Executor`."""

        def noted() -> Iterator[Work]:
            for work in works:
                self.asked.append(work)
                self.most_waiting = max(self.most_waiting, len(self.asked) - self.home)
                yield work

        for result in self._executor.results(noted(), should_stop):
            self.home += 1
            if self.home == self._after:
                self._do()
            yield result
