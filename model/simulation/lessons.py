"""The facts of each lesson: its number and its network."""

from __future__ import annotations

from dataclasses import dataclass

from model.network.cell import Cell
from model.network.cells import CELLS


@dataclass(frozen=True)
class Lesson:
    """A lesson.

    Attributes:
        number: Its number and its key.
        network: The name of its network; in the lesson that trains, of the one that a run begins with.
    """

    number: int
    network: str

    @property
    def cell(self) -> Cell:
        """The architecture of its network."""
        return CELLS[self.network]


LEARN = 4
"""The lesson in which training finds the weights."""

LESSONS = {
    lesson.number: lesson
    for lesson in (
        Lesson(1, "weather"),
        Lesson(2, "yesterday"),
        Lesson(3, "both"),
        Lesson(LEARN, "both"),
        Lesson(5, "elman"),
    )
}
"""Every lesson by its number."""


def lesson_of(cell: Cell) -> int:
    """The lesson that walks through a network: its own, or that of the nearest architecture."""
    own = [lesson.number for lesson in LESSONS.values() if lesson.cell is cell]
    return own[0] if own else next(lesson.number for lesson in LESSONS.values() if lesson.cell.remembers)
