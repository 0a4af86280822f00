"""Which operations of a network are drawn together, and what a step of the walk knows and highlights of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from weakref import WeakKeyDictionary

from model.network.cell import Cell
from model.network.forward import ForwardPass
from model.network.operations import Apply, Operation, Product, Weighted, title
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE
from model.steps.backward import gradient_operands
from model.steps.forward import Quantities
from model.steps.step import Operand, Step
from tui.rendering.network_slots import extent

_EXTENTS: WeakKeyDictionary[ForwardPass, dict[str, tuple[float, bool]]] = WeakKeyDictionary()
"""What `extent` has said of the quantities of a pass: a long week is looked through once, and not with every key."""


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


class WalkedNetwork:
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
        return simulation.steps if self._all_seen else simulation.taken

    @property
    def _all_seen(self) -> bool:
        return self.simulation.shows_all and not self.simulation.backward

    @cached_property
    def results(self) -> dict[str, Step]:
        """The last step taken that made each symbol."""
        return {step.result.symbol: step for step in self.seen}

    @cached_property
    def touched(self) -> frozenset[str]:
        """The symbols and names that the step reads and makes."""
        lit = self.simulation.lit
        operands = (*self.step.operands, self.step.result) if lit is None else (lit,)
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
        run = self.simulation.run
        known = _EXTENTS.setdefault(run, {})
        if symbol not in known:
            known[symbol] = extent(run[symbol])
        return known[symbol]
