"""A page on which one of many things is picked: a field to type in, and under it the things that fit."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.rendering.block import line
from tui.screens.dialog import Box, BoxScreen, fitting_key_hint
from tui.text.window import around
from tui.widgets.text_field import Entry

ROWS = 12
"""Things that are in sight; of more those around the one that is highlighted."""

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


class Pointed(Message):
    """A row of the list was clicked."""

    def __init__(self, row: int) -> None:
        super().__init__()
        self.row = row


class Rows(Static):
    """The things in sight; it only draws, so that it cannot lose count when they become fewer."""

    def on_click(self, event: events.Click) -> None:
        """Tell which row it was."""
        self.post_message(Pointed(event.y))


class PickScreen(BoxScreen[Answer | None], Generic[Thing, Answer]):
    """A dialog with a field and the things that match it; subclasses say what matches and what picking does.

    Args:
        question: What stands over the field; nothing: nothing does.
        entry: The field.
        hint: The keys.
        none: What is said where nothing fits.
    """

    LIST = "Rows"
    BINDINGS = [
        Binding("escape", "dismiss(None)", "leave"),
        Binding("down", "move(1)", "next"),
        Binding("up", "move(-1)", "before"),
        Binding("pagedown", f"move({ROWS})", "further"),
        Binding("pageup", f"move(-{ROWS})", "back"),
    ]

    def __init__(self, question: str, entry: Entry, hint: str, none: str) -> None:
        super().__init__()
        self._question, self._entry, self._hint, self._none = question, entry, hint, none
        self._found: Sequence[Thing] = ()
        self._current = 0
        self._rows = Rows(markup=False)

    @abstractmethod
    def fitting(self, text: str) -> Sequence[Thing]:
        """The things that fit a text, the best first."""

    @abstractmethod
    def title_and_hint(self, thing: Thing) -> tuple[str, str]:
        """A thing's name, and what else there is to say of it."""

    @abstractmethod
    def pick(self, thing: Thing | None, text: str) -> None:
        """Do what Enter asks for.

        Args:
            thing: The one that is highlighted; None where nothing fits.
            text: What stands in the field.
        """

    def compose(self) -> ComposeResult:
        """A field and the things that fit what is in it."""
        box = Box(classes="box pick")
        edge = self.app.size.width - 14
        box.border_subtitle, rest = fitting_key_hint(self._hint, edge)
        on_edge = cell_len(self._question) <= edge
        if on_edge:
            box.border_title = line(self._question).markup
        with box:
            if not on_edge:
                yield Static(self._question, markup=False)
            yield self._entry
            yield self._rows
            if rest:
                yield Static(rest, id="hint", markup=False)

    def on_mount(self) -> None:
        """List the things that fit what stands in the field already."""
        self.look_again()

    def look_again(self) -> None:
        """Find what fits now."""
        self._found, self._current = self.fitting(self._entry.value), 0
        self._draw()

    @property
    def _shown(self) -> slice:
        rows = min(self._rows.size.height or ROWS, ROWS, len(self._found))
        return around(self._current, rows, len(self._found))

    def placed(self) -> None:
        """As many as there is room for, and always as many: nothing moves while one types."""
        self._rows.styles.height = self._rows.styles.max_height
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        shown, lines = self._shown, []
        for number, thing in enumerate(self._found[shown], shown.start):
            name, more = self.title_and_hint(thing)
            lines.append(line((name, "reverse" if number == self._current else ""), (f"  {more}", "$muted")))
        self._rows.update(Content("\n").join(lines or [line((self._none, "$muted"))]))

    def on_input_changed(self, event: Input.Changed) -> None:
        """List the things that fit now."""
        self.look_again()

    def action_move(self, by: int) -> None:
        """Some things on, or back."""
        self._current = min(max(self._current + by, 0), max(len(self._found) - 1, 0))
        self._draw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The one that is highlighted."""
        self._pick(self._current)

    def on_pointed(self, message: Pointed) -> None:
        """The one that was clicked, if one was."""
        if self._shown.start + message.row < len(self._found):
            self._pick(self._shown.start + message.row)

    def _pick(self, number: int) -> None:
        self.pick(self._found[number] if number < len(self._found) else None, self._entry.value)
