"""The exercises of the course in a session: judged by what is there, and told."""

from __future__ import annotations

from collections.abc import Iterator

from model.course.exercises import Judgement, judge
from model.course.page import Page
from model.errors import InputError
from model.language import _
from tui.session.course import CourseWalk
from tui.session.reply import Reply
from tui.session.session import Session
from tui.text.course import failure_said


def check_exercises(walk: CourseWalk, session: Session, name: str = "") -> Reply:
    """Judge exercises by what is there: the one that is named, or those of the page that is open."""
    if name:
        wanted = [walk.course.named(name)]
        if not wanted[0].is_exercise:
            raise InputError(_("{name} is a page, not an exercise.").format(name=wanted[0].name))
    else:
        page = walk.open_page
        wanted = [page] if page.is_exercise else [walk.course.exercises[one] for one in page.exercises]
    if not wanted:
        raise InputError(_("Page {name} has no exercise: 'contents' tells all.").format(name=walk.open_page.name))
    return Reply((*(line for exercise in wanted for line in _checked(walk, session, exercise)), *walk.save()))


def _checked(walk: CourseWalk, session: Session, exercise: Page) -> Iterator[str]:
    head = _("{name}, {title}:").format(name=exercise.name, title=exercise.title)
    if not exercise.parts:
        belongs = walk.course.of_exercise(exercise)
        page = exercise.name if exercise.question or belongs is None else belongs.name
        told = (
            _("done.")
            if exercise.name in walk.progress.done
            else _("it is done by answering page {name}.").format(name=page)
        )
        yield f"{head} {told}"
        return
    before = walk.progress.parts.get(exercise.name, [])
    judgement = judge(exercise, walk.here(session), before)
    done = [dict(settings) for settings in judgement.done]
    if len(before) < len(exercise.parts) or (done and done[0] != before[0]):  # else it stays as it was done
        walk.progress.parts[exercise.name] = done
    if judgement.finished:
        gold = judgement.gold or walk.progress.done.get(exercise.name) == "gold"
        walk.progress.done[exercise.name] = "gold" if gold else "done"
        yield f"{head} {_('done, as well as can be.') if judgement.gold else _('done.')}"
    elif not judgement.failures:
        yield f"{head} {_next_part(exercise, judgement)}"
    else:
        part = exercise.parts[judgement.part].name
        yield f"{head} {_('not yet ({part}).').format(part=part) if part else _('not yet.')}"
        for failure in judgement.failures:
            yield f"  {failure_said(failure, judgement.here, session.glyphs)}"


def _next_part(exercise: Page, judgement: Judgement) -> str:
    done, following = exercise.parts[judgement.part].name, exercise.parts[len(judgement.done)].name
    return _("done is: {done}. Now: {following}.").format(done=done, following=following)
