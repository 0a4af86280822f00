"""A kiosk: the screen without a way to a file or a shell, for an account that a whole class uses.

What it has not is declared with the commands (`tui.session.commands`); the application asks here before it does
anything.
"""

from __future__ import annotations

from tui.session.commands import COMMANDS

TEXTUALS_OWN = frozenset({"screenshot", "suspend_process", "toggle"})
"""Actions that every Textual application has and a kiosk must not: a file, a shell, any attribute of anything."""

REFUSED = TEXTUALS_OWN | {"save_screenshot"} | {command.action for command in COMMANDS if not command.kiosk}
"""The names of all actions that a kiosk refuses, on whichever page they are asked for."""

TOLD = "This is a kiosk: it saves and reads no files. c copies the command line that opens this screen elsewhere."
