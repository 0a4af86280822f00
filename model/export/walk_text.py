"""A walk, or one step of it, as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from model.export.walk import sections
from model.language import _, ngettext
from model.numbers import exact
from model.simulation.situation import Situation
from model.steps.step import Operand, Step


def summary(situation: Situation, *, backward: bool) -> str:
    """What is walked through, in a line: the roommate, the network, its weights, the way back."""
    network = situation.network
    before = situation.roommate.dishes[situation.start_dish]
    sentence = _(
        "{roommate}, network {network}, weights {origin}, non-linearity {activation}, before the first day {before}"
    )
    if situation.cell.reads_yesterday:
        sentence = _(
            "{roommate}, network {network}, weights {origin}, non-linearity {activation}, before the first day "
            "{before}, {feedback} feedback"
        )
    walk = sentence.format(
        roommate=situation.roommate.name,
        network=situation.cell.name,
        origin=network.origin_in_words,
        activation=network.activation.name,
        before=before,
        feedback=situation.week_update.feedback if backward else situation.feedback,
    )
    if not backward:
        return walk
    remembered = situation.week_update.memory.count - 1
    sentence = ngettext(
        "{walk}; backwards, loss {loss}, optimizer {optimizer} after {count:,} update",
        "{walk}; backwards, loss {loss}, optimizer {optimizer} after {count:,} updates",
        remembered,
    )
    if not remembered:
        sentence = _("{walk}; backwards, loss {loss}, optimizer {optimizer} at its first step")
    return sentence.format(
        walk=walk, loss=exact(situation.week_update.loss), optimizer=situation.config.optimizer, count=remembered
    )


def rows_as_text(operand: Operand) -> list[list[str]]:
    """The entries as exact text, or the letters in their place; a vector becomes one column."""
    rows, letters = operand.value.shape[0], operand.letters
    if letters is not None:
        return [[str(letter) for letter in row] for row in letters.reshape(rows, -1)]
    return [[exact(number) for number in row] for row in operand.value.reshape(rows, -1)]


def as_text(situation: Situation, *, backward: bool = False, digits: int | None = None) -> Iterator[str]:
    """Plain text: each operand and result as a table with the names of its rows and columns."""
    yield f"{summary(situation, backward=backward)}\n"
    for section in sections(situation, backward=backward, digits=digits):
        yield f"\n{section.heading}\n"
        for number, step in enumerate(section.steps, 1):
            yield f"\n{step_as_text(number, step)}"


def step_as_text(number: int, step: Step) -> str:
    """A step with its operands and its result."""
    text = f"  {number}. {step.title}: {step.shown_formula}\n"
    for operand in (*step.operands, step.result):
        sign = "=" if operand is step.result else " "
        text += f"\n   {sign} {operand.title}\n{''.join(_text_table(operand))}"
    return text


def _text_table(operand: Operand) -> Iterator[str]:
    heads = [list(operand.columns.labels)] if operand.columns else []
    rows = heads + rows_as_text(operand)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    names = [""] * len(heads) + [operand.rows.describe(row) for row in range(len(operand.rows.labels))]
    name_width = max(map(len, names))
    for name, row in zip(names, rows, strict=True):
        cells = "  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True))
        yield f"     {name.ljust(name_width)}  {cells}\n"
