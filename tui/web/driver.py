"""The driver of a program that a browser shows: only what changes through the pipe, and an end when it ends."""

from __future__ import annotations

import contextlib
import os
from functools import partial

from textual.app import App
from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp

from tui.thrift import Thrift


class BrowserDriver(WebDriver):
    """Textual's driver for browsers with `Thrift` before the pipe.

    Args:
        app: The application.
        debug: As Textual's.
        mouse: As Textual's.
        size: As Textual's.
    """

    def __init__(
        self,
        app: App[object],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._thrift = Thrift(*(self._size or (80, 24)))
        self._stale = False
        self._write = partial(_send, self.fileno)

    def write(self, data: str) -> None:
        """Write what ``data`` changes."""
        if self._stale:
            self._stale = False
            self._thrift.resize(*(self._size or (80, 24)))
        reduced = self._thrift.reduced(data)
        if reduced:
            super().write(reduced)

    def forget(self) -> None:
        """Paint everything that is drawn from now on."""
        self._stale = True

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """A new size makes the browser show something else, even where it is the old one again."""
        super().on_meta(packet_type, payload)
        if packet_type == "resize":
            self.forget()

    def run_input_thread(self) -> None:
        """Read until the input ends; the program ends with it, or it would run on unseen."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self._app.post_message(ExitApp())


def _send(fileno: int, packet: bytes) -> int:
    """Write a whole packet; where nobody reads any more, the end of the input says so, too."""
    left = memoryview(packet)
    with contextlib.suppress(BrokenPipeError):
        while left:
            left = left[os.write(fileno, left) :]
    return len(packet)
