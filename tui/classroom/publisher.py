"""The lecturer's end: a thread that gives every follower the newest state, and none of them can hold it up.

The screen hands over values and goes on; the thread packs them. A follower has at most one frame on its way, and
when that has arrived it gets the newest state there is, whatever it has missed. Who takes nothing for too long is
dropped, and may come again. Of what followers send nothing counts but a short answer to the question that is open.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread

from model.errors import FileError, InputError, RoommateError
from model.language import _
from tui.classroom.frames import MAX_ANSWER, MAX_BYTES, PROTOCOL, Frames, Kind, framed
from tui.classroom.places import ENDING, need_folder

MAX_FOLLOWERS = 400
"""Connections at one time; further ones are told that the class is full."""

PATIENCE = 10.0
"""Seconds that a follower may take nothing of what waits for it."""

TRAINING_EVERY = 0.25
"""Seconds between two states of a run that trains."""

BYTES_A_SECOND = 32 * 2**20
"""What all followers together may get a second: large runs are shared less often."""

MAX_LETTERS = 64
"""The letters of an answer that are kept."""

LEAVING = 0.5
"""Seconds for the last frame to arrive."""


@dataclass(frozen=True, eq=False)
class State:
    """What is published; packed by the thread, where a run that it shares already is not packed again.

    Attributes:
        run: What tells the run, at the update where it is, from others; None: there is none.
        pack_run: Gives its bytes.
        pack_screen: Gives the bytes of where one is.
        question: What answers count for; empty: nothing is asked.
        hurry: Whether a person has done something, so that it is shown at once.
    """

    run: object
    pack_run: Callable[[], bytes]
    pack_screen: Callable[[], bytes]
    question: str = ""
    hurry: bool = True


@dataclass(frozen=True)
class Hands:
    """What the class has answered.

    Attributes:
        question: To what.
        answers: How many gave each answer, as it was typed.
        followers: How many could.
        trouble: Why what is on the screen now is not shared; empty: it is.
    """

    question: str = ""
    answers: tuple[tuple[str, int], ...] = ()
    followers: int = 0
    trouble: str = ""

    @property
    def given(self) -> int:
        """How many have answered."""
        return sum(count for _answer, count in self.answers)


@dataclass(eq=False)
class _Follower:
    """A connection.

    Attributes:
        socket: The connection.
        frames: What it sends.
        sending: What is on its way.
        run: The number of the run that it has.
        screen: The number of the screen that it has.
        moved: When it last took something, or had nothing to take.
        answer: What it has answered to the question that is open.
    """

    socket: socket.socket
    frames: Frames = field(default_factory=lambda: Frames(MAX_ANSWER))
    sending: memoryview = field(default_factory=lambda: memoryview(b""))
    run: int = 0
    screen: int = 0
    moved: float = field(default_factory=time.monotonic)
    answer: str | None = None


class Publisher:
    """Publishes states on a socket until it is closed.

    Args:
        folder: Where the socket is made.
        name: What the class is called.
        group: The number of the group that may follow; None: one's own account.
        version: The program's.

    Attributes:
        answered: Is given the hands whenever they have changed; a thread calls it.

    Raises:
        InputError: A class of this name is shared already.
        FileError: The socket cannot be made there.
    """

    def __init__(
        self,
        folder: Path,
        name: str,
        *,
        group: int | None = None,
        version: str = "",
    ) -> None:
        need_folder(folder, group)
        self.name, self.path = name, folder / f"{name}{ENDING}"
        self.answered: Callable[[Hands], None] = lambda _hands: None
        self._lock_file = _locked(folder / f"{name}.lock", name)
        try:
            self._listener = _listening(self.path, group)
        except BaseException:
            os.close(self._lock_file)
            raise
        hello = {"protocol": PROTOCOL, "program": version, "name": name}
        self._hello = framed(Kind.HELLO, json.dumps(hello).encode())
        self._followers: dict[int, _Follower] = {}
        self._selector = selectors.DefaultSelector()
        self._bell, self._rung = socket.socketpair()
        for end in (self._bell, self._rung, self._listener):
            end.setblocking(False)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._rung, selectors.EVENT_READ)
        self._mutex, self._state, self._packed = Lock(), None, None
        self._run_key: object = None
        self._run = self._screen = b""
        self._run_number = self._screen_number = 0
        self._question, self._told = "", Hands()
        self._due = 0.0
        self._trouble = ""
        self._ending = Event()
        self._thread = Thread(target=self._serve, name="class", daemon=True)
        self._thread.start()

    _state: State | None
    _packed: State | None

    # What the screen calls

    def publish(self, state: State) -> None:
        """Let followers see a state; the one before, if it has not gone out, is forgotten."""
        with self._mutex:
            self._state = state
        self._ring()

    @property
    def followers(self) -> int:
        """How many follow."""
        return len(self._followers)

    def close(self) -> None:
        """Tell followers that the class is over, and stop."""
        if self._ending.is_set():
            return
        self._ending.set()
        self._ring()
        self._thread.join(2 * LEAVING)

    def _ring(self) -> None:
        with contextlib.suppress(OSError):
            self._bell.send(b"!")

    # The thread

    def _serve(self) -> None:
        try:
            while not self._ending.is_set():
                self._turn()
            self._say_goodbye()
        finally:
            for follower in tuple(self._followers.values()):
                self._drop(follower)
            self._selector.close()
            for end in (self._listener, self._bell, self._rung):
                end.close()
            with contextlib.suppress(OSError):
                self.path.unlink()
            os.close(self._lock_file)

    def _turn(self) -> None:
        """Wait for something to do, and do it."""
        now = time.monotonic()
        self._pack(now)
        waits = self._due - now if self._state is not self._packed else PATIENCE / 4
        for key, events in self._selector.select(max(waits, 0.0)):
            if key.fileobj is self._listener:
                self._welcome()
            elif key.fileobj is self._rung:
                with contextlib.suppress(OSError):
                    self._rung.recv(4096)
            elif (follower := self._followers.get(key.fd)) is not None:
                if events & selectors.EVENT_READ:
                    self._hear(follower)
                if events & selectors.EVENT_WRITE and key.fd in self._followers:
                    self._send(follower)
        now = time.monotonic()
        for follower in tuple(self._followers.values()):
            if follower.sending and now - follower.moved > PATIENCE:
                self._drop(follower)
        self._tell_hands()

    def _pack(self, now: float) -> None:
        """Pack the newest state, if it is time for it, and send it to all who have nothing on its way."""
        with self._mutex:
            state = self._state
        if state is None or state is self._packed or (now < self._due and not state.hurry):
            return
        self._packed = state
        try:
            if state.run is not None and state.run != self._run_key:
                run = _bounded(framed(Kind.RUN, state.pack_run()))
                self._run, self._run_key, self._run_number = run, state.run, self._run_number + 1
            self._screen = _bounded(framed(Kind.SCREEN, state.pack_screen()))
        except RoommateError as error:  # such as numbers that no file can hold
            self._trouble = str(error)
            return
        self._trouble = ""
        self._screen_number += 1
        if state.question != self._question:
            self._question = state.question
            for follower in self._followers.values():
                follower.answer = None
        size = len(self._run) * max(len(self._followers), 1)
        self._due = now + max(TRAINING_EVERY, size / BYTES_A_SECOND)
        for follower in tuple(self._followers.values()):
            if not follower.sending:
                self._send(follower)

    def _welcome(self) -> None:
        with contextlib.suppress(OSError):
            connection, _address = self._listener.accept()
            connection.setblocking(False)
            if len(self._followers) >= MAX_FOLLOWERS:
                with contextlib.suppress(OSError), connection:
                    connection.send(self._hello + framed(Kind.FULL))
                return
            follower = _Follower(connection, sending=memoryview(self._hello))
            self._followers[connection.fileno()] = follower
            self._selector.register(connection, selectors.EVENT_READ)
            self._send(follower)

    def _send(self, follower: _Follower) -> None:
        """Send what is on its way, and then what is newest, until the connection takes no more."""
        try:
            while True:
                while follower.sending:
                    follower.sending = follower.sending[follower.socket.send(follower.sending) :]
                    follower.moved = time.monotonic()
                if not self._next(follower):
                    break
        except BlockingIOError:
            self._selector.modify(follower.socket, selectors.EVENT_READ | selectors.EVENT_WRITE)
        except OSError:
            self._drop(follower)
        else:
            follower.moved = time.monotonic()
            self._selector.modify(follower.socket, selectors.EVENT_READ)

    def _next(self, follower: _Follower) -> bool:
        """Whether there is something newer for a follower, which is put on its way."""
        if not self._screen_number or follower.screen == self._screen_number:
            return False
        if self._packed is not None and self._packed.run is not None and follower.run != self._run_number:
            follower.run, follower.sending = self._run_number, memoryview(self._run)
        else:
            follower.screen, follower.sending = self._screen_number, memoryview(self._screen)
        follower.moved = time.monotonic()
        return True

    def _hear(self, follower: _Follower) -> None:
        """Take an answer; who sends anything else is no follower."""
        try:
            data = follower.socket.recv(1024)
            if not data:
                raise OSError
            for kind, payload in follower.frames.feed(data):
                question, found, answer = payload.decode().partition("\0")
                if kind != Kind.ANSWER or not found:
                    raise OSError
                if question == self._question:
                    follower.answer = answer[:MAX_LETTERS]
        except BlockingIOError:
            return
        except (OSError, RoommateError, UnicodeDecodeError):
            self._drop(follower)

    def _drop(self, follower: _Follower) -> None:
        self._followers.pop(follower.socket.fileno(), None)
        with contextlib.suppress(OSError, KeyError, ValueError):
            self._selector.unregister(follower.socket)
        follower.socket.close()

    def _tell_hands(self) -> None:
        counted = Counter(one.answer for one in self._followers.values() if one.answer is not None)
        answers = tuple(counted.most_common()) if self._question else ()
        hands = Hands(self._question, answers, self.followers, self._trouble)
        if hands != self._told:
            self._told = hands
            self.answered(hands)

    def _say_goodbye(self) -> None:
        """Let what is on its way arrive, with the word that it is over; nobody is waited for longer than a moment."""
        until = time.monotonic() + LEAVING
        for follower in self._followers.values():
            follower.sending = memoryview(bytes(follower.sending) + framed(Kind.END))
            follower.screen = self._screen_number
        while (waiting := [one for one in self._followers.values() if one.sending]) and time.monotonic() < until:
            for follower in waiting:
                self._send(follower)
            self._selector.select(0.01)


def _bounded(frame: bytes) -> bytes:
    """A frame, if followers take one so long.

    Raises:
        FileError: They do not.
    """
    if len(frame) > MAX_BYTES:
        sentence = _("What is on the screen is too large for the class: {size} MB, and {most} MB are the most.")
        raise FileError(sentence.format(size=len(frame) // 2**20 + 1, most=MAX_BYTES // 2**20))
    return frame


def _locked(path: Path, name: str) -> int:
    """A file that only one program can hold, as long as it runs.

    Raises:
        InputError: Another one holds it.
        FileError: It cannot be made.
    """
    import fcntl  # noqa: PLC0415 - Windows has none, and no classes

    flags = os.O_CREAT | os.O_RDWR | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0)
    try:
        descriptor = os.open(path, flags, 0o600)
    except OSError as error:
        raise FileError(
            _("{path} cannot be written: {error}.").format(path=path, error=error.strerror or error)
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        sentence = _("you are sharing a class {name} already: leave that program, or give this one another name.")
        raise InputError(sentence.format(name=name)) from None
    return descriptor


def _listening(path: Path, group: int | None) -> socket.socket:
    """A socket at a path; one that a program which has crashed has left there goes."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
        mask = os.umask(0o177)
        try:
            listener.bind(os.fspath(path))
        finally:
            os.umask(mask)
        if group is not None:
            os.chown(path, -1, group)
            path.chmod(0o660)
        listener.listen(256)
    except OSError as error:
        listener.close()
        raise FileError(
            _("{path} cannot be written: {error}.").format(path=path, error=error.strerror or error)
        ) from error
    return listener
