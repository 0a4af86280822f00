"""``roommate-tui serve``: the screen in a browser on this machine."""

from __future__ import annotations

import argparse
import os
import sys

from model.errors import InputError, RoommateError
from model.language import _
from tui.cli.first_simulation import simulation_of
from tui.cli.installed import extra
from tui.cli.parser import build_parser
from tui.terminal.environment import check, settle


def serve(options: argparse.Namespace) -> int:
    """Serve the screen with the options that are not the server's own, until it is ended."""
    screen = build_parser().parse_args(options.words)
    if screen.kiosk or screen.plain:
        word = "--kiosk" if screen.kiosk else "--plain"
        raise InputError(
            _("{option} is for terminals; a browser shows the screen, with the files of whoever serves it.").format(
                option=word
            )
        )
    if screen.command is not None:
        raise InputError(
            _("a browser shows the screen, not {command!r}: give serve the options of the screen.").format(
                command=screen.command
            )
        )
    settle(os.environ)
    check(os.environ)
    simulation_of(screen)  # what is wrong with them is said here and now
    if sys.platform == "win32":
        raise RoommateError(_("serve needs Linux or macOS."))
    try:
        from tui.web.server import serve as serve_screen
    except ModuleNotFoundError as error:
        sentence = _("a browser needs the extra 'web', and {module} is missing: pip install '{extra}'").format(
            module=error.name, extra=extra("web")
        )
        raise RoommateError(sentence) from None
    return serve_screen(options, options.words, slow_link=screen.slow_link)
