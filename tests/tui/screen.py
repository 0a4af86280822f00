"""What is on the screen, where Textual has no public way to ask: tests/boundaries/test_textual.py holds the names."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import App
from textual.notifications import Notification
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip


def strips(app: App[None]) -> list[Strip]:
    """The lines of the screen, with those that show through from the screens below."""
    compositor = app.screen._compositor
    update = compositor.render_update(full=True, screen_stack=app._background_screens)
    return [Strip.join(line) for line in update.strips]  # type: ignore[union-attr]


def notices(pilot: Pilot[None]) -> list[Notification]:
    """What is told in the corner of the screen now."""
    return list(pilot.app._notifications)


def messages(pilot: Pilot[None]) -> list[str]:
    """The texts of what is told in the corner."""
    return [notice.message for notice in notices(pilot)]


def keys_bound(screen: Screen[object]) -> Iterable[str]:
    """The keys that mean something on a page itself."""
    return screen._bindings.key_to_bindings
