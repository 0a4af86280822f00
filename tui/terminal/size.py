"""The largest screen that is drawn, whoever tells of a larger one: a terminal, a browser, or somebody who types."""

from __future__ import annotations

MAX_COLUMNS, MAX_ROWS = 500, 200
"""Beyond this a window shows nothing more of the walk, and each cell costs memory."""


def clamped(columns: int, rows: int) -> tuple[int, int]:
    """Give a size that can be drawn."""
    return min(max(columns, 1), MAX_COLUMNS), min(max(rows, 1), MAX_ROWS)
