"""The map of a sweep: a cell for each pair of values, its number where there is room, a bar and a colour for it."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from model.language import _
from model.sweep.statistics import Rate, percent
from model.sweep.sweep_map import SweepMap
from tui.rendering.block import Part, line
from tui.text.glyphs import Glyphs
from tui.text.sweep_table import shade

WIDTHS = (9, 7, 5, 4, 2, 1)
"""The cells of the terminal that a cell of the map takes from left to right: as many as there is room for."""

NUMBERED = 4
"""From so many on its number stands in it."""

LONGEST = 12
"""Cells of a name beside the map at the most."""


def style_of(rate: Rate) -> str:
    """The colour of a rate: one for all, one for none, one for those between; the bar tells how many."""
    if not rate.of:
        return "$faint"
    if rate.count in {0, rate.of}:
        return "$right" if rate.count else "$wrong"
    return "$primary"


@dataclass(frozen=True)
class Window:
    """The rows and columns of a map that are in sight.

    Attributes:
        rows: Some that follow each other, upwards.
        columns: Some that follow each other.
    """

    rows: range
    columns: range


def in_sight(count: int, room: int, at: int) -> range:
    """The rows or columns that there is room for: whole pages of them, so that the map seldom moves.

    Args:
        count: How many there are.
        room: For how many there is room.
        at: The one of the cursor.
    """
    room = max(room, 1)
    first = min(at // room * room, max(count - room, 0))
    return range(first, min(first + room, count))


def map_lines(moment: SweepMap, cursor: int, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """The map with its names, and those of the cells that have room.

    Args:
        moment: What is known.
        cursor: The index of the cell under the cursor.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are.
    """
    across, up = moment.grid.axes
    rows, columns = moment.grid.shape
    row, column = divmod(cursor, columns)
    beside = min(max(map(cell_len, up.labels)), LONGEST)
    room = max(width - beside - 1, 1)
    cell = next((size for size in WIDTHS if size * columns <= room), 1)
    window = Window(in_sight(rows, height - 2, row), in_sight(columns, room // cell, column))
    title = _("percent learned: {across} from left to right, {up} upwards").format(across=across.title, up=up.title)
    lines = [shortened(line((glyphs.text(title), "$muted")), width, glyphs)]
    for at in reversed(window.rows):
        name = right_aligned(_cut(up.labels[at], beside, glyphs), beside)
        parts: list[Part] = [(name, "bold $accent" if at == row else "$muted"), " "]
        for index in window.columns:
            rate = moment.statistics(moment.grid.at(at, index)).learned
            parts.append(_cell(rate, cell, glyphs, here=(at, index) == (row, column)))
        lines.append(line(*parts))
    lines.append(names_below(across.labels, window.columns, column, (beside + 1, cell), glyphs))
    return lines


def _cell(rate: Rate, width: int, glyphs: Glyphs, *, here: bool) -> Part:
    """A cell; the cursor turns its colours round, and where there is room stands around it as well."""
    bar = shade(rate, glyphs) if rate.of else glyphs.to_come
    style = style_of(rate)
    if width < NUMBERED:
        text = bar * width
    elif width == NUMBERED or not rate.of:
        text = f"{percent(rate):>3}{bar}".ljust(width)
    else:
        text = f"{percent(rate):>3}{bar * (width - NUMBERED)} "
    return text, f"{style} reverse bold" if here else style


def names_below(
    labels: tuple[str, ...], columns: range, column: int, places: tuple[int, int], glyphs: Glyphs
) -> Content:
    """The values below the columns: that of the cursor, and of the others those that have room.

    Args:
        labels: All of them.
        columns: Those in sight.
        column: That of the cursor.
        places: The cells before the first column, and those of each.
        glyphs: Characters to draw with.
    """
    beside, cell = places
    width = cell * len(columns)
    row = [" "] * (width + LONGEST)
    styles = ["$muted"] * len(row)
    taken: list[range] = []

    def put(index: int, style: str) -> None:
        text = _cut(labels[index], LONGEST, glyphs)
        begin = (index - columns.start) * cell
        if style:  # that of the cursor is moved to the left rather than left out
            begin = min(begin, max(width - cell_len(text), 0))
        place = range(begin, begin + cell_len(text))
        near = (place.start <= other.stop + 1 and other.start <= place.stop + 1 for other in taken)
        if any(near) or (not style and place.stop > width):
            return
        taken.append(place)
        for at, letter in enumerate(text):
            row[begin + at], styles[begin + at] = letter, style or "$muted"

    put(column, "bold $accent")
    for index in columns:
        if index != column:
            put(index, "")
    return line(" " * beside, *zip(row, styles, strict=True)).rstrip()


def _cut(text: str, width: int, glyphs: Glyphs) -> str:
    text = glyphs.text(text)
    return text if cell_len(text) <= width else text[: width - 1] + glyphs.more


def shortened(text: Content, width: int, glyphs: Glyphs) -> Content:
    """A line that ends with a sign where it has no room for more."""
    if text.cell_length <= width:
        return text
    return line(text.truncate(max(width - 1, 0)), (glyphs.more, "$muted"))


def right_aligned(text: str, width: int) -> str:
    """A name that ends where others do."""
    return " " * (width - cell_len(text)) + text
