"""A mark for every day of a month, with the days in sight in brackets."""

from __future__ import annotations

from textual.content import Content

from model.roommate.roommate import DAY_NAMES
from model.simulation.simulation import Simulation
from tui.rendering.block import Part, line
from tui.rendering.week_chain import ChainLayout
from tui.text.glyphs import Glyphs


def days_overview(simulation: Simulation, glyphs: Glyphs, width: int, place: ChainLayout) -> Content:
    """A mark for every day of the month: right, wrong or to come, with the days in sight in brackets.

    Weeks stand apart. Of more days than there is room for, those around the cursor are marked.

    Args:
        simulation: Where one is.
        glyphs: Characters to draw with.
        width: The cells there are.
        place: Which days are in sight.
    """
    week, days = len(DAY_NAMES), simulation.days
    weeks = -(-days // week)
    fitting = max((width - 4) // (week + 1), 1)
    first = min(max(max(simulation.day, 0) // week - fitting // 2, 0), max(weeks - fitting, 0))
    shown = range(first * week, min((first + fitting) * week, days))
    parts: list[Part] = [(glyphs.more if shown.start else "", "$muted")]
    for day in shown:
        if day == place.first:
            parts.append(("[", "bold"))
        mark, style = glyphs.to_come, "$faint"
        if simulation.is_cooked(day):
            right = simulation.right(day)
            mark, style = (glyphs.right, "$right") if right else (glyphs.wrong, "$wrong")
        parts.append((mark, f"{style} reverse" if day == simulation.day else style))
        if day == place.days[-1]:
            parts.append(("]", "bold"))
        if (day + 1) % week == 0 and day != shown[-1]:
            parts.append(" ")
    return line(*parts, (glyphs.more if shown.stop < days else "", "$muted"))
