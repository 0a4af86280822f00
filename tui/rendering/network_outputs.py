"""What stands under the units: the vectors over the dishes, and the line of what goes in again tomorrow."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from rich.cells import cell_len
from textual.content import Content

from model.language import _
from model.steps.step import StepKind
from tui.rendering.block import line
from tui.rendering.matrix import FAINT, sign_style
from tui.rendering.network_plan import Plan
from tui.rendering.network_slots import Row, Slot


class Outputs(Plan):
    """Draws the lines under the units."""

    def outputs(self, starts: dict[str, tuple[int, int]], width: int) -> list[Content]:
        """Everything under the units, the line of the loop last."""
        glyphs, last = self.glyphs, self.slots[-1]
        at = starts[last.key][0] if last.turned else width
        edge = (" ", FAINT) if self.first is None else (glyphs.lines[5], "$yesterday")
        shown = self.columns(last)
        lines: list[Content] = []
        kept = self.footer - 1
        for row in self._kept(kept):
            name = glyphs.text(self._row_name(row, at - 3))
            colour = f"${row.role} bold" if row.known and row.highlighted else f"${row.role}" if row.known else FAINT
            room = max(at - 2 - cell_len(name), 0)
            part = "" if self.complete or lines else self._part(room - 2)
            left = line((part, "$muted"), " " * (room - cell_len(part)))
            lines.append(
                line(edge, left, (name, colour), f"  {self.lead(last)}", *self.row([*self._row(row, last, shown)]))
            )
        lines += [line(edge)] * (self.footer - 1 - len(lines))
        current = [row for row in self.seen.rows if row.highlighted] if not kept and last.turned else []
        if self.simulation.lit is None and self.simulation.current_step.operation is StepKind.CHOOSE:
            current = []  # it makes the dish
        return [*lines, self._row_below(current[-1], starts, at) if current else self._loop(starts, at, width)]

    def _row_below(self, row: Row, starts: dict[str, tuple[int, int]], at: int) -> Content:
        """Where there is one line for all: what the step is about, in place of the dish, at the end of the loop."""
        last, glyphs = self.slots[-1], self.glyphs
        name = glyphs.text(row.name)
        drawn = self._run(starts, at - 3 - cell_len(name)) if self.first is not None else line("")
        drawn = drawn.truncate(max(at - 2 - cell_len(name), 0))
        gap = " " * (at - 1 - cell_len(name) - drawn.cell_length)
        numbers = self.row([*self._row(row, last, self.columns(last))])
        return line(drawn, gap, (name, f"${row.role} bold"), f"  {self.lead(last)}", *numbers)

    def _kept(self, count: int) -> tuple[Row, ...]:
        """The last rows, or where there is no room for all, those from the one that the step makes."""
        rows = self.seen.rows
        current = next((at for at, row in enumerate(rows) if row.highlighted), len(rows))
        first = min(max(len(rows) - count, 0), current)
        return rows[first : first + count]

    def _part(self, room: int) -> str:
        """Which units are in sight, and how many columns, as far as there is room to say it."""
        first, last, units = self.rows[0] + 1, self.rows[-1] + 1, len(self.seen.units.labels)
        text = _("units {first}–{last} of {units:,}").format(first=first, last=last, units=units)
        columns = max(slot.value.shape[1] for slot in self.slots)
        longer = _("{units}, {shown} of {columns} columns")
        longer = longer.format(units=text, shown=self.style.columns, columns=columns)
        forms = [longer, text] if columns > self.style.columns else [text]
        return next((f" {self.glyphs.text(form)}" for form in forms if cell_len(form) <= room), "")

    def _row_name(self, row: Row, room: int) -> str:
        days = self.simulation.days
        longer = {
            "p": _("probabilities p"),
            "t": _("really cooked t"),
            "e": f"e = (p − t) / {days}",
            "r": _("from tomorrow r"),
            "∂y": "∂y = e + r" if any(other.name == "r" for other in self.seen.rows) else "∂y = e",
            "y": "y",
            "bias": _("output bias"),
        }[row.name]
        return longer if cell_len(self.glyphs.text(longer)) <= room else row.name

    def _row(self, row: Row, last: Slot, shown: range) -> Iterator[tuple[str, str]]:
        gradient = row.kind == "gradient"
        stand_in = Slot("", "", row.value[:, None], "", gradient=gradient, largest=row.largest, whole=row.whole)
        for column in shown:
            number = float(row.value[column])
            if not row.known:
                yield self.unknown(last, highlighted=row.highlighted)
                continue
            text = self._percent(number) if row.kind == "part" else self.style.format.write(number, stand_in)
            style = "$muted" if row.kind == "part" else sign_style(number) if text.strip("+-0.") else FAINT
            if row.letters is not None:
                text, style = self.letter(str(row.letters[column])), f"${row.role}"
            if row.highlighted:
                style += " bold"
            if column == self.seen.output and (row.highlighted or self.seen.unit is None):
                style = f"{style.replace(FAINT, '$muted')} on $lit"
            yield self.in_cell(text, last), style

    def _percent(self, part: float) -> str:
        """A probability; where three letters and a blank have no room, in tenths."""
        if not np.isfinite(part):
            return "?"
        text = f"{part:.0%}"
        return text if len(text) < self.number else f"{part:.1f}".lstrip("0").replace(".0", "") or "0"

    def _loop(self, starts: dict[str, tuple[int, int]], at: int, width: int) -> Content:
        """The line along the bottom: what goes in again tomorrow; on the way back what comes from today's error."""
        label = _("dish") if at < width else ""  # or it is made in another part
        end = at - 3 - cell_len(label)
        if self.first is None:
            return self._with_dish(line(" " * max(end + 1, 0), (label, "$today bold"), "  "), width, label)
        drawn = self._run(starts, end)
        space = max(at - 2 - cell_len(label) - drawn.cell_length, 1)
        return self._with_dish(line(drawn, " " * space, (label, "$today bold"), "  "), width, label)

    def _run(self, starts: dict[str, tuple[int, int]], end: int) -> Content:
        """The line itself, with what it says."""
        seen, glyphs = self.seen, self.glyphs
        if seen.backward:
            sentences = [_("how the loss changes with what yesterday handed on"), _("to yesterday")]
        elif seen.dish_returns:
            sentences = [
                _("the dish goes in again: tomorrow it is yesterday's"),
                _("goes in again tomorrow"),
                _("goes in again"),
            ]
        else:
            sentences = [
                _("the hidden units go in again: tomorrow they are yesterday's"),
                _("hidden units go in again"),
                _("units go in again"),
            ]
        close = ""
        if seen.returns:
            start, slot_width = starts[seen.returns[-1]]
            end, close = start + slot_width // 2, glyphs.lines[9]
        sentence = next((f" {glyphs.text(text)} " for text in sentences if cell_len(text) + 8 <= end), "")
        run, corner = glyphs.lines[10], glyphs.lines[3]
        before = max((end - cell_len(sentence)) // 3, 2)
        after = max(end - 1 - before - cell_len(sentence), 0)
        return line((corner + run * before, "$yesterday"), (sentence, "$muted"), (run * after + close, "$yesterday"))

    def _with_dish(self, before: Content, width: int, label: str) -> Content:
        """The last line, the dish at its end, no wider than the drawing."""
        text = line(before, self._dish(width - before.cell_length)) if label else before
        return text.truncate(width) if text.cell_length > width else text

    def _dish(self, room: int) -> Content:
        """The day's dish, and what it should have been where it is wrong, as far as there is room."""
        simulation, glyphs = self.simulation, self.glyphs
        if not simulation.is_cooked(simulation.day):
            return line((glyphs.unknown, FAINT))
        day, axis = max(simulation.day, 0), self.seen.outputs
        dish, wanted = simulation.dish(day), simulation.situation.expected[day]
        right = simulation.right(day)
        mark = (glyphs.right, "$right bold") if right else (glyphs.wrong, "$wrong bold")
        name, other = glyphs.labelled(axis, dish), glyphs.labelled(axis, wanted)
        shorter, other_shorter = glyphs.short(axis, dish, 3), glyphs.short(axis, wanted, 3)
        colour = "$today bold" if right else "$wrong bold"
        forms = []
        if not right:
            forms = [line((f"{name} ", colour), mark, (f" {other}", "$muted"))]
            forms += [line((f"{shorter} ", colour), mark, (f" {other_shorter}", "$muted"))]
        forms += [line((f"{name} ", colour), mark), line((f"{shorter} ", colour), mark)]
        return next((form for form in forms if form.cell_length <= room), forms[-1])
