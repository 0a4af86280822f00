"""Small questions: for a line of text, for yes or no, and for one of several words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, OptionList, Static

from model.foreign_text import shown
from model.language import _
from tui.screens.dialog import Box, BoxScreen
from tui.widgets.text_field import Entry


class AskScreen(BoxScreen[str | None]):
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
        with Box(classes="box"):
            yield Static(shown(self._question), markup=False)
            yield Entry(self._first)
            yield Static(_("Enter goes on, Esc leaves it"), id="hint", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the text, or say what is wanted."""
        wanted = self._check(event.value)
        if wanted:
            hint = self.query_one("#hint", Static)
            hint.update(_("Please give {wanted}.").format(wanted=wanted))
            hint.add_class("-wrong")
            self.call_after_refresh(hint.scroll_visible, animate=False)
        else:
            self.dismiss(event.value.strip())


class ConfirmScreen(BoxScreen[bool]):
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
        with Box(classes="box"):
            yield Static(shown(self._question), markup=False)
            yield Static(_("y or Enter: yes    n or Esc: no"), id="hint", markup=False)


class ChooseScreen(BoxScreen[str | None]):
    """Asks for one of several words; gives None when the person leaves it.

    Args:
        question: What is asked.
        words: What there is to choose from.
        first: The one that the cursor stands on.
    """

    LIST = "OptionList"
    BINDINGS = [Binding("escape,q", "dismiss(None)", "leave")]

    def __init__(self, question: str, words: Sequence[str], first: str = "") -> None:
        super().__init__()
        self._question, self._words, self._first = question, words, first

    def compose(self) -> ComposeResult:
        """The question and the words."""
        with Box(classes="box"):
            yield Static(self._question, markup=False)
            yield OptionList(*map(shown, self._words), markup=False)
            yield Static(_("Enter chooses, Esc leaves it"), id="hint", markup=False)

    def on_mount(self) -> None:
        """The cursor on the word that is meant now."""
        options = self.query_one(OptionList)
        options.highlighted = self._words.index(self._first) if self._first in self._words else 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Dismiss the dialog with the chosen word."""
        self.dismiss(self._words[event.option_index])
