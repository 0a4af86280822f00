"""Every command that the screen has, or that both front ends have: whatever the modules beside this one declare."""

from __future__ import annotations

from tui.session.commands import (
    backward,
    classroom,
    course,
    files,
    lessons,
    letters,
    program,
    roommates,
    screen,
    sweeps,
    training,
    walking,
    week,
    weights,
)
from tui.session.commands.command import commands_in

COMMANDS = commands_in(
    program,
    walking,
    week,
    backward,
    weights,
    roommates,
    lessons,
    training,
    sweeps,
    letters,
    screen,
    files,
    course,
    classroom,
)
"""All commands of these modules, in their order."""

COMMANDS_BY_NAME = {command.name: command for command in COMMANDS}
"""The commands by their names."""

SCREEN_COMMANDS = tuple(command for command in COMMANDS if command.keys)
"""The commands of the screen: each has a key."""
