"""One entry of a step's result with the numbers in it, as pieces of text."""

from __future__ import annotations

from model.language import _
from model.numbers import number
from model.steps.step import Step, StepKind
from tui.text.glyphs import Glyphs


def spelling(step: Step, entry: int, glyphs: Glyphs) -> tuple[str, str, str, str]:
    """Where the entry stands, what it is called, how it came about, and its value where that is not yet said.

    Args:
        step: Any step.
        entry: The entry of the result, counted row by row.
        glyphs: Characters to write with.
    """
    value = number(step.result.value.flat[entry])
    spelled = glyphs.text(step.spell(entry))
    row, column = step.result.place(entry)
    ends_with_value = spelled.endswith(f" {value}") or step.operation is StepKind.CHOOSE
    place = _("row {row}").format(row=row + 1) if step.result.is_vector else f"{row + 1},{column + 1}"
    return place, glyphs.describe(step.result, entry), spelled, "" if ends_with_value else f" = {value}"
