"""The column and row thresholds, and the classes that screens get by them: ``-columns-72``, ``-rows-16``."""

from __future__ import annotations

COLUMNS_FOR_NAMES, COLUMNS_BESIDE = 72, 116
"""Columns: below the one words are shortened, from the other on panels stand side by side."""

ROWS_FOR_WEEK, ROWS_FOR_WORDS, ROWS_FOR_FRAMES, ROWS_FOR_MAP, ROWS_FOR_ALL = 16, 20, 24, 30, 42
"""Lines from which the week, the words, the frames, the drawn map, and everything of a run have room."""

COLUMNS = [(columns, f"-columns-{columns}") for columns in (0, COLUMNS_FOR_NAMES, COLUMNS_BESIDE)]
ROWS = [(rows, f"-rows-{rows}") for rows in (0, ROWS_FOR_WEEK, ROWS_FOR_WORDS, ROWS_FOR_FRAMES, ROWS_FOR_MAP)]
"""From how many columns or rows on a screen has which class; it has the last that fits, and no other."""
