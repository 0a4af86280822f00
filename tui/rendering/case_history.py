"""The history of the cases as lines under the loss: a line a case, or of many cases a line for a share of them."""

from __future__ import annotations

import math

import numpy as np
from rich.cells import cell_len

from model.arrays import Array
from model.steps.axes import dish_axis, state_axis, weather_axis
from model.training.snapshot import TrainingSnapshot
from tui.text.glyphs import Glyphs

MAX_PICTURE = 3
"""What has so many cells is no picture but the beginning of a name."""

MAX_LINES = 8
"""Of more cases than this each line is a share."""


def lines_of(moment: TrainingSnapshot, room: int = MAX_LINES) -> int:
    """How many lines the history has at the most, where there is room for so many."""
    return min(moment.verdict.cases, MAX_LINES, max(room, 0))


def past_of(parts: Array, glyphs: Glyphs) -> list[tuple[str, str]]:
    """The past of some cases, a cell for some updates: right after all of them, after some, or after none.

    Args:
        parts: (cells,): after which part of the updates they were right; NaN where nobody knows.
        glyphs: Characters to draw with.
    """
    right, partly, wrong = (
        (glyphs.heavy_horizontal, "$right"),
        (glyphs.dashed, "$muted"),
        (glyphs.to_come, "$muted"),
    )
    return [
        (" ", "") if math.isnan(part) else right if part >= 1 else partly if part > 0 else wrong for part in parts
    ]


def history(moment: TrainingSnapshot, glyphs: Glyphs, parts: Array, count: int) -> tuple[tuple[str, ...], Array]:
    """What stands before each line, and the part of each column's updates after which its cases were right.

    Many cases are sorted by when they were learned, and each line has as many of them as the others.

    Args:
        moment: The run.
        glyphs: Characters to draw with.
        parts: (columns, cases): as `CaseHistory.columns` gives it.
        count: How many lines there are; no more than there are cases that count.
    """
    known = np.flatnonzero(moment.verdict.known)
    if len(known) <= count:
        return tuple(_case_name(moment, glyphs, int(case)) for case in known), parts[:, known]
    kept = moment.cases
    wrong = kept.right[:, known] < kept.known[:, None]
    learned = len(wrong) - wrong[::-1].argmax(axis=0)  # the span after the last in which it was wrong
    learned[~wrong.any(axis=0)] = 0
    order = known[np.argsort(learned, kind="stable")]
    shares = np.array_split(order, count)
    ends = np.cumsum([len(share) for share in shares])
    names = tuple(glyphs.text(f"≤{end}") for end in ends)
    return names, np.stack([parts[:, share].mean(axis=1) for share in shares], axis=1)


def _case_name(moment: TrainingSnapshot, glyphs: Glyphs, case: int) -> str:
    """A case in six cells: the pictures of its weather and yesterday, or the beginnings of their names."""
    roommate = moment.roommate
    starts = state_axis(roommate) if moment.network.cell.remembers else dish_axis(roommate)
    weather, yesterday = divmod(case, len(starts.labels))
    sky, before = glyphs.short(weather_axis(roommate), weather, 3), glyphs.short(starts, yesterday, 3)
    return sky + before if cell_len(sky) < MAX_PICTURE and cell_len(before) < MAX_PICTURE else f"{sky[:2]} {before}"
