"""The file without which no command line opens a screen: what it is called, and what there is once it is saved."""

from __future__ import annotations

from pathlib import Path

from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.atomic import would_replace
from tui.session.commands.files import loaded, name_for, save_to, weights_of
from tui.session.permalink import UNSAVED, command_for, missing
from tui.session.session import Session

RULE_FILE = "roommate.toml"
"""What a file of a rule is called where nobody names it otherwise."""


def file_needed(situation: Situation) -> str:
    """The name, of which there is no file yet, for what has to be saved first; nothing where nothing can be."""
    if not missing(situation) or situation.diary_file == UNSAVED:
        return ""
    wanted = Path(RULE_FILE if situation.scenario == UNSAVED else name_for(situation))
    name, number = wanted, 1
    while would_replace(name):
        number += 1
        name = wanted.with_stem(f"{wanted.stem}-{number}")
    return str(name)


def command_once_saved(session: Session, situation: Situation, path: Path, *, overwrite: bool = False) -> str:
    """Save what has to be, and give the command line that opens it; nothing where more has to be saved.

    Args:
        session: Where it is shown.
        situation: What was shown when it was asked for, however far training has come since.
        path: The file.
        overwrite: Whether a file that is there may be replaced.

    Raises:
        RoommateError: It cannot be written.
    """
    of_the_run = situation.snapshot is not None and situation.scenario != UNSAVED
    save_to(session, situation, path, overwrite=overwrite)
    simulation = session.simulation
    if of_the_run:
        shown = loaded(Simulation(situation), path, weights_of(situation))
        simulation = shown.go_to(simulation.day, simulation.step)
    return "" if missing(simulation.situation) else command_for(simulation)
