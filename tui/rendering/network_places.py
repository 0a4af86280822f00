"""The network of a day, every matrix and vector in its place, and what a step makes of it.

A place is found from the cell's operations alone, so that it is the same at every step; a step only decides what is
known, what is highlighted, and on the way back whose gradient stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from model.arrays import Indices
from model.language import _
from model.network.cell import LOGITS, PROBABILITIES, Size
from model.network.operations import Add, AddBias, Apply, Operation, Product, Weighted, title
from model.simulation.simulation import Simulation
from model.steps.axes import Axis
from model.steps.step import Operand, Step
from tui.rendering.network_parts import WalkedNetwork
from tui.rendering.network_slots import Places, Row, Slot, extent

MOVED = 0.1
"""A weight that has moved farther than this in the last updates has a mark."""


def places(
    simulation: Simulation, *, small: bool = False, parts: Sequence[Sequence[Operation]] | None = None
) -> Places:
    """The network at a step of the walk.

    Args:
        simulation: A place of the walk through a network that `can_place`.
        small: As in `parts_of`.
        parts: What is drawn, one part beside the other; by default the part that the step belongs to.
    """
    walk = WalkedNetwork(simulation, small=small)
    parts = (walk.part(),) if parts is None else parts
    last = walk.cell.products[-1]
    slots = tuple(_side_by_side(_slots(walk, part, last) for part in parts))
    units, outputs = walk.of_day.axes[Size.HIDDEN], walk.of_day.axes[Size.DISHES]
    unit, output, column = spelled_places(walk, last, units)
    returns = tuple(source for source in walk.cell.hands_on.values() if source in {slot.key for slot in slots})
    rows = tuple(output_rows(walk)) if any(last in part for part in parts) else ()
    dish = walk.cell.feeds_dish_back
    whole = not simulation.backward and all(slot.whole for slot in slots)
    whole = whole and all(row.whole for row in rows if row.kind == "number")
    return Places(slots, rows, units, outputs, unit, output, column, returns, dish, simulation.backward, whole)


def _side_by_side(parts: Iterable[Iterable[Slot]]) -> Iterator[Slot]:
    """The slots of several parts; one that an earlier part has is not drawn again, and no sign leads to it then."""
    seen: set[str] = set()
    for part in parts:
        left_out = 0
        for slot in part:
            if slot.key in seen:
                left_out = 2  # a sign is about the two slots before it
                continue
            seen.add(slot.key)
            yield replace(slot, sign="") if left_out and slot.sign in {"+", "="} else slot
            left_out = max(left_out - 1, 0)


def _slots(walk: WalkedNetwork, part: Sequence[Operation], last: Product) -> Iterator[Slot]:
    """The matrices that make units, then the vectors in the order they are made, then the matrix that reads them."""
    for operation in part:
        if isinstance(operation, Product) and operation is not last:
            yield matrix_slot(walk, operation, turned=False)
    made = {operation.out for operation in part}
    reading = [operation for operation in part if not (walk.small and isinstance(operation, Product))]
    before = list(dict.fromkeys(name for operation in reading for name in operation.inputs))
    sizes = walk.cell.sizes
    read = [name for name in before if name not in made and sizes[name] is Size.HIDDEN and len(walk.parts) > 1]
    shown: list[str] = []
    for name in read:
        yield vector_slot(walk, name, "")
        shown.append(name)
    for operation in part:
        if sizes[operation.out] is Size.HIDDEN:
            if isinstance(operation, AddBias):
                yield _bias(walk, operation, "+" if shown[-1:] == [operation.x] else "")
                shown.append(operation.matrix)
            yield vector_slot(walk, operation.out, _sign(walk, operation, part, shown))
            shown.append(operation.out)
    if last in part:
        yield matrix_slot(walk, last, turned=True)


def _sign(walk: WalkedNetwork, operation: Operation, part: Sequence[Operation], shown: Sequence[str]) -> str:
    """What stands before a vector: its operands are the last ones shown, or it is the second of the next sum."""
    if isinstance(operation, Apply) and shown and shown[-1] == operation.x:
        return operation.applied(walk.network.activation).name
    if len(operation.inputs) == 2 and tuple(shown[-2:]) == operation.inputs:
        return "="
    if isinstance(operation, AddBias):
        return "="
    following = [later for later in part if isinstance(later, Add) and later.y == operation.out]
    return "+" if following and shown and shown[-1] == following[0].x else ""


def _bias(walk: WalkedNetwork, operation: AddBias, sign: str) -> Slot:
    """A bias of hidden units as the column that is added."""
    drawn = matrix_slot(walk, operation, turned=False)
    name = f"∂{_('bias')}" if drawn.gradient else _("bias")
    return replace(drawn, name=name, columns=None, above=None, sign=sign)


def matrix_slot(walk: WalkedNetwork, product: Weighted, *, turned: bool) -> Slot:
    """A matrix in its place; on the way back its gradient as soon as that is made."""
    operand = walk.of_day.matrix(product.matrix)
    name = operand.name
    value, gradient, known = operand.value, False, True
    of_update = _of_update(walk, product.matrix) if walk.updating else walk.results.get(f"∂{name}")
    largest, whole = extent(operand.value)
    if of_update is not None:
        result = of_update.result
        value = result.value.T if result.turned else result.value
        gradient = not of_update.name.endswith(" update")
        largest, whole = (extent(value)[0], False) if gradient else (largest, whole and extent(value)[1])
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
        pointed=above is not None and walk.simulation.lit is not None and above.symbol in walk.touched,
        moved=moved.T if turned and moved is not None else moved,
    )


def _moved(walk: WalkedNetwork, matrix: str) -> Indices | None:
    """Which weights of a matrix have moved in the last updates, and which way."""
    moment = walk.simulation.situation.snapshot
    if moment is None or moment.change is None or walk.simulation.backward:
        return None
    parameters = walk.network.parameters
    change = moment.change[parameters.span(matrix)].reshape(parameters[matrix].shape)
    return np.where(np.abs(change) > MOVED, np.sign(change), 0).astype(np.intp)


def _above(walk: WalkedNetwork, symbol: str) -> Operand:
    """What stands above a matrix: what it is multiplied with, or on the way back the gradient of that."""
    gradient = walk.gradients.get(symbol)
    if gradient is not None and not walk.updating and gradient.symbol in walk.results:
        return gradient
    return walk.of_day.quantity(symbol)


def _of_update(walk: WalkedNetwork, matrix: str) -> Step | None:
    """The last step of the update that made something of a matrix."""
    return next((step for step in reversed(walk.seen) if step.name.startswith(f"{matrix} ")), None)


def vector_slot(walk: WalkedNetwork, symbol: str, sign: str = "") -> Slot:
    """A vector of hidden units in its place; on the way back its gradient as soon as that is made."""
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


def output_rows(walk: WalkedNetwork) -> Iterator[Row]:
    """The logits and what becomes of them; on the way back what the error is made of."""
    of_day, touched, results = walk.of_day, walk.touched, walk.results
    if not walk.simulation.backward:
        for operation in walk.cell.weighted:
            if isinstance(operation, AddBias) and walk.cell.sizes[operation.out] is Size.DISHES:
                bias = of_day.bias(operation.matrix)
                lit = bias.name in touched
                yield Row("bias", bias.value, str(bias.role), True, lit, "number", *extent(bias.value), bias.letters)
        y = of_day.quantity(LOGITS)
        known, lit = LOGITS in results, LOGITS in touched
        yield Row("y", y.value, str(y.role), known, lit, "number", *walk.whole_week(LOGITS))
        if walk.simulation.situation.by_hand:  # nothing of it is a probability
            return
        p = of_day.forward[PROBABILITIES][walk.day, :, 0]
        yield Row("p", p, str(y.role), known, False, "part", 1.0, whole=False)
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
            largest, whole = extent(operand.value)
            whole = whole and kind == "whole"
            yield Row(symbol, operand.value, str(operand.role), known, highlighted, kind, largest, whole)


def spelled_places(
    walk: WalkedNetwork, last: Product, units: Axis
) -> tuple[int | None, int | None, tuple[str, int] | None]:
    """Which unit, dish and column of a matrix the entry that is spelled out belongs to."""
    result, entry = walk.step.result, walk.simulation.current_entry
    if walk.simulation.lit is not None:
        if walk.simulation.lit_entry is None:
            return None, None, None
        result, entry = walk.simulation.lit, walk.simulation.lit_entry
    row, column = result.place(entry)
    if result.columns is None:
        if result.rows == units:
            return row, None, None
        return None, row, (last.matrix, row)
    if result.rows == units:
        matrix = next((m for m in walk.cell.matrices if title(m) == result.name.removeprefix("∂")), None)
        return row, None, None if matrix is None else (matrix, column)
    return column, row, (last.matrix, row)
