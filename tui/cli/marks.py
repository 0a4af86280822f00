"""The table of many certificates, and the same as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from model.foreign_text import shown
from model.language import _, ngettext
from tui.cli.proofs import Proof
from tui.text.glyphs import Glyphs

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet would compute; an apostrophe before it makes it a text."""

MAX_NAME = 28
"""Cells of a name in the table."""


def table_of(rows: Sequence[Proof], glyphs: Glyphs) -> Iterator[str]:
    """A line for each certificate: whose it is, which conditions hold, and how long it took; then how many hold.

    Args:
        rows: The certificates.
        glyphs: Characters to write with.
    """
    conditions = _conditions(rows)
    names = [_short(row.name or row.file) for row in rows]
    name, seconds = _("name"), _("seconds")
    width = max(map(cell_len, [*names, name]))
    yield f"{set_cell_size(name, width)}  {' '.join(conditions)}  {seconds:>7}\n"
    for row, whose in zip(rows, names, strict=True):
        if row.fault:
            yield glyphs.text(f"{set_cell_size(whose, width)}  {shown(row.fault)}") + "\n"
            continue
        holds = dict(row.conditions)
        marks = (
            set_cell_size({True: glyphs.right, False: glyphs.wrong, None: ""}[holds.get(one)], cell_len(one))
            for one in conditions
        )
        yield glyphs.text(f"{set_cell_size(whose, width)}  {' '.join(marks)}  {row.seconds:7.1f}") + "\n"
    good = sum(row.holds for row in rows)
    told = ngettext("Everything holds of {good} of {all}.", "Everything holds of {good} of {all}.", good)
    yield told.format(good=good, all=len(rows)) + "\n"


def csv_of(rows: Sequence[Proof]) -> str:
    """The same as CSV; the names of its columns are in no language."""
    text = io.StringIO()
    writer = csv.writer(text)
    conditions = _conditions(rows)
    writer.writerow(["file", "name", "roommate", "seed", "updates", "holds", *conditions, "seconds", "fault"])
    for row in rows:
        holds = dict(row.conditions)
        if row.fault:
            given: list[object] = ["", "", "", "", "no", *([""] * len(conditions)), ""]
        else:
            marks = ["" if one not in holds else "yes" if holds[one] else "no" for one in conditions]
            whole = "yes" if row.holds else "no"
            given = [_safe(row.name), _safe(row.roommate), row.seed, row.updates, whole, *marks, f"{row.seconds:.2f}"]
        writer.writerow([_safe(row.file), *given, _safe(row.fault)])
    return text.getvalue()


def _conditions(rows: Sequence[Proof]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name, _holds in row.conditions))


def _safe(text: str) -> str:
    text = shown(text)
    return f"'{text}" if text.startswith(FORMULA) else text


def _short(name: str) -> str:
    name = shown(name)
    return name if cell_len(name) <= MAX_NAME else set_cell_size(name, MAX_NAME - 1) + "…"
