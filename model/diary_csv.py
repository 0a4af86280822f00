"""Diaries as CSV, both ways: ``day,weather,dish``; everything that is wrong is told with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from model.diary import DATES, HELD_OUT, NAMES, NUMBERS, Diary
from model.errors import FileError, InputError
from model.faults import Faults
from model.names import MOST_DISHES, MOST_WEATHERS, cut, fault_of_name
from model.roommate import DAY_NAMES, Roommate
from model.storage import blaming, decoded, read
from model.words import MOST_DAYS, find, listed, suggestion

MOST_BYTES = 8 * 2**20
"""Larger files are refused: 100,000 days take half of it."""

COLUMNS = ("day", "weather", "dish")


def load_diary(path: Path, roommate: Roommate | None = None, held_out: float = HELD_OUT) -> Diary:
    """Read a diary file.

    Args:
        path: The file.
        roommate: Whose dishes and weathers may occur; None: they are found in the file, in the order they appear.
        held_out: The part that is never trained on.

    Raises:
        FileError: It cannot be read or is bad; the sentence tells all its faults with their lines.
    """
    with blaming(path):
        return read_diary(read(path, MOST_BYTES), str(path), roommate, held_out)


def read_diary(data: bytes, source: str, roommate: Roommate | None = None, held_out: float = HELD_OUT) -> Diary:
    """Read the bytes of a diary; otherwise as `load_diary`.

    Args:
        data: All of it.
        source: The file, as the person knows it.
        roommate: See `load_diary`.
        held_out: See `load_diary`.

    Raises:
        FileError: With all faults.
    """
    text = decoded(data, source, "a diary is text (CSV)")
    return _Reader(source, roommate, held_out).diary(text)


def diary_csv(diary: Diary) -> bytes:
    """A diary as the bytes of a file; reading it gives the same days."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row, (weather, dish) in enumerate(zip(diary.weather.tolist(), diary.dish.tolist(), strict=True)):
        writer.writerow((diary.label(row), diary.weathers[weather], diary.dishes[dish]))
    return buffer.getvalue().encode()


@dataclass
class _Words:
    """The dishes, or the weathers, that may occur or have occurred."""

    what: str
    most: int
    names: list[str]
    known: bool
    _places: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._places = {name.casefold(): place for place, name in enumerate(self.names)}

    def place(self, word: str, *, brief: bool) -> int | str:
        """The index of a word; or what is wrong with it.

        Args:
            word: As it stands in the file.
            brief: Without the nearest word: looking for it takes a moment.
        """
        word = word.strip()
        place = self._places.get(word.casefold())
        if place is not None:
            return place
        if not word:
            return f"the {self.what} is missing."
        if self.known:
            near = "" if brief else suggestion(cut(word), self.names)
            return f"{cut(word)!r} is no {self.what}: there are {listed(self.names)}.{near}"
        if fault := fault_of_name(word):
            return fault
        if len(self.names) == self.most:
            return f"{word!r} is one {self.what} more than the {self.most} that there can be."
        self._places[word.casefold()] = len(self.names)
        self.names.append(word)
        return len(self.names) - 1


class _Reader:
    """Goes through a diary once."""

    def __init__(self, source: str, roommate: Roommate | None, held_out: float) -> None:
        self._source, self._held_out = source, held_out
        self._faults = Faults(source)
        known = roommate is not None
        self._dishes = _Words("dish", MOST_DISHES, list(roommate.dishes) if roommate else [], known)
        self._weathers = _Words("weather", MOST_WEATHERS, list(roommate.weathers) if roommate else [], known)
        self._form = ""
        self._lines: dict[int, int] = {}
        self._rows: list[tuple[int, int, int, int]] = []

    def diary(self, text: str) -> Diary:
        first = text.split("\n", 1)[0]
        delimiter = next((sign for sign in ",;\t" if sign in first), ",")
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        try:
            columns = self._columns(next(reader, []))
            for fields in reader:
                if len(self._rows) >= MOST_DAYS:
                    self._faults.add(f"there are more than {MOST_DAYS:,} days.", line=reader.line_num)
                    break
                if any(map(str.strip, fields)):
                    self._read(fields, columns, reader.line_num)
        except csv.Error as error:
            self._faults.add(f"it is not CSV: {error}.", line=reader.line_num)
        if not self._rows and not self._faults:
            self._faults.add("it has no days.")
        if not self._faults and len(self._dishes.names) < 2:
            self._faults.add(f"the only dish is {self._dishes.names[0]}: there is nothing to learn.")
        self._faults.complain()
        day, weather, dish, line = np.array(self._rows, dtype=np.intp).T.copy()
        names = tuple(self._dishes.names), tuple(self._weathers.names)
        try:
            return Diary(self._source, *names, self._form, day, weather, dish, line, self._held_out)
        except InputError as error:
            raise FileError(str(error)) from None

    def _columns(self, header: Sequence[str]) -> tuple[int, ...]:
        """Where the three columns are; further ones do not matter."""
        found = [name.strip().casefold() for name in header]
        missing = [name for name in COLUMNS if name not in found]
        if missing:
            verb = "is" if len(missing) == 1 else "are"
            told = f"the first line should name the columns, day,weather,dish; {listed(missing)} {verb} missing."
            self._faults.add(told, line=1)
            self._faults.complain()
        return tuple(found.index(name) for name in COLUMNS)

    def _read(self, fields: Sequence[str], columns: tuple[int, ...], line: int) -> None:
        if len(fields) <= max(columns):
            self._faults.add(f"it has {len(fields)} columns, and the first line names more.", line=line)
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
        found = _parsed(label)
        if isinstance(found, str):
            self._faults.add(found, line=line)
            return None
        form, day = found
        self._form = self._form or form
        before = self._rows[-1][0] if self._rows else None
        if form != self._form:
            self._faults.add(f"{label!r} is among {form}, and the days before are {self._form}.", line=line)
            return None
        if form == NAMES and before is not None:
            day = before + (day - before) % len(DAY_NAMES)  # the next day of that name
        if day in self._lines:
            self._faults.add(f"day {label} stands in line {self._lines[day]} already.", line=line)
            return None
        if before is not None and day < before:
            self._faults.add(f"day {label} comes too late: the days must be in order.", line=line)
            return None
        self._lines[day] = line
        return day


def _parsed(label: str) -> tuple[str, int] | str:
    """How a day is told, and the day as a number; or what is wrong with it."""
    if re.fullmatch(r"[+-]?\d{1,9}", label, re.ASCII):
        return NUMBERS, int(label)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", label, re.ASCII):
        try:
            return DATES, date.fromisoformat(label).toordinal()
        except ValueError:
            return f"there is no day {label}."
    index = find(label, DAY_NAMES)
    if index is None:
        return f"{cut(label)!r} is no day: write a number, a date such as 2024-05-17, or the name of a day."
    return NAMES, index
