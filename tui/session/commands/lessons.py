"""A command for each lesson; the lessons themselves are declared in `model.simulation.lessons`."""

from __future__ import annotations

from model.language import _
from model.simulation.lessons import LESSONS, Lesson
from tui.session.commands.command import LESSON, WALKING, Command, command
from tui.session.reply import Reply, Sight
from tui.session.session import Session
from tui.text.lesson_pages import lesson_page


def open_lesson(session: Session, number: int) -> Reply:
    """Another lesson, with the same week; one that trains with its run."""
    if LESSONS[number].trains:
        return session.open_training()
    return session.walk(session.simulation.with_lesson(number))


def _command_of(lesson: Lesson) -> Command:
    def about() -> str:
        what = lesson_page(lesson.number)["about"]
        return _("Lesson {number}: {about}").format(number=lesson.number, about=f"{what[0].lower()}{what[1:]}")

    @command(
        lesson_name(lesson.number),
        keys=str(lesson.number),
        words=f"lesson {lesson.number}",
        group=LESSON,
        label=lesson.name,
        help=about,
        footers={WALKING: 14} if lesson.trains else {},
        sight=Sight.TRAINING if lesson.trains else Sight.SAME,
    )
    def open_this(session: Session) -> Reply:
        return open_lesson(session, lesson.number)

    return open_this


def lesson_name(number: int) -> str:
    """What the command of a lesson is called."""
    return f"lesson_{number}"


LESSON_COMMANDS = tuple(_command_of(lesson) for lesson in LESSONS.values())
"""The commands of all lessons."""
