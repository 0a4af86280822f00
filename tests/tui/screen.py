"""What is on the screen, cell by cell, as Textual would send it to a terminal."""

from __future__ import annotations

from textual.app import App
from textual.strip import Strip


def strips(app: App[None]) -> list[Strip]:
    """The lines of the screen, with those that show through from the screens below."""
    compositor = app.screen._compositor
    update = compositor.render_update(full=True, screen_stack=app._background_screens, simplify=True)
    return [Strip.join(line) for line in update.strips]  # type: ignore[union-attr]
