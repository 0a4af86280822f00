"""What is asked of a step before its result is shown: the dish, an entry, or the sign of a gradient."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import numpy as np

from model.arrays import Array
from model.course.answers import AnswerKind
from model.course.here import Here
from model.course.kinds import Kind
from model.course.typed_answers import typed_number
from model.errors import InputError
from model.language import N_, _
from model.roommate.naming import cut
from model.roommate.parsing import find, listed
from model.simulation.simulation import Simulation
from model.steps.axes import Axis, dish_axis
from model.steps.step import Step, StepKind

ROUGHLY = 0.1
"""By how much of the largest entry an answer may be off where the entries are no whole numbers."""

NOTHING = 1e-9
"""What is 0 beside the largest entry."""


class Wanted(StrEnum):
    """What is asked for."""

    DISH = "dish"
    ENTRY = "entry"
    SIGN = "sign"


SIGNS = (N_("positive"), N_("negative"), N_("zero"))
"""What a sign is called, in the order in which it can be picked; translated when it is shown."""

VALUES = (1, -1, 0)
"""What each of them is as a number."""

_WRITTEN = {"+": 1, "-": -1, "−": -1, "0": 0}


@dataclass(frozen=True, eq=False)
class StepQuestion:
    """A question about the result of the step under the cursor.

    Attributes:
        simulation: Where one is, the result known.
        entry: The entry that is asked for, counted row by row.
    """

    simulation: Simulation
    entry: int

    @cached_property
    def step(self) -> Step:
        """The step, with its result."""
        return self.simulation.current_step

    @property
    def wanted(self) -> Wanted:
        """What is asked for."""
        if self.step.operation is StepKind.CHOOSE and not self.simulation.backward:
            return Wanted.DISH
        return Wanted.SIGN if self.step.result.shows_gradient else Wanted.ENTRY

    @property
    def dishes(self) -> Axis:
        """The dishes there are."""
        return dish_axis(self.simulation.situation.roommate)

    @property
    def numbers(self) -> Array:
        """All entries of the result."""
        return self.step.result.value

    @property
    def value(self) -> float:
        """The entry that is asked for."""
        return float(self.numbers.flat[self.entry])

    @property
    def _largest(self) -> float:
        return float(np.abs(self.numbers).max())

    @property
    def answers(self) -> frozenset[int]:
        """The dishes that are right, or the sign."""
        situation, day = self.simulation.situation, self.simulation.day
        if self.wanted is Wanted.DISH:
            return frozenset((*situation.tied(day), self.simulation.dish(day)))
        return frozenset((0 if abs(self.value) <= NOTHING * self._largest else int(np.sign(self.value)),))

    @cached_property
    def allowed(self) -> float:
        """By how much a number may be off; 0 where all entries are whole."""
        if np.array_equal(self.numbers, np.rint(self.numbers)):
            return 0.0
        return float(f"{ROUGHLY * self._largest:.1g}")

    def read(self, text: str) -> float | int:
        """An answer as typed: the dish's index, the sign as a number, or a number.

        Raises:
            InputError: It is no such answer.
        """
        typed = text.strip()
        if self.wanted is not Wanted.SIGN:
            kind = Kind.NUMBER if self.wanted is Wanted.ENTRY else Kind.DISH
            read: float | int = AnswerKind(kind).read(typed, None, Here(self.simulation))  # type: ignore[assignment]
            return read
        if typed in _WRITTEN:
            return _WRITTEN[typed]
        number = typed_number(typed)
        if number is not None:
            return int(np.sign(number))
        spoken = [_(sign) for sign in SIGNS]
        index = find(typed, spoken)
        index = find(typed, SIGNS) if index is None else index
        if index is None:
            sentence = _("{text!r} is no sign: {names}, or +, -, 0.")
            raise InputError(sentence.format(text=cut(typed), names=listed(spoken, "or")))
        return VALUES[index]

    def is_right(self, given: float) -> bool:
        """Whether an answer is what the network computed."""
        if self.wanted is Wanted.ENTRY:
            return abs(given - self.value) <= self.allowed + NOTHING * max(self._largest, 1.0)
        return given in self.answers

    @property
    def only_entry_with(self) -> dict[float, int]:
        """The entries by their values, of those that no other entry has."""
        values, at, counts = np.unique(self.numbers, return_index=True, return_counts=True)
        pairs = zip(values.tolist(), at.tolist(), counts.tolist(), strict=True)
        return {value: int(index) for value, index, count in pairs if count == 1}


def question_of(simulation: Simulation) -> StepQuestion | None:
    """What is asked of the step under the cursor; None where its result is nothing that could be guessed.

    The entry is the row that was chosen. Where none was it is the telling one, and on each later day the one after
    that: else the answer would always be the largest.

    Args:
        simulation: Where one is, asked or not.
    """
    known = replace(simulation, asked=False)
    result = known.current_step.result
    if not np.isfinite(result.value).all() or result.letters is not None:
        return None
    if simulation.row is not None:
        return StepQuestion(known, known.current_entry)
    return StepQuestion(known, (known.current_entry + max(known.day, 0)) % result.value.size)
