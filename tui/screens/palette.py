"""The palette: every command by name, found by any words of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList

from tui.rendering.blocks import line
from tui.screens.page import Page


def found(commands: Sequence[SystemCommand], text: str) -> list[SystemCommand]:
    """The commands that have all the words of a text in them, in their order; those whose name begins so first.

    Args:
        commands: All there are.
        text: As it was typed.
    """
    words = text.casefold().split()
    fitting = [one for one in commands if all(word in f"{one.title} {one.help}".casefold() for word in words)]
    return sorted(fitting, key=lambda one: not one.title.casefold().startswith(text.casefold().strip()))


class PaletteScreen(Page[SystemCommand | None]):
    """Gives the command that was chosen, or None when the person leaves it.

    Textual's own looks for commands in a thread of its own, which goes wrong when it is left meanwhile.

    Args:
        commands: What there is to choose from.
    """

    BINDINGS = [
        Binding("escape", "dismiss(None)", "leave"),
        Binding("down", "move(1)", "next"),
        Binding("up", "move(-1)", "before"),
        Binding("pagedown", "move(8)", "further"),
        Binding("pageup", "move(-8)", "back"),
    ]

    def __init__(self, commands: Iterable[SystemCommand]) -> None:
        super().__init__()
        self._commands = tuple(commands)
        self._found = list(self._commands)

    def compose(self) -> ComposeResult:
        """A field and the commands that fit what is in it."""
        with Vertical(classes="box", id="palette"):
            yield Input(placeholder="Search for commands")
            yield OptionList(*map(self._told, self._found))

    def _told(self, command: SystemCommand) -> Content:
        return line(command.title, (f"  {command.help}", "$muted"))

    @property
    def _options(self) -> OptionList:
        return self.query_one(OptionList)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Those that fit now."""
        self._found = found(self._commands, event.value)
        options = self._options
        options.clear_options()
        options.add_options(map(self._told, self._found))
        options.highlighted = 0 if self._found else None

    def action_move(self, by: int) -> None:
        """Some commands on, or back."""
        if self._found:
            at = self._options.highlighted or 0
            self._options.highlighted = min(max(at + by, 0), len(self._found) - 1)

    def on_input_submitted(self) -> None:
        """The one that is lit."""
        at = self._options.highlighted
        if self._found:
            self.dismiss(self._found[min(at or 0, len(self._found) - 1)])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """The one that was clicked."""
        if event.option_index < len(self._found):
            self.dismiss(self._found[event.option_index])
