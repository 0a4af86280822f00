"""Two small questions: for a line of text, and for yes or no."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static


class AskScreen(ModalScreen[str | None]):
    """Asks for a line of text; gives None when the person leaves it.

    Args:
        question: What is asked.
        first: What stands in the field.
        check: Says what is wanted instead of a text that will not do; nothing where it will do.
    """

    BINDINGS = [Binding("escape", "dismiss(None)", "leave")]

    def __init__(self, question: str, first: str, check: Callable[[str], str]) -> None:
        super().__init__()
        self._question, self._first, self._check = question, first, check

    def compose(self) -> ComposeResult:
        """Question, field, and a line for what is wrong."""
        with Vertical(classes="box"):
            yield Static(self._question, markup=False)
            yield Input(self._first)
            yield Static("Enter goes on, Esc leaves it", id="hint", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the text, or say what is wanted."""
        wanted = self._check(event.value)
        if wanted:
            hint = self.query_one("#hint", Static)
            hint.update(f"Please give {wanted}.")
            hint.add_class("-wrong")
        else:
            self.dismiss(event.value.strip())


class ConfirmScreen(ModalScreen[bool]):
    """Asks for yes or no.

    Args:
        question: What is asked.
    """

    BINDINGS = [Binding("y,enter", "dismiss(True)", "yes"), Binding("n,escape,q", "dismiss(False)", "no")]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        with Vertical(classes="box"):
            yield Static(self._question, markup=False)
            yield Static("y or Enter: yes    n or Esc: no", id="hint", markup=False)
