"""The screen: what ``roommate-tui`` is without a command, if this is a terminal."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from model.errors import InputError
from model.language import _, ngettext
from model.roommate.parsing import listed
from tui import PROGRAM
from tui.cli.classroom import room_of
from tui.cli.first_simulation import asks_for_walk, course_asked, simulation_of
from tui.terminal.environment import check, reduce_traffic, restrict, settle, spare_colours
from tui.text.output import tell

if TYPE_CHECKING:
    from model.storage.saved_runs import SavedRuns
    from model.training.config import TrainingConfig
    from model.training.run import TrainingRun

DUMB = {"dumb", "unknown", ""}
"""The values of TERM for terminals on which no cursor can be placed."""


def open_screen(options: argparse.Namespace) -> int:
    """The simulator, if this is a terminal that can show it; line by line where a terminal can draw nothing."""
    if not options.kiosk and _is_dumb():
        tell(_("TERM={term} cannot draw: line by line, as with --plain.").format(term=os.environ["TERM"]))
        from tui.cli.plain import open_plain

        return open_plain(options)
    settle(os.environ)
    if options.kiosk:
        restrict(os.environ)
    check(os.environ)
    browser = _in_browser()
    if not browser:
        from tui.terminal.state import listen

        listen()
    course = course_asked(options)
    walks = asks_for_walk(options)
    simulation, run = simulation_of(options) if walks else (None, None)
    if not browser:
        spare_colours(os.environ)
        _need_terminal(kiosk=options.kiosk)
        for name in ("COLUMNS", "LINES"):  # Textual would believe them, and not the terminal, which can be resized
            os.environ.pop(name, None)
    if options.slow_link:
        reduce_traffic(os.environ)  # before Textual is imported
    from tui.app.app import RoommateApp
    from tui.app.preferences import FILE
    from tui.app.run import run_screen
    from tui.session.state_directory import state_folder
    from tui.text.glyphs import ASCII, UNICODE, for_terminal

    shown = UNICODE if browser else for_terminal(os.environ, sys.stdout.encoding)
    glyphs = ASCII if options.ascii else shown
    folder, unsaved = (None, "") if options.no_state else state_folder()
    # Of a kiosk nothing is remembered: the next person is another.
    settings = None if folder is None or options.kiosk else folder / FILE

    def find_state() -> SavedRuns | None:
        if folder is None:
            return None
        from model.storage.saved_runs import SavedRuns

        state = SavedRuns(folder, shared=options.kiosk)
        state.prune()
        return state

    room = room_of(options)  # from here on somebody may follow
    app = RoommateApp(
        simulation,
        glyphs,
        _config(options, run) if walks else None,
        find_state() if walks else None,
        run=run,
        settings=settings,
        kiosk=options.kiosk,
        unsaved=unsaved,
        find_state=None if walks else find_state,
        presenting=options.present,
    )
    app.slow_link = options.slow_link
    app.beginning, app.course_folder = course, settings and settings.parent
    app.lecturer = options.lecturer or options.present or options.share is not None  # who answers is the class
    app.room, app.notes = room, options.notes is not None
    try:
        status = run_screen(app, options.arguments, folder)
    finally:
        if room is not None:
            room.leave()
    if app.state is not None and status == 0:
        app.state.end()
    return status


def _config(options: argparse.Namespace, run: TrainingRun | None) -> TrainingConfig:
    """The settings of the first run."""
    from model.training.config import TrainingConfig

    return TrainingConfig(seed=getattr(options, "seed", TrainingConfig.seed)) if run is None else run.config


def _in_browser() -> bool:
    """Whether ``serve`` has started this for a tab, and talks to it through pipes."""
    from tui.web import DRIVER

    return os.environ.get("TEXTUAL_DRIVER") == DRIVER and not (sys.stdin.isatty() or sys.stdout.isatty())


def _is_dumb() -> bool:
    """Whether a person sits at a terminal on which nothing can be drawn."""
    streams = (sys.stdin, sys.stdout)
    return os.environ.get("TERM") in DUMB and all(stream is not None and stream.isatty() for stream in streams)


def _need_terminal(*, kiosk: bool = False) -> None:
    """The screen reads stdin and draws on stderr: all three streams must be a terminal that can be drawn on.

    Raises:
        InputError: One of them is not; it says which, and what works without.
    """
    streams = {_("standard input"): sys.stdin, _("standard output"): sys.stdout, _("standard error"): sys.stderr}
    blind = [name for name, stream in streams.items() if stream is None or not stream.isatty()]
    other = _(
        "'{program} --plain' walks and trains line by line without one; '{program} cook --plain' and "
        "'{program} explain' "
        "print the week."
    ).format(program=PROGRAM)
    if kiosk:
        other = _("Log in from one, with 'ssh' and no command, or with 'ssh -t'.")
    if blind:
        sentence = ngettext(
            "the screen needs a terminal, and {names} is not a terminal.",
            "the screen needs a terminal, and {names} are not a terminal.",
            len(blind),
        )
        raise InputError(sentence.format(names=listed(blind)) + f" {other}")
    if os.environ.get("TERM") in DUMB:
        term = os.environ["TERM"] or _("(empty)")
        raise InputError(_("the screen cannot be drawn with TERM={term}.").format(term=term) + f" {other}")
