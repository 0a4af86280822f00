"""The forward pass: the only one. The screen, the exporters and training all read the arrays it fills."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from model.arrays import Array, Indices
from model.network.batch import Batch
from model.network.cell import CHOSEN, DISH, LOGITS, PROBABILITIES, WEATHER, Cell, Size
from model.network.chosen_dishes import every_case, only_dishes_count, with_dishes
from model.network.network import Network
from model.network.operations import Operands, Operation
from model.network.parameters import Parameters
from model.network.plan import Planned, forward_calls
from model.network.products import ONE_NETWORK, Call, Products
from model.network.schedule import Feedback, forward_schedule
from model.roommate.roommate import Roommate

MAX_BOUND_DAYS = 1000
"""In longer weeks the calls of a pass are made one by one: to keep them all would cost more than it saves."""


@dataclass(eq=False)
class Bound:
    """The calls of a pass, kept for the next one over the same arrays, weights and feedback.

    Attributes:
        network: The network that they are for.
        feedback: The feedback that they are for.
        forward: The forward pass that a backward pass goes back through.
        calls: See `model.network.plan`.
        target: The targets that its answers were last compared with.
        of_target: How they are compared, planned.
    """

    network: Network | None = None
    feedback: Feedback | None = None
    forward: ForwardPass | None = None
    calls: tuple[Call, ...] = ()
    target: Array | None = None
    of_target: Planned | None = None


@dataclass(frozen=True, eq=False)
class ForwardPass:
    """Every number of a forward pass over T days of B weeks at once.

    Attributes:
        cell: The architecture: it says what the quantities are.
        quantities: By symbol, (T, size, B): the cell's own, the weather ``w``, the logits ``y``, the probabilities
            ``p``, and what each day starts from.
        handed_on: (T + 1, size, B) for each quantity that comes from yesterday: row t + 1 is what day t handed on.
        dish: (T, B): the index of the largest logit.
        bound: See `Bound`.
        products: How it multiplies: as one network, or as many whose weeks are its columns.
    """

    cell: Cell
    quantities: Mapping[str, Array]
    handed_on: Mapping[str, Array]
    dish: Indices
    bound: Bound = field(default_factory=Bound)
    products: Products = ONE_NETWORK

    @classmethod
    def allocate(cls, parameters: Parameters, shape: tuple[int, int, int]) -> ForwardPass:
        """Empty arrays of the right shapes, to be filled by any number of passes.

        Args:
            parameters: The weights: they say how large everything is.
            shape: (T, k, B): that of the weather.
        """
        days, weathers, weeks = shape
        cell, sizes = parameters.cell, {**parameters.sizes, Size.WEATHERS: weathers}
        handed_on = {name: np.zeros((days + 1, sizes[cell.sizes[name]], weeks)) for name in cell.hands_on}
        of_day = {
            name: np.empty((days, sizes[size], weeks)) for name, size in cell.sizes.items() if name not in handed_on
        }
        of_day[PROBABILITIES] = np.empty_like(of_day[LOGITS])
        for name, source in cell.hands_on.items():
            if source == DISH:  # a dish that is chosen goes straight to the next day
                of_day[CHOSEN] = handed_on[name][1:]
        of_day |= {name: array[:-1] for name, array in handed_on.items()}
        return cls(cell, of_day, handed_on, np.empty((days, weeks), dtype=np.intp))

    def __getitem__(self, symbol: str) -> Array:
        """The quantity of a symbol: (T, size, B)."""
        return self.quantities[symbol]

    @property
    def finite(self) -> bool:
        """Whether no product or sum was too large for a number."""
        return all(bool(np.isfinite(array).all()) for array in self.quantities.values())

    @property
    def logits(self) -> Array:
        """(T, n, B): y, what the network answers."""
        return self.quantities[LOGITS]

    @property
    def probabilities(self) -> Array:
        """(T, n, B): p = softmax(y)."""
        return self.quantities[PROBABILITIES]

    @property
    def hidden(self) -> Array:
        """(T, h, B): the hidden units that Merge reads; the logits in a network that has none."""
        return self.quantities[self.cell.hidden or LOGITS]


def fill_forward(
    network: Network,
    batch: Batch,
    feedback: Feedback = Feedback.HARD,
    into: ForwardPass | None = None,
    *,
    choose: bool = True,
    begun: bool = False,
) -> ForwardPass:
    """As `run_forward`, where numpy's warnings are off already: to switch them takes as long as a dozen calls.

    Args:
        network: The weights and the non-linearity.
        batch: The weather, the start, and for teacher forcing the targets.
        feedback: What becomes tomorrow's "yesterday", where that is a dish.
        into: The arrays of an earlier pass of the same shapes, to be filled again.
        begun: Whether ``into`` has already what is handed on to the first day, as where an earlier pass goes on.
        choose: Whether ``dish`` is wanted where the pass itself can do without: it takes a tenth of the time.

    Returns:
        All intermediate values.
    """
    cell, feedback = network.cell, network.feedback(feedback)
    days, weathers, weeks = batch.weather.shape
    if feedback is Feedback.HARD and into is None and weeks == 1 and only_dishes_count(cell):
        whole = _run_at_once(network, batch)
        if whole is not None:
            return whole
    forward = ForwardPass.allocate(network.parameters, (days, weathers, weeks)) if into is None else into
    forward.quantities[WEATHER][:] = batch.weather
    for name, array in forward.handed_on.items():
        if not begun:
            array[0] = batch.start
        if feedback is Feedback.TEACHER and cell.hands_on[name] == DISH:
            assert batch.target is not None
            array[1:] = batch.target
    if into is None or days > MAX_BOUND_DAYS:
        for call in _calls(network, feedback, forward, _as_it_is):
            call()
    else:
        bound = forward.bound
        if bound.network is not network or bound.feedback is not feedback:
            bound.network, bound.feedback = network, feedback
            bound.calls = tuple(_calls(network, feedback, forward, partial(forward_calls, scratch={})))
        for call in bound.calls:
            call()
    if choose and (feedback is not Feedback.HARD or not cell.feeds_dish_back):
        forward.logits.argmax(axis=1, out=forward.dish)
    return forward


run_forward = np.errstate(all="ignore")(fill_forward)
"""Cook B weeks of T days at once.

Weights may be so large that their products are not finite; that is shown as it is.
"""


def _run_at_once(network: Network, batch: Batch) -> ForwardPass | None:
    """The pass over a long week of a network that only a dish goes back into; None: day by day."""
    dishes, (days, weathers, _weeks) = network.parameters.sizes[Size.DISHES], batch.weather.shape
    if days < 4 * dishes * weathers:  # as many days more would cost time and memory
        return None
    cases = run_forward(network, every_case(dishes, weathers), Feedback.TEACHER).dish[:, 0]
    known = with_dishes(batch, cases, dishes)
    assert known.target is not None
    forward = run_forward(network, known, Feedback.TEACHER)
    # A tie may go otherwise where the same numbers are added in another order.
    same = np.array_equal(forward.dish[:, 0], known.target[:, :, 0].argmax(axis=1))
    return forward if same else None


def _as_it_is(operation: Operation, over: Operands) -> tuple[Call, ...]:
    return (operation.forward(over),)


def _calls(
    network: Network,
    feedback: Feedback,
    forward: ForwardPass,
    calls_of: Callable[[Operation, Operands], Iterable[Call]],
) -> Iterator[Call]:
    """The calls of a pass, in their order.

    Args:
        network: Whose pass.
        feedback: What is handed on.
        forward: The arrays.
        calls_of: Gives the calls of one operation: its rule as it is, or planned.
    """
    schedule = forward_schedule(network.cell, feedback)
    quantities: dict[str, Array] = {**forward.quantities, DISH: forward.dish}  # type: ignore[dict-item]
    whole = Operands(quantities, network.parameters.matrices, network.activation, forward.products)
    for operation in schedule.before:
        yield from calls_of(operation, whole)
    copied = [
        (name, source)
        for name, source in schedule.hands_on
        if not np.may_share_memory(quantities[source], forward.handed_on[name])
    ]
    if schedule.looped:
        names = {name for operation in schedule.during for name in (operation.out, *operation.inputs)} | {DISH}
        handed: dict[str, Array] = {}  # it is read where it was made, and all days are copied together
        for arrays in zip(*(quantities[name] for name in names), strict=True):
            today = {**dict(zip(names, arrays, strict=True)), **handed}
            for operation in schedule.during:
                yield from calls_of(operation, replace(whole, quantities=today))
            handed = {name: today[source] for name, source in copied}
    for name, source in copied:
        yield partial(np.copyto, forward.handed_on[name][1:], quantities[source])
    for operation in schedule.after:
        yield from calls_of(operation, whole)


def cook(network: Network, roommate: Roommate, week: tuple[int, ...], start: int) -> ForwardPass:
    """The forward pass over one week, each day from what the network itself has made of the one before: B = 1.

    Args:
        network: The weights.
        roommate: Whose dishes and weathers they are for.
        week: The weather of each day, as indices.
        start: The state before the first day, as an index; without a memory, the dish of that day.
    """
    weather, first = np.array(week, dtype=np.intp)[:, None], np.array([start], dtype=np.intp)
    return run_forward(network, Batch.of(roommate, weather, first, units=network.units, zero=network.zero_start))
