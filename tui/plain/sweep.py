"""A sweep in lines: how far it is now and then, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Iterator

from model.errors import InputError
from model.language import _
from model.sweep.grid import Grid
from model.sweep.running import run_sweep
from model.sweep.sweep_map import SweepMap
from tui.plain.session import LineSession
from tui.plain.training_lines import SILENCE
from tui.session.sweeping import executor_for, store_for
from tui.text.sweep import progress_line, summary
from tui.text.sweep_table import sweep_lines

WIDTH = 100
"""Characters of a line of the map."""


def sweep(session: LineSession, grid: Grid | None) -> Iterator[str]:
    """Train a grid, tell how far it is every few seconds, then the map. Ctrl+C ends it.

    Raises:
        InputError: Nothing was asked for.
    """
    if grid is None:
        raise InputError(
            _(
                "How many seeds? Such as 'sweep 100' for the settings that are set now, or "
                "'sweep 50 learning-rate=0.01:1:log:5', which varies one."
            )
        )
    return _told(session, grid)


def _told(session: LineSession, grid: Grid) -> Iterator[str]:
    noticed: list[str] = []
    moment, said_at = SweepMap.empty(grid), time.monotonic()
    executor = executor_for(session, noticed.append)
    for moment in run_sweep(grid, executor, store_for(session), should_stop=session.stop.is_set, say=noticed.append):
        yield from noticed
        noticed.clear()
        if not moment.progress.finished and time.monotonic() - said_at > SILENCE:
            said_at = time.monotonic()
            yield _("{done:,} of {total:,} trainings; {rate}.").format(
                done=moment.progress.done, total=moment.progress.total, rate=progress_line(moment.progress)
            )
    yield from sweep_lines(moment, session.spoken, WIDTH)
    yield summary(moment)
