"""The facts of each lesson: its number, its network, and whether it trains."""

from __future__ import annotations

from model.roommate.roommate import Kind

LEARN = 4
"""The lesson in which training finds the weights."""

LESSONS = {1: Kind.WEATHER, 2: Kind.CYCLE, 3: Kind.RNN, LEARN: Kind.RNN, 5: Kind.ELMAN}
"""The network of each lesson; in the one that learns, that of the run where there is one."""


def lesson_of(kind: Kind) -> int:
    """The lesson that walks through a network."""
    return next(lesson for lesson, taught in LESSONS.items() if taught is kind)
