"""Runs that other sessions have left: looked for, offered once, and what is said of each."""

from __future__ import annotations

import time

from model.errors import FileError
from model.language import _, ngettext
from model.roommate.roommate import Roommate
from model.roommate.titles import roommate_title
from model.storage.saved_runs import SavedRun
from tui.session.run_library import Runs


class Offers:
    """The runs that other sessions have left.

    Args:
        runs: The training runs of this session, which know where others save theirs.

    Attributes:
        current: The runs as they were offered last.
    """

    def __init__(self, runs: Runs) -> None:
        self.current: list[SavedRun] = []
        self._runs = runs
        self._given: list[SavedRun] = []
        self._looked = False

    def look_once(self) -> tuple[str, ...]:
        """Look for the runs, the first time; gives a sentence for each that cannot be read."""
        if self._looked:
            return ()
        self._looked = True
        return self.look_again()

    def look_again(self) -> tuple[str, ...]:
        """Look for the runs; gives a sentence for each that cannot be read."""
        self.current, faults = self._runs.abandoned()
        return tuple(unreadable(fault) for fault in faults)

    def new(self) -> list[SavedRun]:
        """The runs that are offered, once; afterwards none until others are."""
        new = [] if self._given is self.current else self.current
        self._given = self.current
        return new


def when(saved: SavedRun) -> str:
    """When a run was last saved, and whether it was cut off then."""
    sentence = _("cut off {moment}") if saved.cut else _("saved {moment}")
    return sentence.format(moment=_moment(saved))


def _moment(saved: SavedRun) -> str:
    then, now = time.localtime(saved.when), time.localtime()
    sentence = _("today at {time}") if then[:3] == now[:3] else _("on {date} at {time}")
    return sentence.format(time=time.strftime("%H:%M", then), date=time.strftime("%Y-%m-%d", then))


def _updates(saved: SavedRun) -> str:
    count = saved.head.update
    return ngettext("{count:,} update", "{count:,} updates", count).format(count=count)


def _name_of(saved: SavedRun) -> str:
    return roommate_title(saved.head.roommate.name)


def listed_as(saved: SavedRun, roommate: Roommate) -> str:
    """A saved run as an item of a list, with its roommate if that is not the current one."""
    sentence = _("seed {seed}, {updates}, {when}")
    if saved.head.roommate != roommate:
        sentence = _("{roommate}: seed {seed}, {updates}, {when}")
    return sentence.format(
        seed=saved.head.seed,
        updates=_updates(saved),
        when=when(saved),
        roommate=_name_of(saved),
    )


def offer_of(saved: SavedRun, roommate: Roommate) -> str:
    """A sentence that offers a saved run, with its roommate if that is not the current one."""
    match saved.cut, saved.head.roommate == roommate:
        case True, True:
            sentence = _("A run with seed {seed} and {updates} was cut off {moment}.")
        case True, False:
            sentence = _("A run of the {roommate} with seed {seed} and {updates} was cut off {moment}.")
        case _saved, True:
            sentence = _("A run with seed {seed} and {updates} was saved {moment}.")
        case _:
            sentence = _("A run of the {roommate} with seed {seed} and {updates} was saved {moment}.")
    return sentence.format(
        seed=saved.head.seed,
        updates=_updates(saved),
        moment=_moment(saved),
        roommate=_name_of(saved),
    )


def unreadable(fault: FileError) -> str:
    """The sentence about a saved run that is damaged."""
    return _("A run that was saved cannot be read: {fault}").format(fault=fault)
