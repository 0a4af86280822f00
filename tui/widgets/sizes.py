"""The column and row thresholds, and the classes that screens get by them."""

from __future__ import annotations

SLIM, WIDE = 72, 116
"""Columns: below the one words are shortened, from the other on panels stand side by side."""

SMALL, TINY, LOW, HIGH, HIGHEST = 16, 20, 24, 30, 42
"""Lines from which the week, the words, the frames, the drawn map, and in lesson 4 everything have room."""

WIDTHS = [(0, "-slim"), (SLIM, "-narrow"), (WIDE, "-wide")]
HEIGHTS = [(0, "-least"), (SMALL, "-small"), (TINY, "-tiny"), (LOW, "-low"), (HIGH, "-high")]
"""The classes that every screen gets by its size."""
