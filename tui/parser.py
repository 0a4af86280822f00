"""The options of the command line; what a command does not need is not loaded for them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from socket import gethostname
from typing import NoReturn

from model.errors import InputError
from model.roommate import Kind
from model.words import find, listed, suggestion
from tui import __version__
from tui.help_texts import (
    COOK,
    DESCRIPTION,
    EPILOG,
    EXPLAIN,
    EXPLAIN_FORMATS,
    EXTRACT,
    FEEDBACKS,
    PROGRAM,
    SCENARIO,
    SERVE,
    TRAIN,
)


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one sentence and a pointer to the help."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong on stderr and end with status 2."""
        sys.stderr.write(f"{PROGRAM}: {message}\nSee '{self.prog} --help'.\n")
        sys.exit(2)

    def _check_value(self, action: argparse.Action, value: object) -> None:
        # argparse lists the choices but does not see which one was meant.
        if isinstance(action, argparse._SubParsersAction) and value not in action.choices:
            names = list(action.choices)
            self.error(f"{value!r} is not a command: there are {listed(names)}.{suggestion(str(value), names)}")
        super()._check_value(action, value)


def one_of(what: str, names: Sequence[str]) -> Callable[[str], str]:
    """A reader of an option that takes one of a few names, whole or by its beginning."""

    def read(word: str) -> str:
        index = find(word, names)
        if index is None:
            near = suggestion(word, names)
            article = "an" if what[0] in "aeio" else "a"
            raise argparse.ArgumentTypeError(f"{word!r} is not {article} {what}: there are {listed(names)}.{near}")
        return names[index]

    return read


def build_parser(*, training: bool = False) -> Parser:
    """The whole command line.

    Args:
        training: Whether the options of ``train`` are needed: to list them, numpy must be loaded.
    """
    # Options stay out of the result unless given: so one before the command counts as much as one after it.
    week = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = week.add_argument_group("the week")
    group.add_argument(
        "--weather", metavar="WEEK", help="names or initials, such as sunny,rainy or s,r or sr; 1 to 100,000 days"
    )
    group.add_argument("--start", metavar="DISH", help="the dish of the day before the first (the scenario's)")

    scenario = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    scenario.add_argument("--scenario", metavar="FILE", help="another roommate: a file, or a name (lecture)")

    network = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    network.add_argument(
        "--network",
        metavar="NAME",
        type=one_of("network", [str(kind) for kind in Kind]),
        help="weather, cycle, rnn or elman: the network of lesson 1, 2, 3 or 5 (rnn)",
    )

    weights = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    weights.add_argument(
        "--weights", metavar="FILE", help="weights from a file, for lesson 3, or those with a memory for 5"
    )

    random = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    random.add_argument("--seed", type=int, metavar="N", help="random weights from a seed, as lesson 4 starts with")

    way_back = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = way_back.add_argument_group("the way back")
    group.add_argument("--backward", action="store_true", help="from the last day's error back to the update")
    group.add_argument(
        "--targets", metavar="DISHES", help="the dishes really cooked, one a day (those of the roommate's rule)"
    )
    group.add_argument(
        "--feedback",
        metavar="NAME",
        type=one_of("kind of feedback", FEEDBACKS),
        help="soft, hard or teacher: what became each next day's yesterday (soft)",
    )
    group.add_argument(
        "--activation", metavar="NAME", help="the non-linearity, such as tanh, sigmoid, softmax, relu or relu-1"
    )

    parser = Parser(
        prog=PROGRAM,
        description=DESCRIPTION,
        epilog=EPILOG,
        parents=[scenario, week, weights, way_back],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    screen = parser.add_argument_group("the screen")
    screen.add_argument(
        "--lesson", type=int, metavar="1..5", help="the lesson that is shown first (3, or that of --weights)"
    )
    screen.add_argument(
        "--day", type=int, metavar="N", help="the day that is shown first, from 1; with --backward, 0 is the update"
    )
    screen.add_argument("--step", type=int, metavar="N", help="the step of that day, from 1")
    screen.add_argument(
        "--seed", type=int, default=argparse.SUPPRESS, metavar="N", help="the seed that lesson 4 starts with (0)"
    )
    screen.add_argument(
        "--network",
        metavar="NAME",
        default=argparse.SUPPRESS,
        type=one_of("network to train", [str(kind) for kind in (Kind.RNN, Kind.ELMAN)]),
        help="rnn or elman: the network that lesson 4 trains (rnn)",
    )
    screen.add_argument("--update", type=int, metavar="N", help="the update that lesson 4 starts at")
    add_surroundings(screen)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", parser_class=Parser)

    def command(name: str, summary: str, description: str, *parents: Parser) -> Parser:
        return commands.add_parser(
            name,
            help=summary,
            description=description,
            parents=parents,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    cook = command("cook", "print a week of dishes", COOK, scenario, week, network, weights, random)
    formats = cook.add_mutually_exclusive_group()
    formats.add_argument("--plain", dest="format", action="store_const", const="plain", help="a line a day")
    formats.add_argument("--json", dest="format", action="store_const", const="json", help="JSON")
    formats.add_argument("--csv", dest="format", action="store_const", const="csv", help="CSV: day,weather,dish")

    explain = command(
        "explain", "print every step of every day", EXPLAIN, scenario, week, network, weights, random, way_back
    )
    explain.add_argument(
        "--format",
        metavar="NAME",
        default="text",
        type=one_of("format", EXPLAIN_FORMATS),
        help="text, json, latex or markdown (text)",
    )
    extract = command("extract", "print the rule that weights follow", EXTRACT, scenario, network, weights)
    extract.add_argument(
        "--feedback",
        metavar="NAME",
        type=one_of("feedback", ("soft", "hard")),
        help="soft or hard: what is fed back (what it was trained with)",
    )
    forms = extract.add_mutually_exclusive_group()
    for form, told in (("json", "JSON"), ("dot", "Graphviz DOT"), ("mermaid", "a Mermaid flowchart")):
        forms.add_argument(f"--{form}", dest="format", action="store_const", const=form, default="text", help=told)
    train = command("train", "train without a screen", TRAIN, scenario)
    if training:
        add_training(train)
    add_actions(command("scenario", "roommates of your own", SCENARIO))
    add_place(command("serve", "the screen in a browser on this machine", SERVE))
    return parser


def add_surroundings(screen: argparse._ArgumentGroup) -> None:
    """Where the screen is shown, and to whom."""
    for name, told in (
        ("--no-state", "write nothing by itself: no runs are saved"),
        ("--kiosk", "no way to a file or a shell: for an account that a whole class uses"),
        ("--slow-link", "draw less often: for slow connections"),
        ("--ascii", "draw without pictures and box lines"),
        ("--plain", "lines of text and a prompt instead of the screen"),
    ):
        screen.add_argument(name, action="store_true", help=told)


def add_actions(scenario: Parser) -> None:
    """What ``scenario`` can do."""
    actions = scenario.add_subparsers(dest="action", metavar="new|check|list", required=True, parser_class=Parser)
    actions.add_parser("new", help="print a commented template")
    check = actions.add_parser("check", help="say whether a file is good")
    check.add_argument("file", metavar="FILE", help="a TOML file, or the name of a scenario")
    check.add_argument("--json", action="store_true", help="JSON")
    actions.add_parser("list", help="the scenarios that come with the program")


def add_place(serve: Parser) -> None:
    """Where ``serve`` listens."""
    serve.add_argument("--port", type=_told(parse_port), default=8000, metavar="N", help="the port; 0: any (8000)")
    serve.add_argument("--host", type=_told(parse_host), metavar="NAME", help="localhost, and no other (localhost)")


def add_training(train: Parser) -> None:
    """The options of ``train``: one for each setting, and where the results go."""
    from dataclasses import fields

    from model.config import CHOICES, TrainingConfig, parse, title

    settings = train.add_argument_group("settings of training")
    for field in fields(TrainingConfig):
        choices = CHOICES.get(field.name)
        settings.add_argument(
            f"--{field.name.replace('_', '-')}",
            metavar="NAME" if choices else "N",
            type=one_of(title(field.name), choices) if choices else _told(partial(parse, field.name)),
            default=argparse.SUPPRESS,
            help=f"{', '.join(choices) + ' ' if choices else ''}({field.default})",
        )
    from tui.diary import parse_part

    lived = train.add_argument_group("learning from a diary")
    lived.add_argument("--diary", metavar="FILE", help="observed days as CSV, day,weather,dish, instead of a rule")
    lived.add_argument(
        "--held-out", metavar="PART", type=_told(parse_part), help="the part at its end that is not trained on (0.2)"
    )
    results = train.add_argument_group("results")
    results.add_argument("--out", metavar="FILE", help="write the weights, as .json or .npz")
    results.add_argument("--history", metavar="FILE", help="write loss and accuracy of every update as CSV")
    results.add_argument("--overwrite", action="store_true", help="replace files that are there already")
    results.add_argument("--json", action="store_true", help="print the outcome as JSON")


def parse_port(text: str) -> int:
    """The number of a port.

    Raises:
        InputError: There is no such port.
    """
    if not text.isdecimal() or len(text) > 5 or int(text) > 65_535:
        raise InputError(f"{text!r} is not a port: a whole number from 0 to 65535, and below 1024 for few users.")
    return int(text)


def parse_host(text: str) -> str:
    """The one place that may be served.

    Raises:
        InputError: It is another one.
    """
    if text not in {"localhost", "127.0.0.1"}:
        raise InputError(
            f"{text!r} is not served: whoever reaches the server uses your files, so it listens on localhost alone. "
            f"From another machine: 'ssh -L 8000:localhost:8000 {gethostname()}', then open the address there."
        )
    return text


def _told(read: Callable[[str], object]) -> Callable[[str], object]:
    """A reader of an option whose complaint argparse passes on."""

    def tell(text: str) -> object:
        try:
            return read(text)
        except InputError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return tell
