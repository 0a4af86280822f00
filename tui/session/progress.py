"""What a person has done of the course, and the file in the state directory that remembers it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from model.errors import FileError
from model.foreign_text import json_text
from model.language import _
from model.storage.atomic import write_atomically
from model.storage.files import read
from model.storage.private import private_folder

FILE = "course.json"
"""The file in the state directory."""

FORMAT, VERSION = "roommate-course", 1

MAX_BYTES = 2**20
"""A larger file was not written by us."""

MAX_COURSES = 20
"""So many courses are remembered, those that were open last."""

MAX_TYPED = 500
"""Letters of an answer that are kept."""


@dataclass
class Progress:
    """What is done of one course.

    Attributes:
        page: The page that was open last; nothing: none was.
        answers: What was answered on each page, and whether that was right.
        done: The exercises that are done, each with "done" or "gold".
        parts: The settings with which the parts of an exercise were done.
        guess: How many updates a run was guessed to take; None: nobody has guessed.
        guessed_at: The update that the run had made then; None where there was no run.
    """

    page: str = ""
    answers: dict[str, dict[str, str | bool]] = field(default_factory=dict)
    done: dict[str, str] = field(default_factory=dict)
    parts: dict[str, list[dict[str, str | int | float]]] = field(default_factory=dict)
    guess: float | None = None
    guessed_at: int | None = None

    def add(self, other: Progress) -> None:
        """Take over what another session of the same person has done meanwhile."""
        for page, answer in other.answers.items():
            if not self.answers.get(page, {}).get("right"):
                self.answers[page] = answer
        for exercise, how in other.done.items():
            if self.done.get(exercise) != "gold":
                self.done[exercise] = how

    @property
    def predicted(self) -> bool:
        """Whether how long a run takes was guessed before its first update."""
        return self.guess is not None and self.guessed_at == 0


class ProgressFile:
    """Remembers what is done of each course.

    Args:
        folder: The state directory; None: nothing is remembered.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = None if folder is None else folder / FILE
        self._courses: dict[str, Progress] = {}
        self._failed = False

    def load(self, course: str) -> tuple[Progress, str]:
        """What is done of a course, and a sentence where that could not be read: then what is there is put aside.

        Args:
            course: The name of the course.
        """
        trouble = ""
        if self._path is not None and self._path.exists():
            try:
                self._courses = _read(self._path)
            except FileError as error:
                trouble = self._put_aside(self._path, error)
        return self._courses.setdefault(course, Progress()), trouble

    def _put_aside(self, path: Path, error: FileError) -> str:
        """Keep a file that cannot be read under another name, and say so."""
        for number in range(1, 100):
            aside = path.with_name(f"course-unreadable-{number}.json")
            if aside.exists():
                continue
            try:
                path.rename(aside)
            except OSError:
                break
            sentence = _("What you had done of the course cannot be read: {error} It is kept as {name}.")
            return sentence.format(error=error, name=aside)
        self._path = None
        return _("What you had done of the course cannot be read, and nothing is remembered: {error}").format(
            error=error
        )

    def save(self, course: str) -> str:
        """Write it down.

        Returns:
            Why that cannot be done, as a sentence that is given once; nothing where it is done.
        """
        if self._path is None:
            return ""
        latest = self._courses.pop(course)
        with contextlib.suppress(FileError):  # what cannot be read has been told of, or is written over
            meanwhile = _read(self._path) if self._path.exists() else {}
            if course in meanwhile:
                latest.add(meanwhile.pop(course))
            self._courses.update(meanwhile)
        self._courses[course] = latest
        kept = dict([*self._courses.items()][-MAX_COURSES:])
        document = {
            "format": FORMAT,
            "version": VERSION,
            "courses": {name: asdict(one) for name, one in kept.items()},
        }
        try:
            private_folder(self._path.parent)
            write_atomically(self._path, json_text(document, indent=1).encode(), overwrite=True, private=True)
        except FileError as error:
            failed, self._failed = self._failed, True
            return "" if failed else _("What you do of the course is not remembered: {error}").format(error=error)
        self._failed = False
        return ""


def _read(path: Path) -> dict[str, Progress]:
    """All courses of the file.

    Raises:
        FileError: It is not what this program writes.
    """
    try:
        document = json.loads(read(path, MAX_BYTES, private=True).decode())
    except OSError as error:
        raise FileError(
            _("{name} cannot be read: {error}.").format(name=path, error=error.strerror or error)
        ) from error
    except (ValueError, RecursionError):
        raise FileError(_("{name}: it is no JSON.").format(name=path)) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise FileError(_("{name}: it is not what this program has written.").format(name=path))
    if document.get("version") != VERSION:
        raise FileError(
            _("{name}: it is of version {version!r}, and this program reads {known}.").format(
                name=path, version=document.get("version"), known=VERSION
            )
        )
    courses = document.get("courses")
    if not isinstance(courses, dict) or not all(isinstance(one, dict) for one in courses.values()):
        raise FileError(_("{name}: it is not what this program has written.").format(name=path))
    return {name: _progress(one, path) for name, one in courses.items()}


def _progress(about: Mapping[str, object], path: Path) -> Progress:
    """One course of the file; a value of another kind makes all of it unreadable rather than half of it."""
    found = Progress()
    kinds: dict[str, tuple[type, ...]] = {
        "page": (str,), "answers": (dict,), "done": (dict,), "parts": (dict,),
        "guess": (int, float, type(None)), "guessed_at": (int, type(None)),
    }  # fmt: skip
    for name, kind in kinds.items():
        value = about.get(name, getattr(found, name))
        if not isinstance(value, kind) or isinstance(value, bool):
            raise FileError(_("{name}: {key} is not of the right kind.").format(name=path, key=name))
        setattr(found, name, value)
    good = all(
        isinstance(one, dict) and isinstance(one.get("typed"), str) and isinstance(one.get("right"), bool)
        for one in found.answers.values()
    )
    good = good and all(isinstance(one, str) for one in found.done.values())
    good = good and all(isinstance(parts, list) and all(map(_is_settings, parts)) for parts in found.parts.values())
    if not good:
        raise FileError(_("{name}: it is not what this program has written.").format(name=path))
    return found


def _is_settings(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(one, str | int | float) for one in value.values())
