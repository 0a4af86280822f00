"""The week as a schedule: the weather goes in, the dishes come out, day by day."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from model.language import N_, _, ngettext
from model.roommate.roommate import DAY_NAMES, Roommate, day_name, short_day_name
from model.simulation.simulation import Simulation
from model.steps.axes import Axis, dish_axis, state_axis, weather_axis
from tui.rendering.block import Block, beside, line
from tui.rendering.fitting import bar
from tui.text.error_reach import part_reached, percent_of
from tui.text.glyphs import Glyphs

LABELS = ("", N_("weather"), N_("dish"), N_("reach"))
"""What the lines are called; translated when they are shown."""

MAX_LABEL = 12
"""Cells of such a name at the most."""

MIN_DAYS = 3
"""Where fewer days than this are in sight by their names, they are shown in brief."""

BRIEF = 4
"""The width of a day in brief: three letters, or a picture and a mark."""


@dataclass(frozen=True)
class Layout:
    """Which days are in sight, and where.

    Attributes:
        left: The column of the first day, in cells.
        first: The first day in sight.
        shown: How many days are in sight.
        cell: The width of a day, in cells.
        brief: Whether names are shortened to three letters, or to their pictures.
    """

    left: int
    first: int
    shown: int
    cell: int
    brief: bool = False

    def day_at(self, x: int) -> int | None:
        """The day drawn at a column, or None."""
        day = (x - self.left) // self.cell
        return self.first + day if x >= self.left and day < self.shown else None


def _label_width() -> int:
    """The cells that the names of the lines take, in the language in use."""
    return min(max(cell_len(_(label)) for label in LABELS if label), MAX_LABEL)


def layout(simulation: Simulation, glyphs: Glyphs, width: int) -> Layout:
    """Fit as many days as there is room for around the cursor."""
    roommate = simulation.situation.roommate
    labels = _label_width() + 1
    widest = max(
        cell_len(glyphs.labelled(axis, row))
        for axis in (dish_axis(roommate), weather_axis(roommate))
        for row in range(len(axis.labels))
    )
    cell = max(widest, *(cell_len(day_name(day)) for day in range(len(DAY_NAMES)))) + 1
    brief = (width - labels) // cell - 1 < min(MIN_DAYS, simulation.days)
    if brief:
        cell = BRIEF + simulation.backward  # "100%"
    cell = max(cell, min(14, (width - labels) // (simulation.days + 1)))
    left = labels + cell
    shown = max(min((width - left) // cell, simulation.days), 1)
    first = min(max(simulation.day - shown // 2, 0), simulation.days - shown)
    return Layout(left, first, shown, cell, brief)


def week(simulation: Simulation, glyphs: Glyphs, width: int) -> list[Content]:
    """Three lines: days, weather, dishes; the cursor's day highlighted, days not yet cooked left open.

    On the way back there is a fourth: how far the last day's error reaches.
    """
    place = layout(simulation, glyphs, width)
    roommate = simulation.situation.roommate
    named = LABELS if simulation.backward else LABELS[:-1]
    size = _label_width()
    texts = (set_cell_size(_(label) if label else "", size) for label in named)
    labels = Block.of([line((f"{text} ", "$muted")) for text in texts])
    columns = [labels, _start(simulation, roommate, glyphs, place)]
    columns += [_day(simulation, day, glyphs, place) for day in range(place.first, place.first + place.shown)]
    lines = list(beside(columns, gap=0).lines)
    if place.shown < simulation.days:
        days = simulation.days
        hint = ngettext("{first}{dash}{last} of {days} day", "{first}{dash}{last} of {days} days", days).format(
            first=place.first + 1, dash=glyphs.dash, last=place.first + place.shown, days=days
        )
        if cell_len(hint) >= place.left:
            hint = ngettext("{days} day", "{days} days", days).format(days=days)
        lines[0] = line((set_cell_size(hint, place.left - 1), "$muted"), lines[0][place.left - 1 :])
    return lines


def _start(simulation: Simulation, roommate: Roommate, glyphs: Glyphs, place: Layout) -> Block:
    style = "$yesterday bold" if simulation.day == 0 else "$muted"
    situation = simulation.situation
    dish = _name(dish_axis(roommate), situation.start_dish, glyphs, place)
    state = _name(state_axis(roommate), situation.start, glyphs, place) if roommate.memory else ""
    lines = [line((_("was") if place.brief else _("start"), "$muted")), line((state, style)), line((dish, style))]
    return _column(lines + [line("")] * simulation.backward, place.cell, highlighted=False)


def _name(axis: Axis, row: int, glyphs: Glyphs, place: Layout) -> str:
    return glyphs.short(axis, row, BRIEF - 1) if place.brief else glyphs.labelled(axis, row)


def _day(simulation: Simulation, day: int, glyphs: Glyphs, place: Layout) -> Block:
    situation, cell = simulation.situation, place.cell
    here = day == simulation.day
    text = short_day_name(day) if place.brief else day_name(day)
    name = line((text, "bold" if here else "$muted"))
    weather = line((_name(weather_axis(situation.roommate), situation.week[day], glyphs, place), "$weather"))
    lines = [name, weather, _dish(simulation, day, dish_axis(situation.roommate), glyphs, place)]
    if simulation.backward:
        lines.append(line((reach_of(simulation, day, glyphs, cell - 1), "$error")))
    return _column(lines, cell, highlighted=here)


def reach_of(simulation: Simulation, day: int, glyphs: Glyphs, width: int) -> str:
    """How much of the last day's error has reached a day: per cent or a power of ten, and a bar beside it."""
    part = part_reached(simulation, day)
    percent = percent_of(part)
    reach = simulation.situation.week_update.reach
    longest = float(max(reach / reach[-1])) if reach[-1] > 0 else 1.0
    return f"{percent:>5}{bar(part / max(longest, 1.0), width - 5, glyphs)}"


def _dish(simulation: Simulation, day: int, dishes: Axis, glyphs: Glyphs, place: Layout) -> Content:
    if not simulation.is_cooked(day):
        here = day == simulation.day
        return line((glyphs.unknown, "$today bold")) if here else line((glyphs.to_come, "$faint"))
    situation = simulation.situation
    text = _name(dishes, simulation.dish(day), glyphs, place)
    if not simulation.right(day):
        return line((_wrong(dishes, simulation.dish(day), situation.expected[day], glyphs, place), "$wrong bold"))
    if day == simulation.day:
        return line((text, "$today bold"))
    return line((text, "$yesterday bold" if day == simulation.day - 1 else ""))


def _wrong(dishes: Axis, dish: int, expected: int, glyphs: Glyphs, place: Layout) -> str:
    """A wrong dish, the mark, and what was really cooked, as far as there is room; the mark must be seen."""
    if place.brief:
        return f"{glyphs.wrong}{glyphs.short(dishes, dish, BRIEF - 2)}"
    names = glyphs.named(dishes).labels
    sentences = (
        f"{glyphs.labelled(dishes, dish)} {glyphs.wrong} {glyphs.labelled(dishes, expected)}",
        f"{names[dish]} {glyphs.wrong} {names[expected]}",
        f"{glyphs.short(dishes, dish, 3)} {glyphs.wrong} {glyphs.short(dishes, expected, 3)}",
    )
    room = place.cell - 1
    return next((text for text in sentences if cell_len(text) <= room), f"{glyphs.wrong}{names[dish]}")


def _column(texts: list[Content], cell: int, *, highlighted: bool) -> Block:
    lines = []
    for text in texts:
        padded = text.truncate(cell - 1).pad_right(max(cell - 1 - text.cell_length, 0))
        lines.append(line((" ", ""), padded) if not highlighted else line(" ", padded).stylize("on $lit"))
    return Block.of(lines)
