"""Answers that can be picked: names in lines as they fit, or a choice a line, and where each of them stands."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from tui.rendering.block import Part, line

GAP = 2
"""Cells between two names of a line."""

Ends = tuple[tuple[int, int], ...]
"""For each answer in a line the column behind it, and which it is."""


def choice_lines(
    answers: Sequence[str], current: int | None, width: int, *, apart: bool
) -> tuple[list[Content], list[Ends]]:
    """The answers as lines, and what stands where in each.

    Args:
        answers: What can be picked.
        current: The one that the cursor stands on; None: it stands on none.
        width: The cells there are.
        apart: Whether each has a line of its own: it is a sentence rather than a name.
    """
    lines: list[Content] = []
    ends: list[Ends] = []
    if apart:
        for number, answer in enumerate(answers):
            style = "reverse" if number == current else ""
            for piece in line((answer, style)).wrap(max(width - 2, 1)):
                lines.append(line("  ", piece))
                ends.append(((width, number),))
        return lines, ends
    row: list[tuple[int, str]] = []

    def end_row() -> None:
        parts: list[Part] = []
        places: list[tuple[int, int]] = []
        used = 0
        for number, answer in row:
            parts += [" " * GAP, (answer, "reverse" if number == current else "bold")]
            used += GAP + cell_len(answer)
            places.append((used, number))
        lines.append(line(*parts))
        ends.append(tuple(places))
        row.clear()

    for number, answer in enumerate(answers):
        if row and sum(GAP + cell_len(name) for _at, name in row) + GAP + cell_len(answer) > width:
            end_row()
        row.append((number, answer))
    if row:
        end_row()
    return lines, ends
