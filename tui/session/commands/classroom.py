"""A class: following one, and asking it."""

from __future__ import annotations

from model.errors import InputError
from model.language import N_, _
from tui.session.commands.command import COURSE, command
from tui.session.reply import Reply, said
from tui.session.session import Session


@command(
    "class", keys="F", words="class", group=COURSE, label=N_("class"),
    help=N_("Follow the class again, or go back to what you made by yourself (--follow)"),
    synonyms=N_("follow lecturer back"),
)  # fmt: skip
def follow_class(session: Session) -> Reply:
    """Follow the class again, or leave it."""
    if session.following is None:
        raise InputError(_("No class is followed here: 'roommate-tui --follow NAME' follows one."))
    return session.following.toggle(session)


@command(
    "hands", keys="K", words="hands", group=COURSE, label=N_("hands"),
    help=N_("Ask the class the question of the page, or tell what it has answered (--share)"),
    synonyms=N_("ask class question poll vote answers"), kiosk=False,
)  # fmt: skip
def ask_class(session: Session) -> Reply:
    """Ask the class; once it is asked, tell what it has answered.

    Raises:
        InputError: There is no class, or no question that is open.
    """
    room, walk = session.classroom, session.course
    if room is None:
        raise InputError(_("Nobody follows here: 'roommate-tui --share NAME' lets a class follow."))
    if walk is None or walk.answered or walk.page is None or walk.page.question is None:
        raise InputError(_("There is no open question to ask the class: go to a page of the course that has one."))
    if not walk.hands:
        walk.hands = True
        session.notice()
        return said(_("The class is asked. Enter, or 'show me', shows the answer to all."))
    from tui.session.hands import hands_said  # noqa: PLC0415

    return said(*hands_said(room.hands, walk, session))
