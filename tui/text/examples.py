"""Examples for the words of the glossary, computed from what is on the screen.

A word's section ``word {example}`` has several, with bars between: the first that can be computed here is told. Curly
brackets hold expressions as in the pages of the course; one before an arrow ``=>`` is a condition.
"""

from __future__ import annotations

from functools import cache

from model.course.expressions import Expression, read_expression
from model.course.here import Here
from model.course.page import Text
from model.course.reading import read_text
from model.errors import InputError, RoommateError
from model.language import _
from model.network.cell import Cell
from model.roommate.naming import cut
from model.roommate.spelling import folded
from model.simulation.simulation import Simulation
from tui.text.course import filled
from tui.text.glyphs import Glyphs
from tui.text.lesson_pages import EXAMPLE, all_words, lesson_page


@cache
def _read(text: str, cell: Cell) -> tuple[Expression | None, Text]:
    """An example with its condition, if it has one.

    Raises:
        InputError: The network has not what it is about.
    """
    condition, arrow, told = text.rpartition("=>")
    return read_expression(condition.strip(" {}"), cell) if arrow else None, read_text(told.strip(), cell)


def example(word: str, simulation: Simulation, glyphs: Glyphs) -> str:
    """The first example of a word that can be computed on the screen that is open; nothing where none can.

    Args:
        word: As it stands in the glossary.
        simulation: The screen.
        glyphs: Characters to write with.
    """
    here = Here(simulation)
    for text in lesson_page("glossary").get(f"{word}{EXAMPLE}", "").split(" | "):
        try:
            condition, told = _read(text, simulation.situation.cell)
            if condition is None or condition.value(here):
                return filled(told, here, glyphs)
        except RoommateError:  # it is about what is not there: the next may not be
            continue
    return ""


def explained(word: str, meaning: str, simulation: Simulation, glyphs: Glyphs) -> str:
    """A word's meaning and its example; while a result is asked for the meaning alone: the example may tell it."""
    told = "" if simulation.asked else example(word, simulation, glyphs)
    return f"{meaning} {told}".rstrip()


def words_with(text: str) -> dict[str, str]:
    """The words of the glossary that a text is part of, with their meanings; where none is, those it is explained by.

    Args:
        text: As it was typed; nothing: all words.

    Raises:
        InputError: There is none.
    """
    wanted, known = folded(text), all_words()
    found = {word: meaning for word, meaning in known.items() if wanted in folded(word)}
    found = found or {word: meaning for word, meaning in known.items() if wanted in folded(meaning)}
    if not found:
        sentence = _("{text!r} is no word of the glossary, and none is explained by it.")
        raise InputError(sentence.format(text=cut(text)))
    return found
