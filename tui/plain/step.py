"""A step in lines: its matrices row by row with names, what is done with them, the result, and a row spelled out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.steps.step import Operand, Step, StepKind
from tui.plain.glyphs import SpokenGlyphs
from tui.text.entry import spelling
from tui.text.numbers import entries
from tui.text.window import part_of, part_of_matrix, size_of, window_of

MOST = (32, 32)
"""Of an array with more rows or columns than this only the part around the entry that is spelled out is told."""

IN_A_LINE = 4
"""A vector of no more entries than this is told in one line."""

MAX_DAYS = 7
"""Of a sum over more days than this those that gave most are told."""

SIGNS = {
    StepKind.PRODUCT: "times",
    StepKind.OUTER: "every entry times every entry of",
    StepKind.ADD: "plus",
    StepKind.SUBTRACT: "minus",
    StepKind.MULTIPLY: "entry by entry times",
}
"""What is said between two operands."""

Known = Mapping[str, Operand]
"""What was told of each name before."""


def product(
    step: Step, lit: int, glyphs: SpokenGlyphs, known: Known | None = None, *, whole: bool = False
) -> tuple[list[str], Known]:
    """The step in lines, and all that is known after them.

    Args:
        step: Any step.
        lit: The entry of the result that is spelled out.
        glyphs: Characters to write with.
        known: What has been told; operands that are just as they were are only named.
        whole: Whether even what is very large is told whole.
    """
    known = known or {}
    lines: list[str] = []
    part = step
    rows, columns = size_of(step)
    if not whole and (rows > MOST[0] or columns > MOST[1]):
        window = window_of(step, lit, *MOST)
        part, _ = part_of(step, lit, window)
        lines.append(f"Around the entry that is spelled out: {window.told()}. 'product whole' tells all.")
    if step.operation is StepKind.SUM:
        lines += _sum(step, part, lit, glyphs)
    else:
        for index, (operand, seen) in enumerate(zip(step.operands, part.operands, strict=True)):
            sign = SIGNS.get(step.operation, "") if index else ""
            if is_same(known.get(operand.name), operand):
                lines.append(sentence(sign, f"{called(operand)}, as before."))
            else:
                lines += _told(seen, sign, glyphs)
        lines += _told(part.result, gives(step), glyphs)
    lines.append(spelled(step, lit, glyphs))
    told = {operand.name: operand for operand in (*step.operands, step.result) if whole or part is step}
    return lines, {**known, **told}


def spelled(step: Step, lit: int, glyphs: SpokenGlyphs) -> str:
    """One entry of the result with its numbers: ``Row 5, next day: burger: 1×1 + 0×0 + 0×0 = 1``."""
    place, name, how, value = spelling(step, lit, glyphs)
    place = place.capitalize() if place.startswith("row") else f"Row {place.replace(',', ', column ')}"
    return f"{place}, {name}: {how}{value}"


def matrix(operand: Operand, glyphs: SpokenGlyphs, *, whole: bool = False) -> list[str]:
    """A matrix or vector by itself."""
    if (
        whole
        or operand.columns is None
        or max(operand.value.shape[0] - MOST[0], operand.value.shape[1] - MOST[1]) <= 0
    ):
        return _told(operand, "", glyphs)
    step = Step("", "", "", StepKind.APPLY, (operand,), operand, 0)
    window = window_of(step, int(np.abs(operand.value).argmax()), *MOST)
    return [f"Around its largest entry: {window.told()}.", *_told(part_of_matrix(operand, window), "", glyphs)]


def is_same(one: Operand | None, other: Operand) -> bool:
    """Whether an array that was told of a name is the one there is now."""
    if one is None:
        return False
    alike = one.value.shape == other.value.shape and np.array_equal(one.value, other.value, equal_nan=True)
    return alike and (one.rows, one.columns) == (other.rows, other.columns)


def gives(step: Step) -> str:
    """What is said before the result."""
    if step.operation is StepKind.APPLY:
        return f"through {step.word.replace('-', ' ')} gives"
    if step.operation is StepKind.CHOOSE:
        return "the largest gives"
    return f"divided by {step.divisor} gives" if step.divisor > 1 else "gives"


def called(operand: Operand) -> str:
    """An array's name, and its symbol where that is another."""
    return operand.name if operand.symbol == operand.name else f"{operand.name} ({operand.symbol})"


def sentence(sign: str, rest: str) -> str:
    """A sentence of what is said before an array, and the array."""
    text = f"{sign} {rest}" if sign else rest
    return text[0].upper() + text[1:]


def _told(operand: Operand, sign: str, glyphs: SpokenGlyphs) -> list[str]:
    rows = glyphs.named(operand.rows)
    numbers = [[text.strip() for text in row] for row in entries(operand.value)]
    names = [rows.describe(row) for row in range(len(numbers))]
    if operand.columns is None:
        if len(numbers) <= IN_A_LINE:
            told = ", ".join(f"{name} {text}" for name, (text,) in zip(names, numbers, strict=True))
            return [sentence(sign, f"{called(operand)}: {told}")]
        head = f"{called(operand)}, {len(numbers)} rows:"
    else:
        columns = glyphs.named(operand.columns)
        heads = [columns.describe(column) for column in range(len(columns.labels))]
        head = f"{called(operand)}, {sizes(operand)}:"
        numbers = [[f"{of} {text}" for of, text in zip(heads, row, strict=True)] for row in numbers]
    lines = [f"  {name}: {', '.join(row)}" for name, row in zip(names, numbers, strict=True)]
    return [sentence(sign, head), *lines]


def sizes(operand: Operand) -> str:
    """How many rows an array has, and columns where it is a matrix."""
    rows = _count(len(operand.rows.labels), "row")
    return rows if operand.columns is None else f"{rows} of {_count(len(operand.columns.labels), 'column')}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _sum(step: Step, part: Step, lit: int, glyphs: SpokenGlyphs) -> list[str]:
    """What each day gave to the row that is spelled out, and how large all of it was; then the whole sum."""
    sizes = [float(np.linalg.norm(operand.value)) for operand in step.operands]
    told = sorted(sorted(range(len(sizes)), key=lambda index: -sizes[index])[:MAX_DAYS])
    row, _ = part.result.place(part.telling if part is not step else lit)
    name = glyphs.named(part.result.rows).describe(row)
    lines = [f"What each day gave to the row {name}, and the size of all that it gave:"]
    for index in told:
        day = part.operands[index]
        numbers = ", ".join(text.strip() for text in entries(day.value[row : row + 1])[0])
        lines.append(f"  {day.name}: {numbers}; size {sizes[index]:.2g}")
    if len(told) < len(sizes):
        lines.append(f"  and {len(sizes) - len(told)} days with less")
    return [*lines, *_told(part.result, "together they give", glyphs)]
