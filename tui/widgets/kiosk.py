"""Whether the running application is a kiosk, and which commands it then has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.session.commands import COMMANDS, Command

if TYPE_CHECKING:
    from textual.app import App


def in_kiosk(app: App[Any]) -> bool:
    """Whether this application is a kiosk."""
    return bool(getattr(app, "kiosk", False))


def available(app: App[Any]) -> tuple[Command, ...]:
    """The commands that there are."""
    return tuple(command for command in COMMANDS if command.kiosk or not in_kiosk(app))
