"""What a rule asks numpy to do, noted once, so that an update makes nothing but these calls, in their fastest form.

A rule such as `softmax` is a Python function over arrays. Called with `Noted` arrays it computes nothing: every call
to numpy hands itself over, and is kept with all that it needs. The fastest form gives the same numbers, bit by bit:
what had nowhere to be written to gets an array of its own, once; numbers are arrays without axes; and the few rows of
a sum or a maximum are added or compared one after another, as numpy does it, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from model.arrays import Array
from model.network.operations import Operands, Operation, Weighted
from model.network.products import Call

Scratch = dict[tuple[tuple[int, ...], np.dtype[Any], int], Array]

MAX_ROWS = 4
"""So many rows are added one by one; more are faster as one call."""

MAX_SUMMED = 3
"""So many rows are summed in their order by a product with ones; of more the order is BLAS's own."""

MAX_AHEAD = 4096
"""So many numbers of all days are worked out at once; those of more leave the fastest memory in between."""


class NotPlanned(Exception):  # noqa: N818 - nothing failed: the rule itself is called
    """A rule does something that is not noted here."""


@dataclass(frozen=True, eq=False)
class Note:
    """One call to numpy.

    Attributes:
        call: The call, in its fastest form.
        reads: What it reads.
        writes: What it writes.
    """

    call: Call
    reads: tuple[object, ...]
    writes: Array


class Notes(list[Note]):
    """The calls of one rule.

    Args:
        scratch: Arrays for what is only needed within a rule, so that the next rule uses them again.
    """

    def __init__(self, scratch: Scratch) -> None:
        super().__init__()
        self._scratch, self._taken = scratch, 0

    def array_like(self, result: Array) -> Array:
        """An array for a result that nobody gave one for."""
        self._taken += 1
        return self._scratch.setdefault((result.shape, result.dtype, self._taken), result)


class Noted(NDArrayOperatorsMixin):
    """An array that notes what numpy is asked to do with it."""

    def __init__(self, array: Array, notes: Notes) -> None:
        self.array, self._notes = array, notes
        self.ndim, self.shape = array.ndim, array.shape

    def __array__(self, *_dtype: object, **_copy: object) -> Array:
        raise NotPlanned

    def __getattr__(self, name: str) -> object:
        raise NotPlanned(name)

    def __getitem__(self, key: object) -> object:
        raise NotPlanned(key)

    def __setitem__(self, key: object, values: object) -> None:
        if key != slice(None):
            raise NotPlanned(key)
        self._note(partial(np.copyto, self.array, _plain(values)), (_plain(values),), self.array)

    def transpose(self, *axes: int) -> Noted:
        """The same with its axes in another order."""
        return Noted(self.array.transpose(*axes), self._notes)

    def _note(self, call: Call, reads: tuple[object, ...], writes: Array) -> None:
        self._notes.append(Note(call, reads, writes))

    def __array_function__(
        self, function: object, _types: object, given: tuple[object, ...], named: dict[str, object]
    ) -> None:
        if function is not np.copyto or named:
            raise NotPlanned(function)
        into, values = map(_plain, given)
        self._note(partial(np.copyto, into, values), (values,), into)

    def __array_ufunc__(
        self, ufunc: np.ufunc, method: str, *inputs: object, out: tuple[object, ...] = (), **named: Any
    ) -> Noted:
        if method not in {"__call__", "reduce"} or (method == "__call__" and named):
            raise NotPlanned(ufunc, method)
        reads = tuple(map(_plain, inputs))
        into = _plain(out[0]) if out and out[0] is not None else None
        if into is None and ufunc is np.add and _summed_by_product(reads[0], **named):
            x = reads[0]
            into = self._notes.array_like(np.zeros_like(x))
            self._note(partial(np.ones((len(x), len(x))).dot, x, into), reads, into)
            return Noted(into, self._notes)
        if into is None:
            with np.errstate(all="ignore"):
                into = self._notes.array_like(np.asarray(getattr(ufunc, method)(*reads, **named)))
        calls = _elementwise(ufunc, reads, into) if method == "__call__" else _reduced(ufunc, reads[0], into, **named)
        for call in calls:
            self._note(call, reads, into)
        return Noted(into, self._notes)


def _summed_by_product(x: Array, axis: int = 0, keepdims: bool = False, **other: Any) -> bool:
    """Whether the sum of rows is a product with ones.

    It has the sum in every row, so that what follows has rows of its own to work with: to broadcast takes longer.
    """
    of_rows = x.ndim == 2 and axis in {0, -2} and keepdims and not any(other.values())
    return of_rows and len(x) <= MAX_SUMMED


def _plain(given: Any) -> Any:
    return given.array if isinstance(given, Noted) else given


def _elementwise(ufunc: np.ufunc, inputs: tuple[Any, ...], out: Array) -> Iterator[Call]:
    inputs = tuple(np.array(given) if isinstance(given, float) else given for given in inputs)
    if ufunc in {np.maximum, np.minimum}:  # theirs must be named
        yield partial(ufunc, *inputs, out=out)
    else:
        yield partial(ufunc, *inputs, out)


def _reduced(
    ufunc: np.ufunc, x: Array, out: Array, axis: int = 0, keepdims: bool = False, **other: Any
) -> Iterator[Call]:
    if any(value is not None for value in other.values()):
        raise NotPlanned(other)
    rows = x.shape[axis]
    if axis % x.ndim != x.ndim - 2 or not 2 <= rows <= MAX_ROWS:
        yield partial(ufunc.reduce, x, axis=axis, out=out, keepdims=keepdims)
        return
    total = out[..., 0, :] if keepdims else out
    yield from _elementwise(ufunc, (x[..., 0, :], x[..., 1, :]), total)
    for row in range(2, rows):
        yield from _elementwise(ufunc, (total, x[..., row, :]), total)


class Planned:
    """A function over arrays as the numpy calls that it makes, for these very arrays.

    Args:
        rule: The function.
        given: Its arrays.

    Attributes:
        results: What it returns: the same arrays each time.
    """

    def __init__(self, rule: Callable[..., tuple[Array, ...]], *given: Array) -> None:
        notes = Notes({})
        self.results = tuple(map(_plain, rule(*(Noted(array, notes) for array in given))))
        self._calls = tuple(note.call for note in notes)

    def __call__(self) -> tuple[Array, ...]:
        """Fill the results, and return them."""
        for call in self._calls:
            call()
        return self.results


def forward_calls(operation: Operation, over: Operands, scratch: Scratch) -> list[Call]:
    """The numpy calls of an operation's forward rule."""
    if isinstance(operation, Weighted):  # it is one call already
        return [operation.forward(over)]
    notes = Notes(scratch)
    quantities = _NotedArrays(over.quantities, notes)
    try:
        operation.forward(replace(over, quantities=quantities))()
    except NotPlanned:
        return [operation.forward(over)]
    return [note.call for note in notes]


def backward_notes(
    operation: Operation, which: int, over: Operands, gradient: Array, into: Array, *, scratch: Scratch
) -> list[Note]:
    """The numpy calls of an operation's backward rule, with what each reads and writes; see `Operation.backward`."""
    if isinstance(operation, Weighted):
        return [Note(operation.backward(which, over, gradient, into), (gradient,), into)]
    notes = Notes(scratch)
    quantities = _NotedArrays(over.quantities, notes)
    try:
        bound = replace(over, quantities=quantities)
        operation.backward(which, bound, Noted(gradient, notes), Noted(into, notes))()  # type: ignore[arg-type]
    except NotPlanned:
        return [Note(operation.backward(which, over, gradient, into), (gradient,), into)]
    return notes


def ahead_of(notes: list[Note], gradient: Array, into: Array) -> int:
    """How many calls of a backward rule, from the first on, need no gradient: all days can have them at once.

    It is none where they would not be at hand any more when they are needed: where all days share the room of one, or
    are too many.

    Args:
        notes: The calls of all days.
        gradient: What comes back, for all days.
        into: What it is made into, for all days.
    """
    if into.strides[0] == 0 or into.size > MAX_AHEAD:
        return 0
    reads = [index for index, note in enumerate(notes) if note.writes is not into or _reads(note, gradient)]
    return min(reads, default=len(notes))


def _reads(note: Note, array: Array) -> bool:
    return any(read is array for read in note.reads)


class _NotedArrays(dict[str, Array]):
    """Arrays by symbol that note what is done with them, made when they are asked for."""

    def __init__(self, arrays: Mapping[str, Array], notes: Notes) -> None:
        super().__init__()
        self._arrays, self._notes = arrays, notes

    def __missing__(self, symbol: str) -> Noted:
        return Noted(self._arrays[symbol], self._notes)
