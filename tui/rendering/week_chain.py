"""The week as a chain: the weather goes in, and what a day makes goes on to the next along an arrow.

The lines and places are the same forwards, backwards and in all lessons. Backwards the same arrows point the other
way and carry the part of the last day's error that comes back.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from model.language import N_, _
from model.network.schedule import Feedback
from model.roommate.roommate import briefest_day_name, day_name, short_day_name
from model.simulation.simulation import Simulation
from model.steps.axes import dish_axis, state_axis, weather_axis
from tui.rendering.block import Part, line
from tui.rendering.day_outcome import name_in, outcome, should_be
from tui.text.error_reach import part_reached, percent_of
from tui.text.feedback import feedback_of
from tui.text.glyphs import Glyphs

LABELS = (N_("weather"), "", N_("dish"), N_("should be"))
"""What the lines are called; on that of the chain stands what there was before. Translated when they are shown."""

MAX_LABEL = 12
"""Cells of such a name at the most."""

MIN_CELL, MIN_FULL_CELL, MAX_CELL = 11, 15, 31
"""A day's cells: below the first there are pictures in place of names, from the second on whole names of days."""

MIN_WITH_LABELS = 50
"""Cells below which the lines have no names."""

APART = 4
"""The lines of the chain where what should be has one of its own."""

MIN_DAYS = 5
"""Where fewer days than this would be in sight by their names, they are shown in brief."""


@dataclass(frozen=True)
class ChainLayout:
    """Which days are in sight, and where.

    Attributes:
        left: The column of the first day, in cells.
        first: The first day in sight.
        shown: How many days are in sight.
        cell: The width of a day, in cells.
        brief: Whether names are shortened to two letters, or to their pictures.
    """

    left: int
    first: int
    shown: int
    cell: int
    brief: bool

    @property
    def days(self) -> range:
        """The days in sight."""
        return range(self.first, self.first + self.shown)

    def day_at(self, x: int) -> int | None:
        """The day drawn at a column, or None."""
        day = (x - self.left) // self.cell
        return self.first + day if x >= self.left and day < self.shown else None


def chain_layout(simulation: Simulation, glyphs: Glyphs, width: int) -> ChainLayout:
    """Fit as many days as there is room for around the cursor, each with as much room as that leaves."""
    days = simulation.days
    labels = min(max(cell_len(_(label)) for label in LABELS if label), MAX_LABEL) + 1
    dishes = dish_axis(simulation.situation.roommate)
    start = max(cell_len(glyphs.labelled(dishes, row)) for row in range(len(dishes.labels))) + 2
    wider = min(max(labels, start), MAX_LABEL)  # for what there was before the first day, if that costs no day
    labels = wider if (width - wider) // MIN_CELL >= min((width - labels) // MIN_CELL, days) else labels
    brief = (width - labels) // MIN_CELL < min(MIN_DAYS, days)
    least = MIN_CELL
    if brief:
        picture = _brief_width(simulation, glyphs)
        least = max(2 * picture + 2, 6)
        labels = labels if width >= MIN_WITH_LABELS else picture + 2
    shown = max(min((width - labels) // least, days), 1)
    cell = min((width - labels) // shown, MAX_CELL)
    first = min(max(simulation.day - shown // 2, 0), days - shown)
    return ChainLayout(labels, first, shown, cell, brief)


def _brief_width(simulation: Simulation, glyphs: Glyphs) -> int:
    """The cells of a dish or a weather in brief: a picture, or three letters."""
    roommate = simulation.situation.roommate
    axes = (dish_axis(roommate), weather_axis(roommate))
    pictures = all(glyphs.picture(axis, row) for axis in axes for row in range(len(axis.labels)))
    return 2 if pictures else 3


def week_chain(simulation: Simulation, glyphs: Glyphs, width: int, *, apart: bool) -> list[Content]:
    """The lines of the chain: weather, days, dishes, and what the dishes should be.

    Args:
        simulation: Where one is.
        glyphs: Characters to draw with.
        width: The cells there are.
        apart: Whether what should be has a line of its own; otherwise it stands beside a dish that is wrong.
    """
    place = chain_layout(simulation, glyphs, width)
    drawing = _Chain(simulation, glyphs, place, apart=apart)
    rows = (drawing.weather, drawing.day, drawing.dish, *((drawing.should_be,) if apart else ()))
    lines = []
    for row, label in zip(rows, drawing.labels(), strict=False):
        parts = [label]
        for day in place.days:
            text = line(*row(day)).truncate(place.cell)
            text = text.pad_right(place.cell - text.cell_length)
            parts.append(text.stylize("on $lit") if day == simulation.day else text)
        lines.append(line(*parts))
    return lines


class _Chain:
    """Draws the lines of one day each."""

    def __init__(self, simulation: Simulation, glyphs: Glyphs, place: ChainLayout, *, apart: bool) -> None:
        self.simulation, self.glyphs, self.place, self.apart = simulation, glyphs, place, apart
        situation = simulation.situation
        self.dishes, self.weathers = dish_axis(situation.roommate), weather_axis(situation.roommate)
        self.feedback = feedback_of(situation, backward=simulation.backward)

    def labels(self) -> list[Content]:
        """What stands before the days: the names of the lines, and what there was before the first day."""
        place, glyphs = self.place, self.glyphs
        room = place.left - 1
        named = not (place.brief and place.left < MIN_WITH_LABELS // 5)
        texts = [line((set_cell_size(_(label) if label and named else "", room), "$muted")) for label in LABELS]
        if place.shown < self.simulation.days:
            texts[0] = line((set_cell_size(self._window(room), room), "$muted"))
        arrow = glyphs.heads[1] if self.feedback is not None and not self.simulation.backward else ""
        style = "$yesterday bold" if self.simulation.day == 0 else "$yesterday" if arrow else "$muted"
        told = self._start(room - cell_len(arrow))
        gap = max(room - cell_len(told) - cell_len(arrow), 0)
        run = glyphs.heavy_horizontal if arrow and place.first else " "
        texts[1] = line((told, style), (run * gap + arrow, style))
        return [line(text, " ") for text in texts]

    def _window(self, room: int) -> str:
        """Which days are in sight, as far as there is room to say it."""
        first, last, days = self.place.first + 1, self.place.first + self.place.shown, self.simulation.days
        forms = (self.glyphs.text(f"{first}–{last}/{days}"), f"{self.simulation.day + 1}/{days}", f"/{days}")
        return next((form for form in forms if cell_len(form) <= room), "")

    def _start(self, room: int) -> str:
        """What goes into the first day; where that is out of sight, that there is more before."""
        situation, glyphs = self.simulation.situation, self.glyphs
        if self.place.first:
            return glyphs.more
        axis, row = self.dishes, situation.start_dish
        if situation.cell.remembers:
            if situation.network.zero_start:
                longer = _("start {what}").format(what="0")
                return longer if cell_len(longer) <= room else "0"
            axis, row = state_axis(situation.roommate), situation.start
            shown = glyphs.picture(self.dishes, situation.start_dish)
            longest = f"{shown} {glyphs.labelled(axis, row)}"
            if situation.roommate.memory and shown and cell_len(longest) <= room:
                return longest
        short = glyphs.short(axis, row, room)
        forms = (
            _("start {what}").format(what=glyphs.labelled(axis, row)),
            glyphs.labelled(axis, row),
            _("start {what}").format(what=short),
            short,
        )
        return next((form for form in forms if cell_len(form) <= room), "")

    def weather(self, day: int) -> list[Part]:
        """What goes in."""
        row, room = self.simulation.situation.week[day], 3 if self.place.brief else self.place.cell - 1
        return [(name_in(self.weathers, row, self.glyphs, room), "$weather")]

    def day(self, day: int) -> list[Part]:
        """The name of a day, and the arrow to the next, or on the way back from it."""
        simulation, cell = self.simulation, self.place.cell
        name = day_name(day) if cell >= MIN_FULL_CELL else short_day_name(day)
        if self.place.brief:
            name = set_cell_size(briefest_day_name(day), 2)
        parts: list[Part] = [(name, "bold" if day == simulation.day else "" if self._known(day) else "$muted")]
        if self.feedback is None or (simulation.backward and day == simulation.days - 1):
            return parts
        gap = "" if self.place.brief else " "
        room = cell - cell_len(name) - 2 * len(gap)
        return [*parts, gap, *(self._error(day, room) if simulation.backward else self._arrow(day, room)), gap]

    def _known(self, day: int) -> bool:
        return self.simulation.is_cooked(day)

    def _arrow(self, day: int, room: int) -> list[Part]:
        glyphs = self.glyphs
        head, rides = glyphs.heads[1], self._rides(day, room) if self._known(day) else ""
        if not rides:
            known = self._known(day)
            run = (glyphs.heavy_horizontal if known else glyphs.horizontal) * max(room - 1, 0)
            return [(run + head, "$yesterday" if known else "$faint")]
        spare = max(room - 1 - cell_len(rides), 0)
        run = glyphs.heavy_horizontal
        return [(run * (spare // 2) + rides + run * (spare - spare // 2) + head, "$yesterday")]

    def _rides(self, day: int, room: int) -> str:
        """What the arrow carries: the dish that is fed back, or the symbols of the hidden state."""
        simulation, cell = self.simulation, self.simulation.situation.cell
        if cell.remembers:
            text = ",".join(cell.hands_on.values())
            text = text if room >= len(text) + 2 else next(iter(cell.hands_on.values()))
            return f" {text} " if room >= len(text) + 5 else text
        row = simulation.situation.expected[day] if self.feedback is Feedback.TEACHER else simulation.dish(day)
        return self.glyphs.short(self.dishes, row, min(3, max(room - 1, 1)))

    def _error(self, day: int, room: int) -> list[Part]:
        """The same arrow backwards, with the part of the last day's error that arrives."""
        glyphs, arrived = self.glyphs, day >= self.simulation.day
        part = part_reached(self.simulation, day)
        told = glyphs.text(percent_of(part))
        if cell_len(told) > room - 1:
            told = glyphs.text(percent_of(part, brief=True))
        run = glyphs.heavy_horizontal if arrived and part else glyphs.horizontal
        head = glyphs.heads[3] if part else glyphs.horizontal
        spare = max(room - 1 - cell_len(told), 0)
        style = "$error bold" if arrived and day == self.simulation.day else "$error" if arrived else "$faint"
        return [(head + run * (spare // 2) + told + run * (spare - spare // 2), style)]

    def dish(self, day: int) -> list[Part]:
        """What comes out, whether it is right, and where that has no line of its own what it should be."""
        place = self.place
        return outcome(self.simulation, day, self.glyphs, place.cell - 1, apart=self.apart, brief=place.brief)

    def should_be(self, day: int) -> list[Part]:
        """What is really cooked."""
        return should_be(self.simulation, day, self.glyphs, 3 if self.place.brief else self.place.cell - 1)
