"""The page of a sweep: what is trained, its drawing, what is under the cursor, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from textual.content import Content

from model.language import N_, _, ngettext
from model.roommate.titles import roommate_title
from model.sweep.axes import label, option_name
from model.sweep.grid import GridCell
from model.sweep.sweep_map import SweepMap
from tui.rendering.block import Part, line
from tui.rendering.sweep_curve import curve_lines, histogram_lines
from tui.rendering.sweep_map import map_lines, shortened
from tui.text.glyphs import Glyphs
from tui.text.sweep import cell_in_words, progress_line

TOLD = 4
"""Lines of what is under the cursor: always so many, so that nothing moves."""

MOST_BAR = 24
"""Cells of the bar of progress at the most."""


class State(StrEnum):
    """What a sweep does; translated when it is shown."""

    RUNNING = N_("training")
    PAUSED = N_("paused")
    CANCELLED = N_("cancelled")
    OVER = N_("done")


@dataclass(frozen=True)
class SweepView:
    """What is shown of a sweep.

    Attributes:
        moment: What is known of it.
        cursor: The index of the cell that is told of.
        state: What it does.
        trouble: What went wrong, as a sentence.
    """

    moment: SweepMap
    cursor: int = 0
    state: State = State.RUNNING
    trouble: str = ""

    @property
    def cell(self) -> GridCell:
        """The cell under the cursor."""
        return self.moment.grid.cells[self.cursor]

    def moved(self, columns: int, rows: int) -> int:
        """The index of the cell so many columns to the right and rows up, or at the edge of the map."""
        high, wide = self.moment.grid.shape
        row, column = divmod(self.cursor, wide)
        return min(max(row + rows, 0), high - 1) * wide + min(max(column + columns, 0), wide - 1)


def sweep_page(view: SweepView, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """The page in so many lines.

    Args:
        view: What is shown.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are.
    """
    room = max(height - TOLD - 3, 3)
    moment = view.moment
    if not moment.grid.axes:
        drawn = histogram_lines(moment, glyphs, width, room)
    elif len(moment.grid.axes) == 1:
        drawn = curve_lines(moment, view.cursor, glyphs, width, room)
    else:
        drawn = map_lines(moment, view.cursor, glyphs, width, room)
    drawn = [*(shortened(one, width, glyphs) for one in drawn[:room]), *[line("")] * (room - len(drawn))]
    told = line((glyphs.text(cell_in_words(moment, view.cell)), "")).wrap(width)
    told = [*told[:TOLD], *[line("")] * (TOLD - len(told))]
    return [_what(moment, glyphs, width), *drawn, line(""), *told, _progress(view, glyphs, width)]


def _what(moment: SweepMap, glyphs: Glyphs, width: int) -> Content:
    """Whose rule is learned, how often, and the settings that are not the usual ones."""
    grid, cells = moment.grid, len(moment.grid.cells)
    seeds = ngettext("{count:,} seed", "{count:,} seeds", len(grid.seeds)).format(count=len(grid.seeds))
    parts: list[Part] = [
        (glyphs.text(roommate_title(grid.roommate.name)), "bold"),
        (f" {glyphs.middle_dot} {seeds}", ""),
    ]
    if cells > 1:
        times = ngettext("in {count:,} cell", "in each of {count:,} cells", cells).format(count=cells)
        parts.append((f" {times}", ""))
    fixed = ", ".join(f"{option_name(name)} {label(value)}" for name, value in grid.fixed.items())
    parts.append((f" {glyphs.middle_dot} {fixed}" if fixed else "", "$muted"))
    return shortened(line(*parts), width, glyphs)


def _progress(view: SweepView, glyphs: Glyphs, width: int) -> Content:
    """A bar, how many are done, how fast, how long it still takes; or what went wrong."""
    progress = view.moment.progress
    size = min(width // 8, MOST_BAR)
    full = size * progress.done // progress.total
    words = [_("{done:,} of {total:,} trainings").format(done=progress.done, total=progress.total)]
    if view.state is State.RUNNING:
        words.append(progress_line(progress))
    dot = f" {glyphs.middle_dot} "
    drawn = line(
        (glyphs.square * full, "$primary"),
        (glyphs.to_come * (size - full), "$faint"),
        (f" {_(view.state)}", "$right bold" if view.state is State.RUNNING else "bold"),
        dot + dot.join(filter(None, words)),
        (f"{dot}{glyphs.text(view.trouble)}" if view.trouble else "", "$wrong"),
    )
    return shortened(drawn, width, glyphs)
