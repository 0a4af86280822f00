"""The driver: Textual's own for Linux and macOS, writing only what changes, and outliving what a terminal can do."""

from __future__ import annotations

import asyncio
import contextlib
import os
import selectors
import signal
from collections.abc import Sequence
from functools import partial
from threading import Event
from typing import Any, TextIO, cast

from rich.console import Console
from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from tui.terminal.diff import TerminalDiff
from tui.terminal.filtered_driver import FilteredDriver
from tui.terminal.input import TerminalInput
from tui.terminal.line_compositor import Line, pieces
from tui.terminal.recovery import throw
from tui.terminal.size import clamped
from tui.terminal.state import found_attributes

HUNG_UP = 129
"""The exit status when the terminal has gone, as after the signal that mostly says so."""


class StreamThatMayEnd:
    """A stream to a terminal that may go away: from then on nothing is written, and nobody waits for it.

    Args:
        file: The stream.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._lost = False

    def write(self, text: str) -> None:
        """Write, if the terminal is still there."""
        if not self._lost:
            try:
                self._file.write(text)
            except OSError:
                self._lost = True

    def flush(self) -> None:
        """Send what was written."""
        if not self._lost:
            try:
                self._file.flush()
            except OSError:
                self._lost = True

    def fileno(self) -> int:
        """The stream's descriptor."""
        return self._file.fileno()


class EndOfReading(Event):
    """The wish that nothing more is read, for which a thread can wait together with what it reads."""

    def __init__(self) -> None:
        super().__init__()
        self._heard, self._said = os.pipe()

    def fileno(self) -> int:
        """A descriptor that can be read while it is wished."""
        return self._heard

    def set(self) -> None:
        """Wish it."""
        if not self.is_set():
            super().set()  # before whoever waits looks
            os.write(self._said, b".")

    def clear(self) -> None:
        """Wish it no longer."""
        if self.is_set():
            os.read(self._heard, 1)
        super().clear()


class TerminalDriver(FilteredDriver, LinuxDriver):
    """Textual's driver with `TerminalDiff` before the terminal and `TerminalInput` behind it.

    Args:
        app: The application.
        options: As Textual's.
    """

    def __init__(self, app: App[object], **options: Any) -> None:
        super().__init__(app, **options)
        self._file = cast(Any, StreamThatMayEnd(cast(TextIO, self._file)))
        self.exit_event = self._end_of_reading = EndOfReading()
        self._diff = TerminalDiff(*self._get_terminal_size())
        self._suspended = False
        self._settling = False
        self._stop_wanted = False
        self._stops = self._goings_on = 0

    def _get_terminal_size(self) -> tuple[int, int]:
        """The terminal's size, as far as it is drawn on."""
        return clamped(*super()._get_terminal_size())

    # Writing

    def draw(self, lines: Sequence[Line], console: Console) -> None:
        """Put lines into the picture of the terminal; what they change is written with what is written next."""
        for x, y, strip in lines:
            self._diff.draw(x, y, pieces(strip, console))

    def write(self, data: str) -> None:
        """Write what ``data`` changes."""
        size = self._get_terminal_size()
        if size != (self._diff.columns, self._diff.rows):  # all of it is painted again, then
            self._diff.resize(*size)
        reduced = self._diff.reduced(data)
        writer = self._writer_thread
        if reduced and writer is not None and writer.is_alive():  # without one, in the background, nobody reads it
            super().write(reduced)

    def forget(self) -> None:
        """Paint everything that is drawn from now on: something else has written to the terminal."""
        self._diff.forget()

    # Reading

    def run_input_thread(self) -> None:
        """Hand on what the terminal sends, until it has gone or nobody listens any more."""
        try:
            self._read_on(self._terminal_input)
        except Exception as error:
            self._app.call_later(throw, error)

    def _read_on(self, reader: TerminalInput) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._end_of_reading, selectors.EVENT_READ)  # nothing else wakes it
            while not self.exit_event.is_set():
                if selector.select(0.02 if reader.waits else None):
                    if self.exit_event.is_set():
                        return
                    data = b""
                    with contextlib.suppress(OSError):  # how Linux says that the terminal has gone
                        data = os.read(self.fileno, 4096)
                    if not data:
                        self._app.call_later(self._app.exit, return_code=HUNG_UP)
                        return
                    messages = reader.messages(data)
                else:
                    messages = reader.after_a_pause()
                self.put(messages)

    # Starting, stopping and going on

    def start_application_mode(self) -> None:
        """Take the terminal. From here on a request to end is a way to quit: what was taken is given back."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            loop.add_signal_handler(number, partial(self._app.exit, return_code=128 + number))
        self._inbox.open()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.attrs_before = found_attributes() or self.attrs_before

    def _sigtstp_application(self, *_signal: object) -> None:
        """Note a request to stop, as with Ctrl+Z."""
        self._stop_wanted = True
        self._stops += 1
        self._settle()

    def _sigcont_application(self, *_signal: object) -> None:
        """Note that the program was continued."""
        self._stop_wanted = False
        self._goings_on += 1
        self._settle()

    def _settle(self) -> None:
        """Stop, or go on. A signal that comes meanwhile only says what is wanted: neither is done by halves."""
        if self._settling:
            return
        self._settling = True
        try:
            again = True
            while again:
                if self._stop_wanted:
                    self._stop()
                goings_on = self._goings_on
                if self._auto_restart:
                    self.resume_application_mode()
                # In the background the terminal could not be taken, and it was stopped once more on the way.
                again = self._stop_wanted or (self._suspended and goings_on != self._goings_on)
        finally:
            self._settling = False

    def _stop(self) -> None:
        if self._auto_restart:
            self.suspend_application_mode()
            self._must_signal_resume = True
        if self._stop_wanted:  # nobody has changed their mind
            stops = self._stops
            os.kill(os.getpid(), signal.SIGSTOP)
            self._stop_wanted = self._stops != stops  # it goes on, or it would not be here

    def suspend_application_mode(self) -> None:
        """Give the terminal back for a while."""
        self._suspended = True
        super().suspend_application_mode()

    def resume_application_mode(self) -> None:
        """Take the terminal again, unless it was never given back, and paint all of it."""
        if self._suspended:
            super().resume_application_mode()
            self._suspended = self._key_thread is None or not self._key_thread.is_alive()
        self._app.call_later(self._paint_again)

    def _paint_again(self) -> None:
        self.forget()
        self._app.screen.refresh(layout=True)


def with_diff(driver: type[Driver]) -> type[Driver]:
    """`TerminalDriver` for Textual's driver for terminals; other drivers (tests, browsers) as they are."""
    return TerminalDriver if driver is LinuxDriver else driver
