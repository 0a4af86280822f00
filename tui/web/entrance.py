"""The entrance of the server: connections that ask for nothing, or take their time, keep nobody else out.

Everybody on this machine can connect, and aiohttp waits for the head of a request as long as it takes. So a
connection comes to aiohttp only when the head is there, and has to be done soon unless it becomes a tab; and when
there are too many, the oldest goes: somebody who really wants the page is served in a moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

MAX_WAITING = 64
"""The connections that may be without a request, or without a whole answer, at one time."""

HEAD_SECONDS = 5.0
"""Seconds that a request may take to arrive."""

ANSWER_SECONDS = 30.0
"""So long the answer to it may take; a tab takes what it likes."""

MAX_BYTES = 32 * 1024
"""The longest head."""


class Entrance:
    """Makes the protocol of each connection, as ``loop.create_server`` asks for it.

    Args:
        inner: Makes the protocol that answers requests.
    """

    def __init__(self, inner: Callable[[], asyncio.Protocol]) -> None:
        self.inner = inner
        self._passing: dict[asyncio.BaseTransport, asyncio.TimerHandle] = {}

    def __call__(self) -> asyncio.Protocol:
        """The protocol of a connection."""
        return _Visitor(self)

    def expect(self, transport: asyncio.Transport, seconds: float) -> None:
        """Let a connection last so long and no longer; one that has waited longest makes room for it."""
        self.forget(transport)
        if len(self._passing) >= MAX_WAITING:
            oldest = next(iter(self._passing))
            self.forget(oldest)
            cast(asyncio.Transport, oldest).abort()
        self._passing[transport] = asyncio.get_running_loop().call_later(seconds, transport.abort)

    def forget(self, transport: asyncio.BaseTransport) -> None:
        """Let a connection last: it is a tab, or it has ended."""
        timer = self._passing.pop(transport, None)
        if timer is not None:
            timer.cancel()


class _Visitor(asyncio.Protocol):
    """A connection: what it sends is kept until it is a whole head, and handed on from then on."""

    def __init__(self, entrance: Entrance) -> None:
        self._entrance = entrance
        self._inner: asyncio.Protocol | None = None
        self._head = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._entrance.expect(self._transport, HEAD_SECONDS)

    def data_received(self, data: bytes) -> None:
        if self._inner is not None:
            self._inner.data_received(data)
            return
        self._head += data
        if b"\r\n\r\n" in self._head:
            self._entrance.expect(self._transport, ANSWER_SECONDS)
            self._inner = self._entrance.inner()
            self._inner.connection_made(self._transport)
            self._inner.data_received(self._head)
            self._head = b""
        elif len(self._head) > MAX_BYTES:
            self._transport.abort()

    def eof_received(self) -> bool | None:
        return None if self._inner is None else self._inner.eof_received()

    def pause_writing(self) -> None:
        if self._inner is not None:
            self._inner.pause_writing()

    def resume_writing(self) -> None:
        if self._inner is not None:
            self._inner.resume_writing()

    def connection_lost(self, error: Exception | None) -> None:
        self._entrance.forget(self._transport)
        if self._inner is not None:
            self._inner.connection_lost(error)
