"""The last line: keys, which can be clicked, too."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content

from model.simulation.simulation import Simulation
from tui.rendering.key_bar import keys
from tui.session.commands.command import Command
from tui.widgets.messages import CommandClicked
from tui.widgets.panel import Panel


class KeysPanel(Panel):
    """The keys of the lesson on screen.

    Args:
        commands: The commands that there are.
        id: Textual's name of the panel.
    """

    def __init__(self, commands: Sequence[Command], *, id: str) -> None:  # noqa: A002 - as Textual has it
        super().__init__(id=id)
        self._commands = commands

    DEFAULT_CSS = """
    KeysPanel { height: 1; background: $panel; }
    """

    lead = ""
    """What stands before the keys."""

    def put_before(self, lead: str) -> None:
        """Let something stand before the keys."""
        if lead != self.lead:
            self.lead, self.is_due = lead, True

    def values(self, simulation: Simulation) -> tuple[object, ...]:
        """The kind of walk, which has its keys."""
        return simulation.backward, simulation.situation.trains, self.lead

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """One line."""
        return [keys(simulation, self.glyphs, width, self._commands, lead=self.lead)[0]]

    def on_click(self, event: events.Click) -> None:
        """Run the command whose key was clicked."""
        _unused, ends = keys(self.simulation, self.glyphs, self.size.width, self._commands, lead=self.lead)
        name = next((name for end, name in ends if event.x < end), None)
        if name is not None:
            self.post_message(CommandClicked(name))
