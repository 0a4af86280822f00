"""The last line of the screen: the keys that matter in this lesson, as many as fit."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from model.language import _
from model.simulation.simulation import Simulation
from tui.rendering.block import line
from tui.rendering.key_line import keys_in_line
from tui.session.commands.command import GOING_BACK, LEARNING, WALKING, Command
from tui.session.commands.shared import SCREEN_COMMANDS
from tui.text.glyphs import Glyphs


def commands_of(simulation: Simulation, commands: Sequence[Command] = SCREEN_COMMANDS) -> list[Command]:
    """The commands that matter on this screen, the most important first."""
    footer = GOING_BACK if simulation.backward else LEARNING if simulation.situation.trains else WALKING
    matter = [command for command in commands if footer in command.footers]
    return sorted(matter, key=lambda command: command.footers[footer])


def keys(
    simulation: Simulation,
    glyphs: Glyphs,
    width: int,
    commands: Sequence[Command] = SCREEN_COMMANDS,
    *,
    lead: str = "",
) -> tuple[Content, list[tuple[int, str]]]:
    """The line, and the column behind each command's last character with its name.

    Args:
        simulation: What is on screen.
        glyphs: Characters to draw with.
        width: The cells there are.
        commands: The commands that there are.
        lead: What stands before them.
    """
    matter = commands_of(simulation, commands)
    pairs = [
        (one.typed_keys[0].translate(glyphs.arrows), _((simulation.backward and one.back_label) or one.label))
        for one in matter
    ]
    before = glyphs.text(f" {lead} ") if lead else ""
    room = cell_len(before)
    drawn, ends = keys_in_line(pairs, width - room)
    drawn = line((before, "bold $background on $accent"), drawn) if lead else drawn
    return drawn, [(room + end, one.name) for end, one in zip(ends, matter, strict=False)]
