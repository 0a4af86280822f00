"""The course: its pages, questions and exercises. What it needs is loaded when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.errors import InputError
from model.language import N_, _
from tui.session.commands.arguments import OVERWRITE, file_to_write, on_or_off
from tui.session.commands.command import COURSE, command
from tui.session.reply import Reply, Then, said
from tui.session.session import Session

if TYPE_CHECKING:
    from tui.session.course import CourseWalk


def _walk(session: Session) -> CourseWalk:
    from tui.session.course import course_of  # noqa: PLC0415 - a walk without a course does not need it

    return course_of(session)


@command(
    "course", keys="i", words="course [PAGE]", group=COURSE, label=N_("course"),
    help=N_("Begin the course, go on where you were, or open a page such as 3.4"), at_rest=True,
    synonyms=N_("story lessons pages questions exercises tutorial teach certificate hint answer"),
)  # fmt: skip
def open_course(session: Session, name: str = "") -> Reply:
    """Begin the course, go on, or open a page."""
    walk = _walk(session)
    return walk.open(session, walk.course.named(name)) if name else walk.begin(session)


@command("next_page", words="next page", group=COURSE, help=N_("The next page of the course"), at_rest=True)
def next_page(session: Session) -> Reply:
    """The next page."""
    return _walk(session).turn(session, on=True)


@command(
    "previous_page", words="previous page", group=COURSE, help=N_("The page of the course before"), at_rest=True,
)  # fmt: skip
def previous_page(session: Session) -> Reply:
    """The page before."""
    return _walk(session).turn(session, on=False)


@command(
    "page", words="page", group=COURSE, help=N_("Back to the page: its screen, its words and its question"),
    at_rest=True,
)  # fmt: skip
def back_to_page(session: Session) -> Reply:
    """Back to the page, wherever one has gone."""
    walk = _walk(session)
    page = walk.open_page
    if walk.answered or page.question is None:
        return Reply(then=Then.COURSE)
    return walk.open(session, page)


@command(
    "answer",
    words="answer",
    usage=N_("ANSWER"),
    group=COURSE,
    help=N_("Answer the question of the page, or of the step"),
)
def answer(session: Session, *words: str) -> Reply:
    """Answer the question of the page, what is asked of the step, or what the class is asked."""
    if session.following is not None and session.following.live:
        return said(session.following.raise_hand(session, " ".join(words)))
    if session.simulation.asked:
        from tui.session.guessing import answer_guess  # noqa: PLC0415 - seldom needed

        return answer_guess(session, " ".join(words))
    return _walk(session).answer(session, " ".join(words))


@command("show_me", words="show me", group=COURSE, help=N_("Show the answer without answering"))
def show_me(session: Session) -> Reply:
    """Show the answer."""
    if session.simulation.asked:
        from tui.session.guessing import waive_guess  # noqa: PLC0415 - seldom needed

        return waive_guess(session)
    return _walk(session).waive(session)


@command("hint", words="hint", group=COURSE, help=N_("A hint for the page"))
def hint(session: Session) -> Reply:
    """A hint."""
    return _walk(session).hint(session)


@command("contents", words="contents", group=COURSE, help=N_("All pages and exercises, and what is done"))
def contents(session: Session) -> Reply:
    """All pages and exercises."""
    from tui.session.course_text import content_lines  # noqa: PLC0415 - as above

    return Reply(tuple(content_lines(_walk(session))))


@command(
    "check", words="check", usage=N_("[EXERCISE]"), group=COURSE,
    help=N_("Judge the exercise of the page, or one such as E7, by what is there"), at_rest=True,
)  # fmt: skip
def check(session: Session, name: str = "") -> Reply:
    """Judge an exercise."""
    from tui.session.course_exercises import check_exercises  # noqa: PLC0415 - as above

    return check_exercises(_walk(session), session, name)


@command("notes", words="notes", group=COURSE, help=N_("What a lecturer can say on the page, and will be asked"))
def notes(session: Session) -> Reply:
    """Notes for the lecturer."""
    from tui.session.course_text import note_lines  # noqa: PLC0415 - as above

    return Reply(tuple(note_lines(_walk(session), session)))


@command(
    "lecturer", words="lecturer", usage=N_("[on or off]"), group=COURSE,
    help=N_("Questions without how they are answered, for a hall that answers aloud"),
)  # fmt: skip
def lecturer(session: Session, how: str = "") -> Reply:
    """Questions without the line of the answer."""
    walk = _walk(session)
    walk.lecturer = on_or_off(how, now=walk.lecturer)
    if walk.lecturer:
        return said(_("Questions are asked without how they are answered; 'show me' uncovers."))
    return said(_("Questions are asked with how they are answered."))


@command(
    "certificate", words="certificate", usage=N_("FILE NAME"), group=COURSE, kiosk=False, at_rest=True,
    help=N_("Write down what you have shown, for 'roommate-tui check'; the last word overwrite replaces a file"),
)  # fmt: skip
def certificate(session: Session, *words: str) -> Reply:
    """Write a certificate of the run that is shown."""
    from tui.session.certificate import write_certificate  # noqa: PLC0415 - seldom needed

    if len(words) < 2:
        raise InputError(_("Which file, and whose name? Such as 'certificate mine.json Ada Lovelace'."))
    over = words[-1] in OVERWRITE
    path, overwrite = file_to_write(session, (words[0], *((words[-1],) if over else ())))
    return write_certificate(session, _walk(session), path, " ".join(words[1 : -1 if over else None]), overwrite)
