"""What the tests of the screen share: ways to read what it shows."""

from __future__ import annotations

from textual.content import Content
from textual.pilot import Pilot

from tui.screens.walk import WalkScreen
from tui.widgets.panel import Panel


def shown(pilot: Pilot[None], selector: str) -> str:
    """The text of a panel as it was last drawn."""
    return pilot.app.screen.query_one(selector, Panel).render().plain


def frame(pilot: Pilot[None], selector: str) -> str:
    """What the frame of a panel says: its title, and what stands at its bottom."""
    panel = pilot.app.screen.query_one(selector)
    return " ".join(Content.from_markup(str(text)).plain for text in (panel.border_title, panel.border_subtitle))


def walk(pilot: Pilot[None]) -> WalkScreen:
    """The main screen, wherever it is on the stack."""
    return next(screen for screen in pilot.app.screen_stack if isinstance(screen, WalkScreen))
