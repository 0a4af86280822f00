"""The command line: stdout is data, stderr is messages, and nothing is loaded that a command does not need."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterable, Sequence
from typing import NoReturn

from model.errors import InputError, RoommateError
from model.words import listed, suggestion
from tui.asked import need_derivative, simulation_of, situation_of
from tui.help_texts import PROGRAM
from tui.parser import build_parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line.

    Args:
        arguments: The words after the program's name; those of the process by default.

    Returns:
        The exit status.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a locale without "·" gets "?", not a traceback
            stream.reconfigure(errors="replace")
    arguments = sys.argv[1:] if arguments is None else arguments
    parser = build_parser(training="train" in arguments)
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        known = [name for action in parser._actions for name in action.option_strings]
        parser.error(f"{unknown[0]!r} was not expected here.{suggestion(unknown[0], known)}")
    commands = {
        None: open_screen,
        "cook": cook,
        "explain": explain,
        "extract": extract,
        "train": train,
        "scenario": scenario,
    }
    options.arguments = arguments
    try:
        return commands[options.command](options)
    except RoommateError as error:
        sys.stderr.write(f"{PROGRAM}: {error}\n")
        return error.exit_status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader has seen enough, as in "explain | head"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        from tui.crash import EXIT_STATUS, apology, folder

        sys.stderr.write(apology(error, arguments, folder()))
        return EXIT_STATUS


def run() -> NoReturn:
    """The console script."""
    sys.exit(main())


def _write(chunks: Iterable[str]) -> int:
    for chunk in chunks:
        sys.stdout.write(chunk)
    sys.stdout.flush()
    return 0


def cook(options: argparse.Namespace) -> int:
    """``roommate-tui cook``."""
    from tui.cook import FORMATS, as_table
    from tui.rendering.glyphs import for_terminal

    situation = situation_of(options)
    if options.format is None and sys.stdout.isatty():
        return _write(as_table(situation, for_terminal(os.environ, sys.stdout.encoding)))
    return _write(FORMATS[options.format or "plain"](situation))


def explain(options: argparse.Namespace) -> int:
    """``roommate-tui explain``."""
    from model.export import EXPORTERS

    backward = hasattr(options, "backward")
    unused = [name for name in ("targets", "feedback") if hasattr(options, name)]
    if unused and not backward:
        raise InputError(f"--{unused[0]} says how the error goes back: it needs --backward.")
    situation = situation_of(options)
    if backward:
        need_derivative(situation)
    return _write(EXPORTERS[options.format](situation, backward=backward))


def extract(options: argparse.Namespace) -> int:
    """``roommate-tui extract``."""
    import shutil

    from model.network import Feedback
    from tui.extract import extracted
    from tui.rendering.glyphs import ASCII, for_terminal

    glyphs = for_terminal(os.environ, sys.stdout.encoding) if sys.stdout.isatty() else ASCII
    feedback = None if options.feedback is None else Feedback(options.feedback)
    width = min(shutil.get_terminal_size().columns, 120)
    return _write(extracted(situation_of(options), options.format, feedback, glyphs, width))


def train(options: argparse.Namespace) -> int:
    """``roommate-tui train``."""
    from tui.train import train

    return train(options)


def scenario(options: argparse.Namespace) -> int:
    """``roommate-tui scenario``."""
    from tui.scenario import scenario

    return scenario(options)


def open_screen(options: argparse.Namespace) -> int:
    """The simulator, if this is a terminal that can show it."""
    simulation, run = simulation_of(options)
    _need_terminal()
    from platformdirs import user_state_path

    from model.config import TrainingConfig
    from tui.app import RoommateApp
    from tui.crash import run_screen
    from tui.rendering.glyphs import ASCII, for_terminal

    glyphs = ASCII if options.ascii else for_terminal(os.environ, sys.stdout.encoding)
    config = TrainingConfig(seed=getattr(options, "seed", TrainingConfig.seed)) if run is None else run.config
    state = None if options.no_state else user_state_path("roommate-tui") / "run.npz"
    app = RoommateApp(simulation, glyphs, config, state, run)
    return run_screen(app, options.arguments, None if state is None else state.parent)


def _need_terminal() -> None:
    """The screen reads stdin and draws on stderr: all three streams must be a terminal that can be drawn on.

    Raises:
        InputError: One of them is not; it says which, and what works without.
    """
    streams = {"standard input": sys.stdin, "standard output": sys.stdout, "standard error": sys.stderr}
    blind = [name for name, stream in streams.items() if stream is None or not stream.isatty()]
    other = f"'{PROGRAM} cook --plain' and '{PROGRAM} explain' print the week without a screen."
    if blind:
        verb = "is not a terminal" if len(blind) == 1 else "are not a terminal"
        raise InputError(f"the screen needs a terminal, and {listed(blind)} {verb}. {other}")
    if os.environ.get("TERM") in {"dumb", ""}:
        raise InputError(f"the screen cannot be drawn with TERM={os.environ['TERM'] or '(empty)'}. {other}")
