"""``roommate-tui classes``: who shares a screen on this machine."""

from __future__ import annotations

import argparse
import sys

from model.language import _
from tui.classroom.follower import connected
from tui.classroom.places import Place, classes
from tui.text.output import portable, tell


def list_classes(options: argparse.Namespace) -> int:  # noqa: ARG001 - every command is given them
    """Print the classes that can be followed.

    Returns:
        0 where there is one, else 1.
    """
    found = list(filter(_is_open, classes()))
    sys.stdout.writelines(portable([f"{place}\n" for place in found]))
    if not found:
        tell(_("Nobody shares a screen now: 'roommate-tui --share NAME' does."))
    return 0 if found else 1


def _is_open(place: Place) -> bool:
    """Whether somebody listens there; a program that has crashed leaves its socket."""
    try:
        connected(place).close()
    except OSError:
        return False
    return True
