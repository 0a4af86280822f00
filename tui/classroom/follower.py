"""A follower's end: a thread that keeps connected to a class, and tells what arrives as values."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread

from model.errors import FileError, RoommateError
from model.foreign_text import shown
from model.language import N_, _
from model.roommate.naming import cut
from tui.classroom.frames import PROTOCOL, Frames, Kind, framed
from tui.classroom.places import Place, find

SOONEST, LATEST = 0.2, 2.0
"""Seconds until it is tried again to connect: the first time, and at the most."""

LOST = N_("The lecturer's program cannot be reached; its screen is shown again as soon as it can.")

CONNECT = 5.0
"""Seconds that a connection may take until it has said what it is."""


@dataclass(frozen=True)
class Arrived:
    """A state has arrived.

    Attributes:
        run: The bytes of its run; None: as before.
        screen: The bytes of where the lecturer is.
    """

    run: bytes | None
    screen: bytes


@dataclass(frozen=True)
class Connected:
    """The class is there, for the first time or again."""


@dataclass(frozen=True)
class Gone:
    """The class is not there.

    Attributes:
        sentence: Why.
        over: Whether the lecturer has ended it.
    """

    sentence: str
    over: bool = False


News = Arrived | Connected | Gone


class NotFollowedError(FileError):
    """There is a class that cannot be followed, and to try again would not help."""


class FollowerLink:
    """Keeps connected to a class until it is closed.

    Args:
        name: ``NAME`` or ``USER/NAME``.
        version: The program's.
        tell: Is given the news; a thread calls it.
    """

    def __init__(self, name: str, version: str, tell: Callable[[News], None]) -> None:
        self.name, self._version, self._tell = name, version, tell
        self._closing = Event()
        self._connection: socket.socket | None = None
        self._thread = Thread(target=self._run, name="follow", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def answer(self, question: str, answer: str) -> None:
        """Send an answer to the question that is open; it counts if that still is."""
        payload = f"{question}\0{answer}".encode()[:200]
        frame = framed(Kind.ANSWER, payload.decode(errors="ignore").encode())
        connection = self._connection
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.send(frame)

    def close(self) -> None:
        """Stop following."""
        self._closing.set()
        connection = self._connection
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _run(self) -> None:
        pause, lost, ended = SOONEST, "", False
        while not self._closing.is_set():
            sentence, over, nobody = "", False, False
            try:
                place = find(self.name)
                if place is None:
                    nobody = True
                    sentence = _("Nobody shares a class {name} now; it is shown as soon as somebody does.")
                    sentence = sentence.format(name=shown(self.name))
                else:
                    with connected(place) as connection:
                        self._connection = connection
                        over = self._follow(connection, place)
                        pause, lost = SOONEST, ""
                    sentence = _("The class is over.") if over else _(LOST)
            except NotFollowedError as error:
                sentence, pause = str(error), LATEST
            except RoommateError as error:
                sentence = str(error)
            except OSError:
                sentence = _(LOST)
            finally:
                self._connection = None
            if self._closing.is_set():
                return
            ended = over or (ended and nobody)
            if sentence != lost and (over or not ended):  # that it is over says that nobody shares it
                lost = sentence
                self._tell(Gone(sentence, over))
            self._closing.wait(pause)
            pause = min(2 * pause, LATEST)

    def _follow(self, connection: socket.socket, place: Place) -> bool:
        """Tell what arrives until the connection ends; gives whether the lecturer has ended it."""
        frames, run, greeted = Frames(), None, False
        while not self._closing.is_set():
            data = connection.recv(1 << 18)
            if not data:
                return False
            for kind, payload in frames.feed(data):
                if not greeted:
                    self._greet(kind, payload)
                    greeted = True
                    connection.settimeout(None)
                    self._tell(Connected())
                elif kind == Kind.RUN:
                    run = payload
                elif kind == Kind.SCREEN:
                    self._tell(Arrived(run, payload))
                    run = None
                elif kind == Kind.FULL:
                    raise NotFollowedError(_("The class {name} is full.").format(name=place))
                elif kind == Kind.END:
                    return True
        return False

    def _greet(self, kind: int, payload: bytes) -> None:
        """See that the other end speaks as this one does."""
        try:
            about = json.loads(payload.decode())
            protocol, program = about["protocol"], str(about["program"])
        except (ValueError, KeyError, TypeError, RecursionError):
            protocol, program = None, "?"
        if kind != Kind.HELLO or protocol != PROTOCOL or program != self._version:
            sentence = _(
                "The class is shared by version {theirs} of the program, and this is version {ours}: only the same "
                "can follow."
            )
            raise NotFollowedError(sentence.format(theirs=shown(cut(program)), ours=self._version))


def connected(place: Place) -> socket.socket:
    """A connection to a class, whose other end belongs to who owns the socket.

    Raises:
        NotFollowedError: It belongs to somebody else.
        OSError: There is nobody.
    """
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(CONNECT)
    try:
        connection.connect(os.fspath(place.path))
        owner = peer(connection)
        if owner is not None and owner != place.owner:
            sentence = _("The class {name} is shared by another account than its place says, and is not followed.")
            raise NotFollowedError(sentence.format(name=place))
    except BaseException:
        connection.close()
        raise
    return connection


def peer(connection: socket.socket) -> int | None:
    """The account at the other end of a connection; None where the system does not say."""
    if sys.platform != "linux":
        return None
    about = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    account: int = struct.unpack("3i", about)[1]
    return account
