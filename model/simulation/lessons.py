"""The facts of each lesson: its number and its network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.language import N_
from model.roommate.scenario import SOUP

if TYPE_CHECKING:
    from model.network.cell import Cell


@dataclass(frozen=True)
class Lesson:
    """A lesson.

    Attributes:
        number: Its number and its key.
        name: A word for it, in English; its page is ``tui/text/lessons/en/NUMBER-NAME.md``.
        network: The name of its network; in the lesson that trains, of the one that a run begins with.
        trains: Whether training finds its weights.
        guest: Who cooks in it instead of the lecture's roommate, by the name of the scenario; others stay.
    """

    number: int
    name: str
    network: str
    trains: bool = False
    guest: str = ""

    @property
    def cell(self) -> Cell:
        """The architecture of its network."""
        from model.network.cells import CELLS  # noqa: PLC0415 - the lessons are listed without numpy

        return CELLS[self.network]


LESSONS = {
    lesson.number: lesson
    for lesson in (
        Lesson(1, N_("weather"), network="weather"),
        Lesson(2, N_("yesterday"), network="yesterday"),
        Lesson(3, N_("both"), network="both"),
        Lesson(4, N_("learn"), network="both", trains=True),
        Lesson(5, N_("memory"), network="elman", guest="soup"),
    )
}
"""Every lesson by its number."""

GUESTS = {"soup": SOUP}
"""The roommates of lessons that need another than the lecture's, by the names of their scenarios."""

TRAINING_LESSON = next(lesson.number for lesson in LESSONS.values() if lesson.trains)
"""The number of the lesson in which training finds the weights."""


def lesson_of(cell: Cell) -> int:
    """The lesson that walks through a network: its own, or that of the nearest architecture."""
    lessons = [lesson.number for lesson in LESSONS.values() if lesson.cell is cell]
    return lessons[0] if lessons else next(lesson.number for lesson in LESSONS.values() if lesson.cell.remembers)
