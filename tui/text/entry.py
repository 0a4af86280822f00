"""One entry of a step's result with the numbers in it, as pieces of text."""

from __future__ import annotations

from model.language import _
from model.steps.spelling import spelled
from model.steps.step import Step, StepKind
from tui.text.glyphs import Glyphs


def spelling(step: Step, entry: int, glyphs: Glyphs, *, placed: bool = False) -> tuple[str, str, str, str]:
    """Where the entry stands, what it is called, how it came about, and its value where that is not yet said.

    Args:
        step: Any step.
        entry: The entry of the result, counted row by row.
        glyphs: Characters to write with.
        placed: Whether its terms keep their places when the numbers change.
    """
    told = spelled(step, entry, placed=placed)
    value, formula = told.value, glyphs.text(told.formula)
    row, column = step.result.place(entry)
    ends_with_value = formula.endswith(f" {value}") or step.operation is StepKind.CHOOSE
    place = _("row {row}").format(row=row + 1) if step.result.is_vector else f"{row + 1},{column + 1}"
    return place, glyphs.describe(step.result, entry), formula, "" if ends_with_value else f" = {value}"
