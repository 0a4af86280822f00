"""``roommate-tui serve``: the screen in a browser on this machine, one program for each tab.

Other people may be logged in here. So the server listens on this machine alone; its pages, which are the same for
everybody, can do nothing without a secret (`tui.web.keys`); no page of another site may speak with it; and who
connects without a purpose keeps nobody out (`tui.web.entrance`).
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import errno
import os
import re
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template

import textual_serve
from aiohttp import WSCloseCode, web

from model.errors import RoommateError
from model.language import N_, _
from tui.session.restart import own_command
from tui.terminal.environment import reduce_traffic
from tui.terminal.size import clamped
from tui.text.language import spoken
from tui.web import DRIVER
from tui.web.entrance import MAX_WAITING, Entrance
from tui.web.keys import Keys
from tui.web.quiet import quieten
from tui.web.tab import Tab, start

STATIC = Path(textual_serve.__path__[0]) / "static"
"""xterm.js and what goes with it, the one thing that is used of textual-serve."""

HERE = "127.0.0.1"
"""Where the server is and what it is called: "localhost" may be [::1], where anybody else can listen."""

PROTOCOL = "roommate-tui"
"""What the page's socket speaks; the secret is named beside it."""

KEY_HEADER = "Roommate-Key"
"""Where the page says the key of its address."""

MAX_TABS = 8
"""The most programs that run at one time."""

PATIENCE = 3.0
"""Seconds that a tab waits for another that is just closing, as a page does that is loaded again."""

TEXTS = {
    "opening": N_("roommate-tui is starting ..."),
    "again": N_("Start again"),
    "ended": N_("The program has ended."),
    "lost": N_("The server has ended, or is another one."),
    "stranger": N_("Open the address that 'roommate-tui serve' has printed last: each is good for one tab."),
    "full": N_("There are {most} tabs already. Close one of them, then start again."),
}
"""What the page says, by the names that it has for it."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Headers of every answer: nothing is loaded from elsewhere, and no other site frames it."""


class ScreenServer:
    """The pages, and a program for each tab that knows its secret.

    Args:
        command: The words that start the program.
        environ: Its environment.
        announce: Called with the key of the next tab when the one before is used.
    """

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], announce: Callable[[str], None]) -> None:
        self.keys = Keys()
        self._command, self._environ, self._announce = command, environ, announce
        self._free = asyncio.Semaphore(MAX_TABS)
        self._tabs: set[asyncio.Task[object]] = set()
        self.entrance: Entrance | None = None

    def application(self) -> web.Application:
        """Everything that can be asked for, behind the guard."""
        app = web.Application(middlewares=[_guard])
        app.add_routes(
            [
                web.get("/", _page("app_index.html", "text/html")),
                web.get("/page.js", _page("page.js", "text/javascript")),
                web.static("/static", STATIC),
                web.post("/tab", self._open_tab),
                web.get("/ws", self._show),
            ]
        )
        app.on_response_prepare.append(_finish)
        app.on_shutdown.append(self._end_all)
        return app

    async def _open_tab(self, request: web.Request) -> web.Response:
        """Give a secret for the key of an address."""
        secret = self.keys.exchange(request.headers.get(KEY_HEADER, ""))
        if secret is None:
            raise web.HTTPForbidden(text=_(TEXTS["stranger"]))
        self._announce(self.keys.next)
        return web.Response(text=secret)

    async def _show(self, request: web.Request) -> web.StreamResponse:
        """Run the program for a page, until one of the two ends."""
        offered = [word.strip() for word in request.headers.get("Sec-WebSocket-Protocol", "").split(",")]
        if PROTOCOL not in offered or not any(self.keys.knows(word) for word in offered):
            raise web.HTTPForbidden(text=_(TEXTS["stranger"]))
        page = web.WebSocketResponse(protocols=[PROTOCOL], heartbeat=30)
        await page.prepare(request)
        assert self.entrance is not None
        assert request.transport is not None
        transport, task = request.transport, asyncio.current_task()
        assert task is not None
        self.entrance.forget(transport)
        try:
            await asyncio.wait_for(self._free.acquire(), PATIENCE)
        except TimeoutError:
            # The reason has to fit into 123 bytes; the page says it in its own language.
            sentence = TEXTS["full"].format(most=MAX_TABS)
            await page.close(code=WSCloseCode.TRY_AGAIN_LATER, message=sentence.encode())
            return page
        self._tabs.add(task)
        try:
            size = clamped(_number(request, "width", 80), _number(request, "height", 24))
            await Tab(page, transport, await start(self._command, self._environ, size)).run()
        finally:
            self._tabs.discard(task)
            self._free.release()
        return page

    async def _end_all(self, app: web.Application) -> None:  # noqa: ARG002 - as aiohttp calls it
        """Ask the programs to end, and wait until they have."""
        for task in self._tabs:
            task.cancel()
        if self._tabs:
            await asyncio.wait(self._tabs)


@web.middleware
async def _guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse what calls this server by another name, and pages of other servers."""
    if not re.fullmatch(rf"{re.escape(HERE)}(:\d{{1,5}})?", request.host):
        raise web.HTTPForbidden(
            text=_("This server is called {name}, and nothing else: open the address as printed.").format(name=HERE)
        )
    if request.headers.get("Origin") not in {None, f"http://{request.host}"}:
        raise web.HTTPForbidden(text=_("Pages of other sites may not come in."))
    return await handler(request)


async def _finish(request: web.Request, response: web.StreamResponse) -> None:  # noqa: ARG001 - as aiohttp calls it
    """Add the headers of every answer; each is the last of its connection."""
    response.headers.update(HEADERS)
    if not isinstance(response, web.WebSocketResponse):
        response.headers["Connection"] = "close"
        response.force_close()


def _page(name: str, kind: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    """What answers with a file that lies beside this one, its sentences in the language in use."""
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    if kind == "text/html":
        texts = {name: escape(_(texts).format(most=MAX_TABS)) for name, texts in TEXTS.items()}
        text = Template(text).substitute(texts, lang=spoken().replace("_", "-"))

    async def answer(request: web.Request) -> web.Response:  # noqa: ARG001 - as aiohttp calls it
        return web.Response(text=text, content_type=kind)

    return answer


def _number(request: web.Request, name: str, usual: int) -> int:
    word = request.query.get(name, "")
    return int(word) if re.fullmatch("[0-9]{1,6}", word) else usual


def environ_of(environ: Mapping[str, str], *, slow_link: bool) -> dict[str, str]:
    """The environment of the program in a tab.

    Args:
        environ: The environment of the server.
        slow_link: Whether the options ask for few bytes.
    """
    mine = {**environ, "COLORTERM": "truecolor", "TERM_PROGRAM": "textual"}
    if slow_link:
        reduce_traffic(mine)
    return {"TEXTUAL_FPS": "60", "TEXTUAL_COLOR_SYSTEM": "truecolor", **mine, "TEXTUAL_DRIVER": DRIVER}


async def _serve(command: Sequence[str], environ: Mapping[str, str], port: int) -> int:
    """Serve until a signal comes; gives the exit status for it."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[int] = loop.create_future()

    def end(number: int) -> None:
        if not ended.done():
            ended.set_result(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, end, number)
    quieten()

    def announce(key: str) -> None:
        with contextlib.suppress(OSError):  # the terminal has gone: nobody is there to open another tab
            sys.stdout.write(f"http://{HERE}:{port}/#key={key}\n")
            sys.stdout.flush()

    server = ScreenServer(command, environ, announce)
    runner = web.AppRunner(server.application(), access_log=None, lingering_time=0)
    await runner.setup()
    try:
        assert runner.server is not None
        server.entrance = Entrance(runner.server)
        listener = await loop.create_server(server.entrance, HERE, port, backlog=MAX_WAITING)
        port = listener.sockets[0].getsockname()[1]
        announce(server.keys.next)
        sys.stderr.write(
            "\n".join(
                [
                    _(
                        "Open this address in a browser on this machine. It is good for one tab; "
                        "then the next is printed."
                    ),
                    _("From another machine, first"),
                    f"  {tunnel(port)}",
                    _("and then open it there. Ctrl+C ends."),
                    "",
                ]
            )
        )
        async with listener:
            return await ended
    finally:
        await runner.cleanup()


def tunnel(port: int) -> str:
    """The command that brings the port to another machine, or says that somebody else has it there."""
    return f"ssh -o ExitOnForwardFailure=yes -L {HERE}:{port}:{HERE}:{port} {socket.gethostname()}"


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
    command = [*own_command(), *words]
    try:
        return asyncio.run(_serve(command, environ_of(os.environ, slow_link=slow_link), options.port))
    except OSError as error:
        sentence = (
            _("port {port} is in use: --port N takes another, --port 0 any.")
            if error.errno == errno.EADDRINUSE
            else _("port {port} cannot be used ({reason}): --port N takes another, --port 0 any.")
        )
        raise RoommateError(sentence.format(port=options.port, reason=os.strerror(error.errno or 0))) from None
