"""The shared commands as Textual's key bindings."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from tui.session.commands import COMMANDS, Command


def binding_of(command: Command) -> Binding:
    """A command as a key binding."""
    return Binding(
        ",".join(command.keys),
        command.action,
        command.label,
        show=False,
        priority=command.keys[0] == "tab",  # otherwise Textual moves the focus with it
        id=command.action,
    )


SHARED_BINDINGS: list[BindingType] = [binding_of(command) for command in COMMANDS]
"""All of them."""
