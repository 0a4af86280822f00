"""What is on the screen now, in words: its panels, the letters and colours in them, its signs and its numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from model.language import N_, _, ngettext
from model.simulation.simulation import Simulation
from model.steps.step import Operand, StepKind
from tui.text.glyphs import Glyphs

PANELS = {
    "title": (
        N_("Top line"),
        N_("the lessons, whose weights these are, and how many days were right"),
    ),
    "week": (N_("Week"), N_("the weather of each day, what goes from day to day, and the dishes")),
    "pipeline": (N_("Map"), N_("the steps of the day, with the one that you are at")),
    "network": (
        N_("The whole network"),
        N_("all matrices and vectors of the day; this step's are lit"),
    ),
    "product": (N_("The step"), N_("what this step reads and makes, in large; under it one row with its numbers")),
    "nodes": (N_("Nodes and edges"), N_("the network as it is often drawn, with an edge for each weight")),
    "unrolled": (N_("The week unrolled"), N_("all days side by side, the same network each day")),
    "loss": (N_("Loss"), N_("how wrong the network was at each update: the lower, the better")),
    "cases": (N_("Cases"), N_("each case of the rule, what the network answers, and how sure it is")),
    "narration": (N_("What happens"), N_("what this step does, in words; of a question, what is asked")),
    "rule": (N_("The roommate's rule"), N_("what is really cooked in each case; today's is lit")),
    "words": (N_("Words"), N_("words of the subject that this step uses")),
    "keys": (N_("Bottom line"), N_("the keys that matter most here; a click does the same")),
}
"""The panels by their names in the layout: what each is called, and what it shows."""

Explanation = tuple[str, str, str]
"""What is explained, in which colour it is drawn, and the explanation."""


def panels(names: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """The panels in sight, from the top to the bottom: its name in the layout, what it is called, what it shows."""
    for name, (title, shows) in PANELS.items():
        if name in names:
            yield name, _(title), _(shows)


def letters(names: Collection[str], simulation: Simulation, glyphs: Glyphs) -> Iterator[Explanation]:
    """The letters of the steps of the day, in their colours: what they stand for, and how many numbers they have."""
    known = set()
    forwards = simulation.trace.steps if simulation.backward and "network" in names else ()
    for step in (*forwards, *simulation.steps):
        for operand in (*step.operands, step.result):
            if operand.symbol not in known:
                known.add(operand.symbol)
                told = f"{operand.title}, {_size(operand)}" if operand.title != operand.symbol else _size(operand)
                yield glyphs.text(operand.symbol), f"${operand.role}", glyphs.text(told)


def _size(operand: Operand) -> str:
    if operand.value.ndim == 2 and operand.value.shape[1] > 1:
        rows, columns = operand.value.shape
        return _("a matrix of {rows} by {columns}").format(rows=rows, columns=columns)
    count = operand.value.size
    return ngettext("{count} number", "{count} numbers", count).format(count=count)


def signs(names: Collection[str], simulation: Simulation, glyphs: Glyphs) -> Iterator[Explanation]:
    """The signs that are in sight, with what they mean."""
    days, days_to_come = range(simulation.days), not all(map(simulation.is_cooked, range(simulation.days)))
    if simulation.asked or (days_to_come and "week" in names):
        yield glyphs.unknown, "", _("not known yet; it is asked for, or comes out of this day")
    if days_to_come:
        yield glyphs.to_come, "$faint", _("still to come")
    cooked = [simulation.right(day) for day in days if simulation.is_cooked(day)]
    if True in cooked:
        yield glyphs.right, "$right", _("the dish is what it should be")
    if False in cooked:
        yield glyphs.wrong, "$wrong", _("the dish is another than it should be, which stands beside it")
    if "network" not in names and "product" not in names:
        return
    step = simulation.current_step
    if step.operation is StepKind.PRODUCT and _is_one_hot(step.operands[-1]):
        yield glyphs.heads[2], "", _("the column that a 1 picks")
    if "network" in names:
        yield glyphs.heavy_corners[0] + glyphs.heavy_corners[1], "", _("around what this step reads and makes")
    if simulation.situation.trains:
        yield (
            glyphs.heads[0] + glyphs.heads[2],
            "",
            _("behind a weight: it grew or fell by over 0.10 in ten updates"),
        )


def _is_one_hot(operand: Operand) -> bool:
    values = operand.value.ravel()
    return bool(np.count_nonzero(values) == 1 and values.max() == 1)


def numbers(simulation: Simulation) -> Iterator[str]:
    """How the numbers in sight are written, as sentences."""
    operands = [operand for step in simulation.trace.steps for operand in (*step.operands, step.result)]
    if all(np.array_equal(operand.value, np.rint(operand.value)) for operand in operands):
        yield _("All numbers are whole: they were set by hand.")
    else:
        yield _("Numbers have two decimals and a sign, and are rounded only where they are written.")
    if simulation.backward:
        yield _("Gradients have a decimal more: + where the loss rises with the number, - where it falls.")
    if simulation.backward or simulation.situation.trains:
        yield _("Per cent are probabilities; on the arrows between days, the part of the error that gets through.")
