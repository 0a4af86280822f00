"""The page of the course: its title, what is told and asked, and what became of the answer."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from model.course.page import Page
from model.language import _, ngettext
from tui.rendering.block import Part, line
from tui.session.course import CourseWalk
from tui.session.session import Session
from tui.text.course import arrays_said, filled, lit_said
from tui.text.glyphs import Glyphs


def page_title(walk: CourseWalk, glyphs: Glyphs, room: int) -> Content:
    """What stands on the frame: the page, how far it is through the story, and its exercises.

    Args:
        walk: The course.
        glyphs: Characters to draw with.
        room: The cells there are; where they are too few, how far it is stands in numbers alone.
    """
    whole = _page_title(walk, glyphs, _("page {number} of {count}"))
    return whole if whole.cell_length <= room else _page_title(walk, glyphs, "{number}/{count}")


def _page_title(walk: CourseWalk, glyphs: Glyphs, told: str) -> Content:
    page, course = walk.open_page, walk.course
    done = walk.progress.done
    parts: list[Part] = [(f"{page.name} {page.title}", "bold")]
    if not page.is_exercise:
        parts.append((told.format(number=course.pages.index(page) + 1, count=len(course.pages)), "$muted"))
        parts += [
            (f"{name} {glyphs.right}", "$right") if name in done else (name, "$muted") for name in page.exercises
        ]
    elif page.name in done:
        parts.append((glyphs.right, "$right"))
    dot: Part = (f" {glyphs.middle_dot} ", "$muted")
    return line(*[piece for part in parts for piece in (dot, part)][1:])


def score(walk: CourseWalk, glyphs: Glyphs) -> str:
    """How many questions were answered right."""
    right = sum(bool(answer.get("right")) for answer in walk.progress.answers.values())
    asked = sum(page.question is not None for page in (*walk.course.pages, *walk.course.exercises.values()))
    return f"{right}/{asked} {glyphs.right}"


def page_text(walk: CourseWalk, session: Session, *, seen: bool) -> Content:
    """What is told, pointed at and asked, up to what can be picked.

    Args:
        walk: The course.
        session: Where one is.
        seen: Whether the network is in sight beside the page; if it is not, what the page is about is written out.
    """
    page, here, glyphs = walk.open_page, walk.here(session, asked=True), session.glyphs
    lines: list[Content] = []
    if page.told:
        lines.append(line(filled(page.told, here, glyphs)))
    if name := lit_said(page, here, glyphs):
        lines.append(line((_("Look at: {what}.").format(what=name), "$muted")))
    if not seen:
        lines += map(line, arrays_said(page, here, glyphs))
    question = page.question
    if question is not None:
        lines.append(line((filled(question.ask, here, glyphs), "bold $accent")))
    return Content("\n").join(lines)


def rest_of_page(walk: CourseWalk) -> Content:
    """What stands under the question: how it is answered, and the exercises."""
    page, question = walk.open_page, walk.open_page.question
    lines: list[Content] = []
    if question is not None and not (walk.lecturer or walk.answered or question.options):
        lines.append(line((question.kind.kind.how, "$muted")))
    return Content("\n").join([*lines, *_exercises(walk, page)])


def _exercises(walk: CourseWalk, page: Page) -> list[Content]:
    names = [] if page.is_exercise else walk.exercises
    if not names:
        return []
    told = ngettext("Exercise: {names}.", "Exercises: {names}.", len(names))
    titles = ", ".join(f"{name} ({walk.course.exercises[name].title})" for name in names)
    return [line((told.format(names=titles), "$accent"))]


def said_text(lines: Sequence[str], right: bool | None, glyphs: Glyphs) -> Content:
    """What was said last; after an answer its first line has a mark.

    Args:
        lines: What was said.
        right: Whether an answer was right; None: none was given.
        glyphs: Characters to draw with.
    """
    if not lines:
        return Content("")
    marks: dict[bool | None, list[Part]] = {
        True: [(f"{glyphs.right} {lines[0]}", "$right bold")],
        False: [(f"{glyphs.wrong} {lines[0]}", "$wrong bold")],
        None: [lines[0]],
    }
    return Content("\n").join([line(*marks[right]), *map(line, lines[1:])])
