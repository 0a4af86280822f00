"""The show of hands: a bar for each answer of the class, with its number."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from tui.classroom.publisher import Hands
from tui.rendering.block import line
from tui.session.course import CourseWalk
from tui.session.hands import count_said, tallied
from tui.session.session import Session


def hands_text(hands: Hands, walk: CourseWalk, session: Session, width: int) -> Content:
    """How many have answered, and a bar for each answer, as long as its part of all that were given.

    Args:
        hands: What the class has answered.
        walk: The course, at the page that is asked.
        session: Where it is asked.
        width: The cells there are.
    """
    question, glyphs = walk.open_page.question, session.glyphs
    assert question is not None
    counts = tallied(hands.answers, question, walk.here(session, asked=True), glyphs)
    longest = max((cell_len(answer) for answer, _count in counts), default=0)
    digits = max((len(str(count)) for _answer, count in counts), default=1)
    room = max(width - longest - digits - 4, 1)
    most = max((count for _answer, count in counts), default=0) or 1
    lines = [line((count_said(hands.given, hands.followers), "bold"))]
    for answer, count in counts:
        bar = glyphs.bar[-1] * (count * room // most or (1 if count else 0))
        padding = " " * (longest - cell_len(answer))
        lines.append(line(f" {answer}{padding} {count:>{digits}} ", (bar, "$accent")))
    return Content("\n").join(lines)
