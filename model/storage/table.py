"""Tables of text as spreadsheets and programs write them: the delimiter is found from the header."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from model.language import _
from model.roommate.spelling import canonical

DELIMITERS = ",;\t|"
"""The delimiters that are tried in this order, until one finds all columns."""

_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_AFTER_QUOTE = re.compile(r'"[ \t]+(?=[,;|\t\r\n]|$)')
_UNIT = re.compile(r"(.*?)\s*[(\[]([^()\[\]]*)[)\]]")


class Row(NamedTuple):
    """A row of a table.

    Attributes:
        line: The line that it begins in, from 1.
        fields: What stands in it.
        doubtful: Whether it begins with a # that may stand for a comment.
    """

    line: int
    fields: list[str]
    doubtful: bool = False


@dataclass(frozen=True)
class Table:
    """A table whose header is read and whose rows are read as they are asked for.

    Attributes:
        header: The names of the columns, as they are compared.
        units: What stands in brackets behind each of them, or nothing.
        line: The line of the header, from 1.
        missing: The wanted names that it lacks.
    """

    header: tuple[str, ...]
    units: tuple[str, ...]
    line: int
    missing: tuple[str, ...]
    _lines: Sequence[str]
    _at: int
    _delimiter: str

    @property
    def named(self) -> int:
        """How many columns there are up to the last that has a name."""
        return max(at for at, name in enumerate(self.header, 1) if name)

    def rows(self) -> Iterator[Row]:
        """The rows; blank ones and comments are left out, but for lines that may be either comment or row.

        Raises:
            TableError: It is no CSV.
        """
        at = self._at
        while at < len(self._lines):
            doubtful = _is_comment(self._lines[at])
            if doubtful and self._lines[at].count(self._delimiter) < len(self.header) - 1:
                at += 1
                continue
            fields, taken = record(self._lines, at, self._delimiter)
            if any(map(str.strip, fields)):
                yield Row(at + 1, fields, doubtful)
            at += taken


class TableError(Exception):
    """A line is no CSV.

    Attributes:
        line: Which one, from 1.
    """

    def __init__(self, sentence: str, line: int) -> None:
        super().__init__(sentence)
        self.line = line


def read_table(text: str, wanted: Collection[tuple[str, ...]]) -> Table:
    """Find the header of a table, and its delimiter.

    It is the first line that is neither blank nor a comment, after a line ``sep=;`` if there is one; or the comment
    before that, where only this names all columns.

    Args:
        text: All of it.
        wanted: The names of the columns that it should have; of each any of several will do.

    Raises:
        TableError: The header is no CSV.
    """
    lines = list(io.StringIO(text, newline=""))
    at, delimiters, comments = 0, DELIMITERS, list[int]()
    while at < len(lines):
        declared = _SEPARATOR.fullmatch(lines[at].strip(" \r\n"))
        if declared and not comments:
            delimiters = declared[1]
        elif _is_comment(lines[at]):
            comments.append(at)
        elif lines[at].strip(f"{DELIMITERS} \r\n"):
            break
        at += 1
    if at < len(lines):
        best = _header_at(lines, at, delimiters, wanted)
    else:
        best = Table((), (), 1, tuple(names[0] for names in wanted), lines, at, ",")
    if best.missing and comments:
        bare = [*lines[: comments[-1]], lines[comments[-1]].lstrip("# \t")]
        other = _header_at(bare, comments[-1], delimiters, wanted)
        if not other.missing:
            return Table(other.header, other.units, other.line, (), lines, at, other._delimiter)
    return best


def _header_at(lines: Sequence[str], at: int, delimiters: str, wanted: Collection[tuple[str, ...]]) -> Table:
    found, trouble = list[Table](), None
    for delimiter in delimiters:
        try:
            fields, taken = record(lines, at, delimiter)
        except TableError as error:
            trouble = error
            continue
        header, units = _header(fields, wanted)
        missing = tuple(names[0] for names in wanted if not any(name in header for name in names))
        found.append(Table(header, units, at + 1, missing, lines, at + taken, delimiter))
    if not found:
        assert trouble is not None
        raise trouble
    return min(found, key=lambda table: len(table.missing))


def _header(fields: Sequence[str], wanted: Collection[tuple[str, ...]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of columns as they are compared, and the units in brackets behind those that are wanted."""
    names = tuple(canonical(field).strip().casefold() for field in fields)
    known = {name for several in wanted for name in several}
    parts = [_UNIT.fullmatch(name) for name in names]
    short = [part[1] if part and part[1] in known - set(names) else "" for part in parts]
    units = tuple(part[2] if part and bare else "" for part, bare in zip(parts, short, strict=True))
    return tuple(bare or name for bare, name in zip(short, names, strict=True)), units


def record(lines: Sequence[str], at: int, delimiter: str) -> tuple[list[str], int]:
    """The fields of a row, and over how many lines it goes: a field in quotes may have line ends in it.

    Args:
        lines: All lines, with their ends.
        at: The line that it begins in, from 0.
        delimiter: What stands between fields.

    Raises:
        TableError: It is no CSV.
    """
    taken = 0

    def from_here() -> Iterator[str]:
        nonlocal taken
        while at + taken < len(lines):
            taken += 1
            yield lines[at + taken - 1]

    try:
        return next(
            csv.reader(from_here(), delimiter=delimiter, skipinitialspace=delimiter != " ", strict=True)
        ), taken
    except csv.Error as error:
        mended = _AFTER_QUOTE.sub('"', lines[at])  # a space between a quote and the delimiter
        if mended != lines[at]:
            with contextlib.suppress(TableError):
                return record([mended], 0, delimiter)
        sentence = (
            _("it is not CSV: {error}, and the field that begins in line {line} is not closed.")
            if taken > 1
            else _("it is not CSV: {error}.")
        )
        raise TableError(sentence.format(error=error, line=at + 1), at + 1) from None


def _is_comment(text: str) -> bool:
    return text.lstrip().startswith("#")
