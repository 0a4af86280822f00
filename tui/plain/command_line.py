"""The command line that opens in lines what is shown, and what is said where a file has to be saved first."""

from __future__ import annotations

from model.errors import InputError
from model.language import _
from tui.plain.glyphs import Verbatim
from tui.plain.session import LineSession
from tui.session.command_file import file_needed
from tui.session.permalink import command_for, missing


def command_lines(session: LineSession) -> list[str]:
    """The lines that tell the command line for this place.

    Raises:
        InputError: It needs a file; it says which, and how it is saved.
    """
    situation = session.simulation.situation
    if not (why := missing(situation)):
        return [in_lines(command_for(session.simulation))]
    file = "" if session.kiosk else file_needed(situation)
    if not file:
        raise InputError(why)
    sentence = _("{why} 'command {file}' saves it to that file, and tells the command that opens it.")
    raise InputError(sentence.format(why=why, file=file))


def in_lines(command: str) -> Verbatim:
    """A command line that opens the same in lines."""
    program, _space, rest = command.partition(" ")
    return Verbatim(f"{program} --plain {rest}")
