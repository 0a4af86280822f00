"""A growing row of numbers that can be drawn at any width at a cost that does not grow with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.arrays import Array

FACTOR = 8
"""Numbers of one level that become one block of the next."""


@dataclass(frozen=True, eq=False)
class CurveView:
    """A row of numbers as it was at one moment; later growth does not touch it.

    Attributes:
        lows: The numbers, and for each level above them the least of each block of `FACTOR` of the level below.
        highs: Likewise the greatest.
    """

    lows: tuple[Array, ...]
    highs: tuple[Array, ...]

    def __len__(self) -> int:
        return len(self.lows[0])

    def __getitem__(self, index: int) -> float:
        return float(self.lows[0][index])

    def columns(self, count: int) -> tuple[Array, Array]:
        """The least and the greatest number of each of ``count`` columns that share the row among them.

        No spike is lost. NaN counts only where a column has nothing else. With fewer numbers than columns each
        number fills several. The last column may hold up to a block more than its share.
        """
        size = len(self)
        if size == 0:
            return np.full(count, np.nan), np.full(count, np.nan)
        if size <= count:
            index = np.arange(count) * size // count
            return self.lows[0][index], self.highs[0][index]
        level = 0
        while level + 1 < len(self.lows) and len(self.lows[level + 1]) >= count:
            level += 1
        span = FACTOR**level
        # A column begins at the block that holds its first number.
        begins = (np.arange(count) * size // count) // span
        low = np.fmin.reduceat(self.lows[level], begins)
        high = np.fmax.reduceat(self.highs[level], begins)
        done = len(self.lows[level]) * span
        for below in range(level - 1, -1, -1):  # what is not yet a whole block belongs to the last column
            rest = slice(done // FACTOR**below, None)
            low[-1] = np.fmin.reduce(self.lows[below][rest], initial=low[-1])
            high[-1] = np.fmax.reduce(self.highs[below][rest], initial=high[-1])
            done = len(self.lows[below]) * FACTOR**below
        return low, high


class Curve:
    """Numbers that are appended one at a time, with the least and greatest of blocks of 8, 64, 512 and so on."""

    def __init__(self) -> None:
        self._lows = [np.empty(64)]
        self._highs = self._lows[:]  # on the lowest level they are the same numbers
        self._sizes = [0]

    def __len__(self) -> int:
        return self._sizes[0]

    @property
    def arrays(self) -> list[Array]:
        """All the memory it has; the lowest level has one array for both the least and the greatest."""
        return [*self._lows, *self._highs[1:]]

    def append(self, number: float) -> None:
        """One number more."""
        self._put(0, number, number)
        size, level = self._sizes[0], 0
        while size % FACTOR == 0:
            below = slice(size - FACTOR, size)
            low = float(np.fmin.reduce(self._lows[level][below]))
            high = float(np.fmax.reduce(self._highs[level][below]))
            level += 1
            if level == len(self._lows):
                self._add_level()
            self._put(level, low, high)
            size = self._sizes[level]

    def extend(self, numbers: Array) -> None:
        """Several numbers more, all at once: a long run is taken up again without a wait."""
        low = high = np.asarray(numbers, dtype=np.float64)
        level = 0
        while low.size:
            if level == len(self._lows):
                self._add_level()
            blocks = self._sizes[level] // FACTOR
            self._put_all(level, low, high)
            new = slice(blocks * FACTOR, self._sizes[level] // FACTOR * FACTOR)
            low = np.fmin.reduce(self._lows[level][new].reshape(-1, FACTOR), axis=1)
            high = np.fmax.reduce(self._highs[level][new].reshape(-1, FACTOR), axis=1)
            level += 1

    def _add_level(self) -> None:
        self._lows.append(np.empty(64))
        self._highs.append(np.empty(64))
        self._sizes.append(0)

    def _make_room(self, level: int, size: int) -> None:
        room = len(self._lows[level])
        if size > room:  # a new, longer array: views keep the old one
            more = np.empty(max(room, size - room))
            self._lows[level] = np.concatenate([self._lows[level], more])
            self._highs[level] = self._lows[level] if level == 0 else np.concatenate([self._highs[level], more])

    def _put(self, level: int, low: float, high: float) -> None:
        at = self._sizes[level]
        self._make_room(level, at + 1)
        self._lows[level][at] = low
        self._highs[level][at] = high
        self._sizes[level] = at + 1

    def _put_all(self, level: int, low: Array, high: Array) -> None:
        at, end = self._sizes[level], self._sizes[level] + low.size
        self._make_room(level, end)
        self._lows[level][at:end] = low
        self._highs[level][at:end] = high
        self._sizes[level] = end

    def view(self) -> CurveView:
        """The numbers so far. It shares their memory, which is only ever written behind its end."""
        return CurveView(
            tuple(low[:size] for low, size in zip(self._lows, self._sizes, strict=True)),
            tuple(high[:size] for high, size in zip(self._highs, self._sizes, strict=True)),
        )
