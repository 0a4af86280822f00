"""The week unrolled: one network, once for each day, and what comes out of a day goes into the next.

Below it the same week backwards: how large the error is, and what each day adds to each gradient. Of many units and
many days those around the entry that is spelled out are drawn, and less of each day where there is little room.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from textual.content import Content

from model.language import _, ngettext
from model.network.operations import title
from model.network.schedule import Feedback
from model.simulation.simulation import Simulation
from model.steps.axes import dish_axis
from tui.rendering.block import line
from tui.rendering.week_backwards import Backwards
from tui.rendering.week_chain import MAX_CELL, ChainLayout
from tui.rendering.week_forwards import Forwards, hidden_size
from tui.rendering.week_rows import MEDIUM, Columns, Request, Row, granted
from tui.text.glyphs import Glyphs
from tui.text.week_errors import why_not

MIN_CELL, MIN_BRIEF_CELL = 12, 6
"""Cells of a day with bars, and of one with numbers alone."""

BRIEF_LABELS, MIN_LABELS, MAX_LABELS = 5, 8, 16
"""Cells for the names of lines: where days are in brief, and otherwise at least and at most."""

MIN_DAYS = 5
"""Where fewer days than this would be in sight with bars, they are drawn in brief."""

MANY = 3
"""A cell with more matrices than this has more lines for them than for its units."""

MIN_FOR_DAYS, MIN_FOR_SENTENCE = 60, 100
"""Cells from which the frame says how many days are drawn, and from which it says more in a sentence."""

LOW = 14
"""Lines below which there is no line between the two halves."""


def unrolled_columns(simulation: Simulation, glyphs: Glyphs, width: int) -> Columns:
    """Fit as many days as there is room for around the cursor.

    Args:
        simulation: Where one is.
        glyphs: Characters to draw with.
        width: The cells there are.
    """
    days = simulation.days
    left, between, least = _label_width(simulation, glyphs), 2, MIN_CELL
    room = width + between - min(left, MIN_LABELS)
    brief = room // MIN_CELL < min(days, MIN_DAYS)
    if brief:
        names = dish_axis(simulation.situation.roommate)
        widest = max(cell_len(glyphs.short(names, row, 3)) for row in range(len(names.labels)))
        left, between, least = BRIEF_LABELS, 1, max(MIN_BRIEF_CELL, 2 * widest + 2)
        room = width + between - left
    shown = max(min(room // least, days), 1)
    if not brief:  # what the days leave goes to the names of lines first
        left = min(left, max(width + between - shown * least, MIN_LABELS))
    cell = min((width + between - left) // shown, MAX_CELL)
    first = min(max(simulation.day - shown // 2, 0), days - shown)
    return Columns(ChainLayout(left, first, shown, cell, brief), cell - between, width)


def _label_width(simulation: Simulation, glyphs: Glyphs) -> int:
    """The cells that the names of all lines would take."""
    matrices = [glyphs.text(f"∂{title(name)}") for name in simulation.situation.cell.matrices]
    together = glyphs.text(_("together {what}").format(what="∂y"))
    names = (*matrices, _("should be"), _("own error"), _("from later"), together)
    return min(max(map(cell_len, names)) + 1, MAX_LABELS)


def unrolled(simulation: Simulation, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """The drawing in the room there is.

    Args:
        simulation: Where one is.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are.
    """
    columns = unrolled_columns(simulation, glyphs, width)
    forwards = Forwards(simulation, glyphs, columns)
    reason = why_not(simulation)
    backwards = None if reason else Backwards(simulation, glyphs, columns)
    given = granted(_requests(simulation, backwards, columns, height), height)
    drawn = [text for _kind, text in _forwards(forwards, columns, simulation, glyphs, given)]
    if "hint" in given:
        drawn += [line(), line((glyphs.text(_hint(width)), "$muted"))]
    if {"divider", "reason"} & given.keys():
        drawn.append(_divider(_divided(simulation, width), glyphs, width))
    if backwards is None:
        if "reason" in given:
            drawn += line((glyphs.text(reason), "$muted")).wrap(max(width, 1))[: given["reason"] - 1]
        return drawn[:height]
    day = simulation.day
    lower: list[Content] = []
    for kind, row in backwards.rows(given):
        if kind in {"back", "adds"} and "air" in given:
            lower.append(line())
        lower.append(row.drawn(columns, day))
    if "sum" in given:
        lower += [line(), line((backwards.sum_told(width), "$muted"))]
    return [*drawn, *lower][:height]


def _requests(
    simulation: Simulation, backwards: Backwards | None, columns: Columns, height: int
) -> Iterator[Request]:
    """What is asked for, the most important first."""
    units, dishes = hidden_size(simulation), len(dish_axis(simulation.situation.roommate).labels)
    matrices = len(simulation.situation.cell.matrices) if backwards is not None else 0
    wide = columns.room >= MEDIUM
    yield from (("day", 1, True), ("says", 1, True))
    if backwards is not None:
        yield "back", 1, True
    yield "hidden", min(units, 6 if matrices <= MANY else 4), False
    if backwards is not None:
        yield "matrices", min(matrices, MANY), True
        if matrices > MANY:
            yield "matrices", min(matrices, 2 * MANY + 1), False
        yield from (("together", 1, True),) if height < LOW else ()
    else:
        yield "p", min(dishes, 4), True
        yield "reason", 3 if columns.width < 80 else 2, True
    if wide:
        yield "chain", 1, True
    if backwards is not None:
        yield "own", 2, True
        yield from (("divider", 1, True),) if height >= LOW else ()
    yield "hidden", min(units, 6), False
    if wide:
        yield "p", min(dishes, 4), True
        yield from (("merge", 1, True),) if units else ()
    if backwards is not None:
        yield "together", 1, True
        yield "matrices", min(matrices, 9), False
    yield "hidden", min(units, 12), False
    if wide:
        yield from (("apply", 1, True),) if units else ()
        yield from (("should", 1, True), ("weather", 2, True))
    if backwards is not None:
        yield "states", 3 * (len(backwards.errors.meetings) - 1), True
        yield "matrices", matrices, False
        yield "sum", 2, True
    yield from (("blank", 1, True), ("hint", 2, True))
    if backwards is not None:
        yield from (("adds", 1, True), ("air", 2, True))
    yield from (("hidden", min(units, 40), False), ("p", min(dishes, 12), False))


def _forwards(
    forwards: Forwards, columns: Columns, simulation: Simulation, glyphs: Glyphs, given: object
) -> Iterator[tuple[str, Content]]:
    """The upper half with the line that leads from what a day makes into the next."""
    rows = list(forwards.rows(given))  # type: ignore[arg-type]
    kinds = [kind for kind, _row in rows]
    leaves = forwards.exit()
    if leaves == "should" and "should" not in kinds:
        leaves = "says"
    if leaves == "p" and "p" not in kinds:
        leaves = "says"
    at = [index for index, kind in enumerate(kinds) if kind == leaves]
    start = at[(len(at) - 1) // 2] if at else -1
    end = kinds.index("chain") if "chain" in kinds and at else -1
    for index, (kind, row) in enumerate(rows):
        place = ""
        if end > start >= 0 and columns.between >= 2:
            place = {start: "out", end: "in"}.get(index, "through" if start < index < end else "")
        elif index == start:
            place = "over"
        yield kind, _with_line(row, place, simulation, glyphs, columns).drawn(columns, simulation.day)


def _with_line(row: Row, place: str, simulation: Simulation, glyphs: Glyphs, columns: Columns) -> Row:
    """A row with its part of the line to the next day."""
    if not place:
        return row
    corner = glyphs.lines
    last = simulation.days - 1

    def between(day: int) -> tuple[str, str]:
        style = "$yesterday" if simulation.is_cooked(day) else "$faint"
        if place == "over" or (day == last and place == "out"):
            return (" " * (columns.between - 1) + glyphs.heads[1], style)
        if day == last:
            return "", ""
        text = {"out": corner[12], "through": corner[5], "in": corner[3] + glyphs.heads[1]}[place]
        return (" " * (columns.between - 2) + text, style)

    return Row(row.label, row.of_day, between, row.long)


def _hint(width: int) -> str:
    forms = (
        _("Upwards: what goes in below comes out on top. Sideways: what comes out of a day goes into the next."),
        _("Upwards: from what goes in to what comes out. Sideways: from day to day."),
    )
    return next((form for form in forms if cell_len(form) <= width), "")


def _divided(simulation: Simulation, width: int) -> str:
    """The heading of the lower half; where it has a feedback of its own, with that."""
    situation = simulation.situation
    longest = _("The same week backwards: how large the error is, and what it adds to each matrix")
    forms = (longest, _("and back: the error"))
    feedback = situation.network.feedback(Feedback(situation.config.feedback))
    if situation.can_go_back and not simulation.backward and situation.feedback is not feedback:
        told = _("and back, with {feedback} feedback: the error").format(feedback=feedback)
        forms = (told, told)
    return next((form for form in forms if cell_len(form) + 8 <= width), forms[-1])


def _divider(text: str, glyphs: Glyphs, width: int) -> Content:
    run = glyphs.lines[10]
    told = f" {glyphs.text(text)} "
    return line((run * 2, "$frame"), (told, "$error bold"), (run * max(width - cell_len(told) - 2, 0), "$frame"))


def unrolled_title(simulation: Simulation, glyphs: Glyphs, width: int) -> Content:
    """What the frame of the drawing is called: that it is one network, and which days are in sight of more.

    Args:
        simulation: Where one is.
        glyphs: Characters to draw with.
        width: The cells of the drawing.
    """
    place, days = unrolled_columns(simulation, glyphs, width).place, simulation.days
    told = ngettext("one network, {days:,} time", "one network, {days:,} times", days).format(days=days)
    if place.shown < days:
        told = _("days {first}–{last} of {days:,}").format(
            first=place.first + 1, last=place.first + place.shown, days=days
        )
    name = line((_("The week unrolled"), "bold"))
    if place.shown == days and width < MIN_FOR_DAYS:
        return name
    longer = _("{told}; what comes out of a day goes into the next").format(told=told)
    goes_on = simulation.situation.cell.reads_yesterday and width >= MIN_FOR_SENTENCE
    return line(name, "   ", (glyphs.text(longer if goes_on else told), "$muted"))
