"""What a session has to do with a class: its screen goes to one, it follows one, or neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from model.language import _, ngettext
from tui import __version__
from tui.classroom.follower import FollowerLink
from tui.classroom.publisher import Publisher
from tui.session.classroom import Classroom
from tui.session.following import Following, Reader
from tui.session.session import Session


def class_said(session: Session, *, named: bool = True) -> str:
    """What stands on the screen of the class: who follows, or what is followed; empty where there is none.

    Args:
        session: Whose screen.
        named: Whether there is room for the name of the class.
    """
    room, following = session.classroom, session.following
    if room is not None:
        count = room.hands.followers
        told = ngettext("{count} follows", "{count} follow", count).format(count=count)
        return _("class {name}: {told}").format(name=room.publisher.name, told=told) if named else told
    if following is None:
        return ""
    if following.sentence:
        gone = _("not there")
        return _("class {name}: {told}").format(name=following.name, told=gone) if named else gone
    if not named:
        return _("class") if following.live else "F"
    return (_("class {name}") if following.live else _("F: class {name}")).format(name=following.name)


@dataclass
class Room:
    """What a session has to do with a class.

    Attributes:
        publisher: Where its screen goes; None: nobody follows.
        follow: The class that it follows; empty: none.
    """

    publisher: Publisher | None = None
    follow: str = ""
    _link: FollowerLink | None = None

    def enter(self, session: Session, post: Callable[[Any], None]) -> None:
        """Tie a session to the class; who shows it begins to listen with `Following.begin`.

        Args:
            session: Any.
            post: Is given what the class that is followed shows, and what the class that follows answers; threads
                call it.
        """
        if self.publisher is not None:
            session.classroom = Classroom(session, self.publisher)
            self.publisher.answered = post
        if self.follow:
            self._link = FollowerLink(self.follow, __version__, Reader(post))
            session.following = Following(self._link)

    def leave(self) -> None:
        """Tell the class that it is over, or stop following."""
        if self.publisher is not None:
            self.publisher.close()
        if self._link is not None:
            self._link.close()
