"""The options of the screen, that is of the program without a command."""

from __future__ import annotations

import argparse

from model.language import _
from model.network.names import TRAINABLE_NETWORKS
from tui.cli.argument_parser import Parser, add_file, add_names
from tui.cli.option_values import parse_whole, refused_in_words


def _checked_settings(text: str) -> str:
    from model.training.setting_texts import parse_settings

    parse_settings(text)
    return text


def add_letters(parser: argparse._ActionsContainer, meaning: str) -> None:
    """Letters in place of weights that nobody has looked for yet."""
    parser.add_argument("--letters", action="store_true", help=meaning)


def add_class(parser: Parser) -> None:
    """Add the options of a class: who shares, who follows, and how a talk is given."""
    room = parser.add_argument_group(_("a class"))
    room.add_argument("--share", metavar="NAME", help=_("let others on this machine see what is on this screen"))
    room.add_argument(
        "--share-with", metavar="GROUP", help=_("the group of accounts that may follow (your own account alone)")
    )
    room.add_argument("--follow", metavar="NAME", help=_("show what is shared: NAME, or USER/NAME"))
    room.add_argument("--notes", metavar="NAME", help=_("the lecturer's notes of the page that is shared"))
    room.add_argument(
        "--present",
        action="store_true",
        help=_("for a talk: no chrome, a clicker's keys turn the pages"),
    )


def add_screen(parser: Parser) -> None:
    """Add the options of the screen: what it shows first, where, and to whom."""
    screen = parser.add_argument_group(_("the screen"))
    screen.add_argument(
        "--lesson",
        type=refused_in_words(parse_whole),
        metavar="N",
        help=_("the lesson that is shown first (the opening, or 3, or that of --weights)"),
    )
    screen.add_argument(
        "--day",
        type=refused_in_words(parse_whole),
        metavar="N",
        help=_("the day that is shown first, from 1; with --backward, 0 is the update"),
    )
    screen.add_argument(
        "--step", type=refused_in_words(parse_whole), metavar="N", help=_("the step of that day, from 1")
    )
    screen.add_argument(
        "--seed",
        type=refused_in_words(parse_whole),
        default=argparse.SUPPRESS,
        metavar="N",
        help=_("the seed that lesson 4 starts with (0)"),
    )
    add_names(
        screen,
        "--network",
        _("{word!r} is not a network to train: there are {names}."),
        TRAINABLE_NETWORKS,
        default=argparse.SUPPRESS,
        help=_("both, elman, gru or lstm: the network that lesson 4 trains (both)"),
    )
    add_file(
        screen,
        "--diary",
        metavar="FILE",
        default=argparse.SUPPRESS,
        help=_("observed days as CSV: their last week is shown, and lesson 4 learns from them"),
    )
    screen.add_argument(
        "--settings",
        metavar="TEXT",
        type=refused_in_words(_checked_settings),
        default=argparse.SUPPRESS,
        help=_("settings of lesson 4 and of the way back, such as 'optimizer=sgd; clip=1'"),
    )
    screen.add_argument(
        "--entry",
        type=refused_in_words(parse_whole),
        metavar="N",
        help=_("the entry of the step that is spelled out, from 1"),
    )
    screen.add_argument(
        "--reveal",
        action=argparse.BooleanOptionalAction,
        help=_("show the dishes of the days to come, or not (in lesson 4 they are)"),
    )
    screen.add_argument(
        "--update", type=refused_in_words(parse_whole), metavar="N", help=_("the update that lesson 4 starts at")
    )
    add_letters(screen, _("letters in place of the weights, in lesson 4 before its first update"))
    screen.add_argument("--at", metavar="PAGE", help=_("a page of the course, such as 3.4 or E7"))
    add_file(screen, "--lessons", metavar="DIR", help=_("a course of your own: a folder of pages"))
    add_class(parser)
    for name, meaning in (
        ("--lecturer", _("questions of the course without how they are answered")),
        ("--no-state", _("write nothing by itself: no runs are saved")),
        ("--kiosk", _("no way to a file or a shell: for an account that a whole class uses")),
        ("--slow-link", _("draw less often: for slow connections")),
        ("--ascii", _("draw without pictures and box lines")),
        ("--plain", _("lines of text and a prompt instead of the screen")),
    ):
        screen.add_argument(name, action="store_true", help=meaning)
