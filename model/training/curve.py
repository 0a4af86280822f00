"""An append-only column of numbers, with the minimum and maximum of each column of a chart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.arrays import Array


@dataclass(frozen=True, eq=False)
class CurveView:
    """A row of numbers as it was at one moment; later growth does not touch it.

    Attributes:
        numbers: (length,): the numbers.
    """

    numbers: Array

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, index: int) -> float:
        return float(self.numbers[index])

    def columns(self, count: int, length: int = 0) -> tuple[Array, Array]:
        """The least and the greatest number of each of ``count`` columns that share the row among them.

        No spike is lost. NaN counts only where a column has nothing else. With fewer numbers than columns each
        number fills several.

        Args:
            count: How many columns.
            length: How long the row will have become when it fills all of them; by default it does so now.
        """
        size, length = len(self), max(length, len(self))
        low, high = np.full(count, np.nan), np.full(count, np.nan)
        begins = np.arange(count) * length // max(count, 1)
        begins = begins[begins < size]
        if begins.size and length <= count:
            low[: begins.size] = high[: begins.size] = self.numbers[begins]
        elif begins.size:
            low[: begins.size] = np.fmin.reduceat(self.numbers, begins)
            high[: begins.size] = np.fmax.reduceat(self.numbers, begins)
        return low, high


class Curve:
    """Numbers that are appended, one or several at a time."""

    def __init__(self) -> None:
        self._numbers, self._size = np.empty(64), 0

    def __len__(self) -> int:
        return self._size

    @property
    def arrays(self) -> list[Array]:
        """All the memory it has."""
        return [self._numbers]

    def append(self, number: float) -> None:
        """Append one number."""
        if self._size == len(self._numbers):
            self._grow(self._size + 1)
        self._numbers[self._size] = number
        self._size += 1

    def extend(self, numbers: Array) -> None:
        """Append several numbers at once."""
        end = self._size + len(numbers)
        if end > len(self._numbers):
            self._grow(end)
        self._numbers[self._size : end] = numbers
        self._size = end

    def _grow(self, size: int) -> None:
        """A new array, at least twice as long: views keep the old one."""
        longer = np.empty(max(size, 2 * len(self._numbers)))
        longer[: self._size] = self._numbers[: self._size]
        self._numbers = longer

    def view(self) -> CurveView:
        """The numbers so far. It shares their memory, which is only ever written behind its end."""
        return CurveView(self._numbers[: self._size])
