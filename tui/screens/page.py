"""A page over the walk, which is left once: however often and fast a person presses Enter."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Page(ModalScreen[Result]):
    """A page that has the keys to itself."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave it, unless that has happened: Textual would take away the screen below it.

        Who types ahead may leave it before it is there; then it goes as soon as it is.
        """
        if not self.is_mounted:
            self.call_later(self._leave, result)
            return AwaitComplete()
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def _leave(self, result: Result | None) -> None:
        self.dismiss(result)  # and wait for nothing: nobody can wait in the page for its own end
