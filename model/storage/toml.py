"""TOML both ways: documents read within bounds, with the line of each key; strings and keys written."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from model.errors import FileError
from model.foreign_text import replaced
from model.language import _
from model.storage.encoding import decoded
from model.storage.files import file_errors, name_of, read

MAX_BYTES = 2**20
"""Larger files are refused: the largest roommate there can be takes a third of it."""

MAX_DOTS = 1_000_000
"""The most that the squares of the numbers of dots in each line may add up to.

A key of n parts takes tomllib some n² steps, so that one long line of dots would keep it busy for hours.
"""

_PART = r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+'
_HEADER = re.compile(rf"^\s*\[\s*((?:{_PART})(?:\s*\.\s*(?:{_PART}))*)\s*\]")
_ENTRY = re.compile(rf"^\s*((?:{_PART})(?:\s*\.\s*(?:{_PART}))*)\s*=")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Document:
    """A TOML file as it was read.

    Attributes:
        content: Its tables, lists and values.
        lines: The line of each key that stands in one place only, by the parts of the key.
    """

    content: dict[str, object]
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)

    def line(self, *key: str) -> int | None:
        """The line of a key or, where that cannot be told, of the table that holds it."""
        while key:
            if key in self.lines:
                return self.lines[key]
            key = key[:-1]
        return None


def load_toml(path: Path) -> Document:
    """Read a TOML file.

    Raises:
        FileError: It cannot be read, is too large, or is not TOML; the sentence names the line where there is one.
    """
    with file_errors(path):
        return parse_toml(read(path, MAX_BYTES), name_of(path, 0))


def parse_toml(data: bytes, source: str) -> Document:
    """Read the bytes of a TOML file.

    Args:
        data: All of it.
        source: The file, as the person knows it.

    Raises:
        FileError: It is not TOML; the sentence names the line where there is one.
    """
    text = decoded(data, source, _("a scenario is text (TOML)"))
    if sum(line.count(".") ** 2 for line in text.splitlines()) > MAX_DOTS:
        raise FileError(_("{source}: it has lines full of dots, which no scenario has.").format(source=source))
    try:
        return Document(tomllib.loads(text), _lines_of(text))
    except tomllib.TOMLDecodeError as error:
        parts = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", str(error), re.DOTALL)
        what, at, column = parts.groups() if parts else (str(error), None, None)
        where = _("line {line}, column {column}").format(line=at, column=column) if at else _("at its end")
        raise FileError(
            _("{source}: {where}: it is not TOML: {what}.").format(source=source, where=where, what=what)
        ) from None
    except RecursionError:
        raise FileError(_("{source}: it is nested too deeply, which no scenario is.").format(source=source)) from None
    except ValueError as error:  # a number too long, a date that there is not
        raise FileError(
            _("{source}: it is not TOML that can be read: {error}.").format(source=source, error=error)
        ) from None


def _lines_of(text: str) -> dict[tuple[str, ...], int]:
    """A small search for keys; one that seems to stand in several lines is left out."""
    lines: dict[tuple[str, ...], int] = {}
    several: set[tuple[str, ...]] = set()
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = key = _parts(header[1])
        elif entry := _ENTRY.match(line):
            key = table + _parts(entry[1])
        else:
            continue
        if key in lines:
            several.add(key)
        lines[key] = number
    return {key: number for key, number in lines.items() if key not in several}


def _parts(key: str) -> tuple[str, ...]:
    return tuple(_unquoted(part) for part in re.findall(_PART, key))


def _unquoted(part: str) -> str:
    if part[0] == "'":
        return part[1:-1]
    if part[0] != '"':
        return part
    try:
        return str(json.loads(part))
    except ValueError:  # an escape that JSON does not know: the line of this key stays unknown
        return part


def quoted(text: str) -> str:
    """A string as TOML writes it: JSON's escapes are TOML's, apart from those of pairs."""
    return replaced(json.dumps(text, ensure_ascii=False), lambda letter: f"\\U{ord(letter):08x}")


def key(name: str) -> str:
    """A key as TOML writes it: in quotes where it needs them."""
    return name if _BARE.fullmatch(name) else quoted(name)


def array(names: tuple[str, ...]) -> str:
    """A list of strings as TOML writes it."""
    return f"[{', '.join(map(quoted, names))}]"
