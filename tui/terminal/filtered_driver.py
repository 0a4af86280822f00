"""Base of both drivers: what comes in goes through `TerminalInput` and `Inbox`, whatever it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from textual.app import App
from textual.driver import Driver
from textual.message import Message

from tui.terminal.inbox import Inbox
from tui.terminal.input import TerminalInput


class FilteredDriver(Driver):
    """Comes before one of Textual's drivers among the bases of a class.

    Args:
        app: The application.
        options: As Textual's drivers have them.
    """

    def __init__(self, app: App[object], **options: Any) -> None:
        super().__init__(app, **options)
        self._terminal_input = TerminalInput(slow=getattr(app, "slow_link", False))
        self._inbox = Inbox(app, self.process_message)

    def send_message(self, message: Message) -> None:
        """Give the application a message; the inbox does so in the loop that the application runs in."""
        self._app.post_message(message)

    def put(self, messages: Iterable[Message]) -> None:
        """Leave what was read in the inbox.

        Args:
            messages: In their order.
        """
        for message in messages:
            self._inbox.put(message)
