"""A day of a cell as noted calls: forwards with the answers' margins, backwards with the parts of the gradient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np

from model.arrays import Array
from model.engine.recording import WEEKS, Note, Notes, Symbol, as_array
from model.network.activations import Activation
from model.network.backward import LOSS, TOMORROW, Share, shares_of
from model.network.cell import CHOSEN, DISH, LOGITS, PROBABILITIES, Cell, Size
from model.network.loss import of_target
from model.network.operations import Choose, Operands, Operation
from model.network.schedule import Feedback, backward_schedule, forward_schedule

TARGET, ERROR = "target", "∂loss"
"""The dishes really cooked, and what the loss sends back to the logits."""


@dataclass(frozen=True)
class Day:
    """One day of a pass.

    Attributes:
        calls: In their order.
        rows: How many rows each quantity has that they read or write.
        handed_on: Pairs: what tomorrow finds under the first name is today's quantity of the second.
        answers: The names of the probability of the right dish, and of the margin.
    """

    calls: tuple[Note, ...]
    rows: Mapping[str, int]
    handed_on: tuple[tuple[str, str], ...] = ()
    answers: tuple[str, str] = ("", "")


def _operands(notes: Notes, cell: Cell, sizes: Mapping[Size, int], activation: Activation) -> Operands:
    rows = {**cell.sizes, PROBABILITIES: Size.DISHES, CHOSEN: Size.DISHES, DISH: Size.ONE}
    quantities = {name: notes.symbol(name, sizes[size], WEEKS) for name, size in rows.items()}
    weights = {name: notes.symbol(name, sizes[r], sizes[c]) for name, (r, c) in cell.matrices.items()}
    return Operands(cast("dict[str, Array]", quantities), cast("dict[str, Array]", weights), activation)


def forwards(cell: Cell, sizes: Mapping[Size, int], activation: Activation, feedback: Feedback) -> Day:
    """A day forwards: all operations in an order in which each could run, and how good the answers are."""
    notes = Notes()
    over, schedule = _operands(notes, cell, sizes, activation), forward_schedule(cell, feedback)
    for operation in schedule.operations:
        if isinstance(operation, Choose):  # no arithmetic
            x, out = over.quantities[operation.x], over.quantities[operation.out]
            notes.calls.append(Note(np.maximum, "largest", (cast("Symbol", x),), cast("Symbol", out)))
        else:
            operation.forward(over)()
    target = as_array(notes.symbol(TARGET, sizes[Size.DISHES], WEEKS))
    answers = cast("tuple[Symbol, Symbol]", of_target(over.quantities[PROBABILITIES], target))
    handed = dict(schedule.hands_on)
    given = {name: TARGET for name, source in cell.hands_on.items() if source == DISH and name not in handed}
    pairs = (*handed.items(), *given.items())
    return _day(notes, over, pairs, (answers[0].name, answers[1].name))


def backwards(cell: Cell, sizes: Mapping[Size, int], activation: Activation, feedback: Feedback) -> Day:
    """A day backwards: what comes back to each quantity, and the day's part of the gradient of each matrix.

    What tomorrow sends back is found under the gradient's name, a day on.
    """
    notes = Notes("back")
    over, schedule = _operands(notes, cell, sizes, activation), backward_schedule(cell, feedback)
    shares_by_name = shares_of(cell, feedback)
    made_by = {operation.out: operation for operation in schedule.operations}
    handed = dict(schedule.hands_on) if schedule.looped else {}
    from_yesterday = {source: name for name, source in handed.items()}
    gradients: dict[str, Symbol] = {}

    def symbol(name: str, of: str, days_on: int = 0) -> Symbol:
        return notes.symbol(name, *over.quantities[of].shape, days_on=days_on)

    def part(share: Share) -> Symbol:
        if share.source == LOSS:
            return symbol(ERROR, LOGITS)
        if share.source == TOMORROW:
            name = from_yesterday[share.quantity]
            return symbol(f"∂{name}", name, 1)
        if made_by[share.source].passes_on(share.quantity):
            return gradients[share.source]
        return symbol(f"∂{share.quantity} from {share.source}", share.quantity)

    def add_up(name: str) -> None:
        parts = [part(share) for share in shares_by_name[name]]
        if len(parts) == 1 and name not in handed:
            gradients[name] = parts[0]
            return
        total = gradients[name] = symbol(f"∂{name}", name)
        np.copyto(as_array(total), as_array(parts[0]))
        for further in parts[1:]:
            np.add(total, further, total)  # type: ignore[call-overload]

    def go_back_through(operations: tuple[Operation, ...]) -> None:
        for operation in reversed(operations):
            if operation.out not in shares_by_name:
                continue
            add_up(operation.out)
            for which, name in enumerate(operation.inputs):
                share = Share(name, operation.out)
                if share in shares_by_name.get(name, ()) and not operation.passes_on(name):
                    operation.backward(which, over, as_array(gradients[operation.out]), as_array(part(share)))()

    go_back_through((*schedule.during, *schedule.after))
    for name in handed:
        if name in shares_by_name:
            add_up(name)
    go_back_through(schedule.before)
    for weighted in cell.weighted:
        matrix = over.weights[weighted.matrix]
        into = notes.symbol(f"∂{weighted.matrix}", *matrix.shape)
        weighted.gradient(over, as_array(gradients[weighted.out]), as_array(into))()
    return _day(notes, over)


def _day(
    notes: Notes, over: Operands, pairs: tuple[tuple[str, str], ...] = (), answers: tuple[str, str] = ("", "")
) -> Day:
    used = [given for note in notes.calls for given in (*note.inputs, note.out) if isinstance(given, Symbol)]
    rows = {symbol.name: symbol.shape[0] for symbol in used if symbol.shape[1] == WEEKS}
    rows |= {name: over.quantities[name].shape[0] for pair in pairs for name in pair if name != TARGET}
    return Day(tuple(notes.calls), rows, pairs, answers)
