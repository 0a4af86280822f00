"""``roommate-tui --plain``: the simulator line by line."""

from __future__ import annotations

import argparse
import os
import sys

from model.errors import InputError
from model.language import _
from model.storage.saved_runs import SavedRuns
from model.training.config import TrainingConfig
from tui.cli.classroom import room_of
from tui.cli.first_simulation import asks_for_walk, course_asked, simulation_of
from tui.plain.editor import FILE
from tui.plain.glyphs import spoken
from tui.plain.loop import open_session
from tui.plain.session import LineSession
from tui.session.run_library import Runs
from tui.session.state_directory import UNSAVED, state_folder
from tui.text.glyphs import ASCII, for_terminal
from tui.text.output import tell


def open_plain(options: argparse.Namespace) -> int:
    """The simulator as lines of text, wherever this is."""
    if options.kiosk:
        raise InputError(_("--kiosk shuts the screen, and --plain has none: leave out one of them."))
    course = course_asked(options)
    walks = asks_for_walk(options)
    simulation, run = simulation_of(options)
    if not walks:
        simulation = simulation.with_lesson(1)
    glyphs = ASCII if options.ascii else for_terminal(os.environ, getattr(sys.stdout, "encoding", None) or "")
    config = TrainingConfig(seed=getattr(options, "seed", TrainingConfig.seed)) if run is None else run.config
    folder, unsaved = (None, "") if options.no_state else state_folder()
    if unsaved:
        tell(_(UNSAVED).format(reason=unsaved))
    state = None if folder is None else SavedRuns(folder)
    session = LineSession(simulation, spoken(glyphs), Runs(config, state, run), opening=not walks)
    session.course_folder, session.lecturer, session.beginning = folder, options.lecturer, course
    session.lecturer |= options.present or options.share is not None  # who answers is the class
    if state is not None:
        state.prune()
    room = room_of(options)
    try:
        status = open_session(
            session, None if folder is None else folder / FILE, room, notes=options.notes is not None
        )
    finally:
        if room is not None:
            room.leave()
    if state is not None and status == 0:
        state.end()
    return status
