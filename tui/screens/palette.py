"""The palette: every command by name, found by any words of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.rendering.blocks import line
from tui.rendering.zoom import around
from tui.screens.box import Box
from tui.screens.page import Page
from tui.widgets.entry import Entry

ROWS = 12
"""Commands that are in sight; of more those around the one that is lit."""


def found(commands: Sequence[SystemCommand], text: str) -> list[SystemCommand]:
    """The commands that have all the words of a text in them, in their order; those whose name begins so first.

    Args:
        commands: All there are.
        text: As it was typed.
    """
    words = text.casefold().split()
    fitting = [one for one in commands if all(word in f"{one.title} {one.help}".casefold() for word in words)]
    return sorted(fitting, key=lambda one: not one.title.casefold().startswith(text.casefold().strip()))


class Pointed(Message):
    """A row of the list was clicked."""

    def __init__(self, row: int) -> None:
        super().__init__()
        self.row = row


class Rows(Static):
    """The commands in sight; it only draws, so that it cannot lose count when they become fewer."""

    def on_click(self, event: events.Click) -> None:
        """Tell which row it was."""
        self.post_message(Pointed(event.y))


class PaletteScreen(Page[SystemCommand | None]):
    """Gives the command that was chosen, or None when the person leaves it.

    Textual's own looks for commands in a worker, which goes wrong when it is left meanwhile.

    Args:
        commands: What there is to choose from.
    """

    BINDINGS = [
        Binding("escape", "dismiss(None)", "leave"),
        Binding("down", "move(1)", "next"),
        Binding("up", "move(-1)", "before"),
        Binding("pagedown", f"move({ROWS})", "further"),
        Binding("pageup", f"move(-{ROWS})", "back"),
    ]

    def __init__(self, commands: Iterable[SystemCommand]) -> None:
        super().__init__()
        self._commands = tuple(commands)
        self._found = list(self._commands)
        self._lit = 0
        self._rows = Rows(markup=False)

    def compose(self) -> ComposeResult:
        """A field and the commands that fit what is in it."""
        with Box(classes="box", id="palette"):
            yield Entry(placeholder="Search for commands")
            yield self._rows
            yield Static("Enter does it, Esc leaves it", id="hint", markup=False)

    def on_mount(self) -> None:
        """All of them at first."""
        self._draw()

    @property
    def _shown(self) -> slice:
        rows = min(self._rows.size.height or ROWS, ROWS, len(self._found))
        return around(self._lit, rows, len(self._found))

    def on_resize(self) -> None:
        """As many as there is room for."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        shown = self._shown
        lines = [
            line((one.title, "reverse" if number == self._lit else ""), (f"  {one.help}", "$muted"))
            for number, one in enumerate(self._found[shown], shown.start)
        ]
        self._rows.update(Content("\n").join(lines or [line(("no such command", "$muted"))]))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Those that fit now."""
        self._found, self._lit = found(self._commands, event.value), 0
        self._draw()

    def action_move(self, by: int) -> None:
        """Some commands on, or back."""
        self._lit = min(max(self._lit + by, 0), max(len(self._found) - 1, 0))
        self._draw()

    def on_input_submitted(self) -> None:
        """The one that is lit."""
        self._choose(self._lit)

    def on_pointed(self, message: Pointed) -> None:
        """The one that was clicked."""
        self._choose(self._shown.start + message.row)

    def _choose(self, number: int) -> None:
        if 0 <= number < len(self._found):
            self.dismiss(self._found[number])
