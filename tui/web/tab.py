"""A tab: the program in a process of its own, and between it and the page what Textual's driver for browsers speaks.

That are packets of a letter, a length of four bytes, and so many bytes: ``D`` holds what terminals send and are sent,
``M`` something about it, as JSON. The page speaks JSON, and is sent the bytes to draw.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import Callable, Mapping, Sequence

from aiohttp import WSMsgType, web

from tui.terminal.size import clamped

PATIENCE = 1.8
"""Seconds that a program has to save its run and to end when its tab is closed."""

LEISURE = 10.0
"""Seconds that it has when it ends by itself."""

MAX_QUEUED = 64 * 1024
"""So many bytes wait at the most for a program that does not read them; a message of the page is never cut in two."""

MAX_TOLD = 4096
"""So many bytes of what a program has written to stderr are handed on."""


class Tab:
    """A page that shows the program.

    Args:
        socket: The page's end.
        transport: The connection to it.
        process: The program.
    """

    def __init__(
        self, socket: web.WebSocketResponse, transport: asyncio.Transport, process: asyncio.subprocess.Process
    ) -> None:
        self._socket, self._transport, self._process = socket, transport, process

    async def run(self) -> None:
        """Wait until the program ends, or the page goes, or this task is cancelled; afterwards no program is left."""
        hear, draw = asyncio.create_task(self._hear()), asyncio.create_task(self._draw())
        last_words = asyncio.create_task(self._last_words())
        try:
            await asyncio.wait({hear, draw}, return_when=asyncio.FIRST_COMPLETED)
            if draw.done():  # it has ended by itself
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._socket.close(), PATIENCE)
        finally:
            self._transport.abort()  # nobody waits for the page any more
            await self._see_to_the_end(by_itself=draw.done())
            hear.cancel()
            outcomes = await asyncio.gather(hear, draw, last_words, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome

    async def _see_to_the_end(self, *, by_itself: bool) -> None:
        """Wait for the program: one that does not know yet is asked to end by a signal, and may save; then killed."""
        if not by_itself:
            self._send_signal(self._process.terminate)
        try:
            await asyncio.wait_for(self._process.wait(), LEISURE if by_itself else PATIENCE)
        except TimeoutError:
            self._send_signal(self._process.kill)
            await self._process.wait()

    def _send_signal(self, send: Callable[[], None]) -> None:
        with contextlib.suppress(ProcessLookupError):  # it has ended by itself in this moment
            send()

    async def _hear(self) -> None:
        """Hand on what the page sends, until it goes; of keys that the program cannot keep up with some are lost."""
        stdin = self._process.stdin
        assert stdin is not None
        async for message in self._socket:
            late = stdin.transport.get_write_buffer_size() > MAX_QUEUED
            match _understood(message.data) if message.type is WSMsgType.TEXT else None:
                case ["ping", text]:
                    await self._socket.send_json(["pong", text])
                case ["stdin", str(text)] if not late:
                    stdin.write(packet(b"D", text.encode(errors="ignore")))
                case ["resize", {"width": int(columns), "height": int(rows)}]:
                    width, height = clamped(columns, rows)
                    stdin.write(about({"type": "resize", "width": width, "height": height}))
                case ["blur" | "focus" as kind, *_] if not late:
                    stdin.write(about({"type": kind}))

    async def _draw(self) -> None:
        """Hand on what the program draws, to its end; without a page it is read all the same, or it could not end."""
        stdout = self._process.stdout
        assert stdout is not None
        with contextlib.suppress(asyncio.IncompleteReadError):  # it has ended without a word
            await stdout.readuntil(b"\n")  # what a program of Textual's begins with
            while True:
                head = await stdout.readexactly(5)
                payload = await stdout.readexactly(int.from_bytes(head[1:], "big"))
                if head[:1] == b"M" and _understood(payload) == {"type": "exit"}:
                    return
                with contextlib.suppress(ConnectionError):
                    if head[:1] == b"D":
                        await self._socket.send_bytes(payload)

    async def _last_words(self) -> None:
        """Report the last lines that the program has written to stderr."""
        stderr = self._process.stderr
        assert stderr is not None
        words = b""
        while data := await stderr.read(MAX_TOLD):
            words = (words + data)[-MAX_TOLD:]
        if words:
            sys.stderr.write(words.decode(errors="replace"))


async def start(
    command: Sequence[str], environ: Mapping[str, str], size: tuple[int, int]
) -> asyncio.subprocess.Process:
    """Start the program.

    Args:
        command: The words that do it.
        environ: Its environment.
        size: The columns and rows of the page's terminal.
    """
    pipe = asyncio.subprocess.PIPE
    size_variables = {"COLUMNS": str(size[0]), "ROWS": str(size[1])}
    return await asyncio.create_subprocess_exec(
        *command, stdin=pipe, stdout=pipe, stderr=pipe, env={**environ, **size_variables}
    )


def packet(kind: bytes, payload: bytes) -> bytes:
    """A packet of Textual's protocol for browsers."""
    return kind + len(payload).to_bytes(4, "big") + payload


def about(facts: Mapping[str, object]) -> bytes:
    """A packet about the terminal."""
    return packet(b"M", json.dumps(facts).encode())


def _understood(text: str | bytes) -> object:
    """What a message of the page or a packet about the terminal holds; nothing, where it is not JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
