"""``--share``, ``--follow`` and their like: checked before there is a screen."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from model.errors import InputError
from model.language import _
from tui import __version__

if TYPE_CHECKING:
    from tui.session.room import Room

ELSEWHERE = ("lesson", "day", "step", "entry", "update", "reveal", "weather", "start", "network", "weights", "diary",
             "targets", "activation", "feedback", "settings", "backward", "scenario", "seed", "at", "lessons",
             "letters")  # fmt: skip
"""The options that say what is shown first, which a class says, too."""


def room_of(options: argparse.Namespace) -> Room | None:
    """What the options say of a class; None: nothing.

    Raises:
        InputError: They cannot be together, or there can be no class of that name.
        FileError: The class cannot be shared there.
    """
    if options.share_with is not None and options.share is None:
        raise InputError(_("--share-with says who may follow what is shared: it needs --share NAME."))
    if options.kiosk and options.share is not None:
        raise InputError(_("A kiosk may follow a class, and never shares: leave out --share."))
    following = next((name for name in ("follow", "notes") if getattr(options, name) is not None), "")
    if not following:
        return None if options.share is None else _shared(options)
    if options.share is not None:
        raise InputError(_("--{option} shows what somebody else shares: leave out --share.").format(option=following))
    others = [name for name in ELSEWHERE if getattr(options, name, None) not in (None, False)]
    if others:
        raise InputError(
            _("The class says what is shown first: leave out --{other}.").format(other=others[0].replace("_", "-"))
        )
    from tui.classroom.places import find
    from tui.session.room import Room

    find(getattr(options, following))  # a name that cannot be is told at once
    return Room(follow=getattr(options, following))


def _shared(options: argparse.Namespace) -> Room:
    import os

    from tui.classroom.places import group_named, own_folder, read_name, shared_folder
    from tui.classroom.publisher import Publisher
    from tui.session.room import Room

    name = read_name(options.share)
    group = None if options.share_with is None else group_named(options.share_with)
    folder = own_folder() if group is None else shared_folder(os.geteuid())
    return Room(Publisher(folder, name, group=group, version=__version__))
