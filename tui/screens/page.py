"""A page over the walk, which is left once: however often and fast a person presses Enter."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Page(ModalScreen[Result]):
    """A page that has the keys to itself."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave it, unless that has happened: Textual would take away the screen below it."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class Palette(CommandPalette):
    """Textual's palette of commands."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """As for a page."""
        return super().dismiss(result) if self.is_active else AwaitComplete()
