"""An append-only column of numbers, with the minimum and maximum of each column of a chart.

What a chart shows of ten million numbers takes no longer than of a thousand: the least and the greatest of each 64
numbers, of each 1024, and so on are worked out once, when there are so many.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.arrays import Array

FIRST_BLOCK, FACTOR = 64, 16
"""The numbers of the smallest block whose least and greatest are kept; each larger one is so many of them."""

MIN_BLOCKS = 32
"""A column of a chart has at least so many blocks, at whose edges it begins: it is off by less than a dot."""


@dataclass(frozen=True, eq=False)
class Blocks:
    """The least and the greatest number of each whole block.

    Attributes:
        width: The numbers of a block.
        low: (blocks,).
        high: (blocks,).
    """

    width: int
    low: Array
    high: Array


@dataclass(frozen=True, eq=False)
class CurveView:
    """A row of numbers as it was at one moment; later growth does not touch it.

    Attributes:
        numbers: (length,): the numbers.
        blocks: Of wider and wider blocks, what is known of each.
    """

    numbers: Array
    blocks: tuple[Blocks, ...] = ()

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, index: int) -> float:
        return float(self.numbers[index])

    def columns(self, count: int, length: int = 0) -> tuple[Array, Array]:
        """The least and the greatest number of each of ``count`` columns that share the row among them.

        No spike is lost. NaN counts only where a column has nothing else. With fewer numbers than columns each
        number fills several; with very many of them, columns begin where a block does.

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
            wide = [blocks for blocks in self.blocks if MIN_BLOCKS * blocks.width * count <= length]
            least, greatest, width = self._of_blocks(wide[-1]) if wide else (self.numbers, self.numbers, 1)
            low[: begins.size] = np.fmin.reduceat(least, begins // width)
            high[: begins.size] = np.fmax.reduceat(greatest, begins // width)
        return low, high

    def _of_blocks(self, blocks: Blocks) -> tuple[Array, Array, int]:
        """The least and the greatest of each block, the last of which may not be whole; and its width."""
        rest = self.numbers[len(blocks.low) * blocks.width :]
        if not rest.size:
            return blocks.low, blocks.high, blocks.width
        low, high = np.append(blocks.low, np.fmin.reduce(rest)), np.append(blocks.high, np.fmax.reduce(rest))
        return low, high, blocks.width


class Column:
    """Numbers that are appended, one or several at a time."""

    def __init__(self) -> None:
        self.all, self._size = np.empty(64), 0

    def __len__(self) -> int:
        return self._size

    def append(self, number: float) -> None:
        """Append one number."""
        if self._size == len(self.all):
            self._grow(self._size + 1)
        self.all[self._size] = number
        self._size += 1

    def extend(self, numbers: Array) -> None:
        """Append several numbers at once."""
        end = self._size + len(numbers)
        if end > len(self.all):
            self._grow(end)
        self.all[self._size : end] = numbers
        self._size = end

    def _grow(self, size: int) -> None:
        """A new array, at least twice as long: views keep the old one."""
        longer = np.empty(max(size, 2 * len(self.all)))
        longer[: self._size] = self.all[: self._size]
        self.all = longer

    def array(self) -> Array:
        """The numbers so far. It shares their memory, which is only ever written behind its end."""
        return self.all[: self._size]


class Curve(Column):
    """A column of numbers, and what is known of its blocks."""

    def __init__(self) -> None:
        super().__init__()
        self._blocks: list[tuple[Column, Column]] = []

    @property
    def arrays(self) -> list[Array]:
        """All the memory it has."""
        return [self.all, *(column.all for pair in self._blocks for column in pair)]

    def view(self) -> CurveView:
        """The numbers so far, with what is known of their blocks."""
        numbers = low = high = self.array()
        factor, width, found = FIRST_BLOCK, 1, list[Blocks]()
        for level in range(len(self._blocks) + 1):
            if len(low) < factor:
                break
            if level == len(self._blocks):
                self._blocks.append((Column(), Column()))
            lows, highs = self._blocks[level]
            known, whole = len(lows), len(low) // factor
            if whole > known:
                new = slice(known * factor, whole * factor)
                lows.extend(np.fmin.reduce(low[new].reshape(-1, factor), axis=1))
                highs.extend(np.fmax.reduce(high[new].reshape(-1, factor), axis=1))
            low, high, width = lows.array(), highs.array(), width * factor
            found.append(Blocks(width, low, high))
            factor = FACTOR
        return CurveView(numbers, tuple(found))
