"""Course pages read from Markdown: all faults of all files told at once, each with its line, and nothing half read.

A section is a page. Its heading is its name and title; its lines are ``key: value``, and a line that begins with no
key goes on with the value before it. A translation of a file need only have the keys that are in words: the others
are those of the English one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from model.course.answers import AnswerKind
from model.course.claims import roommates_claimed, seeds_claimed
from model.course.expressions import Expression, read_expression
from model.course.kinds import Kind
from model.course.page import (
    EVERY,
    MAX_WORDS,
    NO_TEXT,
    Condition,
    Course,
    Foreseen,
    Page,
    Part,
    Question,
    Text,
)
from model.course.place import Place, read_place
from model.course.sections import LETTERS, Faults, Line, Section, gathered
from model.course.training import need_bounded
from model.course.values import Type
from model.errors import FileError, InputError, RoommateError
from model.language import _
from model.network.cell import Cell
from model.network.cells import CELLS
from model.roommate.naming import cut
from model.roommate.parsing import listed, suggestion
from model.roommate.scenario import LECTURE
from model.storage.scenarios import find_scenario

MAX_PAGES = 200
"""The most pages of a course."""

MAX_OPENING_WORK = 3_000_000
"""What one update of a page's run may take, in multiplications: some hundredths of a second."""

_BLANK = re.compile(r"\{([^{}]*)\}")

Read = TypeVar("Read")


def read_course(
    name: str, texts: Mapping[str, str], translations: Sequence[Mapping[str, str]] = (), *, source: str = ""
) -> Course:
    """Read a course.

    Args:
        name: What tells it from others.
        texts: The files by what they are called, as text.
        translations: The same files in other languages; a later one counts before an earlier.
        source: What the whole is called.

    Raises:
        FileError: Something is wrong; everything is said at once.
    """
    faults = Faults()
    sections = gathered(texts, translations, faults)
    if len(sections) > MAX_PAGES:
        raise FileError(
            _("{source}: {count:,} pages are more than the {most} that a course can have.").format(
                source=source, count=len(sections), most=MAX_PAGES
            )
        )
    pages = [_PageReader(section, faults).page() for section in sections.values()]
    story = sorted((page for page in pages if not page.is_exercise), key=lambda page: page.order)
    exercises = {page.name: page for page in pages if page.is_exercise}
    for page in story:
        for exercise in page.exercises:
            if exercise not in exercises:
                line = sections[page.name].one("exercise")
                assert line is not None
                faults.add(
                    line.file, line.number, _("there is no exercise {name}.").format(name=exercise), "exercise"
                )
    faults.raise_if_any(source)
    if not story:
        told = _("{source}: there is no page in it: each begins with a heading such as '## 1.1 A title'.")
        raise FileError(told.format(source=source))
    return Course(name, tuple(story), exercises)


def read_text(text: str, cell: Cell) -> Text:
    """A text with its blanks: expressions in curly brackets.

    Args:
        text: The text.
        cell: The architecture that they are about; see `read_expression`.

    Raises:
        InputError: One of them is no expression.
    """
    parts: list[str | Expression] = []
    at = 0
    for blank in _BLANK.finditer(text):
        parts += [text[at : blank.start()], read_expression(blank[1], cell)]
        at = blank.end()
    parts.append(text[at:])
    return Text(tuple(part for part in parts if part != ""))


class _PageReader:
    """Reads one section; each value by itself, so that every fault is told."""

    def __init__(self, section: Section, faults: Faults) -> None:
        self._section, self._faults = section, faults
        self._cell: Cell = CELLS["both"]

    def page(self) -> Page:
        """The page, as far as it can be read."""
        section = self._section
        place = self._of("at", self._place)
        if place is not None:
            self._cell = place.cell
        told = self._text("told")
        if told.words > MAX_WORDS:
            fault = _("{count} words are more than the {most} that a page tells.")
            self._fault("told", fault.format(count=told.words, most=MAX_WORDS))
        if not (told or section.one("ask")):
            self._faults.add(section.file, section.number, _("the page tells and asks nothing."))
        return Page(
            name=section.name,
            title=section.title,
            place=place,
            roommates=self._of("for", roommates_claimed) or ("lecture",),
            seeds=self._of("seeds", seeds_claimed) or (),
            lit=self._of("lit", self._expression),
            told=told,
            shows=self._of("shows", self._arrays) or (),
            question=self._question(),
            reveal=self._text("reveal"),
            misconception=self._text("misconception"),
            say=tuple(self._each("say", self._filled)),
            asked=tuple(self._each("asked", self._filled)),
            hints=tuple(self._each("hint", self._filled)),
            exercises=tuple(self._plain("exercise").upper().replace(",", " ").split()),
            parts=self._parts(),
            gold=tuple(self._each("gold", self._condition)),
            where=f"{section.file}:{section.number}",
        )

    # Values one by one

    def _fault(self, key: str, fault: str) -> None:
        line = self._section.one(key)
        file, number = (self._section.file, self._section.number) if line is None else (line.file, line.number)
        self._faults.add(file, number, fault, key)

    def _read(self, line: Line, read: Callable[[str], Read]) -> Read | None:
        try:
            return read(line.text)
        except RoommateError as error:
            self._faults.add(line.file, line.number, str(error), line.key)
            return None

    def _of(self, key: str, read: Callable[[str], Read]) -> Read | None:
        line = self._section.one(key)
        return None if line is None else self._read(line, read)

    def _each(self, key: str, read: Callable[[str], Read]) -> list[Read]:
        found = [self._read(line, read) for line in self._section.all(key)]
        return [value for value in found if value is not None]

    def _plain(self, key: str) -> str:
        line = self._section.one(key)
        return "" if line is None else line.text

    def _text(self, key: str) -> Text:
        return self._of(key, self._filled) or NO_TEXT

    def _place(self, text: str) -> Place:
        place = read_place(text)
        names = self._of("for", roommates_claimed) or ("lecture",)
        name = "lecture" if names[0] == EVERY else names[0]
        scenario = LECTURE if name == "lecture" else find_scenario(name)
        if place.trains:  # all pages are opened once, so that what is wrong is said at once
            need_bounded(scenario.roommate, place.config, 1, MAX_OPENING_WORK)
        place.open(scenario, "" if name == "lecture" else name, update=0)
        return place

    def _expression(self, text: str) -> Expression:
        return read_expression(text, self._cell)

    def _arrays(self, text: str) -> tuple[Expression, ...]:
        """Matrices and quantities, with commas between."""
        found = tuple(self._expression(part) for part in text.split(","))
        for one in found:
            if one.type not in {Type.MATRIX, Type.NUMBERS}:
                raise InputError(_("{name!r} is neither a matrix nor several numbers.").format(name=cut(one.text)))
        return found

    def _of_type(self, text: str, type_: Type) -> Expression:
        expression = self._expression(text)
        if expression.type is not type_:
            told = _("{expression} gives {found}, and {wanted} is needed.")
            raise InputError(told.format(expression=cut(text), found=_(expression.type), wanted=_(type_)))
        return expression

    def _filled(self, text: str) -> Text:
        return read_text(text, self._cell)

    # Questions and exercises

    def _question(self) -> Question | None:
        section = self._section
        keys = [key for key in ("ask", "answer", "right") if section.one(key)]
        if not keys:
            for line in section.all("wrong", *LETTERS):
                self._faults.add(line.file, line.number, _("it belongs to a question, and there is none."), line.key)
            return None
        options = section.all(*LETTERS)
        expected = self._of("answer", lambda text: self._answer(text, len(options)))
        needed = (
            ["ask", "answer"] if expected is not None and expected.kind is Kind.GUESS else ["ask", "answer", "right"]
        )
        for key in needed:
            if section.one(key) is None:
                self._fault(keys[0], _("a question needs {key}, too.").format(key=key))
        if [line.key for line in options] != [*LETTERS[: len(options)]]:
            self._faults.add(options[0].file, options[0].number, _("choices are a, b, c in this order."), "a")
        ask, choices = self._text("ask"), tuple(self._read(line, self._filled) or NO_TEXT for line in options)
        if expected is None:
            self._of("right", self._expression)  # what else is wrong is told, too
            return None
        if (expected.kind is Kind.CHOICE) != bool(options) or len(options) == 1:
            self._fault("answer", _("a choice, and nothing else, has several lines a:, b: and so on."))
        kind = expected.kind
        right = self._of("right", lambda text: self._of_type(text, kind.type))
        foreseen = tuple(self._each("wrong", lambda text: self._foreseen(text, expected)))
        return Question(ask, expected, right, choices, foreseen)

    def _answer(self, text: str, options: int) -> AnswerKind:
        """``number ± 0.01`` and the like."""
        word, _sign, tolerance = text.replace("+-", "±").partition("±")
        word = word.strip()
        if word not in [*Kind]:
            raise InputError(
                _("{word!r} is no kind of answer: there are {names}.").format(word=cut(word), names=listed([*Kind]))
                + suggestion(cut(word), [*Kind])
            )
        kind = Kind(word)
        if not tolerance:
            return AnswerKind(kind, None, options)
        if kind not in {Kind.NUMBER, Kind.NUMBERS}:
            raise InputError(_("only numbers have a tolerance."))
        return AnswerKind(kind, self._of_type(tolerance.strip(), Type.NUMBER), options)

    def _foreseen(self, text: str, expected: AnswerKind) -> Foreseen:
        answer, bar, sentence = text.partition("|")
        if not bar or not sentence.strip():
            raise InputError(_("write the wrong answer, a bar, and what is said of it."))
        answer = answer.strip()
        if expected.kind is Kind.CHOICE and answer in [*LETTERS[: expected.options]]:
            letter = Expression(answer, Type.LETTER, lambda _here: answer)
            return Foreseen(letter, self._filled(sentence.strip()))
        return Foreseen(self._of_type(answer, expected.kind.type), self._filled(sentence.strip()))

    def _condition(self, text: str) -> Condition:
        holds, _bar, otherwise = text.partition("|")
        return Condition(self._of_type(holds.strip(), Type.TRUTH), self._filled(otherwise.strip()))

    def _parts(self) -> tuple[Part, ...]:
        found: list[tuple[str, list[Condition]]] = []
        for line in self._section.all("part", "holds"):
            if line.key == "part" or not found:
                found.append((line.text if line.key == "part" else "", []))
            if line.key == "holds" and (condition := self._read(line, self._condition)) is not None:
                found[-1][1].append(condition)
        return tuple(Part(name, tuple(conditions)) for name, conditions in found)
