"""``--at`` and ``--lessons``: the course that a session has, and the page that it begins with."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from model.errors import InputError
from model.language import _
from tui.session.course import course_of
from tui.session.reply import Reply
from tui.session.session import Session
from tui.text.course import course_in, own_course

ELSEWHERE = ("lesson", "day", "step", "entry", "update", "reveal", "weather", "start", "network", "weights",
             "diary", "targets", "activation", "feedback", "settings", "backward")  # fmt: skip
"""The options that say what is shown first, which a page says, too."""


def beginning(options: argparse.Namespace) -> Callable[[Session], Reply]:
    """What gives a session its course, and opens a page of it; what is wrong is said at once.

    Args:
        options: What was asked for.

    Raises:
        FileError: Something is wrong with the pages of ``--lessons``.
        InputError: There is no page of that name, or other options say what is shown first.
    """
    if options.lessons is not None and options.kiosk:
        raise InputError(_("--kiosk opens no files: leave out --lessons."))
    course = own_course() if options.lessons is None else course_in(options.lessons)
    page = None
    if options.at is not None:
        if others := [name for name in ELSEWHERE if getattr(options, name, None) is not None]:
            raise InputError(_("--at says what is shown first: leave out --{other}.").format(other=others[0]))
        page = course.named(options.at)

    def begin(session: Session) -> Reply:
        walk = course_of(session, lambda: course)
        walk.seed = getattr(options, "seed", None)
        return walk.begin(session) if page is None else walk.open(session, page)

    return begin
