"""The course as lines: the page that is open, all pages, and the notes of the lecturer."""

from __future__ import annotations

from collections.abc import Iterator

from model.language import _, ngettext
from tui.session.course import CourseWalk
from tui.session.session import Session
from tui.text.course import answer_said, arrays_said, filled, lit_said


def page_lines(walk: CourseWalk, session: Session, *, typed: bool = True) -> Iterator[str]:
    """The page that is open, as lines: what is told, pointed at and asked; no answer.

    Args:
        walk: The course.
        session: Where one is.
        typed: Whether commands are typed, and so told of.
    """
    page, here, glyphs = walk.open_page, walk.here(session, asked=True), session.glyphs
    yield _("Page {name}: {title}").format(name=page.name, title=page.title)
    if page.told:
        yield filled(page.told, here, glyphs)
    if lit := lit_said(page, here, glyphs):
        yield _("Look at: {what}.").format(what=lit)
    yield from arrays_said(page, here, glyphs)
    if page.question is not None:
        yield _("Question: {question}").format(question=filled(page.question.ask, here, glyphs))
        for letter, option in zip("abcdefgh", page.question.options, strict=False):
            yield f"  {letter}) {filled(option, here, glyphs)}"
        if not (walk.lecturer or walk.answered):
            how = _("'answer ANSWER' answers, 'show me' shows it.") if typed else ""
            yield f"  {page.question.kind.kind.how} {how}".rstrip()
    every, exercises = walk.course.exercises, [] if page.is_exercise else walk.exercises
    if exercises:
        told = ngettext("Exercise: {names}.", "Exercises: {names}.", len(exercises))
        names = [f"{name} ({every[name].title})" for name in exercises]
        how = _("'course {name}' opens it, 'check' judges it.").format(name=exercises[0]) if typed else ""
        yield f"{told.format(names=', '.join(names))} {how}".rstrip()
    if page.parts and typed:
        yield _("'check' judges it, 'hint' helps, 'page' tells it again.")


def content_lines(walk: CourseWalk) -> Iterator[str]:
    """Every page with its title, and what is done of it."""
    course, progress = walk.course, walk.progress
    yield walk.summary()
    for page in (*course.pages, *course.exercises.values()):
        here = walk.page is page
        answer, done = progress.answers.get(page.name), progress.done.get(page.name)
        marks = [
            _("here") if here else "",
            {"done": _("done"), "gold": _("done, as well as can be")}.get(done or "", ""),
            "" if done or answer is None else _("right") if answer["right"] else _("answered, not right"),
        ]
        told = ", ".join(filter(None, marks))
        yield f"  {page.name} {page.title}" + (f": {told}" if told else "")


def talk_lines(session: Session) -> Iterator[str]:
    """The notes of a lecturer's second terminal: the page that the class is at, what to say, and what comes next."""
    following, walk = session.following, session.course
    if following is not None and following.sentence:
        yield following.sentence
    if walk is None or walk.page is None:
        yield _("No page of the course is open there.")
        return
    page = walk.page
    yield _("Page {name}: {title}").format(name=page.name, title=page.title)
    yield from note_lines(walk, session)
    if page.question is not None:
        here, glyphs = walk.here(session, asked=True), session.glyphs
        yield _("Question: {question}").format(question=filled(page.question.ask, here, glyphs))
        if page.question.right is not None:
            truth = answer_said(page.question, page.question.right.value(here), here, glyphs)
            told = _("It is {truth}; the class sees it.") if walk.answered else _("It is {truth}; it is covered.")
            yield told.format(truth=truth)
        if walk.hands:
            yield _("The class is asked.")
    following_page = walk.course.after(page)
    if following_page is not None:
        yield _("Next: {name}, {title}").format(name=following_page.name, title=following_page.title)


def note_lines(walk: CourseWalk, session: Session) -> Iterator[str]:
    """What a lecturer can say on the page, and will be asked."""
    page, here = walk.open_page, walk.here(session, asked=True)
    notes = [(_("Say: {text}"), text) for text in page.say]
    notes += [(_("You will be asked: {text}"), text) for text in page.asked]
    notes += [(_("What people get wrong: {text}"), page.misconception)] if page.misconception else []
    for told, text in notes:
        yield told.format(text=filled(text, here, session.glyphs))
    if not notes:
        yield _("Page {name} has no notes.").format(name=page.name)
