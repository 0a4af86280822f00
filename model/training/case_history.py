"""Which cases were right after which updates, and how large the gradient was, in bounded memory at any length.

Updates are counted in spans: one update each at first. When there are `MAX_SPANS` of them, two become one, so that a
chart of a million updates has as much to draw as one of a thousand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.arrays import Array

MAX_SPANS = 1024
"""Spans that are kept: at the least half of them are in use, which is more than a screen has columns."""

MAX_SPAN = 1024
"""The most updates of a span: those of the longest run."""

Counts = NDArray[np.uint16]
"""Numbers of updates in a span."""


@dataclass(frozen=True, eq=False)
class CaseHistory:
    """The history of the cases as it was at one moment, as a value.

    Attributes:
        width: How many updates a span has.
        known: (spans,): after how many updates of each span it is known which cases were right: all of them, but in
            a run whose file does not have this history.
        right: (spans, cases): after how many of those each case was right; see `RuleCases.case` for their order.
        gradients: (spans,): the length of the longest gradient of all weights in each span; NaN where none is known.
    """

    width: int
    known: Counts
    right: Counts
    gradients: Array

    def columns(self, count: int, updates: int) -> tuple[Array, Array]:
        """What each of ``count`` columns that share ``updates`` updates among them holds.

        Returns:
            (columns, cases): the part of the column's updates after which each case was right; and (columns,): its
            longest gradient. NaN where nothing is known.
        """
        part = np.full((count, self.right.shape[1]), np.nan)
        longest = np.full(count, np.nan)
        begins = np.arange(count) * updates // count // self.width
        begins = begins[begins < len(self.known)]
        if begins.size:
            known = np.add.reduceat(self.known, begins, dtype=np.float64)
            right = np.add.reduceat(self.right, begins, axis=0, dtype=np.float64)
            there = known > 0
            part[: begins.size][there] = right[there] / known[there, None]
            longest[: begins.size] = np.fmax.reduceat(self.gradients, begins)
        return part, longest

    def coarsened(self, width: int) -> CaseHistory:
        """The same history in wider spans.

        Args:
            width: A multiple of `width`, by a power of two.
        """
        factor = width // self.width
        begins = np.arange(0, len(self.known), factor)
        if factor <= 1 or not begins.size:
            return CaseHistory(width, self.known, self.right, self.gradients)
        return CaseHistory(
            width,
            np.add.reduceat(self.known, begins, dtype=np.uint16),
            np.add.reduceat(self.right, begins, axis=0, dtype=np.uint16),
            np.fmax.reduceat(self.gradients, begins),
        )

    def first(self, spans: int) -> CaseHistory:
        """Only the first spans."""
        return CaseHistory(self.width, self.known[:spans], self.right[:spans], self.gradients[:spans])

    def since(self, update: int) -> CaseHistory:
        """Only the spans from that of an update on."""
        first = update // self.width
        return CaseHistory(self.width, self.known[first:], self.right[first:], self.gradients[first:])

    def followed_by(self, later: CaseHistory, update: int) -> CaseHistory:
        """This history up to an update, and then a later one, whose spans are at least as wide: see `since`."""
        before, first = self.coarsened(later.width), update // later.width
        return CaseHistory(
            later.width,
            np.concatenate([before.known[:first], later.known]),
            np.concatenate([before.right[:first], later.right]),
            np.concatenate([before.gradients[:first], later.gradients]),
        )

    def fits(self, latest: int, cases: int) -> bool:
        """Whether it can be the history of a run that has come to an update, and has so many cases."""
        spans = latest // self.width + 1
        return (
            self.width >= 1
            and spans <= MAX_SPANS
            and self.known.shape == self.gradients.shape == (spans,)
            and self.right.shape == (spans, cases)
            and bool((self.known <= self.width).all() and (self.right <= self.known[:, None]).all())
            and not bool((self.gradients < 0).any())
        )


class CaseRecorder:
    """Notes the history of the cases, one update after another.

    Args:
        cases: How many cases there are, with those that do not count.
        history: What it goes on from; nothing: the beginning.
    """

    def __init__(self, cases: int, history: CaseHistory | None = None) -> None:
        nothing = np.empty(0, np.uint16), np.empty((0, cases), np.uint16), np.empty(0)
        self._keep(history or CaseHistory(1, *nothing), 64)

    def _keep(self, history: CaseHistory, room: int) -> None:
        """Go on from a history, with room for so many spans."""
        self.width, self._spans = history.width, len(history.known)
        more = max(room - self._spans, 0)
        self._known = np.concatenate([history.known, np.zeros(more, np.uint16)])
        self._right = np.concatenate([history.right, np.zeros((more, history.right.shape[1]), np.uint16)])
        self._gradients = np.concatenate([history.gradients, np.full(more, np.nan)])

    @property
    def arrays(self) -> list[NDArray[np.generic]]:
        """All the memory it has."""
        return [self._known, self._right, self._gradients]

    def note(self, update: int, right: NDArray[np.bool_], gradient: float) -> None:
        """Note which cases are right after an update, and how long the gradient is.

        Args:
            update: No earlier than any before.
            right: (cases,).
            gradient: Its length.
        """
        while update // self.width >= MAX_SPANS:
            self._keep(self.view().coarsened(2 * self.width), MAX_SPANS)
        span = update // self.width
        if span >= len(self._known):
            self._keep(self.view(), min(max(2 * len(self._known), span + 1), MAX_SPANS))
        self._spans = span + 1
        self._known[span] += 1
        self._right[span] += right
        if not self._gradients[span] >= gradient:  # it may not be known yet
            self._gradients[span] = gradient

    def note_all(self, update: int, right: NDArray[np.bool_], gradients: Array) -> None:
        """Note several updates, as `note` does one after the other.

        Args:
            update: The first of them.
            right: (updates, cases).
            gradients: (updates,).
        """
        last = update + len(right) - 1
        while last // self.width >= MAX_SPANS:
            self._keep(self.view().coarsened(2 * self.width), MAX_SPANS)
        spans = np.arange(update, last + 1) // self.width
        first, end = int(spans[0]), int(spans[-1]) + 1
        if end > len(self._known):
            self._keep(self.view(), min(max(2 * len(self._known), end), MAX_SPANS))
        self._spans = end
        begins = np.searchsorted(spans, np.arange(first, end))
        self._known[first:end] += np.diff(begins, append=len(spans)).astype(np.uint16)
        self._right[first:end] += np.add.reduceat(right, begins, axis=0, dtype=np.uint16)
        longest = np.fmax.reduceat(gradients, begins)
        np.fmax(self._gradients[first:end], longest, out=self._gradients[first:end])

    def view(self) -> CaseHistory:
        """The history so far: a copy, which later notes do not touch."""
        spans = self._spans
        return CaseHistory(
            self.width, self._known[:spans].copy(), self._right[:spans].copy(), self._gradients[:spans].copy()
        )
