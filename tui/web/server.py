"""``roommate-tui serve``: the screen in a browser on this machine, one program for each tab.

textual-serve asks nobody who they are. So the server listens on this machine alone; it wants the key of the address
that it prints, since other people may be logged in here; and it answers no page of another site, which a browser here
might have opened.
"""

from __future__ import annotations

import argparse
import asyncio
import errno
import os
import secrets
import shlex
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from aiohttp import web
from textual_serve.server import Server

from model.errors import RoommateError
from tui.help_texts import PROGRAM
from tui.slow_link import spare
from tui.web import DRIVER

HERE = "127.0.0.1"
NAMES = {"localhost", HERE, "[::1]"}
"""What a browser may call this machine; any other name leads here only by deceit (DNS rebinding)."""

PATIENCE = 5.0
"""Seconds that the programs have to end when the server does; they save their runs in it."""


class ScreenServer(Server):
    """textual-serve's server, for those who know the key.

    Args:
        command: The program, as a shell understands it.
    """

    def __init__(self, command: str) -> None:
        super().__init__(command, title=PROGRAM, templates_path=Path(__file__).parent)
        self.key = secrets.token_urlsafe(16)
        self._cookie = f"roommate-{secrets.token_hex(4)}"  # other servers on this machine have cookies here, too
        self._sessions: set[asyncio.Task[object]] = set()

    async def make_app(self) -> web.Application:
        """textual-serve's pages behind the guard."""
        app = await self._make_app()
        app.middlewares.append(self._guarded)
        return app

    @property
    def _guarded(self):  # type: ignore[no-untyped-def]
        @web.middleware
        async def guard(
            request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
        ) -> web.StreamResponse:
            if request.host.rpartition(":")[0] not in NAMES and request.host not in NAMES:
                raise web.HTTPForbidden(text=f"This server is not called {request.host}.")
            if request.headers.get("Origin") not in {None, f"http://{request.host}"}:
                raise web.HTTPForbidden(text="Pages of other sites may not come in.")
            if self._is_key(request.query.get("key", "")):
                rest = {name: value for name, value in request.query.items() if name != "key"}
                answer = web.HTTPSeeOther(request.rel_url.with_query(rest))  # the key stays in no history
                answer.set_cookie(self._cookie, self.key, httponly=True, samesite="Lax")
                raise answer
            if not self._is_key(request.cookies.get(self._cookie, "")):
                raise web.HTTPForbidden(text=f"Open the whole address that '{PROGRAM} serve' printed, with its key.")
            return await handler(request)

        return guard

    def _is_key(self, word: str) -> bool:
        return secrets.compare_digest(word.encode(), self.key.encode())

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A tab: runs the program until one of the two ends."""
        task = asyncio.current_task()
        assert task is not None
        self._sessions.add(task)
        try:
            return await super().handle_websocket(request)
        finally:
            self._sessions.discard(task)

    async def on_startup(self, app: web.Application) -> None:
        """Nothing is said here: the address is known later."""

    async def on_shutdown(self, app: web.Application) -> None:  # noqa: ARG002 - as textual-serve calls it
        """Ask the programs to end, and wait until they have."""
        for task in self._sessions:
            task.cancel()
        if self._sessions:
            await asyncio.wait(self._sessions, timeout=PATIENCE)


def command_of(words: Sequence[str], environ: Mapping[str, str], *, slow_link: bool) -> str:
    """The command that runs the program for a tab.

    Args:
        words: The options of the screen.
        environ: The environment of the server.
        slow_link: Whether the options ask for few bytes.
    """
    mine = {**environ, "COLORTERM": "truecolor"}
    if slow_link:
        spare(mine)
    # textual-serve sets some of these itself: what the person has set counts more.
    kept = ("TEXTUAL_FPS", "TEXTUAL_ANIMATIONS", "TEXTUAL_COLOR_SYSTEM")
    settings = [f"TEXTUAL_DRIVER={DRIVER}", *(f"{name}={mine[name]}" for name in kept if name in mine)]
    return "exec " + shlex.join(["env", *settings, sys.executable, "-m", "tui", *words])


async def _serve(server: ScreenServer, port: int) -> int:
    """Serve until a signal comes; gives the exit status for it."""
    ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def end(number: int) -> None:
        if not ended.done():
            ended.set_result(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, end, number)
    runner = web.AppRunner(await server.make_app(), access_log=None, shutdown_timeout=PATIENCE)
    await runner.setup()
    try:
        await web.TCPSite(runner, HERE, port).start()
        port = runner.addresses[0][1]
        sys.stdout.write(f"http://localhost:{port}/?key={server.key}\n")
        sys.stdout.flush()
        sys.stderr.write(
            f"Open this address in a browser on this machine. From another one, first\n"
            f"  {tunnel(port)}\n"
            f"and then open it there. Ctrl+C ends.\n"
        )
        return await ended
    finally:
        await runner.cleanup()


def tunnel(port: int) -> str:
    """The command that brings the port to another machine."""
    return f"ssh -L {port}:localhost:{port} {socket.gethostname()}"


def serve(options: argparse.Namespace, words: Sequence[str], *, slow_link: bool) -> int:
    """Serve the screen until somebody ends it.

    Args:
        options: The options of ``serve``.
        words: Those of the screen.
        slow_link: Whether these ask for few bytes.

    Returns:
        The exit status.

    Raises:
        RoommateError: The port cannot be used.
    """
    server = ScreenServer(command_of(words, os.environ, slow_link=slow_link))
    try:
        return asyncio.run(_serve(server, options.port))
    except OSError as error:
        reason = (
            "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used ({os.strerror(error.errno or 0)})"
        )
        raise RoommateError(f"port {options.port} {reason}: --port N takes another, --port 0 any.") from None
