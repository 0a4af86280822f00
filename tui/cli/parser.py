"""The command line: which options each command has.

It loads neither numpy nor Textual: so help is quick, and a man page and completions can be made where neither is.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from model.language import _
from model.network.names import FEEDBACKS, NETWORKS
from model.roommate.parsing import find, listed
from tui import PROGRAM, __version__
from tui.cli.argument_parser import Parser, add_file, add_names
from tui.cli.help import (
    CHECK,
    CLASSES,
    COOK,
    DESCRIPTION,
    EPILOG,
    EXPLAIN,
    EXPLAIN_FORMATS,
    EXTRACT,
    HELP,
    SCENARIO,
    SERVE,
    SWEEP,
    TRAIN,
)
from tui.cli.option_values import (
    one_of,
    parse_digits,
    parse_host,
    parse_port,
    parse_whole,
    parse_workers,
    refused_in_words,
)
from tui.cli.screen_options import add_letters, add_screen
from tui.cli.sweep_options import add_sweep
from tui.cli.training_options import add_training
from tui.text.language import languages
from tui.text.manual import TOPICS, contents

COMMANDS = ("cook", "explain", "extract", "train", "sweep", "scenario", "check", "classes", "serve", "help")


def build_parser() -> Parser:
    """The whole command line."""
    language, scenario, week, network, weights, random, fed_back, way_back = (_shared() for _index in range(8))
    add_language(language)
    add_file(scenario, "--scenario", metavar="FILE", help=_("another roommate: a file, or a name (lecture)"))
    group = week.add_argument_group(_("the week"))
    group.add_argument(
        "--weather", metavar="WEEK", help=_("names or initials, such as sunny,rainy or s,r or sr; 1 to 100,000 days")
    )
    group.add_argument("--start", metavar="DISH", help=_("the dish of the day before the first (the scenario's)"))
    add_names(
        network,
        "--network",
        _("{word!r} is not a network: there are {names}."),
        NETWORKS,
        help=_("weather, yesterday, both, elman, gru or lstm: which network (both)"),
    )
    add_file(
        weights,
        "--weights",
        metavar="FILE",
        help=_("weights from a file, for lesson 3, or those with a memory for 5"),
    )
    random.add_argument(
        "--seed",
        type=refused_in_words(parse_whole),
        metavar="N",
        help=_("random weights from a seed, as lesson 4 starts with"),
    )
    add_names(
        fed_back,
        "--feedback",
        _("{word!r} is not a kind of feedback: there are {names}."),
        FEEDBACKS,
        help=_(
            "soft, hard or teacher: what becomes each next day's yesterday (what the weights were "
            "made to be fed; on the way back of hand-set ones, soft)"
        ),
    )
    add_way_back(way_back)

    shown = [language, scenario, week, weights, fed_back, way_back]
    parser = Parser(prog=PROGRAM, description=_(DESCRIPTION), epilog=_(EPILOG), parents=shown)
    parser.add_argument(
        "-V",
        "--version",
        action="version",
        help=_("show program's version number and exit"),
        version=f"{PROGRAM} {__version__}",
    )
    add_screen(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title=_("commands"), parser_class=Parser)

    def command(name: str, summary: str, description: str, *parents: Parser, **settings: Any) -> Parser:
        return commands.add_parser(
            name, help=summary, description=_(description), parents=(language, *parents), **settings
        )

    cooking = (scenario, week, network, weights, random, fed_back)
    add_cook_formats(command("cook", _("print a week of dishes"), COOK, *cooking))
    add_explain_formats(command("explain", _("print every step of every day"), EXPLAIN, *cooking, way_back))
    add_extract_forms(
        command("extract", _("print the rule that weights follow"), EXTRACT, scenario, network, weights)
    )
    add_training(command("train", _("train without a screen"), TRAIN, scenario))
    add_sweep(command("sweep", _("how often it learns: many trainings, counted"), SWEEP, scenario))
    actions = add_actions(command("scenario", _("roommates of your own"), SCENARIO), language)
    add_certificates(command("check", _("prove certificates of the course"), CHECK))
    command("classes", _("who shares a screen on this machine"), CLASSES)
    add_place(command("serve", _("the screen in a browser on this machine"), SERVE, passes_on=parser))
    add_topics(command("help", _("the help of a command, or a page of the manual"), HELP))
    relatives = {_("the screen"): parser, **commands.choices}
    relatives |= {f"scenario {name}": action for name, action in actions.items()}
    for one in relatives.values():
        one.relatives = relatives
    return parser


def add_language(every: Parser) -> None:
    """Add ``--lang``, an option of every command."""
    names = tuple(languages())
    read = one_of(_("{word!r} is not a language: there are {names}."), names)
    every.add_argument(
        "--lang",
        metavar="CODE",
        type=lambda word: read(word.replace("-", "_")),
        choices=names,
        help=_("the language: {names} (that of the locale, or en)").format(names=listed(names, "or")),
    )


def wanted_language(words: Sequence[str]) -> str | None:
    """The language of ``--lang``: it is known before the parser is built, whose help and complaints are in it.

    Args:
        words: The command line, which need not be a good one.
    """
    code = None
    for word, following in pairwise((*words, "")):
        name, equals, value = word.partition("=")
        if name == "--":
            break
        if len(name) > len("--l") and "--lang".startswith(name):
            code = value if equals else following
    names = languages()
    index = None if code is None else find(code.replace("-", "_"), names)
    return None if index is None else names[index]


def _shared() -> Parser:
    """Options of several commands, left out of the result unless given: so they count before a command, too."""
    return Parser(add_help=False, argument_default=argparse.SUPPRESS)


def add_way_back(way_back: Parser) -> None:
    """Add the options of the way back."""
    group = way_back.add_argument_group(_("the way back"))
    group.add_argument("--backward", action="store_true", help=_("from the last day's error back to the update"))
    group.add_argument(
        "--targets", metavar="DISHES", help=_("the dishes really cooked, one a day (those of the roommate's rule)")
    )
    group.add_argument(
        "--activation", metavar="NAME", help=_("the non-linearity, such as tanh, sigmoid, softmax, relu or relu-1")
    )


def add_cook_formats(cook: Parser) -> None:
    """Add the output formats of ``cook``."""
    formats = cook.add_mutually_exclusive_group()
    for form, meaning in (("plain", _("a line a day")), ("json", "JSON"), ("csv", _("CSV: day,weather,dish"))):
        formats.add_argument(f"--{form}", dest="format", action="store_const", const=form, help=meaning)


def add_explain_formats(explain: Parser) -> None:
    """Add the output formats of ``explain``."""
    add_names(
        explain,
        "--format",
        _("{word!r} is not a format: there are {names}."),
        EXPLAIN_FORMATS,
        default="text",
        help=_("text, json, latex or markdown (text)"),
    )
    explain.add_argument(
        "--digits",
        type=refused_in_words(parse_digits),
        metavar="N",
        help=_("significant digits of each number, 1 to 17 (3 in LaTeX and Markdown, otherwise all)"),
    )
    add_letters(explain, _("with --seed, letters in place of the weights"))
    explain.add_argument("--standalone", action="store_true", help=_("a whole LaTeX document, not the body of one"))


def add_extract_forms(extract: Parser) -> None:
    """Add the options of ``extract``."""
    add_names(
        extract,
        "--feedback",
        _("{word!r} is not a feedback: there are {names}."),
        FEEDBACKS[:2],
        help=_("soft or hard: what is fed back (what it was trained with)"),
    )
    forms = extract.add_mutually_exclusive_group()
    for form, meaning in (("json", "JSON"), ("dot", "Graphviz DOT"), ("mermaid", _("a Mermaid flowchart"))):
        forms.add_argument(f"--{form}", dest="format", action="store_const", const=form, default="text", help=meaning)


def add_actions(scenario: Parser, *parents: Parser) -> dict[str, Parser]:
    """Add the actions of ``scenario``."""
    actions = scenario.add_subparsers(dest="action", metavar="new|check|list", required=True, parser_class=Parser)
    actions.add_parser("new", help=_("print a commented template"), parents=parents)
    check = actions.add_parser("check", help=_("say whether a file is good"), parents=parents)
    add_file(check, "file", metavar="FILE", help=_("a TOML file, or the name of a scenario"))
    check.add_argument("--json", action="store_true", help="JSON")
    actions.add_parser("list", help=_("the scenarios that come with the program"), parents=parents)
    return actions.choices


def add_certificates(check: Parser) -> None:
    """What ``check`` proves."""
    add_file(check, "files", metavar="FILE", nargs="+", help=_("certificates of the course, or folders of them"))
    add_file(check, "--csv", metavar="FILE", help=_("a table of all of them as CSV (- for standard output)"))
    check.add_argument(
        "--workers",
        type=refused_in_words(parse_workers),
        metavar="N",
        help=_("how many are proved at a time (the number of cores)"),
    )
    check.add_argument("--json", action="store_true", help=_("JSON, a line for each certificate"))


def add_place(serve: Parser) -> None:
    """Add the options of ``serve``."""
    serve.add_argument(
        "--port", type=refused_in_words(parse_port), default=8000, metavar="N", help=_("the port; 0: any (8000)")
    )
    serve.add_argument(
        "--host", type=refused_in_words(parse_host), metavar="NAME", help=_("127.0.0.1, and no other (127.0.0.1)")
    )


def add_topics(help_: Parser) -> None:
    """Add the topics of ``help``."""
    names = (*COMMANDS, *TOPICS)
    help_.add_argument(
        "topic",
        metavar="TOPIC",
        nargs="?",
        type=one_of(_("{word!r} is not a command or a page of the manual: there are {names}."), names),
        choices=names,
        help=_("a command, or a page: {pages}").format(pages=", ".join(TOPICS)),
    )
    help_.add_argument("action", nargs="?", help=argparse.SUPPRESS)  # as in "help scenario check"
    help_.epilog = contents()
