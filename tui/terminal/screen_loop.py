"""The event loop of the screen: it tells other threads when it has nothing to do.

Python runs one thread at a time, and one that trains gives way only after a while, whenever the screen wants to go
on: several times a key. A thread that works only while the screen is idle costs a key nothing.
"""

from __future__ import annotations

import asyncio
import selectors
from threading import Event


class _IdleSelector(selectors.DefaultSelector):
    """The system's selector, with an event that is set while it waits.

    Args:
        idle: The event.
    """

    def __init__(self, idle: Event) -> None:
        super().__init__()
        self._idle = idle

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Wait for what is registered."""
        if timeout is not None and timeout <= 0:
            return super().select(timeout)
        self._idle.set()
        try:
            return super().select(timeout)
        finally:
            self._idle.clear()


class ScreenLoop(asyncio.SelectorEventLoop):
    """Runs the screen.

    Attributes:
        idle: Set while it waits for keys, for messages or for the time.
    """

    def __init__(self) -> None:
        self.idle = Event()
        super().__init__(_IdleSelector(self.idle))


def idle_event() -> Event:
    """Give what says when the running loop is idle; of another loop nobody knows, and it is taken to be."""
    loop = asyncio.get_running_loop()
    if isinstance(loop, ScreenLoop):
        return loop.idle
    always = Event()
    always.set()
    return always
