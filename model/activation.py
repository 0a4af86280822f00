"""The non-linearities between Add and Merge, each with its formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Activation:
    """A function φ of the sum z, applied to each column (one column a week).

    Attributes:
        name: What it is called on screen and on the command line.
        formula: a = φ(z), in the field's notation.
        value: ``value(z, out)`` writes φ(z) into ``out``; both of shape (h, weeks).
        spell: ``spell(z, row)`` says in numbers how one entry of φ(z) came about; z of shape (h,).
    """

    name: str
    formula: str
    value: Callable[[Array, Array], None]
    spell: Callable[[Array, int], str]


def _number(value: float) -> str:
    return f"{value:.4g}"


def _largest_to_one(z: Array, out: Array) -> None:
    out[:] = 0.0
    out[z.argmax(axis=0), np.arange(z.shape[1])] = 1.0


def _spell_largest(z: Array, row: int) -> str:
    largest = int(z.argmax())
    if row == largest:
        return f"{_number(z[row])} is the largest → 1"
    return f"{_number(z[row])} is not the largest, {_number(z[largest])} is → 0"


def _identity(z: Array, out: Array) -> None:
    out[:] = z


LARGEST_TO_ONE = Activation("largest-to-1", "a = 1 where z is largest, else 0", _largest_to_one, _spell_largest)
"""The lecture's: the largest entry becomes 1 (the first of equals), all others 0."""

IDENTITY = Activation("none", "a = z", _identity, lambda z, row: _number(z[row]))
"""No non-linearity: the lecture's first two networks are one product each."""
