"""Runs that are made for a page, an exercise or a certificate: bounded before they begin, and kept for later."""

from __future__ import annotations

import contextlib
from collections import OrderedDict

from model.analysis.rollout import DAYS
from model.errors import InputError, TrainingError
from model.language import _
from model.network.network import default_sizes
from model.network.parameters import shapes
from model.roommate.roommate import Roommate
from model.training.config import TrainingConfig
from model.training.run import TrainingRun

MAX_PAGE_WORK = 3_000_000_000
"""What one training for a page may take, in multiplications: some seconds."""

MAX_LIFE = 20_000_000_000
"""What 10,000 days from every state may take, in multiplications."""

MAX_KEPT = 4
"""The most runs that are kept."""

_OF_AN_UPDATE, _OF_A_DAY = 100_000, 5_000
"""What calls of numpy take beside the multiplications, in as many of these."""

_JUDGED = 4_096
"""About how many days the cases and the exam have that judge an update."""


def work(roommate: Roommate, config: TrainingConfig, updates: int) -> int:
    """About what a training takes, in multiplications."""
    sizes = default_sizes(config.cell, roommate, config.hidden)
    weights = sum(rows * columns for rows, columns in shapes(config.cell, sizes).values())
    batch = 3 * config.weeks * config.days * weights
    return updates * (_OF_AN_UPDATE + 2 * _OF_A_DAY * config.days + batch + _JUDGED * weights)


def need_bounded(roommate: Roommate, config: TrainingConfig, updates: int, most: int) -> None:
    """Refuse a training that would take too long, before it begins.

    Raises:
        InputError: It says how many times too much it is.
    """
    wanted = work(roommate, config, updates)
    if wanted > most:
        sentence = _("{updates:,} updates with these settings would take {times:.0f} times as long as is allowed.")
        raise InputError(sentence.format(updates=updates, times=-(-wanted // most)))


def need_short_life(roommate: Roommate, config: TrainingConfig) -> None:
    """Refuse to let a network live on its own output for 10,000 days where that would take too long.

    Raises:
        InputError: It says how many times too much it is.
    """
    sizes = default_sizes(config.cell, roommate, config.hidden)
    weights = sum(rows * columns for rows, columns in shapes(config.cell, sizes).values())
    wanted = DAYS * len(roommate.states) * weights
    if wanted > MAX_LIFE:
        sentence = _(
            "to live 10,000 days with so many hidden units would take {times:.0f} times as long as is allowed."
        )
        raise InputError(sentence.format(times=-(-wanted // MAX_LIFE)))


class Trainings:
    """Runs by roommate and settings; of many, those that were used last.

    Args:
        most: What one of them may take.
    """

    def __init__(self, most: int = MAX_PAGE_WORK) -> None:
        self._most = most
        self._runs: OrderedDict[tuple[Roommate, TrainingConfig], TrainingRun] = OrderedDict()

    def run(self, roommate: Roommate, config: TrainingConfig, updates: int) -> TrainingRun:
        """A run that has made at least so many updates, or as many as its numbers stay finite for.

        Raises:
            InputError: That would take too long.
        """
        need_bounded(roommate, config, updates, self._most)
        key = roommate, config
        run = self._runs.pop(key, None) or TrainingRun(roommate, config)
        self._runs[key] = run
        while len(self._runs) > MAX_KEPT:
            self._runs.popitem(last=False)
        with contextlib.suppress(TrainingError):  # it stays at the last update where its numbers were finite
            run.advance(max(updates - run.update, 0))
        return run
