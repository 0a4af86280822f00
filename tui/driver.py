"""The driver: Textual's own for Linux and macOS, writing only what changes."""

from __future__ import annotations

from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from tui.thrift import Thrift


class ThriftyDriver(LinuxDriver):
    """Textual's driver with `Thrift` before the terminal.

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
        self._thrift = Thrift(*self._get_terminal_size())

    def write(self, data: str) -> None:
        """Write what ``data`` changes."""
        size = self._get_terminal_size()
        if size != (self._thrift.columns, self._thrift.rows):
            self._thrift.resize(*size)
        reduced = self._thrift.reduced(data)
        if reduced:
            super().write(reduced)

    def forget(self) -> None:
        """Something else has written to the terminal: paint everything that is drawn from now on."""
        self._thrift.forget()


def thrifty(driver: type[Driver]) -> type[Driver]:
    """The thrifty form of Textual's driver for terminals; other drivers (tests, browsers) as they are."""
    return ThriftyDriver if driver is LinuxDriver else driver
