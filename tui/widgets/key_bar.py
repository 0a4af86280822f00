"""The last line: keys, which can be clicked, too."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content

from model.simulation.simulation import Simulation
from tui.rendering.key_bar import keys
from tui.widgets.kiosk import available
from tui.widgets.messages import CommandClicked
from tui.widgets.panel import Panel


class KeysPanel(Panel):
    """The keys of the lesson on screen."""

    DEFAULT_CSS = """
    KeysPanel { height: 1; background: $panel; }
    """

    def draw(self, simulation: Simulation, width: int, height: int) -> Sequence[Content]:
        """One line."""
        return [keys(simulation, self.glyphs, width, available(self.app))[0]]

    def on_click(self, event: events.Click) -> None:
        """A click on a key's name is that key."""
        _unused, ends = keys(self.simulation, self.glyphs, self.size.width, available(self.app))
        action = next((action for end, action in ends if event.x < end), None)
        if action is not None:
            self.post_message(CommandClicked(action))
