"""The last line of the screen: the keys that matter in this lesson, as many as fit."""

from __future__ import annotations

from textual.content import Content

from tui.commands import COMMANDS, Command
from tui.rendering.blocks import Part, line
from tui.rendering.glyphs import Glyphs


def commands_of(lesson: int) -> list[Command]:
    """A lesson's commands: help and quit, then those that only it has, then the others."""
    mine = [command for command in COMMANDS if str(lesson) in command.footer]
    return sorted(mine, key=lambda command: (command.action not in {"help", "quit"}, command.footer != str(lesson)))


def keys(lesson: int, glyphs: Glyphs, width: int) -> tuple[Content, list[tuple[int, str]]]:
    """The line, and the column behind each command's last character with its action.

    Args:
        lesson: The lesson on screen.
        glyphs: Characters to draw with.
        width: The cells there are.
    """
    parts: list[Part] = []
    ends: list[tuple[int, str]] = []
    used = 0
    for command in commands_of(lesson):
        key = command.key_display.split(" ")[0].translate(glyphs.arrows)
        size = len(key) + len(command.label) + 3
        if used + size - 1 > width:
            break
        parts += [" ", (key, "$footer-key-foreground bold"), f" {command.label} "]
        used += size
        ends.append((used, command.action))
    return line(*parts), ends
