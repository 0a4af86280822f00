"""The last line of the screen: the keys that matter in this lesson, as many as fit."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from model.language import _
from model.simulation.simulation import Simulation
from tui.rendering.block import Part, line
from tui.session.commands import COMMANDS, GOING_BACK, LEARNING, WALKING, Command
from tui.text.glyphs import Glyphs


def commands_of(simulation: Simulation, commands: Sequence[Command] = COMMANDS) -> list[Command]:
    """The commands that matter on this screen, the most important first."""
    by_action = {command.action: command for command in commands}
    learning = simulation.situation.trains
    matter = GOING_BACK if simulation.backward else LEARNING if learning else WALKING
    return [by_action[action] for action in matter if action in by_action]


def keys(
    simulation: Simulation, glyphs: Glyphs, width: int, commands: Sequence[Command] = COMMANDS
) -> tuple[Content, list[tuple[int, str]]]:
    """The line, and the column behind each command's last character with its action.

    Args:
        simulation: What is on screen.
        glyphs: Characters to draw with.
        width: The cells there are.
        commands: The commands that there are.
    """
    parts: list[Part] = []
    ends: list[tuple[int, str]] = []
    used = 0
    for command in commands_of(simulation, commands):
        key = command.key_display.split(" ")[0].translate(glyphs.arrows)
        label = _((simulation.backward and command.back_label) or command.label)
        size = cell_len(key) + cell_len(label) + 3
        if used + size - 1 > width:
            break
        parts += [" ", (key, "$footer-key-foreground bold"), f" {label} "]
        used += size
        ends.append((used, command.action))
    return line(*parts), ends
