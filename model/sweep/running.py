"""A sweep as it runs: what is kept is taken, the rest is trained and kept, and every result makes another map."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from model.errors import FileError
from model.language import _, ngettext
from model.sweep.executor import Executor
from model.sweep.grid import Grid
from model.sweep.store import OtherSettingsError, SweepStore
from model.sweep.sweep_map import SweepMap
from model.sweep.work import works_of
from model.training.seed_batch import never


def run_sweep(
    grid: Grid,
    executor: Executor,
    store: SweepStore | None = None,
    *,
    should_stop: Callable[[], bool] = never,
    say: Callable[[str], None],
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[SweepMap]:
    """Train all that is not kept.

    Args:
        grid: What.
        executor: Who does the work.
        store: Where outcomes are kept; None: nowhere.
        should_stop: Is asked often; once it says so the sweep ends with what there is. To go on is to run it again.
        say: Is told in a sentence what goes wrong without ending it: a file that cannot be used or written.
        clock: Gives seconds.

    Yields:
        The map: first as it is kept, then after every result.

    Raises:
        RoommateError: The executor cannot go on; what was given is good, and kept.
    """
    moment = SweepMap.empty(grid)
    if store is not None:
        moment = _kept(moment, store, say)
    yield moment
    begun = clock()
    for work, outcomes in executor.results(works_of(moment, executor.workers), should_stop):
        if len(outcomes) < len(work.seeds):
            continue  # it was stopped, and those that learn are done first: a part of them would flatter the cell
        moment = moment.with_outcomes(work.cell, outcomes, seconds=clock() - begun)
        if store is not None:
            try:
                store.add(grid, grid.cells[work.cell], outcomes)
            except OtherSettingsError as error:
                say(str(error))
            except FileError as error:
                say(_("{error} From here on nothing is kept on disk; the sweep goes on.").format(error=error))
                store = None
        yield moment


def _kept(moment: SweepMap, store: SweepStore, say: Callable[[str], None]) -> SweepMap:
    """The map with all that is kept."""
    faults: list[FileError] = []
    for cell in moment.grid.cells:
        outcomes, wrong = store.load(moment.grid, cell)
        faults += wrong
        if len(outcomes):
            moment = moment.with_outcomes(cell.index, outcomes, seconds=0.0, kept=True)
    if faults:
        say(str(faults[0]))
        say(
            ngettext(
                "{count:,} file of those that are kept cannot be used; its seeds are trained again.",
                "{count:,} files of those that are kept cannot be used; their seeds are trained again.",
                len(faults),
            ).format(count=len(faults))
        )
    return moment
