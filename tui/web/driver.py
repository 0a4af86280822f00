"""The driver of a program that a browser shows: only what changes through the pipe, and an end when it ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from functools import partial
from typing import Any

from textual.app import App
from textual.drivers._byte_stream import ByteStream
from textual.drivers.web_driver import WebDriver
from textual.messages import ExitApp

from tui.terminal.diff import TerminalDiff
from tui.terminal.filtered_driver import FilteredDriver
from tui.terminal.recovery import throw
from tui.terminal.size import clamped


class BrowserDriver(FilteredDriver, WebDriver):
    """Textual's driver for browsers with `TerminalDiff` before the pipe, and `TerminalInput` and `Inbox` behind it.

    Args:
        app: The application.
        options: As Textual's.
    """

    def __init__(self, app: App[object], **options: Any) -> None:
        super().__init__(app, **options)
        self._size = clamped(*(self._size or (80, 24)))
        self._diff = TerminalDiff(*self._size)
        self._stale = False
        self._write = partial(_send, self.fileno)

    def write(self, data: str) -> None:
        """Write what ``data`` changes."""
        if self._stale:
            self._stale = False
            self._diff.resize(*(self._size or (80, 24)))
        reduced = self._diff.reduced(data)
        if reduced:
            super().write(reduced)

    def forget(self) -> None:
        """Paint everything that is drawn from now on."""
        self._stale = True

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """A new size makes the browser show something else, even where it is the old one again."""
        if packet_type == "resize":
            columns, rows = payload.get("width"), payload.get("height")
            if not isinstance(columns, int) or not isinstance(rows, int):
                return
            payload = {**payload, **dict(zip(("width", "height"), clamped(columns, rows), strict=True))}
        if packet_type == "exit":  # Textual would end the thread alone
            packet_type = "quit"
        super().on_meta(packet_type, payload)
        if packet_type == "resize":
            self.forget()

    def start_application_mode(self) -> None:
        """Show the screen, and hand on what comes. A request to end, as when the tab is closed, saves the run."""
        self._inbox.open()
        super().start_application_mode()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self._app.exit)

    def run_input_thread(self) -> None:
        """Read until the input ends; the program ends with it, or it would run on unseen."""
        try:
            self._read_on()
        except Exception as error:
            self._app.call_later(throw, error)
        finally:
            self._input_reader.close()
        if not self.exit_event.is_set():
            self._app.post_message(ExitApp())

    def _read_on(self) -> None:
        packets = ByteStream()
        for data in self._input_reader:
            if not data:
                self.put(self._terminal_input.after_a_pause())
                continue
            for kind, payload in packets.feed(data):
                if kind == "D":  # what is typed
                    self.put(self._terminal_input.messages(payload))
                else:
                    self._on_meta(kind, payload)


def _send(fileno: int, packet: bytes) -> int:
    """Write a whole packet; where nobody reads any more, the end of the input says so, too."""
    left = memoryview(packet)
    with contextlib.suppress(BrokenPipeError):
        while left:
            left = left[os.write(fileno, left) :]
    return len(packet)
