"""One entry of a step's result with the numbers in it, as they stand in the step's matrices and vectors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.language import _, ngettext
from model.steps.step import UNANSWERED, Operand, Step, StepKind
from model.steps.titles import title_of

MAX_TERMS = 6
"""A sum over more days than this spells out only its largest terms."""

MAX_FACTORS = 12
"""A product of more factors than this spells out only its largest terms."""


@dataclass(frozen=True)
class Spelled:
    """How an entry came about.

    Attributes:
        formula: ``(-1.40)·1 + (+0.26)·0``.
        value: ``-1.40``.
        adds_up: Whether the numbers as they are written give the value as it is written.
    """

    formula: str
    value: str
    adds_up: bool


def spelled(step: Step, entry: int, *, placed: bool = False) -> Spelled:
    """Spell an entry of the result, with a digit more where the rounded numbers would not give the rounded result.

    Args:
        step: Any step.
        entry: The entry, counted row by row.
        placed: Whether numbers take the room of the widest of their quantity, so that terms keep their places.
    """
    first = _Speller(step, entry, 0, placed).spelled()
    return first if first.adds_up else _Speller(step, entry, 1, placed).spelled()


def spell(step: Step, entry: int) -> str:
    """The formula of one entry of the result with the numbers in it: ``1·1 + 0·0 + 0·0``."""
    return spelled(step, entry).formula


class _Speller:
    """Writes one entry with some decimals more than usual.

    Args:
        step: The step.
        entry: The entry of its result.
        more: The decimals.
        placed: Whether terms keep their places.
    """

    def __init__(self, step: Step, entry: int, more: int, placed: bool) -> None:
        self.step, self.entry, self.more, self.placed = step, entry, more, placed
        self.lettered = any(operand.letters is not None for operand in step.operands)

    def spelled(self) -> Spelled:
        """The entry spelled out, and its value where that is not said."""
        result = self.step.result
        if result.letters is not None:  # it is asked for
            known = self.step.operation is not StepKind.CHOOSE
            return Spelled(self._formula()[0] if known else UNANSWERED, str(result.letters.flat[self.entry]), True)
        value = result.format.write(float(result.value.flat[self.entry]), self.more)
        formula, total = self._formula()
        adds_up = total is None or self.lettered or result.format.write(total, self.more) == value
        return Spelled(formula, value, adds_up or not np.isfinite(total or 0.0))

    def _factor(self, operand: Operand, entry: int) -> str:
        if operand.letters is not None:
            return str(operand.letters.flat[entry])
        return operand.format.factor(float(operand.value.flat[entry]), self.more, placed=self.placed)

    def _rounded(self, operand: Operand, entry: int) -> float:
        """A number as it is written."""
        return float(operand.format.write(float(operand.value.flat[entry]), self.more))

    def _formula(self) -> tuple[str, float | None]:
        """The formula, and what its numbers give as they are written; None where nobody could work that out."""
        step, entry = self.step, self.entry
        first, second = step.operands[0], step.operands[-1]
        row, column = step.result.place(entry)
        text: str = ""
        total: float | None = None
        match step.operation:
            case StepKind.PRODUCT:
                text, total = self._product(row)
            case StepKind.OUTER:
                text, total = self._times(first, row, second, column)
            case StepKind.MULTIPLY:
                text, total = self._times(first, row, second, row)
            case StepKind.ADD:
                text = " + ".join(f"{self._factor(o, entry)} ({o.title})" for o in step.operands)
                total = sum(self._rounded(operand, entry) for operand in step.operands)
            case StepKind.SUBTRACT:
                text = f"{self._factor(first, entry)} − {self._factor(second, entry)}"
                text = f"({text}) / {step.divisor}" if step.divisor > 1 else text
                total = (self._rounded(first, entry) - self._rounded(second, entry)) / step.divisor
            case StepKind.SUM:
                text, total = self._days()
            case StepKind.APPLY:
                text = step.how(entry) if step.how else step.word
            case StepKind.CHOOSE:
                text = self._choice(first, row)
        return text, total

    def _times(self, one: Operand, row: int, other: Operand, column: int) -> tuple[str, float]:
        text = f"{self._factor(one, row)}·{self._factor(other, column)}"
        return text, self._rounded(one, row) * self._rounded(other, column)

    def _product(self, row: int) -> tuple[str, float]:
        """A row times a vector, term by term; of many terms those that count most, in their order."""
        matrix, vector = self.step.operands[0], self.step.operands[-1]
        terms, begin = matrix.value[row] * vector.value, row * matrix.value.shape[1]
        shown = list(range(len(terms)))
        if len(terms) > MAX_FACTORS:
            largest = sorted(sorted(shown, key=lambda index: -abs(terms[index]))[:MAX_TERMS])
            shown = [index for index in largest if terms[index]] or largest[:1]
        each = [self._times(matrix, begin + index, vector, index) for index in shown]
        text, total = " + ".join(term for term, _value in each), sum(value for _term, value in each)
        others = len(terms) - len(shown)
        if not others:
            return text, total
        rest = float(terms.sum() - sum(terms[index] for index in shown))
        sentence = ngettext("{terms} + {rest} ({count} other term)", "{terms} + {rest} ({count} other terms)", others)
        return self._with_rest(sentence, text, total, rest, others)

    def _days(self) -> tuple[str, float]:
        operands = self.step.operands
        size = {operand: -abs(float(operand.value.flat[self.entry])) for operand in operands}
        shown = operands if len(operands) <= MAX_TERMS else sorted(operands, key=size.__getitem__)[: MAX_TERMS - 1]
        days = [operand for operand in operands if operand in shown]
        text = " + ".join(f"{self._factor(day, self.entry)} ({title_of(day.symbol)})" for day in days)
        total = sum(self._rounded(day, self.entry) for day in days)
        others = len(operands) - len(days)
        if not others:
            return text, total
        rest = sum(float(operand.value.flat[self.entry]) for operand in operands if operand not in shown)
        sentence = ngettext("{terms} + {rest} ({count} other day)", "{terms} + {rest} ({count} other days)", others)
        return self._with_rest(sentence, text, total, rest, others)

    def _with_rest(self, sentence: str, terms: str, total: float, rest: float, others: int) -> tuple[str, float]:
        form = self.step.result.format
        written = form.factor(rest, self.more) if rest else "0"
        return sentence.format(terms=terms, rest=written, count=others), total + float(form.write(rest, self.more))

    def _choice(self, scores: Operand, row: int) -> str:
        numbers = scores.value
        value, largest = (scores.format.write(float(number)) for number in (numbers[row], numbers.max()))
        if numbers[row] < numbers.max():
            return _("{value} is not the largest, {largest} is").format(value=value, largest=largest)
        if np.count_nonzero(numbers == numbers.max()) > 1:
            return _("{value} ties for the largest").format(value=value)
        return _("{value} is the largest").format(value=value)
