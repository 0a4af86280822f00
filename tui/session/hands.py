"""What a class has answered, in words and as numbers to draw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from model.course.here import Here
from model.course.page import Question
from model.course.sections import LETTERS
from model.errors import RoommateError
from model.language import _, ngettext
from tui.text.course import answer_said
from tui.text.glyphs import Glyphs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.classroom.publisher import Hands
    from tui.session.course import CourseWalk
    from tui.session.session import Session

MAX_ANSWERS = 8
"""The most different answers that are told; the rest are counted together."""


def tallied(
    answers: Iterable[tuple[str, int]], question: Question, here: Here, glyphs: Glyphs
) -> list[tuple[str, int]]:
    """How many gave each answer, those that mean the same counted together, the most frequent first.

    Where a question has options, each is there, in their order, however few have chosen it.

    Args:
        answers: Answers as they were typed, each with how many typed it.
        question: What they answer.
        here: Where it was asked.
        glyphs: Characters to write with.
    """
    counts: Counter[str] = Counter()
    if question.options:
        counts.update({f"{letter})": 0 for letter in LETTERS[: len(question.options)]})
    for typed, count in answers:
        counts[_meant(typed, question, here, glyphs)] += count
    if question.options:
        return list(counts.items())
    ordered = counts.most_common()
    rest = sum(count for _answer, count in ordered[MAX_ANSWERS:])
    return [*ordered[:MAX_ANSWERS], *([(_("other answers"), rest)] if rest else [])]


def _meant(typed: str, question: Question, here: Here, glyphs: Glyphs) -> str:
    """An answer as it is counted: what it was read as, or that it is none."""
    try:
        truth = None if question.right is None else question.right.value(here)
        given = question.kind.read(typed, truth, here)
        return f"{given})" if question.options else answer_said(question, given, here, glyphs)
    except (RoommateError, IndexError, ValueError):
        return _("no answer to it")


def hands_said(hands: Hands, walk: CourseWalk, session: Session) -> Iterator[str]:
    """What the class has answered, a line for each answer."""
    question = walk.open_page.question
    assert question is not None
    yield count_said(hands.given, hands.followers)
    for answer, count in tallied(hands.answers, question, walk.here(session, asked=True), session.glyphs):
        yield f"  {answer} {count}"


def count_said(given: int, followers: int) -> str:
    """How many have answered of how many."""
    told = ngettext("{given} of {all} has answered.", "{given} of {all} have answered.", given)
    return told.format(given=given, all=followers)
