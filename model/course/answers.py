"""Answers to the questions of the course: how they are typed, and when they are right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.course.expressions import Expression
from model.course.here import Here
from model.course.kinds import Kind
from model.course.typed_answers import READERS
from model.course.values import Vector, is_equal
from model.errors import InputError
from model.language import _

CLOSE = 1e-9
"""The default tolerance of a number: its last digits."""

MAX_ANSWER = 500
"""The longest answer that is read, in letters."""


@dataclass(frozen=True, eq=False)
class AnswerKind:
    """What is expected of an answer.

    Attributes:
        kind: How it is given.
        tolerance: By how much a number may be off; None: by nothing.
        options: How many choices there are.
    """

    kind: Kind
    tolerance: Expression | None = None
    options: int = 0

    def is_right(self, given: object, truth: object, here: Here) -> bool:
        """Whether an answer is what is true."""
        if isinstance(given, Vector) and isinstance(truth, Vector):
            return bool(np.all(np.abs(given.values - truth.values) <= self.allowed(here)))
        if isinstance(given, float) and isinstance(truth, float | int):
            return abs(given - truth) <= self.allowed(here)
        return is_equal(truth, given)

    def allowed(self, here: Here) -> float:
        """The tolerance of a number."""
        return CLOSE if self.tolerance is None else abs(float(self.tolerance.value(here))) + CLOSE  # type: ignore[arg-type]

    def read(self, text: str, truth: object, here: Here) -> object:
        """An answer as typed.

        Args:
            text: What was typed.
            truth: What is right: it says what can be answered, such as of which rows one can be picked.
            here: Where it is asked.

        Raises:
            InputError: It is no answer of this kind.
        """
        if len(text) > MAX_ANSWER:
            raise InputError(_("an answer has at most {most} letters.").format(most=MAX_ANSWER))
        if not text.strip():
            raise InputError(self.kind.how)
        return READERS[self.kind](text.strip(), truth, here, self.options)
