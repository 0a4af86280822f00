"""A step in lines: its matrices row by row with names, what is done with them, the result, and a row spelled out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from model.language import N_, _, ngettext
from model.steps.step import Operand, Step, StepKind
from tui.plain.glyphs import SpokenGlyphs
from tui.text.entry import spelling
from tui.text.numbers import entries, written
from tui.text.window import part_of, part_of_matrix, size_of, window_of

MOST = (32, 32)
"""Of an array with more rows or columns than this only the part around the entry that is spelled out is told."""

IN_A_LINE = 4
"""A vector of no more entries than this is told in one line."""

MAX_DAYS = 7
"""Of a sum over more days than this those that gave most are told."""

SIGNS = {
    StepKind.PRODUCT: N_("times {array}"),
    StepKind.OUTER: N_("every entry times every entry of {array}"),
    StepKind.ADD: N_("plus {array}"),
    StepKind.SUBTRACT: N_("minus {array}"),
    StepKind.MULTIPLY: N_("entry by entry times {array}"),
}
"""What is said of an operand after the first; translated when it is said."""

Known = Mapping[str, Operand]
"""The array that was last printed under each name."""


def product(
    step: Step, entry: int, glyphs: SpokenGlyphs, known: Known | None = None, *, whole: bool = False
) -> tuple[list[str], Known]:
    """The step in lines, and all that is known after them.

    Args:
        step: Any step.
        entry: The entry of the result that is spelled out.
        glyphs: Characters to write with.
        known: What has been told; operands that are just as they were are only named.
        whole: Whether even what is very large is told whole.
    """
    known = known or {}
    lines: list[str] = []
    part = step
    rows, columns = size_of(step)
    if not whole and (rows > MOST[0] or columns > MOST[1]):
        window = window_of(step, entry, *MOST)
        part, _entry = part_of(step, entry, window)
        around = _("Around the entry that is spelled out: {part}. 'product whole' tells all.")
        lines.append(around.format(part=window.text()))
    if step.operation is StepKind.SUM:
        lines += _sum(step, part, entry, glyphs)
    else:
        for index, (operand, seen) in enumerate(zip(step.operands, part.operands, strict=True)):
            sign = _(SIGNS[step.operation]) if index else ""
            if is_same(known.get(operand.name), operand):
                lines.append(sentence(sign, _("{array}, as before.").format(array=called(operand))))
            else:
                lines += _array_lines(seen, sign, glyphs)
        lines += _array_lines(part.result, gives(step), glyphs)
    lines.append(spelled(step, entry, glyphs))
    told = {operand.name: operand for operand in heard(step, step.operands) if whole or part is step}
    return lines, {**known, **told}


def heard(step: Step, operands: Sequence[Operand]) -> tuple[Operand, ...]:
    """What is known after a step was told: some operands, and the result unless that is asked for."""
    return (*operands, *(() if step.result.is_asked_for else (step.result,)))


def spelled(step: Step, entry: int, glyphs: SpokenGlyphs) -> str:
    """One entry of the result with its numbers: ``Row 5, next day: burger: 1×1 + 0×0 + 0×0 = 1``."""
    _place, name, how, value = spelling(step, entry, glyphs)
    row, column = step.result.place(entry)
    sentence = (
        _("Row {row}, {name}: {entry}") if step.result.is_vector else _("Row {row}, column {column}, {name}: {entry}")
    )
    return sentence.format(row=row + 1, column=column + 1, name=name, entry=f"{how}{value}")


def matrix(operand: Operand, glyphs: SpokenGlyphs, *, whole: bool = False) -> list[str]:
    """A matrix or vector by itself."""
    if (
        whole
        or operand.columns is None
        or max(operand.value.shape[0] - MOST[0], operand.value.shape[1] - MOST[1]) <= 0
    ):
        return _array_lines(operand, "", glyphs)
    step = Step("", "", "", StepKind.APPLY, (operand,), operand, 0)
    window = window_of(step, int(np.abs(operand.value).argmax()), *MOST)
    around = _("Around its largest entry: {part}.").format(part=window.text())
    return [around, *_array_lines(part_of_matrix(operand, window), "", glyphs)]


def is_same(one: Operand | None, other: Operand) -> bool:
    """Whether an array that was told of a name is the one there is now."""
    if one is None:
        return False
    alike = one.value.shape == other.value.shape and np.array_equal(one.value, other.value, equal_nan=True)
    named = (one.rows, one.columns, one.letters is None) == (other.rows, other.columns, other.letters is None)
    return alike and named


def gives(step: Step) -> str:
    """What is said of the result, with a blank for it."""
    if step.operation is StepKind.APPLY:
        return _("through {function} gives {array}").replace("{function}", step.shown_word.replace("-", " "))
    if step.operation is StepKind.CHOOSE:
        return _("the largest gives {array}")
    if step.divisor > 1:
        return _("divided by {number} gives {array}").replace("{number}", str(step.divisor))
    return _("gives {array}")


def called(operand: Operand) -> str:
    """An array's name, and its symbol where that is another."""
    return operand.title if operand.symbol == operand.name else f"{operand.title} ({operand.symbol})"


def sentence(sign: str, rest: str) -> str:
    """A sentence about an array.

    Args:
        sign: What is said of it, with a blank for it; nothing: it stands alone.
        rest: The array, and what is told of it.
    """
    text = sign.replace("{array}", rest) if sign else rest
    return text[0].upper() + text[1:]


def _array_lines(operand: Operand, sign: str, glyphs: SpokenGlyphs) -> list[str]:
    rows = glyphs.named(operand.rows)
    numbers = [[text.strip() for text in row] for row in written(operand)]
    names = [rows.describe(row) for row in range(len(numbers))]
    if operand.columns is None or operand.columns.alone:
        if len(numbers) <= IN_A_LINE:
            listed_entries = ", ".join(f"{name} {text}" for name, (text,) in zip(names, numbers, strict=True))
            return [sentence(sign, f"{called(operand)}: {listed_entries}")]
        head = ngettext("{array}, {count} row:", "{array}, {count} rows:", len(numbers))
        head = head.format(array=called(operand), count=len(numbers))
    else:
        columns = glyphs.named(operand.columns)
        heads = [columns.describe(column) for column in range(len(columns.labels))]
        head = f"{called(operand)}, {sizes(operand)}:"
        numbers = [[f"{of} {text}" for of, text in zip(heads, row, strict=True)] for row in numbers]
    lines = [f"  {name}: {', '.join(row)}" for name, row in zip(names, numbers, strict=True)]
    return [sentence(sign, head), *lines]


def sizes(operand: Operand) -> str:
    """How many rows an array has, and columns where it is a matrix."""
    rows = len(operand.rows.labels)
    rows_in_words = ngettext("{count} row", "{count} rows", rows).format(count=rows)
    if operand.columns is None or operand.columns.alone:
        return rows_in_words
    columns = len(operand.columns.labels)
    across = ngettext("{count} column", "{count} columns", columns).format(count=columns)
    return _("{rows} of {columns}").format(rows=rows_in_words, columns=across)


def _sum(step: Step, part: Step, entry: int, glyphs: SpokenGlyphs) -> list[str]:
    """What each day gave to the row that is spelled out, and how large all of it was; then the whole sum."""
    sizes = [float(np.linalg.norm(operand.value)) for operand in step.operands]
    largest = sorted(sorted(range(len(sizes)), key=lambda index: -sizes[index])[:MAX_DAYS])
    row, _column = part.result.place(part.telling if part is not step else entry)
    name = glyphs.named(part.result.rows).describe(row)
    lines = [_("What each day gave to the row {name}, and the size of all that it gave:").format(name=name)]
    for index in largest:
        day = part.operands[index]
        numbers = ", ".join(text.strip() for text in entries(day.value[row : row + 1], gradient=True)[0])
        line = _("{day}: {numbers}; size {size:.2g}").format(day=day.title, numbers=numbers, size=sizes[index])
        lines.append(f"  {line}")
    if others := len(sizes) - len(largest):
        line = ngettext("and {count} day with less", "and {count} days with less", others).format(count=others)
        lines.append(f"  {line}")
    return [*lines, *_array_lines(part.result, _("together they give {array}"), glyphs)]
