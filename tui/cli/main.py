"""The command line: stdout is data, stderr is messages, and nothing is loaded that a command does not need."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn, TextIO

from model.errors import InputError, RoommateError
from model.roommate.parsing import listed
from tui import PROGRAM
from tui.cli.options import need_derivative, need_finite, simulation_of, situation_of
from tui.cli.parser import build_parser, language_asked
from tui.terminal.streams import let_go
from tui.text.language import speak, spoken, wanted
from tui.text.manual import CONTENTS, TOPICS, page
from tui.text.output import for_our_words, portable, showing, tell

DUMB = {"dumb", "unknown", ""}
"""What TERM says of terminals on which no cursor can be placed."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line.

    Args:
        arguments: The words after the program's name; those of the process by default.

    Returns:
        The exit status.
    """
    with showing():
        return _run(sys.argv[1:] if arguments is None else arguments)


def _run(arguments: Sequence[str]) -> int:
    """What the words ask for, with every error told."""
    commands = {
        None: open_screen,
        "cook": cook,
        "explain": explain,
        "extract": extract,
        "train": train,
        "scenario": scenario,
        "serve": serve,
        "help": help_,
    }
    try:
        speak(language_asked(arguments) or wanted(os.environ))
        options = build_parser().parse_args(arguments)
        options.arguments = arguments
        if options.command == "serve":  # what is not its own is for the screen
            options.words = [*arguments[: arguments.index("serve")], *options.words, "--lang", spoken()]
        if options.kiosk and options.command is not None:
            raise InputError(f"--kiosk shuts the screen, and {options.command} has none: leave out one of them.")
        status = commands[options.command](options)
        sys.stdout.flush()  # what cannot be written is told now, whatever the status
        return status
    except RoommateError as error:
        sys.stderr.write(f"{PROGRAM}: {error}\n")  # a line for each fault
        return error.exit_status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader has seen enough, as in "explain | head"
        return 141
    except Exception as error:
        from tui.terminal.crash_report import EXIT_STATUS, crash_message, folder

        sys.stderr.write(crash_message(error, arguments, folder()))
        return EXIT_STATUS


def run() -> NoReturn:
    """The console script."""
    try:
        status = main()
    except SystemExit as end:  # of argparse
        status = end.code if isinstance(end.code, int) else 0
    lost = let_go()
    if lost and not status:
        tell(lost)
        let_go()
        status = 1
    sys.exit(status)


def _write(chunks: Iterable[str], out: TextIO | None = None) -> int:
    out = out or sys.stdout
    for chunk in chunks:
        out.write(chunk)
    out.flush()
    return 0


def cook(options: argparse.Namespace) -> int:
    """``roommate-tui cook``."""
    from dataclasses import replace

    from model.analysis.rollout import own_feedback
    from tui.cli.cook import FORMATS, as_lines, as_table
    from tui.text.glyphs import for_output

    situation = situation_of(options)
    if not hasattr(options, "feedback"):  # cooking is free: nobody tells it what was really cooked
        situation = replace(situation, fed_back=own_feedback(situation.network))
    need_finite(options, situation)
    if options.format is None and sys.stdout.isatty() and not options.plain:
        return _write(as_table(situation, for_output(os.environ, sys.stdout.encoding, terminal=True)))
    return _write(FORMATS.get(options.format, as_lines)(situation))


def explain(options: argparse.Namespace) -> int:
    """``roommate-tui explain``."""
    from model.export.formats import EXPORTERS
    from model.export.walk_latex import lost_in_tex

    if options.standalone and options.format != "latex":
        raise InputError("--standalone makes LaTeX a whole document: it needs --format latex.")
    backward = hasattr(options, "backward")
    if hasattr(options, "targets") and not backward and getattr(options, "feedback", "") != "teacher":
        raise InputError(
            "--targets says what the error goes back from, or what is fed back: it needs --backward or "
            "--feedback teacher."
        )
    situation = situation_of(options)
    if backward:
        need_derivative(situation)
    settings: dict[str, Any] = {} if options.digits is None else {"digits": options.digits}
    if options.standalone:
        settings["whole"] = True
    walk = EXPORTERS[options.format](situation, backward=backward, **settings)
    status = _write(portable(walk) if options.format == "json" else walk)
    need_finite(options, situation, backward=backward)
    names = (*situation.roommate.dishes, *situation.roommate.weathers) if options.format == "latex" else ()
    lost = [name for name in names if lost_in_tex(name)]
    if lost:
        tell(f"the LaTeX has ? for what it has no letters for: {listed(lost)}.")
    return status


def extract(options: argparse.Namespace) -> int:
    """``roommate-tui extract``."""
    import shutil

    from model.network.schedule import Feedback
    from tui.cli.extract import extracted
    from tui.text.glyphs import for_output

    encoding = sys.stdout.encoding or "utf-8"
    glyphs = for_output(os.environ, encoding, terminal=sys.stdout.isatty())
    feedback = None if options.feedback is None else Feedback(options.feedback)
    width = min(shutil.get_terminal_size().columns, 120)
    return _write(extracted(situation_of(options), options.format, feedback, glyphs, width))


def train(options: argparse.Namespace) -> int:
    """``roommate-tui train``."""
    from tui.cli.train import train

    return train(options)


def scenario(options: argparse.Namespace) -> int:
    """``roommate-tui scenario``."""
    from tui.cli.scenario import scenario

    return scenario(options)


def serve(options: argparse.Namespace) -> int:
    """``roommate-tui serve``."""
    screen = build_parser().parse_args(options.words)
    if screen.kiosk or screen.plain:
        word = "--kiosk" if screen.kiosk else "--plain"
        raise InputError(f"{word} is for terminals; a browser shows the screen, with the files of whoever serves it.")
    if screen.command is not None:
        raise InputError(f"a browser shows the screen, not {screen.command!r}: give serve the options of the screen.")
    from tui.terminal.environment import check, settle

    settle(os.environ)
    check(os.environ)
    simulation_of(screen)  # what is wrong with them is said here and now
    if sys.platform == "win32":
        raise RoommateError("serve needs Linux or macOS.")
    try:
        from tui.web.server import serve
    except ModuleNotFoundError as error:
        from tui.cli.installed import extra

        told = f"a browser needs the extra 'web', and {error.name} is missing: pip install '{extra('web')}'"
        raise RoommateError(told) from None
    return serve(options, options.words, slow_link=screen.slow_link)


def help_(options: argparse.Namespace) -> int:
    """``roommate-tui help``."""
    if options.topic in TOPICS:
        return _write(page(options.topic), for_our_words())
    if options.topic is None:
        return _write([build_parser().format_help(), "\n", CONTENTS])
    build_parser().parse_args([*(word for word in (options.topic, options.action) if word), "--help"])
    return 0


def open_screen(options: argparse.Namespace) -> int:
    """The simulator, if this is a terminal that can show it; with ``--plain`` line by line, wherever this is."""
    if options.kiosk and options.plain:
        raise InputError("--kiosk shuts the screen, and --plain has none: leave out one of them.")
    if options.plain:
        return open_plain(options)
    if not options.kiosk and _is_dumb():
        tell(f"TERM={os.environ['TERM']} cannot draw: line by line, as with --plain.")
        return open_plain(options)
    from tui.terminal.environment import check, restrict, settle, spare_colours

    settle(os.environ)
    if options.kiosk:
        restrict(os.environ)
    check(os.environ)
    browser = _in_browser()
    if not browser:
        from tui.terminal.state import listen

        listen()
    simulation, run = simulation_of(options)
    if not browser:
        spare_colours(os.environ)
        _need_terminal(kiosk=options.kiosk)
        for name in ("COLUMNS", "LINES"):  # Textual would believe them, and not the terminal, which can be resized
            os.environ.pop(name, None)
    if options.slow_link:
        from tui.terminal.environment import reduce_traffic

        reduce_traffic(os.environ)  # before Textual is imported
    from model.storage.saved_runs import Sessions
    from model.training.config import TrainingConfig
    from tui.app.app import RoommateApp
    from tui.app.preferences import FILE
    from tui.app.run import run_screen
    from tui.session.state_directory import state_folder
    from tui.text.glyphs import ASCII, UNICODE, for_terminal

    shown = UNICODE if browser else for_terminal(os.environ, sys.stdout.encoding)
    glyphs = ASCII if options.ascii else shown
    config = TrainingConfig(seed=getattr(options, "seed", TrainingConfig.seed)) if run is None else run.config
    folder, unsaved = (None, "") if options.no_state else state_folder()
    state = None if folder is None else Sessions(folder, shared=options.kiosk)
    # Of a kiosk nothing is remembered: the next person is another.
    settings = None if folder is None or options.kiosk else folder / FILE
    if state is not None:
        state.tidy()
    app = RoommateApp(
        simulation, glyphs, config, state, run=run, settings=settings, kiosk=options.kiosk, unsaved=unsaved
    )
    app.slow_link = options.slow_link
    status = run_screen(app, options.arguments, folder)
    if state is not None and status == 0:
        state.end()
    return status


def open_plain(options: argparse.Namespace) -> int:
    """The simulator as lines of text."""
    from model.storage.saved_runs import Sessions
    from model.training.config import TrainingConfig
    from tui.plain.editor import FILE
    from tui.plain.glyphs import spoken
    from tui.plain.loop import Commands, open_session
    from tui.session.run_library import Runs
    from tui.session.state_directory import UNSAVED, state_folder
    from tui.text.glyphs import ASCII, for_terminal

    simulation, run = simulation_of(options)
    glyphs = ASCII if options.ascii else for_terminal(os.environ, getattr(sys.stdout, "encoding", None) or "")
    config = TrainingConfig(seed=getattr(options, "seed", TrainingConfig.seed)) if run is None else run.config
    folder, unsaved = (None, "") if options.no_state else state_folder()
    if unsaved:
        sys.stderr.write(f"{PROGRAM}: {UNSAVED}{unsaved}\n")
    state = None if folder is None else Sessions(folder)
    commands = Commands(simulation, spoken(glyphs), Runs(config, state, run))
    if state is not None:
        state.tidy()
    status = open_session(commands, None if folder is None else folder / FILE)
    if state is not None and status == 0:
        state.end()
    return status


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
    streams = {"standard input": sys.stdin, "standard output": sys.stdout, "standard error": sys.stderr}
    blind = [name for name, stream in streams.items() if stream is None or not stream.isatty()]
    other = (
        f"'{PROGRAM} --plain' walks and trains line by line without one; "
        f"'{PROGRAM} cook --plain' and '{PROGRAM} explain' print the week."
    )
    if kiosk:
        other = "Log in from one, with 'ssh' and no command, or with 'ssh -t'."
    if blind:
        verb = "is not a terminal" if len(blind) == 1 else "are not a terminal"
        raise InputError(f"the screen needs a terminal, and {listed(blind)} {verb}. {other}")
    if os.environ.get("TERM") in DUMB:
        raise InputError(f"the screen cannot be drawn with TERM={os.environ['TERM'] or '(empty)'}. {other}")
