"""What of the screen is covered while a page of the course asks, and what the page points at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from model.course.functions import FUNCTIONS
from model.course.here import Here
from model.course.page import Page, Question
from model.course.values import Entry, Vector
from model.errors import InputError
from model.network.cell import PROBABILITIES, Cell
from model.simulation.simulation import Simulation
from model.steps.step import Operand

STEP = "step"
"""What stands for the result of the step, and all that is made of it later."""

_PANELS = {
    "functions_of_walks": (STEP,),
    "functions_of_the_way_back": (STEP, "week", "unrolled", "loss"),
    "functions_of_rules": (STEP, "loss", "cases", "title"),
    "functions_of_runs": ("loss", "cases", "title"),
}
"""Where the values stand that functions give, by the module that declares these."""

_BESIDES = {"hard_days": ("week", "unrolled"), "log": ("loss",)}
"""Where the values of single functions stand besides."""

_TELLING = ("narration",)
"""What tells of results in words, whatever they are."""


def covered_panels(question: Question, cell: Cell) -> frozenset[str]:
    """The panels that have the answer to a question, and `STEP` where the step that is looked at has.

    Args:
        question: Any.
        cell: The architecture on the screen: its quantities are names, too.
    """
    if question.right is None:
        return frozenset()
    return frozenset((*_TELLING, *_where(question.right.text, cell)))


def _where(expression: str, cell: Cell) -> Iterator[str]:
    for name in re.findall(r"[A-Za-z_][\w.]*", expression):
        if name in cell.sizes or name == PROBABILITIES:
            yield STEP
        yield from _BESIDES.get(name, ())
        for function in FUNCTIONS.get(name, ()):
            yield from _PANELS.get(function.call.__module__.rpartition(".")[2], ())


def asked(simulation: Simulation, page: Page, covered: frozenset[str]) -> Simulation:
    """The screen of a page while it asks: the step and all after it are covered where that has the answer."""
    place = page.place
    if STEP not in covered or (place is not None and place.revealed):
        return simulation
    return replace(simulation, asked=True)


def lit(simulation: Simulation, page: Page, here: Here) -> Simulation:
    """The screen of a page with what that points at, where it is part of the network."""
    try:
        value = None if page.lit is None else page.lit.value(here)
    except InputError:  # a page of somebody's own may point at what is not there: it says so itself
        return simulation
    if isinstance(value, Entry):
        return replace(simulation, lit=value.operand, lit_entry=value.index)
    if isinstance(value, Operand):
        return replace(simulation, lit=value)
    if isinstance(value, Vector) and page.lit is not None and page.lit.text in here.situation.cell.sizes:
        return replace(simulation, lit=here.quantities.quantity(page.lit.text))
    return simulation
