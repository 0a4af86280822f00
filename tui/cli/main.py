"""The command line: stdout is data, stderr is messages, and nothing is loaded that a command does not need."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from model.errors import InputError, RoommateError
from model.language import _
from tui import PROGRAM
from tui.cli.parser import build_parser, wanted_language
from tui.terminal.streams import let_go
from tui.text.language import speak, spoken, wanted
from tui.text.output import showing, tell


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
    """Run a command line; every error becomes a message and an exit status."""
    try:
        speak(wanted_language(arguments) or wanted(os.environ))
        options = build_parser().parse_args(arguments)
        options.arguments = arguments
        if options.command == "serve":  # what is not its own is for the screen
            options.words = [*arguments[: arguments.index("serve")], *options.words, "--lang", spoken()]
        if options.kiosk and options.command is not None:
            raise InputError(
                _("--kiosk shuts the screen, and {command} has none: leave out one of them.").format(
                    command=options.command
                )
            )
        status = _command(options)(options)
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


def _command(options: argparse.Namespace) -> Callable[[argparse.Namespace], int]:
    """The function of the command that is asked for; no other command's module is loaded."""
    match options.command:
        case "cook":
            from tui.cli.cook import cook as command
        case "explain":
            from tui.cli.explain import explain as command
        case "extract":
            from tui.cli.extract import extract as command
        case "train":
            from tui.cli.train import train as command
        case "sweep":
            from tui.cli.sweep import sweep as command
        case "scenario":
            from tui.cli.scenario import scenario as command
        case "check":
            from tui.cli.check import check as command
        case "classes":
            from tui.cli.classes import list_classes as command
        case "serve":
            from tui.cli.serve import serve as command
        case "help":
            from tui.cli.show_help import show_help as command
        case _ if options.plain:
            from tui.cli.plain import open_plain as command
        case _:
            from tui.cli.screen import open_screen as command
    return command


def run() -> NoReturn:
    """Entry point of the console script."""
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
