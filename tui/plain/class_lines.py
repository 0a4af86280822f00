"""Lines that a person types while a class goes on: what the class shows is told between them."""

from __future__ import annotations

import contextlib
import os
import select
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from typing import TextIO

from tui.classroom.publisher import Hands
from tui.plain.session import LineSession
from tui.session.course_text import talk_lines
from tui.session.following import ClassNews
from tui.session.reply import Reply


class ClassLines:
    """Reads lines, and has what the class tells told as soon as it comes.

    Args:
        lines: What is typed.
        told: Is called when there is news, before the next line is read.
    """

    def __init__(self, lines: TextIO, told: Callable[[], None]) -> None:
        self._fd, self._told = lines.fileno(), told
        self._news: SimpleQueue[ClassNews | Hands] = SimpleQueue()
        self._bell, self._ring = os.pipe()
        os.set_blocking(self._ring, False)
        self._buffer, self._ended = b"", False
        self._encoding = lines.encoding

    def post(self, news: ClassNews | Hands) -> None:
        """Leave news; a thread calls it."""
        self._news.put(news)
        with contextlib.suppress(OSError):  # it is full: then somebody has been called already
            os.write(self._ring, b"!")

    def waiting(self) -> Iterator[ClassNews | Hands]:
        """The news that have not been told."""
        with contextlib.suppress(Empty):
            while True:
                yield self._news.get_nowait()

    def readline(self, limit: int = -1) -> str:
        """The next line, with its end; nothing at the end of all."""
        while b"\n" not in self._buffer and not self._ended and not 0 <= limit <= len(self._buffer):
            ready, _writable, _broken = select.select([self._fd, self._bell], [], [])
            if self._bell in ready:
                os.read(self._bell, 4096)
                self._told()
            elif self._fd in ready:
                data = os.read(self._fd, 4096)
                self._ended, self._buffer = not data, self._buffer + data
        end = self._buffer.find(b"\n") + 1 or len(self._buffer)
        end = min(end, limit) if limit >= 0 else end
        line, self._buffer = self._buffer[:end], self._buffer[end:]
        return line.decode(self._encoding, errors="replace")


def class_told(session: LineSession, news: ClassNews | Hands, *, notes: bool) -> Reply | None:
    """What is told of news of the class; None: nothing.

    Args:
        session: Whose it is.
        news: What has come.
        notes: Whether the lecturer's notes are told instead of the walk.
    """
    if isinstance(news, Hands):
        room = session.classroom
        if room is None:
            return None
        new = bool(news.trouble) and news.trouble != room.hands.trouble
        room.hands = news
        return Reply((news.trouble,), severity="warning") if new else None
    following = session.following
    if following is None:
        return None
    before = session.course and session.course.page
    reply = following.take(session, news)
    if not notes:
        return reply
    session.mark_as_told()
    after = session.course and session.course.page
    return Reply(tuple(talk_lines(session))) if after is not before or reply.lines else None
