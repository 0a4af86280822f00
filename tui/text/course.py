"""The course in words: its pages in the language spoken or from a folder, and the values that their blanks take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from model.course.exercises import Failure
from model.course.here import Here
from model.course.kinds import Kind
from model.course.page import Course, Page, Question, Text
from model.course.reading import read_course
from model.course.sections import LETTERS
from model.course.values import AnyOf, Entry, Type, Vector
from model.errors import FileError, InputError
from model.language import _, grouped
from model.roommate.parsing import listed
from model.roommate.roommate import DAY_NAMES, day_name, day_within, is_within
from model.steps.axes import Axis, dish_axis, weather_axis
from model.steps.step import Operand
from model.storage.encoding import decoded
from model.storage.files import file_errors, read
from model.storage.typed_paths import typed_path
from tui.text.glyphs import Glyphs
from tui.text.language import ENGLISH, TEXTS, spoken, versions

MAX_FILES = 50
"""Files of a folder of one's own."""

MAX_BYTES = 2**18
"""Of one of them."""

_FOLDER = "story"


@cache
def _own_course(language: str) -> Course:
    names = sorted(one.name for one in TEXTS.joinpath(_FOLDER, ENGLISH).iterdir() if one.name.endswith(".md"))
    found = {name: versions(_FOLDER, name) for name in names}
    english = {name: texts[0] for name, texts in found.items()}
    translated = {name: texts[-1] for name, texts in found.items() if len(texts) > 1}
    return read_course("", english, [translated] if translated else (), source=f"{_FOLDER}/{language}")


def own_course() -> Course:
    """The course that comes with the program, in the language spoken; what that lacks is English."""
    return _own_course(spoken())


def course_in(typed: str) -> Course:
    """A course of a person's own: all Markdown files of a folder; beside them a folder for each other language.

    Raises:
        FileError: It is no such folder, or something is wrong in it; everything is said at once.
    """
    folder = typed_path(typed)
    if not folder.is_dir():
        raise FileError(_("{name}: it is no folder of pages.").format(name=folder))
    code = spoken()
    found = _read_folder(folder / code) if (folder / code).is_dir() else {}
    translation = {f"{code}/{name}": text for name, text in found.items()}
    return read_course(
        str(folder.resolve()), _read_folder(folder), [translation] if translation else (), source=typed
    )


def _read_folder(folder: Path) -> dict[str, str]:
    try:
        files = sorted(one for one in folder.iterdir() if one.suffix == ".md")
    except OSError as error:
        raise FileError(_("{name} cannot be read: {error}.").format(name=folder, error=error.strerror)) from error
    if len(files) > MAX_FILES:
        sentence = _("{name}: {count:,} files are more than the {most} that a course can have.")
        raise FileError(sentence.format(name=folder, count=len(files), most=MAX_FILES))
    found = {}
    for path in files:
        with file_errors(path):
            found[path.name] = decoded(read(path, MAX_BYTES), str(path), _("a page of a course is text"))
    return found


def filled(text: Text, here: Here, glyphs: Glyphs) -> str:
    """A text with its blanks filled."""
    told = ""
    for part in text.parts:
        if isinstance(part, str):
            told += glyphs.text(part)
            continue
        value = said(part.value(here), part.type, here, glyphs)
        begins = part.type in {Type.DAY, Type.DAYS} and not is_within(told)
        told += value[:1].upper() + value[1:] if begins else value
    return told


def said(value: object, type_: Type, here: Here, glyphs: Glyphs) -> str:
    """A value in words."""
    if isinstance(value, AnyOf):
        return listed([said(one, type_, here, glyphs) for one in value.values], "or")
    return _SAYING.get(type_, _said_as_it_is)(value, here, glyphs)


def failure_said(failure: Failure, here: Here, glyphs: Glyphs) -> str:
    """Why a condition does not hold."""
    try:
        return filled(failure.text, here, glyphs) or failure.condition.holds.text
    except InputError as error:
        return str(error)


def need_telling(page: Page, here: Here) -> None:
    """Compute all that a page tells, asks and takes for right.

    Raises:
        InputError: Something of it cannot be computed there.
    """
    question = page.question
    texts = [page.told, *((question.ask, *question.options) if question else ())]
    expressions = [part for text in texts for part in text.parts if not isinstance(part, str)]
    expressions += [*page.shows, *([page.lit] if page.lit else [])]
    expressions += [question.right] if question and question.right else []
    for expression in expressions:
        expression.value(here)


def answer_said(question: Question, value: object, here: Here, glyphs: Glyphs) -> str:
    """An answer to a question in words: a choice with its letter."""
    if question.kind.kind is Kind.CHOICE and isinstance(value, str):
        option = question.options[LETTERS.index(value)]
        return _("{letter}) {option}").format(letter=value, option=filled(option, here, glyphs))
    return said(value, question.kind.kind.type, here, glyphs)


MAX_PICKED = 12
"""The most rows that are listed to pick from."""


def pickable(question: Question, here: Here, glyphs: Glyphs) -> tuple[tuple[str, str], ...]:
    """The answers there are, where they can be listed: what is typed for each, and what is shown."""
    kind, names = question.kind.kind, tuple[str, ...]()
    if kind is Kind.CHOICE:
        pairs = zip(LETTERS, question.options, strict=False)
        return tuple((letter, f"{letter}) {filled(option, here, glyphs)}") for letter, option in pairs)
    if kind is Kind.DISH:
        names = _dish_names(here, glyphs)
    elif kind is Kind.DAY and here.simulation.days <= len(DAY_NAMES):
        names = tuple(map(day_name, range(here.simulation.days)))
    elif kind is Kind.ENTRY and question.right is not None:
        truth = question.right.value(here)
        one = truth.values[0] if isinstance(truth, AnyOf) else truth
        if isinstance(one, Entry) and len(one.operand.rows.labels) <= MAX_PICKED:
            rows = glyphs.named(one.operand.rows)
            names = tuple(map(rows.describe, range(len(rows.labels))))
    return tuple((name, name) for name in names) if len({*names}) == len(names) else ()


Saying = Callable[[Any, Here, Glyphs], str]


def _said_as_it_is(value: object, _here: Here, glyphs: Glyphs) -> str:
    return glyphs.text(str(value))


def _dish_names(here: Here, glyphs: Glyphs) -> tuple[str, ...]:
    return _names(dish_axis(here.situation.roommate), glyphs)


def _weather_names(here: Here, glyphs: Glyphs) -> tuple[str, ...]:
    return _names(weather_axis(here.situation.roommate), glyphs)


_SAYING: dict[Type, Saying] = {
    Type.NUMBER: lambda number, _here, _glyphs: number_said(float(number)),
    Type.TRUTH: lambda holds, _here, _glyphs: _("yes") if holds else _("no"),
    Type.NUMBERS: lambda vector, _here, _glyphs: f"({', '.join(map(number_said, vector.values.tolist()))})",
    Type.MATRIX: lambda matrix, _here, glyphs: glyphs.text(matrix.title),
    Type.ENTRY: lambda entry, _here, glyphs: _entry(entry, glyphs),
    Type.ENTRIES: lambda entries, _here, glyphs: listed([_entry(one, glyphs) for one in entries]) or _("none"),
    Type.DISH: lambda dish, here, glyphs: _dish_names(here, glyphs)[dish],
    Type.DISHES: lambda dishes, here, glyphs: ", ".join(_dish_names(here, glyphs)[dish] for dish in dishes),
    Type.WEATHER: lambda weather, here, glyphs: _weather_names(here, glyphs)[weather],
    Type.DAY: lambda day, _here, _glyphs: _day(day),
    Type.DAYS: lambda days, _here, _glyphs: listed([_day(day) for day in sorted(days)]) or _("none"),
}
"""How values of each type are said."""


def number_said(number: float) -> str:
    """A number in a sentence: whole ones whole, others with three digits."""
    if number == int(number) if np.isfinite(number) else False:
        return grouped(int(number))
    return f"{number:.3g}"


def _names(axis: Axis, glyphs: Glyphs) -> tuple[str, ...]:
    return glyphs.named(axis).labels


def _entry(entry: Entry, glyphs: Glyphs) -> str:
    operand, (row, column) = entry.operand, entry.operand.place(entry.index)
    end = glyphs.named(operand.rows).describe(row)
    if operand.columns is None:
        return end
    begin = glyphs.named(operand.columns).describe(column)
    return _("{begin} to {end}").format(begin=begin, end=end)


def _day(day: int) -> str:
    return day_within(day_name(day)) if day < 7 else _("day {number}").format(number=day + 1)


def lit_said(page: Page, here: Here, glyphs: Glyphs) -> str:
    """What a page points at, in words; nothing where it points at nothing."""
    if page.lit is None:
        return ""
    value = page.lit.value(here)
    return said(value, page.lit.type, here, glyphs) if isinstance(value, Entry | tuple) else page.lit.text


def arrays_said(page: Page, here: Here, glyphs: Glyphs) -> Iterator[str]:
    """What a page writes out, a line for each row of a matrix."""
    for one in page.shows:
        value = one.value(here)
        if isinstance(value, Vector):
            operand = value.operand()
            names = glyphs.named(operand.rows)
            numbers = [number_said(float(number)) for number in value.values]
            told = ", ".join(f"{names.describe(row)} {number}" for row, number in enumerate(numbers))
            yield _("{name}: {numbers}.").format(name=one.text, numbers=told)
        elif isinstance(value, Operand) and value.columns is not None:
            rows, columns = glyphs.named(value.rows), glyphs.named(value.columns)
            yield f"{glyphs.text(value.title)}:"
            for row, numbers_of in enumerate(value.value):
                pairs = zip(columns.labels, numbers_of.tolist(), strict=True)
                told = ", ".join(f"{column} {number_said(number)}" for column, number in pairs)
                yield f"  {rows.describe(row)}: {told}"
