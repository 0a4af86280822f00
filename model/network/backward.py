"""The backward pass: the only one. Backpropagation through time, exact, with every day's numbers kept.

The operations of a cell are gone through from the last to the first, each by its own rule; what several operations
send back to one quantity is added. Source: Goodfellow, Bengio, Courville, "Deep Learning", sections 6.5 and 10.2.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from model.arrays import Array
from model.errors import TrainingError
from model.language import _
from model.network.batch import Batch
from model.network.cell import LOGITS, PROBABILITIES, WEATHER, Cell
from model.network.forward import MAX_BOUND_DAYS, Bound, ForwardPass
from model.network.names import TRAINABLE
from model.network.network import Network
from model.network.operations import Apply, Operands, Operation
from model.network.plan import Scratch, ahead_of, backward_notes
from model.network.products import Call
from model.network.schedule import Feedback, backward_schedule
from model.roommate.parsing import listed

LOSS, TOMORROW = "loss", "tomorrow"
"""The sources of shares of a gradient that no operation of the day sends back: the loss, and the next day."""


@dataclass(frozen=True)
class Share:
    """What comes back to a quantity from one place; the shares of a quantity are added.

    Attributes:
        quantity: The symbol of what it comes back to.
        source: The symbol of what the operation made that sends it; `LOSS`, or `TOMORROW`.
    """

    quantity: str
    source: str


def shares_of(cell: Cell, feedback: Feedback) -> dict[str, tuple[Share, ...]]:
    """What comes back to each quantity, in the order in which it is added up, by the quantity's symbol."""
    schedule = backward_schedule(cell, feedback)
    handed = {name for name, _source in schedule.hands_on} if schedule.looped else set()
    given = {WEATHER, *cell.hands_on} - handed
    found: dict[str, tuple[Share, ...]] = {LOGITS: (Share(LOGITS, LOSS),)}
    handed_on = [source for _name, source in schedule.hands_on] if schedule.looped else []
    for operation in reversed(schedule.operations):
        if operation.out not in found and operation.out not in handed_on:
            continue  # nothing comes back to it
        for name in operation.inputs:
            if name not in given:
                found[name] = (*found.get(name, ()), Share(name, operation.out))
    for source in handed_on:
        found[source] = (*found.get(source, ()), Share(source, TOMORROW))
    return found


@dataclass(frozen=True, eq=False)
class BackwardPass:
    """Every number of a backward pass over T days of B weeks at once; L is the mean loss over days and weeks.

    Attributes:
        cell: The architecture.
        feedback: What was fed back in the pass it goes back through.
        error: (T, n, B): (p − target) / (T B), each day's own error.
        gradients: By symbol, (T, size, B): dL/d of each quantity that an error comes back to.
        shares: What each of them is the sum of, (T, size, B). Where a share is all there is, or is passed on as it
            is, two names share one array.
        matrices: By name, (T, rows, columns): each day's part of the gradient of a matrix.
        bound: The calls, kept for the next pass.
    """

    cell: Cell
    feedback: Feedback
    error: Array
    gradients: Mapping[str, Array]
    shares: Mapping[Share, Array]
    matrices: Mapping[str, Array]
    bound: Bound = field(default_factory=Bound)

    @classmethod
    def allocate(cls, network: Network, feedback: Feedback, days: int, weeks: int) -> BackwardPass:
        """Empty arrays of the right shapes, to be filled by any number of passes with this feedback."""
        cell, sizes, feedback = network.cell, network.parameters.sizes, network.feedback(feedback)
        schedule, shares_by_name = backward_schedule(cell, feedback), shares_of(cell, feedback)
        made_by = {operation.out: operation for operation in schedule.operations}
        rows = {**cell.sizes, PROBABILITIES: cell.sizes[LOGITS]}
        handed: dict[str, Array] = {}
        sent: dict[str, Array] = {}  # what tomorrow sends back to today's quantity: a day on, and nothing on the last
        if schedule.looped:
            for name, source in schedule.hands_on:
                whole = np.zeros((days + 1, sizes[rows[name]], weeks))
                handed[name], sent[source] = whole[:-1], whole[1:]
        gradients: dict[str, Array] = {}
        shares: dict[Share, Array] = {}

        def empty(name: str) -> Array:
            return np.zeros((days, sizes[rows[name]], weeks))

        def gradient(name: str) -> Array:
            if name in gradients:
                return gradients[name]
            of_name = shares_by_name[name]
            for share in of_name:
                if share.source == TOMORROW:
                    shares[share] = sent[name]
                elif share.source != LOSS and made_by[share.source].passes_on(name):
                    shares[share] = gradient(share.source)
                else:
                    shares[share] = handed[name] if len(of_name) == 1 and name in handed else empty(name)
            alone = shares[of_name[0]] if len(of_name) == 1 else None
            if alone is not None and name not in handed:
                gradients[name] = alone
            else:
                gradients[name] = handed.get(name, alone if alone is not None else empty(name))
            return gradients[name]

        for name in shares_by_name:
            gradient(name)
        matrices = {name: np.empty((days, sizes[r], sizes[c])) for name, (r, c) in cell.matrices.items()}
        return cls(cell, feedback, shares[Share(LOGITS, LOSS)], gradients, shares, matrices)

    def total(self, matrix: str) -> Array:
        """The gradient of a matrix: the sum of its days."""
        total: Array = np.add.reduce(self.matrices[matrix], axis=0)
        return total


def run_backward(
    network: Network,
    forward: ForwardPass,
    batch: Batch,
    feedback: Feedback,
    into: BackwardPass | None = None,
    *,
    only_day: int | None = None,
    last_only: bool = False,
) -> BackwardPass:
    """Send the error of a forward pass back through the days.

    With hard feedback the choice of a dish has no derivative, so nothing goes back to the day before: each day
    learns from its own error alone. With teacher forcing nothing goes back because nothing was fed forward.

    Args:
        network: The network that made the pass.
        forward: The forward pass.
        batch: The weeks it was made of, with targets.
        feedback: The feedback it was made with.
        into: The arrays of an earlier backward pass of the same shapes and feedback, to be filled again.
        only_day: Count the error of this day alone, so that one can see how far it reaches; None: of all days.
        last_only: Whether the loss is that of the last day alone.

    Raises:
        TrainingError: A non-linearity has no useful derivative.
    """
    assert batch.target is not None
    days, _weathers, columns = batch.weather.shape
    back = BackwardPass.allocate(network, feedback, days, columns) if into is None else into
    weeks = columns // forward.products.networks
    np.subtract(forward.probabilities, batch.target, back.error)
    np.multiply(back.error, 1.0 / weeks if last_only else 1.0 / (days * weeks), back.error)
    if last_only:
        back.error[:-1] = 0.0
    if only_day is not None:
        back.error[np.arange(days) != only_day] = 0.0
    if into is None or days > MAX_BOUND_DAYS:
        for call in _calls(network, forward, back, planned=False):
            call()
    else:
        bound = back.bound
        if bound.network is not network or bound.forward is not forward:
            bound.network, bound.forward = network, forward
            bound.calls = tuple(_calls(network, forward, back, planned=True))
        for call in bound.calls:
            call()
    return back


def _calls(network: Network, forward: ForwardPass, back: BackwardPass, *, planned: bool) -> Iterator[Call]:
    """The calls of a backward pass, in their order; planned: what they ask numpy to do, in its fastest form."""
    for operation in network.cell.operations:
        if isinstance(operation, Apply) and operation.applied(network.activation).backward is None:
            raise TrainingError(
                _(
                    "The non-linearity {activation} has no useful derivative (it is flat almost everywhere), "
                    "so no error can go back through it; {others} can be trained."
                ).format(activation=network.activation.name, others=listed(TRAINABLE, "or"))
            )
    schedule = backward_schedule(network.cell, back.feedback)
    over = Operands(forward.quantities, network.parameters.matrices, network.activation, forward.products)
    whole = _Day(
        shares_of(network.cell, back.feedback),
        over,
        back.gradients,
        back.shares,
        {},
        {} if planned else None,
    )
    for operation in reversed(schedule.after):
        yield from whole.through(operation)
    if schedule.looped:
        last = len(back.error) - 1
        end = whole.of(last, last=True)
        if planned:
            for operation in schedule.during:
                days = slice(last) if end.silent_about(operation) else slice(None)
                yield from whole.of(days, last=False).ahead(operation)
        for day in range(last, -1, -1):
            today = whole.of(day, last=False) if day < last else end
            for operation in reversed(schedule.during):
                yield from today.through(operation)
            for name, _source in schedule.hands_on:
                yield from today.added(name)
    for operation in reversed(schedule.before):
        yield from whole.through(operation)
    for weighted in network.cell.weighted:
        yield weighted.gradient(over, back.gradients[weighted.out], back.matrices[weighted.matrix])


@dataclass(frozen=True, eq=False)
class _Day:
    """The arrays of one day, or of all days at once.

    Attributes:
        of_each: The shares of each quantity.
        over: What the operations ran over in the forward pass.
        gradients: As in `BackwardPass`.
        shares: As in `BackwardPass`.
        done: How many calls of a backward rule were made ahead, by what the operation makes and the input's place.
        scratch: Where the numpy calls of a rule are made instead of the rule itself, the arrays they need for that.
        silent: The sources that send nothing: on the last day there is no tomorrow.
    """

    of_each: Mapping[str, tuple[Share, ...]]
    over: Operands
    gradients: Mapping[str, Array]
    shares: Mapping[Share, Array]
    done: dict[tuple[str, int], int]
    scratch: Scratch | None
    silent: frozenset[str] = frozenset()

    def of(self, day: int | slice, *, last: bool) -> _Day:
        """The arrays of one day, or of several at once."""
        silent = {TOMORROW} if last else set()
        for name, of_name in self.of_each.items():
            if silent and silent.issuperset(share.source for share in of_name):
                silent.add(name)
        quantities = {name: array[day] for name, array in self.over.quantities.items()}
        gradients = {name: array[day] for name, array in self.gradients.items()}
        shares = {share: array[day] for share, array in self.shares.items()}
        over = replace(self.over, quantities=quantities)
        return _Day(self.of_each, over, gradients, shares, self.done, self.scratch, frozenset(silent))

    def silent_about(self, operation: Operation) -> bool:
        """Whether nothing comes back to the output of an operation."""
        return operation.out in self.silent or operation.out not in self.of_each

    def _sent(self, operation: Operation) -> Iterator[tuple[int, Array]]:
        """What an operation has to compute: the places of inputs, and where their shares go."""
        for which, name in enumerate(operation.inputs):
            into = self.shares.get(Share(name, operation.out))
            if into is not None and not operation.passes_on(name):
                yield which, into

    def ahead(self, operation: Operation) -> Iterator[Call]:
        """What an operation's rule does before it looks at the gradient, such as φ′: for all days at once."""
        if self.scratch is not None and not self.silent_about(operation):
            gradient = self.gradients[operation.out]
            for which, into in self._sent(operation):
                notes = backward_notes(operation, which, self.over, gradient, into, scratch=self.scratch)
                count = self.done[operation.out, which] = ahead_of(notes, gradient, into)
                yield from (note.call for note in notes[:count])

    def through(self, operation: Operation) -> Iterator[Call]:
        """Add up the gradient of an operation's output, and send it back to its inputs."""
        if self.silent_about(operation):
            return
        yield from self.added(operation.out)
        gradient = self.gradients[operation.out]
        for which, into in self._sent(operation):
            if self.scratch is not None:
                notes = backward_notes(operation, which, self.over, gradient, into, scratch=self.scratch)
                yield from (note.call for note in notes[self.done.get((operation.out, which), 0) :])
            else:
                yield operation.backward(which, self.over, gradient, into)

    def added(self, name: str) -> Iterator[Call]:
        """Add up the shares of a quantity; nothing where there is one, which is the gradient already."""
        parts = [self.shares[share] for share in self.of_each[name] if share.source not in self.silent]
        total = self.gradients[name]
        if len(parts) > 1:
            yield partial(np.add, parts[0], parts[1], total)
            for part in parts[2:]:
                yield partial(np.add, total, part, total)
        elif not np.shares_memory(parts[0], total):
            yield partial(np.copyto, total, parts[0])
