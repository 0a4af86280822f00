"""The reader of a diary: columns, days and words, and everything that is wrong with them, with lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from model.errors import FileError, InputError
from model.language import N_, _, ngettext
from model.roommate.diary import NAMES, Diary
from model.roommate.naming import MAX_DISHES, MAX_WEATHERS, cut, fault_beside, problem_of_name
from model.roommate.parsing import MAX_DAYS, listed, suggestion
from model.roommate.roommate import DAY_NAMES, Roommate
from model.roommate.spelling import canonical, folded
from model.storage.days import Calendar, order_of_pattern
from model.storage.problems import Problems
from model.storage.table import Row, Table, TableError, read_table

COLUMNS = ("day", "weather", "dish")

WANTED = (("day", "date"), ("weather",), ("dish",))
"""What the header calls them; a column of dates may be called so where there is none of days."""

MISSING = frozenset({"", "na", "n/a", "#n/a", "#na", "<na>", "nan", "-nan", "nat", "null", "none"})
"""What programs write where there is nothing; `pandas.read_csv` reads the same."""

_UNIT = re.compile(
    r"[-–—.]?|[(\[<].*[)\]>]|date|datetime|time|string|str|text|object|discrete|nominal|factor|meta|class"
)
"""What may stand in a line of units or types below the names of the columns."""


@dataclass
class _Words:
    """The dishes, or the weathers, that may occur or have occurred."""

    what: str
    most: int
    names: list[str]
    known: bool
    _places: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places = {folded(name): place for place, name in enumerate(self.names)}

    def place(self, word: str, *, brief: bool) -> int | str:
        """The index of a word; or what is wrong with it.

        Args:
            word: As it stands in the file.
            brief: Without the nearest word: looking for it takes a moment.
        """
        if word in self._places:  # as it was spelled before, mostly
            return self._places[word]
        name = canonical(word).strip()
        place = self._places[folded(name)] if folded(name) in self._places else self._new(name, brief=brief)
        if isinstance(place, int):
            self._places[word] = place
        return place

    def _new(self, name: str, *, brief: bool) -> int | str:
        if folded(name) in MISSING:
            sentence = (
                _("the {what} is missing: {name} says that there is none.") if name else _("the {what} is missing.")
            )
            return sentence.format(what=_(self.what), name=name)
        if self.known:
            near = "" if brief else suggestion(cut(name), self.names)
            return (
                _("{name!r} is no {what}: there are {names}.").format(
                    name=cut(name), what=_(self.what), names=listed(self.names)
                )
                + near
            )
        if fault := problem_of_name(name):
            return fault
        if len(self.names) == self.most:
            return _("{name!r} is one {what} more than the {most} that there can be.").format(
                name=name, what=_(self.what), most=self.most
            )
        if fault := fault_beside(name, self.names):
            return fault
        self._places[folded(name)] = len(self.names)
        self.names.append(name)
        return len(self.names) - 1


class DiaryReader:
    """Goes through a diary once."""

    def __init__(self, source: str, roommate: Roommate | None, held_out: float) -> None:
        self._source, self._held_out = source, held_out
        self._faults = Problems(source)
        known = roommate is not None
        self._dishes = _Words(N_("dish"), MAX_DISHES, list(roommate.dishes) if roommate else [], known)
        self._weathers = _Words(N_("weather"), MAX_WEATHERS, list(roommate.weathers) if roommate else [], known)
        self._form = ""
        self._calendar = Calendar(())
        self._lines: dict[int, int] = {}
        self._rows: list[tuple[int, int, int, int]] = []

    def diary(self, text: str) -> Diary:
        """Read the text of a diary, or raise a `FileError` with everything that is wrong with it."""
        try:
            table = read_table(text, WANTED)
            columns = self._columns(table)
            rows, order = self._rows_and_order(table, columns)
        except TableError as error:
            self._faults.add(str(error), line=error.line)
            self._faults.raise_if_any()
            raise AssertionError from error  # it has complained
        self._calendar = Calendar((row.fields[columns[0]] for row in rows if len(row.fields) > columns[0]), order)
        if self._calendar.question:
            self._faults.add(self._calendar.question, line=rows[0].line)
            self._faults.raise_if_any()
        for row in rows:
            self._read(row, columns, table.named, len(table.header))
        if not self._rows and not self._faults:
            self._faults.add(_("it has no days."))
        if not self._faults and len(self._dishes.names) < 2:
            self._faults.add(
                _("the only dish is {name}: there is nothing to learn.").format(name=self._dishes.names[0])
            )
        self._faults.raise_if_any()
        day, weather, dish, line = np.array(self._rows, dtype=np.intp).T.copy()
        names = tuple(self._dishes.names), tuple(self._weathers.names)
        try:
            return Diary(self._source, *names, self._form, day, weather, dish, line, self._held_out)
        except InputError as error:
            raise FileError(str(error)) from None

    def _columns(self, table: Table) -> tuple[int, ...]:
        """Where the three columns are; further ones do not matter."""
        if table.missing:
            sentence = ngettext(
                "the first line should name the columns, day,weather,dish; {names} is missing.",
                "the first line should name the columns, day,weather,dish; {names} are missing.",
                len(table.missing),
            ).format(names=listed(table.missing))
            self._faults.add(sentence, line=table.line)
        columns = []
        for names in WANTED:
            name = next((name for name in names if name in table.header), names[0])
            if table.header.count(name) > 1:
                sentence = _("{count} columns are called {name}: give all but one of them another name.").format(
                    count=table.header.count(name), name=name
                )
                self._faults.add(sentence, line=table.line)
            columns.append(table.header.index(name) if name in table.header else 0)
        self._faults.raise_if_any()
        return tuple(columns)

    def _rows_and_order(self, table: Table, columns: tuple[int, ...]) -> tuple[list[Row], str | None]:
        """The rows below the lines of units and types, and the order in which a line there says that dates stand."""
        rows: list[Row] = []
        order = order_of_pattern(table.units[columns[0]])
        for row in table.rows():
            units = [row.fields[column].strip() if column < len(row.fields) else "" for column in columns]
            pattern = order_of_pattern(units[0])
            if not rows and (pattern or units[0]) and all(map(_is_unit, units[bool(pattern) :])):
                order = order or pattern
            elif len(rows) < MAX_DAYS:
                rows.append(row)
            else:
                self._faults.add(_("there are more than {most:,} days.").format(most=MAX_DAYS), line=row.line)
                break
        return rows, order

    def _read(self, row: Row, columns: tuple[int, ...], least: int, width: int) -> None:
        line, fields, doubtful = row
        if doubtful:
            if len(fields) > columns[0] and not isinstance(self._calendar.read(fields[columns[0]]), str):
                sentence = _(
                    "it begins with # and tells of a day: put the first field in quotes, or delete the line."
                )
                self._faults.add(sentence, line=line)
            return
        if len(fields) < least:  # any of them may be the one that is left out
            self._faults.add(
                ngettext(
                    "it has {count} column, and the first line names more.",
                    "it has {count} columns, and the first line names more.",
                    len(fields),
                ).format(count=len(fields)),
                line=line,
            )
            return
        if any(map(str.strip, fields[width:])):
            sentence = _(
                "it has {count} columns, and the first line names {width}: put a field with commas in quotes."
            ).format(count=len(fields), width=width)
            self._faults.add(sentence, line=line)
            return
        label, weather, dish = (fields[column] for column in columns)
        places = []
        for words, word in ((self._weathers, weather), (self._dishes, dish)):
            place = words.place(word, brief=self._faults.full)
            if isinstance(place, str):
                self._faults.add(place, line=line)
                place = 0
            places.append(place)
        day = self._day(label.strip(), line)
        if day is not None:
            self._rows.append((day, places[0], places[1], line))

    def _day(self, label: str, line: int) -> int | None:
        """The day as a number; None where it is none, or stands in the wrong place."""
        missing = folded(label) in MISSING
        found = _("the day is missing.") if missing else self._calendar.read(label)
        if isinstance(found, str):
            self._faults.add(found, line=line)
            return None
        form, day = found
        self._form = self._form or form
        before = self._rows[-1][0] if self._rows else None
        if form != self._form:
            self._faults.add(
                _("{label!r} is among {form}, and the days before are {others}.").format(
                    label=cut(label), form=_(form), others=_(self._form)
                ),
                line=line,
            )
            return None
        if form == NAMES and before is not None:
            day = before + (day - before) % len(DAY_NAMES)  # the next day of that name
        if day in self._lines:
            self._faults.add(
                _("day {label} stands in line {line} already.").format(label=cut(label), line=self._lines[day]),
                line=line,
            )
            return None
        if before is not None and day < before:
            self._faults.add(
                _("day {label} comes too late: the days must be in order.").format(label=cut(label)), line=line
            )
            return None
        self._lines[day] = line
        return day


def _is_unit(text: str) -> bool:
    return _UNIT.fullmatch(text.casefold()) is not None
