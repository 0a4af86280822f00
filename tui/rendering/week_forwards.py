"""The upper half of the week unrolled: what goes into each day below, its hidden units, and what comes out on top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
from rich.cells import cell_len

from model.arrays import Array
from model.language import _
from model.network.cell import LOGITS, Size
from model.network.operations import Apply, Operation, Product
from model.network.schedule import Feedback
from model.roommate.roommate import briefest_day_name, day_name, short_day_name
from model.simulation.simulation import Simulation
from model.steps.axes import dish_axis, hidden_axis, state_axis, weather_axis
from tui.rendering.block import Part
from tui.rendering.day_outcome import name_in, outcome, should_be
from tui.rendering.fitting import bar
from tui.rendering.matrix import FAINT, sign_style
from tui.rendering.network_plan import short_names
from tui.rendering.network_slots import Slot, extent
from tui.rendering.network_style import FULL, SHORT
from tui.rendering.week_inputs import goes_in
from tui.rendering.week_rows import MEDIUM, WIDE, WIDEST, Columns, Row
from tui.text.feedback import feedback_of
from tui.text.glyphs import Glyphs, beginning
from tui.text.window import around

HALF_BAR = 3
"""Cells of a unit's bar on either side of zero."""


class Forwards:
    """Draws the lines of the upper half.

    Args:
        simulation: Where one is.
        glyphs: Characters to draw with.
        columns: The places of the days.
    """

    def __init__(self, simulation: Simulation, glyphs: Glyphs, columns: Columns) -> None:
        self.simulation, self.glyphs, self.columns = simulation, glyphs, columns
        situation = simulation.situation
        self.cell, self.room = situation.cell, columns.room
        self.dishes, self.weathers = dish_axis(situation.roommate), weather_axis(situation.roommate)
        self.units = hidden_axis(situation.roommate, situation.network)
        self.feedback = feedback_of(situation, backward=simulation.backward)
        self.scores = situation.by_hand  # of hand-set weights nothing is a probability

    def _knows(self, day: int, symbol: str) -> bool:
        simulation = self.simulation
        return simulation.is_cooked(day) or (day == simulation.day and symbol in self.simulation.known_symbols)

    # What may be asked for

    @property
    def units_count(self) -> int:
        """How many hidden units there are."""
        return len(self.units.labels) if self.cell.hidden else 0

    def exit(self) -> str:
        """The kind of line from which something goes on to the next day."""
        kinds = {Feedback.SOFT: "p", Feedback.HIDDEN: "hidden", Feedback.HARD: "says", Feedback.TEACHER: "should"}
        return "" if self.feedback is None else kinds[self.feedback]

    def rows(self, given: Mapping[str, int]) -> Iterator[tuple[str, Row]]:
        """The lines that there is room for, from the top, each with its kind.

        Args:
            given: How many lines there are of each kind.
        """
        glyphs = self.glyphs
        apart, sky = "should" in given, "weather" in given
        weather = "" if sky or self.columns.place.left <= cell_len(_("weather")) else _("weather")
        yield "day", Row([(weather, "$weather")], lambda day: self._day(day, sky=not sky))
        if apart:
            yield "should", Row([(_("should be"), "$muted")], self._should)
        yield "says", Row([(_("says"), "$today")], lambda day: self._says(day, apart=apart))
        if "blank" in given:
            yield "blank", _blank()
        yield from (("p", row) for row in self._answers(given.get("p", 0)))
        if "merge" in given:
            last = next(o for o in reversed(self.cell.operations) if isinstance(o, Product))
            yield "merge", self._stem(last.label, "$today")
        yield from (("hidden", row) for row in self._hidden(given.get("hidden", 0)))
        if "apply" in given:
            yield "apply", self._stem(self._applied(), "")
        if "chain" in given:
            parts = goes_in(self.cell, glyphs, self.room)
            yield "chain", Row(self._start(), lambda _day: parts)
        if sky:
            yield "stem", Row([], lambda _day: [(" " * (self.room // 2) + glyphs.heads[0], "$weather")])
            yield "weather", Row([(_("weather"), "$weather")], self._weather)

    # Its lines

    def _day(self, day: int, *, sky: bool) -> list[Part]:
        style = "bold" if day == self.simulation.day else "$muted"
        full, short = day_name(day), short_day_name(day)
        if not sky:
            return [(full if cell_len(full) <= self.room else short, style)]
        row = self.simulation.situation.week[day]
        longest = max(cell_len(day_name(other)) for other in range(7))
        name = full if longest + 9 <= self.room else short if self.room >= MEDIUM else briefest_day_name(day)
        return [(f"{name} ", style), (name_in(self.weathers, row, self.glyphs, self._spare(name)), "$weather")]

    def _spare(self, name: str) -> int:
        return min(max(self.room - cell_len(name) - 1, 2), 3 if self.room < WIDE else self.room)

    def _should(self, day: int) -> list[Part]:
        return should_be(self.simulation, day, self.glyphs, self.room)

    def _says(self, day: int, *, apart: bool) -> list[Part]:
        return outcome(self.simulation, day, self.glyphs, self.room, apart=apart, brief=self.room < MEDIUM)

    def _answers(self, count: int) -> Iterator[Row]:
        """The probabilities of the dishes as bars; of hand-set weights the scores."""
        if not count:
            return
        simulation = self.simulation
        last = max(simulation.day, 0)
        shown = around(simulation.dish(last), min(count, len(self.dishes.labels)), len(self.dishes.labels))
        symbol = LOGITS if self.scores else "p"
        for at, dish in enumerate(range(shown.start, shown.stop)):
            label = symbol if at == (shown.stop - shown.start) // 2 else ""
            yield Row([(label, "$today")], lambda day, dish=dish: self._answer(day, dish))  # type: ignore[misc]

    def _answer(self, day: int, dish: int) -> list[Part]:
        glyphs, room = self.glyphs, self.room
        picture = glyphs.short(self.dishes, dish, 3)
        if not self._knows(day, LOGITS):
            return [(picture, FAINT), (f" {glyphs.to_come}", FAINT)]
        array = self.simulation.run[LOGITS if self.scores else "p"][:, :, 0]
        number = float(array[day, dish])
        style = "$today bold" if dish == self.simulation.dish(day) else "$muted"
        if self.scores:
            text, part = self._written(number, array), number / max(extent(array)[0], 1e-300)
        else:
            text, part = (f"{number:.0%}", number) if np.isfinite(number) else ("?", 0.0)
        gap = " " if room >= WIDE else ""
        length = room - cell_len(picture) - 2 * len(gap) - 4
        drawn = bar(part, length, glyphs) if length > 0 and np.isfinite(part) else ""
        spare = max(room - cell_len(picture) - len(gap) - cell_len(drawn) - cell_len(text), 0)
        return [(picture, ""), gap, (drawn, style), (" " * spare + text, style)]

    def _written(self, number: float, array: Array) -> str:
        """A number in the format of all numbers of its quantity in the week."""
        largest, whole = extent(array)
        if self.room < MEDIUM and not whole and largest < 9.95:  # two digits that count, without the zero before them
            text = f"{number:+.2f}".replace("0.", ".", 1) if abs(number) < 0.995 else f"{number:+.1f}"
            return text if text.strip("+-.0") else "0"
        form = FULL if self.room >= MEDIUM else SHORT
        return form.write(number, Slot("", "", array, "", largest=largest, whole=whole))

    def _hidden(self, count: int) -> Iterator[Row]:
        """The hidden units, of many those around the one that is spelled out."""
        if not count:
            return
        unit = self._unit
        shown = around(unit or 0, min(count, self.units_count), self.units_count)
        names = short_names(self.units, self.glyphs)
        left, symbols = self.columns.place.left, self.cell.hidden
        if self.room >= WIDEST and isinstance(self._making, Apply):
            symbols = f"{self._making.x} {self.glyphs.heads[1]} {symbols}"
        for at, row in enumerate(range(shown.start, shown.stop)):
            told = ""
            if at == (shown.stop - shown.start) // 2:
                spare = left - 2 - max(map(cell_len, names[shown])) - (shown.stop - shown.start < self.units_count)
                forms = (_("hidden {symbol}").format(symbol=symbols), symbols, self.cell.hidden)
                told = next((form for form in forms if cell_len(form) <= spare), "")
            name = names[row]
            if at == 0 and shown.start:
                name = f"{self.glyphs.heads[0]}{name}"
            elif row == shown.stop - 1 and shown.stop < self.units_count:
                name = f"{self.glyphs.heads[2]}{name}"
            gap = " " * max(left - 1 - cell_len(told) - cell_len(name), 0)
            label: list[Part] = [(told, ""), gap, (name, "bold" if row == unit else "$muted")]
            yield Row(label, lambda day, row=row: self._of_unit(day, row))  # type: ignore[misc]

    @property
    def _unit(self) -> int | None:
        """The unit that the step spells out, where it is one of the hidden units."""
        result = self.simulation.current_step.result
        row, _column = result.place(self.simulation.current_entry)
        return row if result.rows == self.units else None

    def _of_unit(self, day: int, unit: int) -> list[Part]:
        glyphs, room = self.glyphs, self.room
        if not self._knows(day, self.cell.hidden):
            return [(glyphs.to_come.rjust(min(room, 2 * HALF_BAR + 1) // 2 + 1), FAINT)]
        array = self.simulation.run[self.cell.hidden][:, :, 0]
        number = float(array[day, unit])
        text = self._written(number, array)
        zero = not text.strip("+-0.")
        style = FAINT if zero else sign_style(number)
        if room < WIDE:
            return [(text.rjust(min(room, 5 + (room - 5) // 2)), style)]
        largest, whole = extent(array)
        if whole and largest <= 1:  # one-hot units: which of them is 1
            mark = glyphs.node if number else glyphs.empty_node
            return [(f"{mark} {text}".rjust(room // 2 + 1), style if number else FAINT)]
        filled = min(round(HALF_BAR * abs(number) / max(largest, 1.0)), HALF_BAR) if np.isfinite(number) else 0
        blocks = glyphs.square * filled
        left, right = (blocks if number < 0 else "", "" if number < 0 else blocks)
        drawn: list[Part] = [(left.rjust(HALF_BAR), style), (glyphs.vertical, FAINT), (right.ljust(HALF_BAR), style)]
        if room < WIDEST or not isinstance(self._making, Apply):
            return [*drawn, (text.rjust(min(room - 2 * HALF_BAR - 1, 8)), style)]
        drawn.append((text.rjust(6), style))
        sums = self.simulation.run[self._making.x][:, :, 0]
        before = self._written(float(sums[day, unit]), sums)
        return [(before.rjust(6), "$muted"), (f" {glyphs.heads[1]} ", FAINT), *drawn]

    @cached_property
    def _making(self) -> Operation:
        """The operation that makes the hidden units."""
        return next(o for o in self.cell.operations if o.out == self.cell.hidden)

    def _applied(self) -> str:
        """What makes the hidden units, in words or as a formula."""
        making = self._making
        if isinstance(making, Apply):
            return making.applied(self.simulation.situation.network.activation).name
        return making.formula()

    def _stem(self, text: str, style: str) -> Row:
        """An arrow upwards with what happens there."""
        glyphs = self.glyphs
        drawn = f"{glyphs.heads[0]} {glyphs.text(text)}"
        if cell_len(drawn) > self.room:
            drawn = f"{glyphs.heads[0]} {glyphs.text('φ')}"
        start = min(self.room // 3, max(self.room - cell_len(drawn), 0))
        return Row([], lambda _day: [(" " * start + drawn, style)])

    def _start(self) -> list[Part]:
        """What goes into the first day, and the line that leads there."""
        if self.feedback is None:
            return []
        situation, glyphs, room = self.simulation.situation, self.glyphs, self.columns.place.left - 2
        axis, row = self.dishes, situation.start_dish
        if self.cell.remembers:
            axis, row = state_axis(situation.roommate), situation.start
        told = glyphs.labelled(axis, row)
        if self.cell.remembers and situation.network.zero_start:
            told = "0"
        elif cell_len(told) > room:  # a picture leaves room for the line
            told = glyphs.short(axis, row, room)
        told = glyphs.more if self.columns.place.first else beginning(told, room)
        run = glyphs.lines[10] * max(room - cell_len(told) - 1, 0)
        return [(told, "$yesterday"), (f" {run}{glyphs.heads[1]}" if run else glyphs.heads[1], "$yesterday")]

    def _weather(self, day: int) -> list[Part]:
        name = name_in(self.weathers, self.simulation.situation.week[day], self.glyphs, self.room)
        return [(" " * max((self.room - cell_len(name)) // 2, 0) + name, "$weather")]


def _blank() -> Row:
    return Row([], lambda _day: [])


def hidden_size(simulation: Simulation) -> int:
    """The number of hidden units, which need no network to be made; 0 where there are none."""
    situation = simulation.situation
    return situation.sizes[Size.HIDDEN] if situation.cell.hidden else 0
