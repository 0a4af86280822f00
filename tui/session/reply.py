"""What a command replies: sentences to say, and what the front end does then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from model.errors import RoommateError

Severity = Literal["information", "warning", "error"]


class Then(StrEnum):
    """What a front end does after a command: the screen opens a page or asks, lines tell or say how it is typed."""

    ACTIVATION = "choose a non-linearity"
    COMPARE = "compare the weights"
    COPY = "copy something"
    COURSE = "show the page of the course"
    EDIT_WEIGHTS = "edit the weights"
    ENTRY = "spell out the entry"
    EXTRACT = "show the rule that the weights follow"
    FOLLOWED_PAGE = "show the page that the class is at, or close it"
    GUESS = "ask each step before it is shown, or no more"
    HELP = "show the help"
    LOAD = "load weights"
    NEXT_VIEW = "show another part of the screen"
    OFFER = "offer the runs that were left"
    OPENING = "tell what this is, and of all lessons"
    PACE = "change the pace of what runs"
    PALETTE = "open the palette"
    PLAY = "play"
    REPAINT = "paint everything again"
    ROOMMATE = "choose a roommate"
    RULE = "edit the roommate's rule"
    SAVE = "save the weights"
    SETTINGS = "show the settings"
    SWEEP = "train many seeds, and count how many learn"
    TRAIN = "train"
    UPDATE = "choose an update"
    WEEK = "show the week"


class Sight(StrEnum):
    """What a person wants to see after a command where there is no room for everything."""

    SAME = "as before"
    PRODUCT = "the product"
    TRAINING = "the training"


@dataclass(frozen=True)
class Reply:
    """What a command replies.

    Attributes:
        lines: Sentences for every front end.
        for_lines: Sentences about what a screen shows by itself.
        for_screen: A sentence about what lines tell by themselves, as something new.
        severity: How much the sentences matter.
        then: What the front end does then.
        about: What it needs for that; which kinds of values these are depends on what it does.
        sight: What the person wants to see; None: what the command is declared with.
    """

    lines: Iterable[str] = ()
    for_lines: Iterable[str] = ()
    for_screen: str = ""
    severity: Severity = "information"
    then: Then | None = None
    about: tuple[Any, ...] = ()
    sight: Sight | None = None


NOTHING = Reply()
"""The empty reply."""


def said(*lines: str) -> Reply:
    """A reply that is only said."""
    return Reply(lines)


def refused(error: RoommateError) -> Reply:
    """The reply that says why a command was refused."""
    return Reply((str(error),), severity="warning")
