"""Files of course pages taken apart into sections and lines, and what is wrong with them, file by file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from model.course.page import (
    EXERCISE,
    STORY,
)
from model.errors import FileError
from model.language import _, ngettext
from model.roommate.naming import cut
from model.roommate.parsing import suggestion
from model.storage.problems import MAX_TOLD, Problems

MAX_VALUES = 60
"""The most lines of one key in one section."""

ONCE = ("at", "for", "seeds", "lit", "told", "shows", "ask", "answer", "right", "reveal", "misconception", "exercise")
"""Keys that a section has once at the most."""

OFTEN = ("wrong", "say", "asked", "hint", "part", "holds", "gold")
"""Keys that it may have several times."""

LETTERS = "abcdefgh"
"""Keys of what can be chosen."""

KEYS = (*ONCE, *OFTEN, *LETTERS)

_KEY = re.compile(rf"({'|'.join(KEYS)}): ?(.*)", re.DOTALL)
_LIKE_A_KEY = re.compile(r"([a-z]{1,14}): (.*)", re.DOTALL)


@dataclass(frozen=True)
class Line:
    """A value as it was written, and where."""

    key: str
    text: str
    file: str
    number: int


@dataclass
class Section:
    """A page as it was written."""

    name: str
    title: str
    file: str
    number: int
    lines: list[Line] = field(default_factory=list)

    def one(self, key: str) -> Line | None:
        """The value of a key that is there once."""
        return next((line for line in self.lines if line.key == key), None)

    def all(self, *keys: str) -> list[Line]:
        """All values of some keys, in their order."""
        return [line for line in self.lines if line.key in keys]

    def overlaid(self, other: Section) -> Section:
        """This page with the values of a translation in the place of its own."""
        keys = {line.key for line in other.lines}
        lines = [line for line in self.lines if line.key not in keys] + other.lines
        return replace(self, title=other.title, lines=lines)


class Faults:
    """What is wrong, file by file."""

    def __init__(self) -> None:
        self._files: dict[str, Problems] = {}

    def add(self, file: str, number: int, fault: str, key: str = "") -> None:
        """Add a fault."""
        self._files.setdefault(file, Problems(file)).add(fault, line=number, key=key)

    def raise_if_any(self, source: str) -> None:
        """Raise a `FileError` that lists every fault, if there is any.

        Raises:
            FileError: With a line for each fault.
        """
        faults = [f"{file}, {fault}" for file, problems in self._files.items() for fault in problems]
        if len(faults) == 1:
            raise FileError(faults[0], tuple(faults))
        if faults:
            told = ngettext("{source}: {count} thing is wrong.", "{source}: {count} things are wrong.", len(faults))
            raise FileError(told.format(source=source, count=len(faults)), tuple(faults[: 3 * MAX_TOLD]))


def sections_of(text: str, file: str, faults: Faults) -> list[Section]:
    """The sections of a file; what stands before the first one is for who reads the file."""
    found: list[Section] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("## "):
            name, _space, title = line[3:].strip().partition(" ")
            if not (STORY.fullmatch(name) or EXERCISE.fullmatch(name)):
                told = _("{name!r} is no name of a page, such as 3.4 or E7.")
                faults.add(file, number, told.format(name=cut(name)))
            found.append(Section(name, title.strip(), file, number))
        elif found and line.strip():
            _read_line(found[-1], line.rstrip(), number, faults)
    return found


def _read_line(section: Section, text: str, number: int, faults: Faults) -> None:
    match = _KEY.fullmatch(text)
    if match is None and section.lines and not _is_unknown(text):
        last = section.lines[-1]
        section.lines[-1] = replace(last, text=f"{last.text} {text.strip()}".strip())
        return
    if match is None:
        word = text.partition(":")[0]
        told = _("{word!r} is no key of a page.") + suggestion(cut(word), KEYS)
        faults.add(section.file, number, told.format(word=cut(word)))
        return
    key = match[1]
    if key not in OFTEN and section.one(key) is not None:
        faults.add(section.file, number, _("it is there already."), key)
    elif len(section.all(key)) >= MAX_VALUES:
        faults.add(section.file, number, _("there are more than {most} of them.").format(most=MAX_VALUES), key)
    else:
        section.lines.append(Line(key, match[2].strip(), section.file, number))


def _is_unknown(text: str) -> bool:
    """Whether a line begins like a key, at the edge, and with none that there is."""
    return _LIKE_A_KEY.fullmatch(text) is not None


def gathered(
    texts: Mapping[str, str], translations: Sequence[Mapping[str, str]], faults: Faults
) -> dict[str, Section]:
    """All sections by the names of their pages, translated."""
    sections: dict[str, Section] = {}
    for file, text in texts.items():
        for section in sections_of(text, file, faults):
            if section.name in sections:
                there = sections[section.name]
                told = _("page {name} is there already, in {file}, line {line}.")
                faults.add(file, section.number, told.format(name=section.name, file=there.file, line=there.number))
            sections.setdefault(section.name, section)
    for translation in translations:
        for file, text in translation.items():
            for section in sections_of(text, file, faults):
                if section.name in sections:
                    sections[section.name] = sections[section.name].overlaid(section)
                else:
                    told = _("page {name} is not there in English.")
                    faults.add(file, section.number, told.format(name=section.name))
    return sections
