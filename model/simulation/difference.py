"""The difference between two values: enough to compute one from the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np

from model.arrays import Array, Indices
from model.network.network import Network
from model.network.parameters import Parameters
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.curve import CurveView
from model.training.evaluation import Evaluation
from model.training.optimizers import OptimizerState
from model.training.provenance import Provenance
from model.training.snapshot import TrainingSnapshot

OPENED = (
    Simulation,
    Situation,
    Network,
    Parameters,
    TrainingSnapshot,
    Provenance,
    OptimizerState,
    CurveView,
    Evaluation,
)
"""Values of which only the fields that differ are kept. A field that is added to one of them is among them."""

OVERHEAD = 100
"""Bytes that Python takes for a small object, and for the place where it is kept."""

BITS = {1: np.uint8, 8: np.int64}
"""Whole numbers as long as an entry: by these, zeros of different signs differ, and a NaN is equal to itself."""

WORTH = 2
"""An array is kept as its differing entries where these, with their places, take one part in so many of it."""


class Difference:
    """How to compute a wanted value from a given one; the base class changes nothing."""

    nbytes = 0
    """The bytes that this difference keeps."""

    def applied(self, given: Any) -> Any:
        """The wanted value."""
        return given


SAME = Difference()
"""The empty difference."""


@dataclass(frozen=True)
class _Whole(Difference):
    """The wanted value itself."""

    wanted: Any
    nbytes: int

    def applied(self, given: Any) -> Any:  # noqa: ARG002 - nothing of it is wanted
        return self.wanted


@dataclass(frozen=True, eq=False)
class _Entries(Difference):
    """Some entries of an array."""

    places: Indices
    values: Array

    @property
    def nbytes(self) -> int:  # type: ignore[override]
        return self.places.nbytes + self.values.nbytes + 3 * OVERHEAD

    def applied(self, given: Any) -> Any:
        array = np.array(given)
        array.flat[self.places] = self.values
        array.setflags(write=given.flags.writeable)
        return array


@dataclass(frozen=True)
class _Stretch(Difference):
    """The part of a sequence between the beginning and the end that two sequences share."""

    begin: int
    end: int
    middle: tuple[Any, ...]

    @property
    def nbytes(self) -> int:  # type: ignore[override]
        return _size(self.middle) + OVERHEAD

    def applied(self, given: Any) -> Any:
        return given[: self.begin] + self.middle + given[len(given) - self.end :]


@dataclass(frozen=True)
class _Parts(Difference):
    """The fields, items or entries that differ, by their names; those that are not named are the given ones."""

    parts: Mapping[Any, Difference]
    kind: Any

    @property
    def nbytes(self) -> int:  # type: ignore[override]
        return sum(part.nbytes + OVERHEAD for part in self.parts.values()) + OVERHEAD

    def applied(self, given: Any) -> Any:
        if self.kind is tuple:
            return tuple(self.parts.get(at, SAME).applied(one) for at, one in enumerate(given))
        if self.kind is dict:
            return {key: part.applied(given.get(key)) for key, part in self.parts.items()}
        made = object.__new__(self.kind)  # it was checked when it was first made
        for field in fields(self.kind):
            value = self.parts.get(field.name, SAME).applied(getattr(given, field.name))
            object.__setattr__(made, field.name, value)
        return made


def difference(wanted: Any, given: Any) -> Difference:
    """How a wanted value differs from a given one of the same kind.

    Args:
        wanted: What `Difference.applied` is to make; exactly, with the sign of a zero and the bits of a NaN.
        given: What it will be made from.
    """
    if wanted is given:
        return SAME
    found: Difference | None = None
    if type(wanted) is type(given):
        if isinstance(wanted, np.ndarray):
            found = _of_arrays(wanted, given)
        elif isinstance(wanted, tuple):
            found = _of_rows(wanted, given)
        elif isinstance(wanted, dict):
            parts = {key: difference(value, given.get(key)) for key, value in wanted.items()}
            found = _Parts(parts, dict) if wanted.keys() != given.keys() or _differ(parts) else SAME
        elif isinstance(wanted, OPENED):
            names = (field.name for field in fields(wanted))
            parts = {name: difference(getattr(wanted, name), getattr(given, name)) for name in names}
            found = _Parts(_only(parts), type(wanted)) if _differ(parts) else SAME
        elif not isinstance(wanted, float) and wanted == given:
            found = SAME
    return _Whole(wanted, _size(wanted)) if found is None else found


def _differ(parts: Mapping[Any, Difference]) -> bool:
    return any(part is not SAME for part in parts.values())


def _only(parts: Mapping[Any, Difference]) -> dict[Any, Difference]:
    return {name: part for name, part in parts.items() if part is not SAME}


def _of_arrays(wanted: Array, given: Array) -> Difference | None:
    if wanted.shape != given.shape or wanted.dtype != given.dtype:
        return None
    bits, others = (np.ascontiguousarray(array).reshape(-1).view(BITS[array.itemsize]) for array in (wanted, given))
    places = np.flatnonzero(bits != others)
    if not places.size:
        return SAME
    few = _Entries(places, wanted.reshape(-1)[places])
    return few if few.nbytes * WORTH < _size(wanted) else None


def _of_rows(wanted: tuple[Any, ...], given: tuple[Any, ...]) -> Difference:
    if any(isinstance(one, np.ndarray) for one in wanted[:1] + given[:1]):
        if len(wanted) != len(given):
            return _Whole(wanted, _size(wanted))
        parts = {at: difference(*pair) for at, pair in enumerate(zip(wanted, given, strict=True))}
        return _Parts(_only(parts), tuple) if _differ(parts) else SAME
    shorter = min(len(wanted), len(given))
    pairs = enumerate(zip(wanted, given, strict=False))
    begin = next((at for at, (one, other) in pairs if one != other), shorter)
    if begin == len(wanted) == len(given):
        return SAME
    pairs = enumerate(zip(reversed(wanted), reversed(given), strict=False))
    end = next((at for at, (one, other) in pairs if one != other), shorter)
    end = min(end, shorter - begin)
    return _Stretch(begin, end, wanted[begin : len(wanted) - end])


def _size(value: Any) -> int:
    """The bytes that a value takes, those it shares with others among them."""
    if isinstance(value, np.ndarray):
        whole = value.base if isinstance(value.base, np.ndarray) else value
        return whole.nbytes + OVERHEAD
    if isinstance(value, tuple):
        small = all(isinstance(one, int) for one in value)  # Python keeps small numbers once
        return 8 * len(value) + OVERHEAD + (0 if small else sum(map(_size, value)))
    if isinstance(value, dict):
        return OVERHEAD + sum(map(_size, value.values()))
    if isinstance(value, str):
        return len(value) + OVERHEAD
    if is_dataclass(value) and not isinstance(value, type):
        return OVERHEAD + sum(_size(getattr(value, field.name)) for field in fields(value))
    return OVERHEAD
