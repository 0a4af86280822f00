"""The inbox: queues input until the app has handled what came before, and drops what it cannot catch up with.

Textual hands a key to the field that has the focus, and what no field wants goes up from widget to widget, while the
next keys are already on their way down: Backspace comes after the letters that were typed behind it. Here each waits
until the one before has been dealt with, pages that it has opened and all.

And keys can come faster than they are dealt with, for as long as one is held. What would be stale by its turn is
dropped; the keys with which a person leaves are not.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

from textual import events
from textual.app import App, ScreenError
from textual.dom import DOMNode
from textual.errors import NoWidget
from textual.message import Message
from textual.message_pump import MessagePump
from textual.messages import TerminalSupportsSynchronizedOutput
from textual.screen import Screen

from tui.terminal.recovery import throw

MOST = 200
"""So much may wait; a person types a tenth of it ahead, and a program that is busy works it off in a second."""

MAX_OF_ONE, LEFT_OF_ONE = 100, 10
"""So often one key may wait in a row; of more it is clear that it is held, and only so many are meant."""

PAUSE = 0.2
"""Seconds without a key after which what is typed is meant again."""

PATIENCE = 1.0
"""Seconds that one thing may take before the next has its turn nevertheless."""

ROUNDS, MAX_ROUNDS = 2, 6
"""A key is one round, and what a page hears of it (a line that was submitted, for one) another; where that opens a
page or moves the focus there are more. A page without a focus hears nothing but the key."""

LEAVING = {"q", "ctrl+c", "ctrl+q", "escape"}
"""Keys that are never dropped; where others were, what still waits is dropped for them, too."""

TYPED = (events.InputEvent, events.Paste)
"""What a person does: keys, the mouse, and pastes."""

LAST_ONE_COUNTS = (events.Resize, events.AppFocus | events.AppBlur, TerminalSupportsSynchronizedOutput)
"""Of each of these an older one that still waits means nothing."""


class Inbox:
    """Holds what was read until its turn comes.

    Args:
        app: The application that it is for.
        hand_on: Gives one thing to the application.
        clock: Tells the time in seconds.
    """

    def __init__(
        self, app: App[Any], hand_on: Callable[[Message], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app = app
        self._hand_on = hand_on
        self._clock = clock
        self._waiting: deque[Message] = deque()
        self._lock = Lock()
        self._last = -PAUSE
        self._dropped = False  # something was, and there was no pause since
        self._flooded = False  # there was too much, and no pause since
        self._behind = False  # something was dropped, and what was typed before it still waits
        self._loop = asyncio.get_running_loop()
        self._something = asyncio.Event()
        self._delivery: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def put(self, message: Message) -> None:
        """Add what was read, or leave it out; may be called from any thread."""
        with self._lock:
            self._add(message)
            first = len(self._waiting) == 1  # or else the loop has heard of it, and has not come so far
        if first and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._something.set)

    def take(self) -> Message | None:
        """Give what has waited longest."""
        with self._lock:
            self._behind = self._behind and bool(self._waiting)
            return self._waiting.popleft() if self._waiting else None

    def _add(self, message: Message) -> None:
        waiting, now = self._waiting, self._clock()
        if isinstance(message, LAST_ONE_COUNTS):
            kind = next(kind for kind in LAST_ONE_COUNTS if isinstance(message, kind))
            for older in [one for one in waiting if isinstance(one, kind)]:
                waiting.remove(older)
        elif isinstance(message, TYPED):
            if now - self._last >= PAUSE:
                self._dropped = self._flooded = False
            self._last = now
            if not self._wanted(message):
                self._dropped = self._behind = True
                return
        waiting.append(message)

    def _wanted(self, message: Message) -> bool:
        """Whether something that was typed may wait, too; makes room for it."""
        waiting = self._waiting
        before = next((one for one in reversed(waiting) if isinstance(one, TYPED)), None)
        key = message.key if isinstance(message, events.Key) else ""
        if isinstance(message, events.MouseMove) and isinstance(before, events.MouseMove):
            waiting.remove(before)  # where the mouse was does not matter
            return True
        if not self._flooded and len(waiting) >= MOST:
            self._flooded = True
            self._leave_out_what_is_stale()
        if key in LEAVING:
            if self._flooded or self._behind:
                self._leave_out_what_is_stale()
                return not any(isinstance(one, events.Key) and one.key == key for one in waiting)
            return True
        if self._flooded or (self._dropped and key == "enter"):  # that would confirm what is not whole
            return False
        if key and len(waiting) >= MAX_OF_ONE and self._in_a_row(key) >= MAX_OF_ONE:
            for _one in range(MAX_OF_ONE - LEFT_OF_ONE):
                waiting.pop()
            return False
        return True

    def _leave_out_what_is_stale(self) -> None:
        kept = [one for one in self._waiting if not _stale(one)]
        self._waiting.clear()
        self._waiting.extend(kept)

    def _in_a_row(self, key: str) -> int:
        """How often a key waits at the end."""
        count = 0
        for one in reversed(self._waiting):
            if not isinstance(one, events.Key) or one.key != key:
                break
            count += 1
        return count

    def open(self) -> None:
        """Begin to hand on what comes, if that has not begun."""
        if self._delivery is None:
            self._delivery = self._loop.create_task(self._deliver())

    async def _deliver(self) -> None:
        try:
            await self._hand_on_all()
        except Exception as error:
            self._app.call_later(throw, error)

    async def _hand_on_all(self) -> None:
        """Hand on one thing after another, for as long as the application runs."""
        while True:
            message = self.take()
            if message is None:
                self._something.clear()
                if not self._waiting:
                    await self._something.wait()
                continue
            self._hand_on(message)
            if isinstance(message, TYPED):
                await self._dealt_with(message)

    async def _dealt_with(self, message: Message) -> None:
        """Wait until a message is handled: by the widget it went to, and all above it."""
        before = self._focus()
        rounds = 1 if isinstance(message, events.Key) and isinstance(before, Screen) else ROUNDS
        for turn in range(1, MAX_ROUNDS + 1):
            arrived = asyncio.Event()
            self._app.call_later(self._follow, message, arrived)
            try:
                async with asyncio.timeout(PATIENCE):
                    await arrived.wait()
            except TimeoutError:
                return
            previous, before = before, self._focus()
            if turn >= rounds and previous == before:
                return

    def _focus(self) -> DOMNode | None:
        try:
            return self._app.focused or self._app.screen
        except ScreenError:  # it has only just begun
            return None

    def _follow(self, message: Message, arrived: asyncio.Event) -> None:
        """Go the way of something that the application has handed on."""
        target = self._focus()
        if isinstance(message, events.MouseEvent):
            with contextlib.suppress(NoWidget, ScreenError):
                target, _region = self._app.screen.get_widget_at(int(message.x), int(message.y))
        _upwards([] if target is None else target.ancestors_with_self, arrived)


def _upwards(pumps: Sequence[MessagePump], arrived: asyncio.Event) -> None:
    """Let all of them do what they have got, one after another."""
    for at, pump in enumerate(pumps):
        if pump.call_later(_upwards, pumps[at + 1 :], arrived):
            return
    arrived.set()


def _stale(message: Message) -> bool:
    """Whether something that waits means nothing any more when there is too much of it."""
    if isinstance(message, events.Key):
        return message.key not in LEAVING
    return isinstance(message, TYPED)
