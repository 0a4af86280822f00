"""When the operations of a cell run: for all days at once, before or after the loop over days, or in it.

An operation must run day by day exactly where it depends on what the day before handed on and the next day depends
on it. Teacher forcing, which hands on what is known beforehand, therefore has no loop at all; Elman's network merges
after its loop; with the probabilities fed back only the weather's product comes before.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from model.network.activations import SOFTMAX
from model.network.cell import CHOSEN, DISH, LOGITS, PROBABILITIES, Cell
from model.network.operations import Apply, Choose, Operation


class Feedback(StrEnum):
    """What becomes tomorrow's "yesterday" in a network that feeds back its dish.

    Hard: the one-hot dish that was chosen. Soft: the probabilities themselves, so that the gradient flows through
    them. Teacher: the dish that was really cooked (teacher forcing). Hidden: not the dish at all but the hidden
    units; a network that does so does it whatever is asked for, and no other network can.
    """

    SOFT = "soft"
    HARD = "hard"
    TEACHER = "teacher"
    HIDDEN = "hidden"


OF_DISHES = (Feedback.SOFT, Feedback.HARD, Feedback.TEACHER)
"""What can be asked for: the ways to feed a dish back."""


@dataclass(frozen=True, eq=False)
class Schedule:
    """The operations of a pass in the order in which they run.

    Attributes:
        before: For all days at once, before the loop.
        during: Day by day.
        after: For all days at once, after the loop.
        hands_on: For each quantity that comes from yesterday the one that becomes it; not those that are given.
    """

    before: tuple[Operation, ...]
    during: tuple[Operation, ...]
    after: tuple[Operation, ...]
    hands_on: tuple[tuple[str, str], ...]

    @property
    def operations(self) -> tuple[Operation, ...]:
        """All operations, in an order in which each could run."""
        return (*self.before, *self.during, *self.after)

    @property
    def looped(self) -> bool:
        """Whether days wait for each other."""
        return bool(self.during)


_SOFTMAX = Apply(PROBABILITIES, "probabilities", "p", LOGITS, SOFTMAX)
_CHOOSE = Choose(CHOSEN, "decide", "Dish", LOGITS, DISH)


@cache
def forward_schedule(cell: Cell, feedback: Feedback) -> Schedule:
    """When each operation of a forward pass runs."""
    dish = {Feedback.SOFT: PROBABILITIES, Feedback.HARD: CHOSEN}.get(feedback)  # otherwise it is given
    handed = {name: dish if source == DISH else source for name, source in cell.hands_on.items()}
    pairs = tuple((name, source) for name, source in handed.items() if source)
    operations = (*cell.operations, _SOFTMAX, *((_CHOOSE,) if CHOSEN in dict(pairs).values() else ()))
    return _scheduled(operations, pairs)


@cache
def backward_schedule(cell: Cell, feedback: Feedback) -> Schedule:
    """When the gradient goes back through each operation; the softmax is left to the loss unless it is fed back.

    With hard feedback the choice of a dish has no derivative, so nothing goes back to the day before, as if that had
    been given.
    """
    forward = forward_schedule(cell, Feedback.TEACHER if feedback is Feedback.HARD else feedback)
    fed_back = {source for _unused, source in forward.hands_on}

    def kept(operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
        return tuple(
            o for o in operations if not isinstance(o, Choose) and (o.out != PROBABILITIES or o.out in fed_back)
        )

    return Schedule(kept(forward.before), kept(forward.during), kept(forward.after), forward.hands_on)


def _scheduled(operations: tuple[Operation, ...], pairs: tuple[tuple[str, str], ...]) -> Schedule:
    waiting = {name for name, _unused in pairs}  # what depends on the day before
    for operation in operations:
        if waiting.intersection(operation.inputs):
            waiting.add(operation.out)
    needed = {source for _unused, source in pairs}  # what the next day depends on
    for operation in reversed(operations):
        if operation.out in needed:
            needed.update(operation.inputs)
    read = {name for operation in operations for name in operation.inputs}
    if not any(name in read for name, _unused in pairs):  # handed on, but nobody looks at it
        waiting = set()
    during = tuple(o for o in operations if o.out in waiting and o.out in needed)
    return Schedule(
        before=tuple(o for o in operations if o.out not in waiting),
        during=during,
        after=tuple(o for o in operations if o.out in waiting and o.out not in needed),
        hands_on=pairs,
    )
