"""Whether a sweep takes too long to be begun without having asked: as measured on its own first trainings."""

from __future__ import annotations

import time
from collections.abc import Callable

from model.sweep.sweep_map import Progress

LIMIT_SECONDS = 3600.0
"""A sweep that takes longer is asked about."""

MEASURED_SECONDS = 10.0
"""For how long its rate is measured: by then every worker has begun and most have sent something back."""

WAITED_SECONDS = 60.0
"""A sweep of which nothing has come back by then takes at least as long for every piece."""


class TimeLimit:
    """Says whether a sweep is going to take too long; its first trainings, which are kept, tell.

    Args:
        seconds: How long it may take; None: as long as it takes.
        pieces: How many pieces of work each worker is to do, at the least.
        clock: Gives seconds.
    """

    def __init__(self, seconds: float | None, pieces: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._pieces, self._clock = seconds, pieces, clock
        self._begun: float | None = None
        self._measured = False

    def seconds_of(self, progress: Progress) -> float | None:
        """How long the rest will take, where that is too long; None where it is not, or is not known yet.

        Args:
            progress: How far it has come.
        """
        if self._begun is None:
            self._begun = self._clock()
        left = progress.seconds_left
        if self._most is None or self._measured or left is None or progress.seconds < MEASURED_SECONDS:
            return None
        self._measured = True
        return left if left > self._most else None

    def stuck(self, progress: Progress) -> float | None:
        """How long it will take at the least, where nothing has come back for so long that this is too long."""
        if self._most is None or self._begun is None or progress.done > progress.kept:
            return None
        waited = self._clock() - self._begun
        least = self._pieces * waited
        return least if waited >= WAITED_SECONDS and least > self._most else None
