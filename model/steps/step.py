"""A step of a walk as a value: all that a renderer or an exporter sees, whichever way the walk runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.arrays import Array
from model.language import _
from model.numbers import NumberFormat, format_of
from model.steps.axes import Axis
from model.steps.titles import formula_of, title_of

UNANSWERED = "?"
"""What stands in place of a number that is asked for."""


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
        gradient: Whether it is a gradient, or what becomes of one on its way to the weights.
    """

    name: str
    symbol: str
    value: Array
    role: Role
    rows: Axis
    columns: Axis | None = None
    turned: bool = False
    letters: NDArray[np.str_] | None = None
    gradient: bool = False

    @property
    def shows_gradient(self) -> bool:
        """Whether its numbers are as small as those of gradients are."""
        return self.gradient or self.role is Role.ERROR

    @cached_property
    def format(self) -> NumberFormat:
        """How all its numbers are written."""
        return format_of(self.value, gradient=self.shows_gradient)

    @property
    def is_asked_for(self) -> bool:
        """Whether a sign stands in place of each of its numbers."""
        return self.letters is not None and bool((self.letters == UNANSWERED).all())

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
            self.gradient,
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
    def unanswered(self) -> Step:
        """The step whose result is still asked for: a sign in place of each of its numbers, which are not in it."""
        nothing, signs = np.zeros_like(self.result.value), np.full(self.result.value.shape, UNANSWERED)
        result = replace(self.result, value=nothing, letters=signs)
        return replace(self, result=result, telling=0, how=lambda _entry: UNANSWERED)

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
