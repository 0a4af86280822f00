"""The lower half of the week unrolled: how large the error is day by day, and what it adds to each gradient."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from rich.cells import cell_len

from model.arrays import Array
from model.language import _
from model.network.operations import title
from model.roommate.roommate import day_name
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE
from model.steps.forward import Quantities
from model.training.day_errors import DayErrors, Meeting
from tui.rendering.block import Part
from tui.rendering.fitting import bar
from tui.rendering.week_rows import MEDIUM, WIDE, Columns, Row
from tui.text.error_reach import part_reached, percent_of
from tui.text.glyphs import Glyphs, beginning
from tui.text.week_errors import size_text

MIN_INITIALS = 7
"""Cells from which the first letters of a matrix's words stand apart."""


class Backwards:
    """Draws the lines of the lower half, where `why_not` has nothing to say.

    Args:
        simulation: Where one is.
        glyphs: Characters to draw with.
        columns: The places of the days.
    """

    def __init__(self, simulation: Simulation, glyphs: Glyphs, columns: Columns) -> None:
        self.simulation, self.glyphs, self.columns = simulation, glyphs, columns
        self.room = columns.room
        self.update = simulation.situation.week_update
        self.errors: DayErrors = self.update.day_errors
        self.known = simulation.days_cooked == simulation.days

    def _arrived(self, day: int, symbol: str) -> bool:
        """Whether a day's part is known: walking back, the days after the cursor, and today what has been made."""
        simulation = self.simulation
        if not simulation.backward or day > simulation.day:
            return self.known
        return day == simulation.day and symbol in self.simulation.known_symbols

    def rows(self, given: Mapping[str, int]) -> Iterator[tuple[str, Row]]:
        """The lines that there is room for, from the top, each with its kind.

        Args:
            given: How many lines there are of each kind.
        """
        meetings = self.errors.meetings
        most = max(float(np.nanmax(m.together, initial=0.0)) for m in meetings)
        most = max(most, *(float(np.nanmax(m.own, initial=0.0)) for m in meetings), 1e-300)
        shown = meetings if "states" in given else meetings[:1]
        for at, meeting in enumerate(shown):
            if "own" in given:
                yield "own", self._sizes(self._named(_("own error"), _("own"), at, meeting), meeting.own, "e", most)
                later = self._named(_("from later"), _("later"), at, meeting)
                yield "own", self._sizes(later, meeting.later, f"∂{meeting.quantity}", most)
            if "together" in given or "states" in given:
                name = self._fitted(_("together {what}").format(what=f"∂{meeting.quantity}"), f"∂{meeting.quantity}")
                yield "together", self._sizes(name, meeting.together, f"∂{meeting.quantity}", most, bold=True)
        if "back" in given:
            yield "back", Row([(self._fitted(_("goes back"), _("back")), "$error")], self._goes_back, long=True)
        if "adds" in given:
            yield "adds", Row([(_("adds to"), "$muted")], lambda _day: [])
        yield from (("matrices", row) for row in self._matrices(given.get("matrices", 0)))

    def _named(self, name: str, short: str, at: int, meeting: Meeting) -> str:
        if at == 0 and len(self.errors.meetings) == 1:
            return self._fitted(name, short)
        return self._fitted(f"{name} {meeting.quantity}", f"{short} {meeting.quantity}")

    def _fitted(self, *forms: str) -> str:
        room = self.columns.place.left - 1
        forms = tuple(map(self.glyphs.text, forms))
        return next((form for form in forms if cell_len(form) <= room), beginning(forms[-1], room))

    def _sizes(self, label: str, sizes: Array, symbol: str, most: float, *, bold: bool = False) -> Row:
        style = "$error bold" if bold else "$error"
        return Row([(label, style)], lambda day: self._size(float(sizes[day]), day, symbol, most, style))

    def _size(self, size: float, day: int, symbol: str, most: float, style: str) -> list[Part]:
        if not self._arrived(day, symbol):
            return [(self.glyphs.to_come, "$faint")]
        text = size_text(size, narrow=self.room < WIDE)
        length = self.room - cell_len(text) - 1
        zero = not text.strip("0.")
        drawn = bar(size / most, length, self.glyphs) if length > 0 and np.isfinite(size) and not zero else ""
        return [(text, "$faint" if zero else style), (f" {drawn}" if drawn else "", style)]

    def _goes_back(self, day: int) -> list[Part]:
        """The arrow from the day after, with the part of the last day's error that arrives."""
        glyphs, room, last = self.glyphs, self.columns.place.cell - 1, self.simulation.days - 1
        part = part_reached(self.simulation, day)
        brief = self.room < MEDIUM
        told = glyphs.text(percent_of(part, brief=brief))
        arrived = self.known and (not self.simulation.backward or day >= self.simulation.day)
        style = "$error bold" if arrived else "$faint"
        if day == last and arrived:
            forms = (_("{day}: {part}").format(day=day_name(day), part=told), told)
            return [(next((form for form in forms if cell_len(form) <= self.room), told), style)]
        if not arrived:
            return [("" if day == last else glyphs.horizontal * room, "$faint")]
        run, head = (glyphs.heavy_horizontal, glyphs.heads[3]) if part else (glyphs.horizontal, glyphs.horizontal)
        told = told if brief or room < WIDE else f" {told} "
        spare = max(room - 1 - cell_len(told), 0)
        before = (spare + 1) // 2
        return [(head + run * before, "$error"), (told, style), (run * (spare - before), "$error")]

    def _matrices(self, count: int) -> Iterator[Row]:
        """What each day adds to the gradient of a matrix; where there is not room for all, the largest."""
        sizes = self.errors.matrices
        if not count:
            return
        names = list(sizes)
        if count < len(names):
            largest = sorted(names, key=lambda name: -float(np.nansum(sizes[name])))[: max(count - 1, 1)]
            names = [name for name in names if name in largest]
        most = max(*(float(np.nanmax(of_days, initial=0.0)) for of_days in sizes.values()), 1e-300)
        situation = self.simulation.situation
        of_day = Quantities(situation.roommate, situation.network, self.update.forward, 0)
        for name in names:
            label, style = self._short(f"∂{title(name)}"), f"${of_day.matrix(name).role}"
            of_name, symbol = sizes[name], f"∂{title(name)}"
            yield Row(
                [(label, style)],
                lambda day, of=of_name, s=symbol, c=style: self._size(float(of[day]), day, s, most, c),  # type: ignore[misc]
            )
        if len(names) < len(sizes) and count > 1:
            left = _("and {count} smaller").format(count=len(sizes) - len(names))
            yield Row([(self._fitted(left, f"+{len(sizes) - len(names)}"), "$muted")], lambda _day: [])

    def _short(self, name: str) -> str:
        """The name of a matrix in the cells there are: the first letters of its first word, and of the others one."""
        room, name = self.columns.place.left - 1, self.glyphs.text(name)
        if cell_len(name) <= room:
            return name
        first, *others = name.split(" ")
        if not others:
            return f"{first[: room - 1]}."
        if room < MIN_INITIALS:
            return "".join([first[: 1 + len(self.glyphs.text("∂"))], *(word[0] for word in others)])
        initials = "".join(f" {word[0]}" for word in others)
        return f"{first[: max(room - len(initials), 1)]}{initials}"

    def sum_told(self, room: int) -> str:
        """What becomes of the sum over the days, as far as there is room to say it."""
        if not self.known:
            told = _("The error is known when all days are cooked.")
            return told if cell_len(told) <= room else ""
        if self.simulation.backward and self.simulation.day != UPDATE:
            told = _("The sum over the days comes after the first day.")
            return told if cell_len(told) <= room else ""
        update, config = self.update, self.update.config
        blanks = {"norm": size_text(update.norm), "optimizer": config.optimizer, "rate": f"{config.learning_rate:g}"}
        forms = (
            _("Sum over the days: length {norm}. o makes an update of it: {optimizer}, learning rate {rate}."),
            _("Sum over the days: length {norm}; o makes the update."),
            _("Sum: length {norm}."),
        )
        texts = (self.glyphs.text(form.format(**blanks)) for form in forms)
        return next((text for text in texts if cell_len(text) <= room), "")
