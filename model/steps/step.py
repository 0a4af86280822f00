"""A step of a walk as a value: all that a renderer or an exporter sees, whichever way the walk runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum

import numpy as np
from numpy.typing import NDArray

from model.arrays import Array
from model.language import _, ngettext
from model.numbers import bracketed
from model.steps.axes import Axis
from model.steps.titles import formula_of, title_of

MAX_TERMS = 6
"""A sum over more days than this spells out only its largest terms."""

MAX_FACTORS = 12
"""A product of more factors than this spells out only its largest terms."""


class Role(StrEnum):
    """What a quantity means; each keeps one colour wherever it is shown."""

    YESTERDAY = "yesterday"
    FOOD = "food"
    WEATHER = "weather"
    HIDDEN = "hidden"
    MERGE = "merge"
    TODAY = "today"
    ERROR = "error"


class StepKind(Enum):
    """How a step's operands become its result; the value is the sign written between or after them."""

    PRODUCT = "·"
    OUTER = "×"
    ADD = "+"
    SUBTRACT = "−"
    MULTIPLY = "⊙"
    SUM = "Σ"
    APPLY = "φ"
    CHOOSE = "argmax"


@dataclass(frozen=True, eq=False)
class Operand:
    """A named matrix or vector as it takes part in a step.

    Attributes:
        name: Its name in words, the same in every language, as JSON has it: "Food"; `title` is for people.
        symbol: Its letter in formulas: "f".
        value: A matrix (2-D) or a vector (1-D).
        role: What it means, and so its colour.
        rows: The meaning of its rows.
        columns: The meaning of a matrix's columns; None for a vector.
        turned: Whether it is a transposed matrix, whose rows are what goes in.
        letters: What is written in place of the numbers of a matrix, of the same shape; None: the numbers.
    """

    name: str
    symbol: str
    value: Array
    role: Role
    rows: Axis
    columns: Axis | None = None
    turned: bool = False
    letters: NDArray[np.str_] | None = None

    @property
    def title(self) -> str:
        """Its name in the language in use."""
        return title_of(self.name)

    def place(self, entry: int) -> tuple[int, int]:
        """The row and column of an entry, counted row by row; a vector is one column."""
        return divmod(entry, self.value.shape[1] if self.value.ndim == 2 else 1)

    def describe(self, entry: int) -> str:
        """An entry in words: its row, and in a matrix what leads there: ``next day: burger ← pasta``."""
        row, column = self.place(entry)
        if self.columns is None or self.columns.alone:
            return self.rows.describe(row)
        if self.rows.alone:
            return self.columns.describe(column)
        to, come_from = self.rows.describe(row), self.columns.describe(column)
        return f"{come_from} ← {to}" if self.turned else f"{to} ← {come_from}"

    @property
    def is_vector(self) -> bool:
        """Whether it has one column, which has no name of its own."""
        return self.columns is None or self.columns.alone

    def transpose(self, *, mark: bool = True) -> Operand:
        """The same matrix with rows and columns exchanged.

        Args:
            mark: Whether its name says so.
        """
        assert self.columns is not None
        sign = "ᵀ" if mark else ""
        return Operand(
            f"{self.name}{sign}",
            f"{self.symbol}{sign}",
            self.value.T,
            self.role,
            self.columns,
            self.rows,
            not self.turned,
            None if self.letters is None else self.letters.T,
        )


@dataclass(frozen=True, eq=False)
class Step:
    """One step of a walk: operands, what is done with them, and the result.

    Attributes:
        name: "food product", "weather product", "add", "non-linear", "merge" or "decide"; on the way back
            "probabilities", "error" and so on. JSON has these names, and the lessons' pages their words; `title` is
            for people, as `map_label` and `shown_formula` are.
        label: What it is called on the map.
        formula: The step in the field's notation.
        operation: How the operands become the result.
        operands: What goes in, in the order of the formula.
        result: What comes out.
        telling: The entry of the result to look at first: the one that leads to the day's dish, or the largest.
        word: What a function is called, where the step applies one.
        how: How one entry came about, where the step applies a function.
        divisor: What a difference is divided by.
    """

    name: str
    label: str
    formula: str
    operation: StepKind
    operands: tuple[Operand, ...]
    result: Operand
    telling: int
    word: str = ""
    how: Callable[[int], str] | None = None
    divisor: int = 1

    @property
    def title(self) -> str:
        """Its name in the language in use."""
        return title_of(self.name)

    @property
    def map_label(self) -> str:
        """What it is called on the map, in the language in use."""
        return title_of(self.label)

    @property
    def shown_formula(self) -> str:
        """The formula with its words in the language in use."""
        return formula_of(self.formula)

    @property
    def shown_word(self) -> str:
        """The function in the language in use; those of the field keep their names."""
        return _("clip") if self.word == "clip" else self.word

    def spell(self, entry: int) -> str:
        """The formula of one entry of the result with the numbers in it: ``1·1 + 0·0 + 0·0``."""
        first, second = self.operands[0].value, self.operands[-1].value
        row, column = self.result.place(entry)
        match self.operation:
            case StepKind.PRODUCT:
                letters = self.operands[0].letters
                text = _factors(first[row], second, None if letters is None else letters[row])
            case StepKind.OUTER:
                text = f"{bracketed(first[row])}·{bracketed(second[column])}"
            case StepKind.ADD:
                text = " + ".join(f"{_written(o, entry)} ({o.title})" for o in self.operands)
            case StepKind.SUBTRACT:
                difference = f"{bracketed(first.flat[entry])} − {bracketed(second.flat[entry])}"
                text = f"({difference}) / {self.divisor}" if self.divisor > 1 else difference
            case StepKind.MULTIPLY:
                text = f"{bracketed(first[row])}·{bracketed(second[row])}"
            case StepKind.SUM:
                text = self._terms(entry)
            case StepKind.APPLY:
                text = self.how(entry) if self.how else self.word
            case StepKind.CHOOSE:
                value, largest = bracketed(first[row]), bracketed(first.max())
                if first[row] < first.max():
                    text = _("{value} is not the largest, {largest} is").format(value=value, largest=largest)
                elif np.count_nonzero(first == first.max()) > 1:
                    text = _("{value} ties for the largest").format(value=value)
                else:
                    text = _("{value} is the largest").format(value=value)
        return text

    def _terms(self, entry: int) -> str:
        parts = {title_of(operand.symbol): float(operand.value.flat[entry]) for operand in self.operands}
        if len(parts) <= MAX_TERMS:
            return " + ".join(f"{bracketed(value)} ({name})" for name, value in parts.items())
        largest = sorted(parts, key=lambda name: -abs(parts[name]))[: MAX_TERMS - 1]
        text = " + ".join(f"{bracketed(parts[name])} ({name})" for name in parts if name in largest)
        rest = sum(value for name, value in parts.items() if name not in largest)
        others = len(parts) - len(largest)
        return ngettext(
            "{terms} + {rest} ({count} other day)", "{terms} + {rest} ({count} other days)", others
        ).format(terms=text, rest=bracketed(rest), count=others)


def _written(operand: Operand, entry: int) -> str:
    """A summand inside a spelled formula: its letter, or its number."""
    return bracketed(operand.value.flat[entry]) if operand.letters is None else str(operand.letters.flat[entry])


def _factors(row: Array, vector: Array, letters: NDArray[np.str_] | None = None) -> str:
    """A row times a vector, term by term; of many terms those that count most, in their order.

    Args:
        row: Of a matrix.
        vector: What it is multiplied with.
        letters: What is written in place of the row's numbers; None: these.
    """
    written = [bracketed(number) for number in row] if letters is None else letters.tolist()
    terms = row * vector
    shown = list(range(len(terms)))
    if len(terms) > MAX_FACTORS:
        largest = sorted(sorted(shown, key=lambda index: -abs(terms[index]))[:MAX_TERMS])
        shown = [index for index in largest if terms[index]] or largest[:1]
    text = " + ".join(f"{written[index]}·{bracketed(vector[index])}" for index in shown)
    others = len(terms) - len(shown)
    if not others:
        return text
    rest = float(terms.sum() - sum(terms[index] for index in shown))
    return ngettext("{terms} + {rest} ({count} other term)", "{terms} + {rest} ({count} other terms)", others).format(
        terms=text, rest=bracketed(rest) if any(terms) and rest else "0", count=others
    )
