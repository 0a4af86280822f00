"""Noted calls as source text: loops over rows and weeks of one flat array, in which every quantity has its place.

The weeks of a batch are gone through a few at a time (`columns`), so that all numbers of a day stay in the fastest
memory, and the innermost loops have a length that the compiler knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from model.engine.recording import WEEKS, Note, NotUnderstood, Symbol

LANES = 8
"""Partial sums over weeks that are kept apart, as many as a processor adds at once."""

TERMS = 16
"""Terms of a product that are written as one sum; longer ones are added up in several."""

SPELLED = {
    np.add: "{} + {}",
    np.subtract: "{} - {}",
    np.multiply: "{} * {}",
    np.divide: "{} / {}",
    np.power: "{} ** {}",
    np.negative: "-{}",
    np.positive: "{}",
    np.exp: "exponential({})",
    np.tanh: "hyperbolic_tangent({})",
    np.sqrt: "np.sqrt({})",
    np.maximum: "maximum({}, {})",
    np.greater: "above({}, {})",
}
"""How a function of numpy is written for one entry."""


@dataclass(frozen=True)
class Places:
    """Where everything is.

    Attributes:
        columns: The weeks that are gone through at once.
        rows: In the numbers of a day, the first row of each quantity.
        weights: In the vector of all weights, the first of each matrix.
    """

    columns: int
    rows: Mapping[str, int]
    weights: Mapping[str, int]

    @classmethod
    def of(cls, columns: int, sizes: Iterable[tuple[str, int]], weights: Mapping[str, int]) -> Places:
        """A place for every quantity, one after the other.

        Args:
            columns: As above.
            sizes: Quantities and how many rows each has; some may be named more than once.
            weights: As above.
        """
        rows, free = {}, 0
        for name, size in dict(sizes).items():
            rows[name], free = free, free + size
        rows[""] = free
        return cls(columns, rows, weights)

    @property
    def day(self) -> int:
        """How many numbers a day has."""
        return self.rows[""] * self.columns

    def at(self, symbol: Symbol, row: int | str = 0) -> str:
        """Where the entry of a quantity in some row and in week b is, counted from the first of today."""
        first = self.rows[symbol.name] * self.columns + symbol.days_on * self.day
        if isinstance(row, int):
            return f"today[{first + row * self.columns} + b]"
        return f"today[{first} + {row} * {self.columns} + b]"

    def entry(self, given: Symbol | float) -> str:
        """What an operand is in row i of week b."""
        if not isinstance(given, Symbol):
            return repr(float(given))
        if not given.shape:
            return given.name
        if len(given.shape) == 1:
            return f"{given.name}[i]"
        if given.shape[1] != WEEKS:
            return f"weights[{self.weights[given.name]} + i]"
        return self.at(given, 0 if given.shape[0] == 1 else "i")


def statements(calls: Iterable[Note], places: Places) -> Iterator[str]:
    """The lines that do what calls do."""
    waiting: list[Note] = []
    for call in calls:
        alike = not call.over and call.ufunc is not np.matmul
        if waiting and not (alike and call.out.shape == waiting[0].out.shape):
            yield from _entry_by_entry(waiting, places)
            waiting = []
        if alike:
            waiting.append(call)
        elif call.ufunc is np.matmul:
            yield from (_gradient if _two(call)[1].transposed else _product)(call, places)
        else:
            yield from {"rows": _over_rows, "weeks": _over_weeks, "largest": _largest}[call.over](call, places)
    if waiting:
        yield from _entry_by_entry(waiting, places)


def _spelled(call: Note, operands: Iterable[str]) -> str:
    if call.ufunc not in SPELLED:
        raise NotUnderstood(call.ufunc)
    return SPELLED[call.ufunc].format(*operands)


def _entry_by_entry(calls: list[Note], places: Places) -> Iterator[str]:
    """Calls one after the other that make results of one shape, in the same loops."""
    shape = calls[0].out.shape
    indent = "    " * len(shape)
    if len(shape) == 2:
        yield f"for i in range({shape[0]}):"
        yield "    for b in range(columns):"
    elif shape:
        yield f"for i in range({shape[0]}):"
    names: dict[str, str] = {}  # what was made already in these loops: read there, not from memory
    for call in calls:
        operands = [names.get(_key(given), places.entry(given)) for given in call.inputs]
        name = call.out.name if not shape else names.setdefault(_key(call.out), f"v{len(names)}")
        yield f"{indent}{name} = {_spelled(call, operands)}"
    if shape:
        written = {_key(call.out): places.entry(call.out) for call in calls}
        for key, entry in written.items():
            yield f"{indent}{entry} = {names[key]}"


def _key(given: Symbol | float) -> str:
    return f"{given.name} {given.days_on}" if isinstance(given, Symbol) else ""


def _product(call: Note, places: Places) -> Iterator[str]:
    """W · x, or Wᵀ · x."""
    matrix, x = _two(call)
    rows, inner = matrix.shape
    down, along = (1, rows) if matrix.transposed else (inner, 1)
    first, out = places.weights[matrix.name], places.at(call.out, "i")
    for begin in range(0, inner, TERMS):
        terms = [
            f"weights[{first + j * along} + i * {down}] * {places.at(x, j)}"
            for j in range(begin, min(begin + TERMS, inner))
        ]
        yield f"for i in range({rows}):"
        yield "    for b in range(columns):"
        yield f"        {out} = " + " + ".join([*([out] if begin else []), *terms])


def _gradient(call: Note, places: Places) -> Iterator[str]:
    """The product g · xᵀ summed over the weeks, added to what other days and weeks have made of it."""
    g, x = _two(call)
    place = f"{places.weights[call.out.name]} + i * {x.shape[1]} + j"
    yield f"for i in range({g.shape[0]}):"
    yield f"    for j in range({x.shape[1]}):"
    yield "        total = 0.0"
    yield "        for b in range(columns):"
    yield f"            total += {places.at(g, 'i')} * {places.at(x, 'j')}"
    yield f"        gradient[{place}] += total"


def _over_weeks(call: Note, places: Places) -> Iterator[str]:
    """The sum over the weeks, added to what other days and weeks have made of it."""
    if call.ufunc is not np.add:
        raise NotUnderstood(call.ufunc)
    x = _one(call)
    yield f"for i in range({x.shape[0]}):"
    yield "    total = 0.0"
    yield "    for b in range(columns):"
    yield f"        total += {places.at(x, 'i')}"
    yield f"    gradient[{places.weights[call.out.name]} + i] += total"


def _over_rows(call: Note, places: Places) -> Iterator[str]:
    """All rows of each week as one."""
    x, out = _one(call), places.at(call.out)
    for begin in range(0, x.shape[0], TERMS):
        rows = range(begin, min(begin + TERMS, x.shape[0]))
        entries = [*([out] if begin else []), *(places.at(x, row) for row in rows)]
        yield "for b in range(columns):"
        yield f"    {out} = {reduce(lambda made, entry: f'({_spelled(call, (made, entry))})', entries)}"


def _largest(call: Note, places: Places) -> Iterator[str]:
    """1 where the entry of the week is the largest, the first of equals; 0 elsewhere."""
    x = _one(call)
    yield "for b in range(columns):"
    yield "    largest = 0"
    yield f"    for i in range(1, {x.shape[0]}):"
    yield f"        if {places.at(x, 'i')} > {places.at(x, 'largest')}:"
    yield "            largest = i"
    yield f"    for i in range({x.shape[0]}):"
    yield f"        {places.at(call.out, 'i')} = 1.0 if i == largest else 0.0"


def _one(call: Note) -> Symbol:
    """The quantity that a call is about."""
    (x,) = call.inputs
    assert isinstance(x, Symbol)
    return x


def _two(call: Note) -> tuple[Symbol, Symbol]:
    """The two quantities that a call is about."""
    x, y = call.inputs
    assert isinstance(x, Symbol)
    assert isinstance(y, Symbol)
    return x, y
