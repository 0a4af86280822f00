"""A step for those who know the walk: only what is new, and of a vector only what is not 0."""

from __future__ import annotations

import numpy as np

from model.language import _, ngettext
from model.steps.step import UNANSWERED, Operand, Step, StepKind
from tui.plain.glyphs import SpokenGlyphs
from tui.plain.step import Known, called, gives, heard, is_same, sentence, sizes
from tui.text.numbers import written

MAX_TOLD = 7
"""The most entries, changed or not 0, that are listed; more are only counted."""


def brief(step: Step, glyphs: SpokenGlyphs, known: Known) -> tuple[list[str], Known]:
    """The step in a line for each array that is new, and all that is known after them.

    Args:
        step: Any step.
        glyphs: Characters to write with.
        known: What has been told.
    """
    operands = () if step.operation is StepKind.SUM else step.operands
    new = [operand for operand in operands if not is_same(known.get(operand.name), operand)]
    lines = [sentence("", f"{called(operand)}: {_brief_array(operand, known, glyphs)}.") for operand in new]
    lines.append(sentence(gives(step), f"{called(step.result)}: {_brief_array(step.result, known, glyphs)}."))
    return lines, {**known, **{operand.name: operand for operand in heard(step, operands)}}


def _brief_array(operand: Operand, known: Known, glyphs: SpokenGlyphs) -> str:
    """An array in a few words: the entries that are not 0, or those that have changed since it was last printed."""
    values = operand.value.ravel()
    texts = [text.strip() for row in written(operand) for text in row]
    filled = np.flatnonzero(values != 0).tolist()

    def named(places: list[int]) -> str:
        some = [f"{glyphs.describe(operand, place)} {texts[place]}" for place in places[:MAX_TOLD]]
        if (more := len(places) - MAX_TOLD) > 0:
            some.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
        return ", ".join(some)

    before = known.get(operand.name)
    if before is not None and (before.rows, before.columns) == (operand.rows, operand.columns):
        changed = np.flatnonzero(before.value.ravel() != values).tolist()
        if not changed:
            return _("as before")
        if len(changed) < len(filled) or (operand.columns is not None and len(filled) > MAX_TOLD):
            return _("changed: {entries}").format(entries=named(changed))
    if not filled:
        return UNANSWERED if operand.is_asked_for else _("all 0")
    if 2 * len(filled) <= len(values) and len(filled) <= MAX_TOLD:
        return _("all 0 but {entries}").format(entries=named(filled))
    if operand.is_vector:
        return named(list(range(len(values))))
    return _("{sizes}, 'product' tells them").format(sizes=sizes(operand))
