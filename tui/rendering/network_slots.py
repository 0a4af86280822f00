"""The network of a day as values: every matrix and vector in its place, and what a step makes of it.

A place is found from the cell's operations alone, so that it is the same at every step; a step only decides what is
known, what is highlighted, and on the way back whose gradient stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.arrays import Array, Indices
from model.language import _
from model.network.cell import LOGITS, PROBABILITIES, Cell, Size
from model.network.operations import Add, AddBias, Apply, Operation, Product, Weighted, title
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE
from model.steps.axes import Axis
from model.steps.backward import gradient_operands
from model.steps.forward import Quantities
from model.steps.step import Operand, Step

MOVED = 0.1
"""A weight that has moved farther than this in the last updates has a mark."""


@dataclass(frozen=True, eq=False)
class Slot:
    """A matrix or a vector in its place.

    Attributes:
        name: What stands above it: a matrix's name, a vector's symbol.
        key: The matrix's name or the quantity's symbol, the same whatever is shown in its place.
        value: (units, columns), a vector being one column; of a matrix that reads the units, its transpose.
        role: Its colour.
        columns: The meaning of a matrix's columns; None for a vector.
        above: What a matrix is multiplied with, where that stands above its columns.
        known: Whether it has been computed at this step.
        highlighted: Whether the step reads or makes it.
        gradient: Whether its gradient is shown, not itself.
        turned: Whether it is a matrix on its side.
        sign: What stands before it: how it is made from what is left of it.
        largest: The largest size of its numbers in the whole week, so that its format stays.
        whole: Whether all its numbers are whole, in the whole week.
        letters: What is written in place of the numbers, of the same shape; None: the numbers.
        moved: Of the weights of a matrix that learns: 1 for those that have grown, -1 for those that have shrunk, 0
            for those that have hardly moved; None where nobody knows.
    """

    name: str
    key: str
    value: Array
    role: str
    columns: Axis | None = None
    above: Operand | None = None
    known: bool = True
    highlighted: bool = False
    gradient: bool = False
    turned: bool = False
    sign: str = ""
    largest: float = 1.0
    whole: bool = False
    letters: NDArray[np.str_] | None = None
    moved: Indices | None = None


@dataclass(frozen=True, eq=False)
class Row:
    """A vector over the dishes, as a row under the columns of the last matrix.

    Attributes:
        name: What it is.
        value: (dishes,).
        role: Its colour.
        known: Whether it has been computed at this step.
        highlighted: Whether the step reads or makes it.
        kind: "number", "gradient", "part" (a probability) or "whole" (a one-hot).
        letters: What is written in place of the numbers; None: these.
    """

    name: str
    value: Array
    role: str
    known: bool
    highlighted: bool
    kind: str
    letters: NDArray[np.str_] | None = None


@dataclass(frozen=True, eq=False)
class Places:
    """Everything that the drawing of the network shows at a step.

    Attributes:
        slots: From left to right.
        rows: From top to bottom, under the last matrix.
        units: The meaning of the rows.
        outputs: The meaning of the last matrix's columns.
        unit: The unit that is spelled out, or None.
        output: The dish that is spelled out, or None.
        column: The matrix, by its key, of which one column is spelled out, and the column.
        returns: The keys of the slots that go in again tomorrow.
        dish_returns: Whether it is the dish that goes in again.
        backward: Whether the way back is walked.
        whole: Whether all numbers are whole, at every step of the week, so that they need little room.
    """

    slots: tuple[Slot, ...]
    rows: tuple[Row, ...]
    units: Axis
    outputs: Axis
    unit: int | None
    output: int | None
    column: tuple[str, int] | None
    returns: tuple[str, ...]
    dish_returns: bool
    backward: bool
    whole: bool


def can_place(cell: Cell) -> bool:
    """Whether a network has hidden units, whose rows hold the drawing together."""
    return bool(cell.hidden)


def parts_of(cell: Cell, *, small: bool = False) -> tuple[tuple[Operation, ...], ...]:
    """The operations that are drawn together: all of them, or in a gated cell one gate after another.

    Args:
        cell: Any.
        small: Whether the parts of a gated cell are as small as can be, where there is little room.
    """
    if not cell.gated:
        return (cell.operations,)
    parts: list[list[Operation]] = [[]]
    for operation in cell.operations:
        if parts[-1] and isinstance(parts[-1][-1], Apply) and (small or isinstance(operation, Product)):
            parts.append([])
        parts[-1].append(operation)
    return tuple(tuple(part) for part in parts)


class _Walk:
    """A place of the walk, asked for what is known and highlighted there."""

    def __init__(self, simulation: Simulation, *, small: bool = False) -> None:
        situation = simulation.situation
        self.simulation, self.step = simulation, simulation.current_step
        self.parts, self.small = parts_of(situation.cell, small=small), small
        self.cell, self.network = situation.cell, situation.network
        self.day = max(simulation.day, 0)
        lettered = situation.lettered
        self.of_day = Quantities(situation.roommate, situation.network, simulation.run, self.day, lettered=lettered)
        self.updating = simulation.day == UPDATE

    @cached_property
    def seen(self) -> Sequence[Step]:
        """The steps that have been taken."""
        simulation = self.simulation
        return simulation.steps if self._all_seen else simulation.steps[: simulation.step + 1]

    @property
    def _all_seen(self) -> bool:
        return self.simulation.revealed and not self.simulation.backward

    @cached_property
    def results(self) -> dict[str, Step]:
        """The last step taken that made each symbol."""
        return {step.result.symbol: step for step in self.seen}

    @cached_property
    def touched(self) -> frozenset[str]:
        """The symbols and names that the step reads and makes."""
        operands = (*self.step.operands, self.step.result)
        return frozenset(word.removesuffix("ᵀ") for o in operands for word in (o.symbol, o.name))

    @cached_property
    def gradients(self) -> dict[str, Operand]:
        """On the way back the gradient of each quantity; what is passed on as it is keeps its symbol."""
        if not self.simulation.backward:
            return {}
        return gradient_operands(self.simulation.situation.roommate, self.simulation.situation.week_update, self.day)

    def part(self) -> tuple[Operation, ...]:
        """The operations of the part that the step belongs to; between parts, the one before."""
        parts = self.parts
        for step in reversed(self.seen if self.simulation.backward else self.seen[: self.simulation.step + 1]):
            for part in parts:
                for operation in part:
                    symbols = {operation.out, f"∂{operation.out}"}
                    if isinstance(operation, Weighted):
                        symbols |= {title(operation.matrix), f"∂{title(operation.matrix)}"}
                    if symbols & {step.result.symbol, step.result.symbol.removeprefix("Σ")}:
                        return part
        return parts[-1] if self.simulation.backward and not self.updating else parts[0]

    def whole_week(self, symbol: str) -> tuple[float, bool]:
        """The largest size of a quantity in the week, and whether all its numbers are whole."""
        return extent(self.simulation.run[symbol])


def extent(value: Array) -> tuple[float, bool]:
    """The largest size of the numbers of an array, and whether all are whole."""
    return float(np.abs(value).max(initial=0.0)), bool((value == np.round(value)).all())


def places(simulation: Simulation, *, small: bool = False, part: Sequence[Operation] | None = None) -> Places:
    """The network at a step of the walk.

    Args:
        simulation: A place of the walk through a network that `can_place`.
        small: As in `parts_of`.
        part: What is drawn; by default the part that the step belongs to.
    """
    walk = _Walk(simulation, small=small)
    part = walk.part() if part is None else part
    last = walk.cell.products[-1]
    slots = tuple(_slots(walk, part, last))
    units, outputs = walk.of_day.axes[Size.HIDDEN], walk.of_day.axes[Size.DISHES]
    unit, output, column = _spelled(walk, last, units)
    returns = tuple(source for source in walk.cell.hands_on.values() if source in {slot.key for slot in slots})
    rows = tuple(_rows(walk)) if last in part else ()
    dish = walk.cell.feeds_dish_back
    whole = not simulation.backward and all(slot.whole for slot in slots)
    return Places(slots, rows, units, outputs, unit, output, column, returns, dish, simulation.backward, whole)


def _slots(walk: _Walk, part: Sequence[Operation], last: Product) -> Iterator[Slot]:
    """The matrices that make units, then the vectors in the order they are made, then the matrix that reads them."""
    for operation in part:
        if isinstance(operation, Product) and operation is not last:
            yield _matrix(walk, operation, turned=False)
    made = {operation.out for operation in part}
    reading = [operation for operation in part if not (walk.small and isinstance(operation, Product))]
    before = list(dict.fromkeys(name for operation in reading for name in operation.inputs))
    sizes = walk.cell.sizes
    read = [name for name in before if name not in made and sizes[name] is Size.HIDDEN and len(walk.parts) > 1]
    shown: list[str] = []
    for name in read:
        yield _vector(walk, name, "")
        shown.append(name)
    for operation in part:
        if sizes[operation.out] is Size.HIDDEN:
            if isinstance(operation, AddBias):
                yield _bias(walk, operation, "+" if shown[-1:] == [operation.x] else "")
                shown.append(operation.matrix)
            yield _vector(walk, operation.out, _sign(walk, operation, part, shown))
            shown.append(operation.out)
    if last in part:
        yield _matrix(walk, last, turned=True)


def _sign(walk: _Walk, operation: Operation, part: Sequence[Operation], shown: Sequence[str]) -> str:
    """What stands before a vector: its operands are the last ones shown, or it is the second of the next sum."""
    if isinstance(operation, Apply) and shown and shown[-1] == operation.x:
        return operation.applied(walk.network.activation).name
    if len(operation.inputs) == 2 and tuple(shown[-2:]) == operation.inputs:
        return "="
    if isinstance(operation, AddBias):
        return "="
    following = [later for later in part if isinstance(later, Add) and later.y == operation.out]
    return "+" if following and shown and shown[-1] == following[0].x else ""


def _bias(walk: _Walk, operation: AddBias, sign: str) -> Slot:
    """A bias of hidden units as the column that is added."""
    drawn = _matrix(walk, operation, turned=False)
    name = f"∂{_('bias')}" if drawn.gradient else _("bias")
    return replace(drawn, name=name, columns=None, above=None, sign=sign)


def _matrix(walk: _Walk, product: Weighted, *, turned: bool) -> Slot:
    operand = walk.of_day.matrix(product.matrix)
    name = operand.name
    value, gradient, known = operand.value, False, True
    of_update = _of_update(walk, product.matrix) if walk.updating else walk.results.get(f"∂{name}")
    largest, whole = extent(operand.value)
    if of_update is not None:
        result = of_update.result
        value = result.value.T if result.turned else result.value
        gradient = not of_update.name.endswith(" update")
        if gradient:
            largest, whole = extent(value)[0], False
    highlighted = bool({name, f"∂{name}"} & walk.touched) or (
        walk.updating and walk.step.name.startswith(f"{product.matrix} ")
    )
    moved = None if gradient else _moved(walk, product.matrix)
    above = None if turned or isinstance(product, AddBias) else _above(walk, product.x)
    letters = operand.letters if of_update is None else None
    return Slot(
        f"∂{name}" if gradient else name,
        product.matrix,
        value.T if turned else value,
        "error" if gradient else str(operand.role),
        operand.rows if turned else operand.columns,
        above,
        known,
        highlighted,
        gradient,
        turned,
        largest=largest,
        whole=whole,
        letters=letters.T if turned and letters is not None else letters,
        moved=moved.T if turned and moved is not None else moved,
    )


def _moved(walk: _Walk, matrix: str) -> Indices | None:
    """Which weights of a matrix have moved in the last updates, and which way."""
    moment = walk.simulation.situation.snapshot
    if moment is None or moment.change is None or walk.simulation.backward:
        return None
    parameters = walk.network.parameters
    change = moment.change[parameters.span(matrix)].reshape(parameters[matrix].shape)
    return np.where(np.abs(change) > MOVED, np.sign(change), 0).astype(np.intp)


def _above(walk: _Walk, symbol: str) -> Operand:
    """What stands above a matrix: what it is multiplied with, or on the way back the gradient of that."""
    gradient = walk.gradients.get(symbol)
    if gradient is not None and not walk.updating and gradient.symbol in walk.results:
        return gradient
    return walk.of_day.quantity(symbol)


def _of_update(walk: _Walk, matrix: str) -> Step | None:
    """The last step of the update that made something of a matrix."""
    return next((step for step in reversed(walk.seen) if step.name.startswith(f"{matrix} ")), None)


def _vector(walk: _Walk, symbol: str, sign: str) -> Slot:
    operand = walk.of_day.quantity(symbol)
    gradient = walk.gradients.get(symbol)
    if gradient is not None and not walk.updating and gradient.symbol in walk.results:
        value, shown = gradient.value[:, None], gradient.symbol
        highlighted = shown in walk.touched
        return Slot(
            f"∂{symbol}", symbol, value, "error", None, None, True, highlighted, True, False, sign, extent(value)[0]
        )
    backward = walk.simulation.backward
    known = backward or symbol in walk.results or symbol in walk.cell.hands_on
    largest, whole = walk.whole_week(symbol)
    highlighted = symbol in walk.touched and not walk.updating
    return Slot(
        symbol,
        symbol,
        operand.value[:, None],
        str(operand.role),
        None,
        None,
        known,
        highlighted,
        sign=sign,
        largest=largest,
        whole=whole,
    )


def _rows(walk: _Walk) -> Iterator[Row]:
    """The logits and what becomes of them; on the way back what the error is made of."""
    of_day, touched, results = walk.of_day, walk.touched, walk.results
    if not walk.simulation.backward:
        for operation in walk.cell.weighted:
            if isinstance(operation, AddBias) and walk.cell.sizes[operation.out] is Size.DISHES:
                bias = of_day.bias(operation.matrix)
                yield Row("bias", bias.value, str(bias.role), True, bias.name in touched, "number", bias.letters)
        y = of_day.quantity(LOGITS)
        yield Row("y", y.value, str(y.role), LOGITS in results, LOGITS in touched, "number")
        if walk.simulation.situation.by_hand:  # nothing of it is a probability
            return
        p = of_day.forward[PROBABILITIES][walk.day, :, 0]
        yield Row("p", p, str(y.role), LOGITS in results, False, "part")
        return
    made: dict[str, Operand] = {}
    for step in walk.simulation.situation.back_steps(walk.day)[:4]:
        for operand in (*step.operands, step.result):
            made.setdefault(operand.symbol, operand)
    kinds = {"p": "part", "t": "whole", "e": "gradient", "r": "gradient", "∂y": "gradient"}
    for symbol, kind in kinds.items():
        if symbol in made:
            operand = made[symbol]
            known = walk.updating or symbol in results or (symbol == "t" and "e" in results)
            highlighted = symbol in touched and not walk.updating
            yield Row(symbol, operand.value, str(operand.role), known, highlighted, kind)


def _spelled(walk: _Walk, last: Product, units: Axis) -> tuple[int | None, int | None, tuple[str, int] | None]:
    """Which unit, dish and column of a matrix the entry that is spelled out belongs to."""
    result, entry = walk.step.result, walk.simulation.current_entry
    row, column = result.place(entry)
    if result.columns is None:
        if result.rows == units:
            return row, None, None
        return None, row, (last.matrix, row)
    if result.rows == units:
        matrix = next((m for m in walk.cell.matrices if title(m) == result.name.removeprefix("∂")), None)
        return row, None, None if matrix is None else (matrix, column)
    return column, row, (last.matrix, row)
