"""A page of the course as a value: what is shown, told and asked, and what must hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from model.course.answers import AnswerKind
from model.course.expressions import Expression
from model.course.place import Place
from model.errors import InputError
from model.language import _
from model.roommate.naming import cut
from model.roommate.scenario import LECTURE, Scenario

EVERY = "every"
"""What a page says that holds for every roommate."""

MAX_WORDS = 45
"""The most words that a page tells."""

STORY = re.compile(r"[1-9]\d?\.[1-9]\d?")
EXERCISE = re.compile(r"[EF][1-9]\d?")
"""The names of pages: ``3.4`` is a page of the story, ``E7`` an exercise, ``F5`` a condition of the last one."""


@dataclass(frozen=True, eq=False)
class Text:
    """Words, and between them expressions that are filled in.

    Attributes:
        parts: The pieces, in order.
    """

    parts: tuple[str | Expression, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def words(self) -> int:
        """How many words it has; what is filled in counts as one."""
        return len("".join(part if isinstance(part, str) else "0" for part in self.parts).split())


NO_TEXT = Text()


@dataclass(frozen=True, eq=False)
class Foreseen:
    """A wrong answer that was foreseen, and what is said of it."""

    answer: Expression
    text: Text


@dataclass(frozen=True, eq=False)
class Question:
    """A question with its answer.

    Attributes:
        ask: The question.
        kind: How it is answered.
        right: What is right; None where an answer is only noted.
        options: What can be chosen.
        foreseen: The wrong answers that were foreseen.
    """

    ask: Text
    kind: AnswerKind
    right: Expression | None
    options: tuple[Text, ...] = ()
    foreseen: tuple[Foreseen, ...] = ()


@dataclass(frozen=True, eq=False)
class Condition:
    """Something that must hold, and what is said where it does not."""

    holds: Expression
    otherwise: Text = NO_TEXT


@dataclass(frozen=True, eq=False)
class Part:
    """A part of an exercise: its conditions hold at one time.

    Attributes:
        name: What it is called, where there are several.
        conditions: All of them must hold.
    """

    name: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, eq=False)
class Page:
    """A page of the story, or an exercise.

    Attributes:
        name: ``3.4`` or ``E7``.
        title: Its heading.
        place: Where it is; None: wherever one is.
        roommates: The names of the scenarios that it holds for; `EVERY`: all.
        seeds: The seeds that it holds for; empty: all.
        lit: What is pointed at: a quantity, a matrix, or an entry.
        told: What is told.
        shows: Matrices and quantities that are written out, for who cannot see the screen or must not yet.
        question: What is asked, if anything is.
        reveal: What is told after the answer.
        misconception: What people get wrong.
        say: What a lecturer can say.
        asked: What a lecturer will be asked.
        hints: One after the other.
        exercises: The names of exercises that belong to it.
        parts: What must hold, for an exercise that is done on the screen.
        gold: What must hold for it to be done as well as can be.
        where: The file and the line it stands in.
    """

    name: str
    title: str
    place: Place | None
    roommates: tuple[str, ...] = ("lecture",)
    seeds: tuple[int, ...] = ()
    lit: Expression | None = None
    told: Text = NO_TEXT
    shows: tuple[Expression, ...] = ()
    question: Question | None = None
    reveal: Text = NO_TEXT
    misconception: Text = NO_TEXT
    say: tuple[Text, ...] = ()
    asked: tuple[Text, ...] = ()
    hints: tuple[Text, ...] = ()
    exercises: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    gold: tuple[Condition, ...] = ()
    where: str = ""

    @property
    def is_exercise(self) -> bool:
        """Whether it is no page of the story."""
        return EXERCISE.fullmatch(self.name) is not None

    @property
    def order(self) -> tuple[int, ...]:
        """By this pages are sorted: the story by its numbers."""
        return tuple(map(int, re.findall(r"[0-9]+", self.name)))

    def holds_for(self, scenario: str) -> bool:
        """Whether what it says is true of a roommate.

        Args:
            scenario: The name of a scenario; nothing for a roommate that has none.
        """
        if self.place is not None and self.place.scenario:
            return True
        return EVERY in self.roommates or scenario in self.roommates

    def seed_for(self, seed: int | None) -> int | None:
        """The seed that it is opened with: the person's, where it holds for that and names none itself.

        Args:
            seed: The person's; None: they have named none.
        """
        named = self.place is not None and "seed" in self.place.numbers
        return None if named or (self.seeds and seed not in self.seeds) else seed

    def scenario_for(self, scenario: Scenario, name: str) -> tuple[Scenario, str]:
        """Who cooks on it: the roommate of the person where it holds for that one, else the lecture's."""
        return (scenario, name) if self.holds_for(name or "lecture") else (LECTURE, "")


@dataclass(frozen=True, eq=False)
class Course:
    """All pages.

    Attributes:
        name: What tells this course from others: nothing for the program's own.
        pages: The story, in order.
        exercises: By name.
    """

    name: str
    pages: tuple[Page, ...]
    exercises: dict[str, Page] = field(default_factory=dict)

    def page(self, name: str) -> Page | None:
        """A page or an exercise by its name, in capitals or not."""
        wanted = name.strip().upper()
        if wanted in self.exercises:
            return self.exercises[wanted]
        return next((page for page in self.pages if page.name == wanted), None)

    def named(self, name: str) -> Page:
        """A page or an exercise by its name; an `InputError` where there is none.

        Raises:
            InputError: There is none of that name.
        """
        found = self.page(name)
        if found is None:
            sentence = _("There is no page {name!r}: there are {first} to {last}, and exercises such as E1.")
            raise InputError(sentence.format(name=cut(name), first=self.pages[0].name, last=self.pages[-1].name))
        return found

    def after(self, page: Page) -> Page | None:
        """The page of the story after one; after an exercise, the page that it belongs to."""
        if page.is_exercise:
            return self.of_exercise(page)
        place = self.pages.index(page) + 1
        return self.pages[place] if place < len(self.pages) else None

    def before(self, page: Page) -> Page | None:
        """The page of the story before one; before an exercise, the page that it belongs to."""
        if page.is_exercise:
            return self.of_exercise(page)
        place = self.pages.index(page)
        return self.pages[place - 1] if place else None

    def of_exercise(self, exercise: Page) -> Page | None:
        """The page of the story that an exercise belongs to."""
        return next((page for page in self.pages if exercise.name in page.exercises), None)
