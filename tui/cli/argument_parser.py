"""An argument parser whose help fits 80 columns and whose errors are a sentence about the command's own options."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import textwrap
from collections.abc import Sequence
from typing import Any, NoReturn, cast

from model.language import N_, _, ngettext
from model.roommate.parsing import listed, nearest, suggestion
from tui.cli.option_values import one_of
from tui.text.output import tell

FILES = {"bash": "_shtab_compgen_files", "zsh": "_files", "tcsh": "f"}
"""What completes the name of a file in each shell, as shtab asks for it."""

WIDTH = 80
"""The columns of a line of help, however wide the terminal is."""

ARGPARSE = (
    N_("usage: "),
    N_("options"),
    N_("positional arguments"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("expected one argument"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("unrecognized arguments: %s"),
)
"""What argparse itself says to those who use this program; a test holds the list to its source."""

_NUMBER = re.compile(r"-\.?\d")
"""The beginning of a negative number, which is no option."""


def speak_as_we_do() -> None:
    """Let argparse look its own words up where ours are: it asks gettext for a file that we have not.

    It promises no way to do so; it has had these two names since it is a part of Python.
    """
    vars(argparse).update(_=_, ngettext=ngettext)


speak_as_we_do()


class Formatter(argparse.HelpFormatter):
    """Paragraphs are filled; lines that begin with a space, such as examples, stay as they are."""

    def __init__(self, prog: str, **settings: Any) -> None:
        columns = min(shutil.get_terminal_size().columns, WIDTH)
        super().__init__(prog, **{**settings, "width": max(columns, 24) - 2})

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        parts = []
        for paragraph in text.strip("\n").split("\n\n"):
            kept = re.search("^ ", paragraph, re.MULTILINE)
            parts.append(textwrap.indent(paragraph, indent) if kept else super()._fill_text(paragraph, width, indent))
        return "\n\n".join(parts)


class Parser(argparse.ArgumentParser):
    """A parser for the program or for one of its commands.

    Args:
        passes_on: The parser whose options are taken here, too, and put into ``words`` unread.
        **settings: As argparse's.

    Attributes:
        relatives: The parsers of the program by what they are for, this one among them.
    """

    def __init__(self, *, passes_on: Parser | None = None, **settings: Any) -> None:
        super().__init__(**{"formatter_class": Formatter, **settings})
        self._passes_on = passes_on
        self.relatives: dict[str, Parser] = {}

    @property
    def options(self) -> list[str]:
        """The names of all options."""
        return list(self._option_string_actions) + (self._passes_on.options if self._passes_on else [])

    def error(self, message: str) -> NoReturn:
        """Say what is wrong on stderr and end with status 2."""
        tell(message)
        sys.stderr.write(_("See '{command} --help'.").format(command=self.prog) + "\n")
        sys.exit(2)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, once every option is known: argparse would take what follows an unknown one for a command."""
        words = list(sys.argv[1:] if args is None else args)
        self._check_options(words)
        found, rest = super().parse_known_args(words, namespace)
        if self._passes_on:
            found.words, rest = rest, []
        elif rest:
            self.error(_("{word!r} was not expected here.").format(word=rest[0]))
        return found, rest

    def _check_options(self, words: Sequence[str]) -> None:
        left = iter(words)
        for word in left:
            if word == "--":
                return
            if len(word) < 2 or word[0] != "-" or " " in word or _NUMBER.match(word):
                if self._subparsers is not None:  # a command, whose parser reads the rest
                    return
                continue
            name, _equals, value = word.partition("=")
            action = self._option(name)
            if action is None:
                self.error(self._unknown(name))
            if action.nargs is None and not value:
                next(left, None)

    def _option(self, name: str) -> argparse.Action | None:
        """The option of a name or of its beginning; which of several, argparse asks."""
        for known, action in self._option_string_actions.items():
            if known == name or (name.startswith("--") and known.startswith(name)):
                return action
        return self._passes_on._option(name) if self._passes_on else None

    def _unknown(self, name: str) -> str:
        sentence = _("{word!r} was not expected here.").format(word=name)
        owners = [owner for owner, parser in self.relatives.items() if name in parser._option_string_actions]
        if owners:
            return sentence + " " + _("It is an option of {owners}.").format(owners=listed(owners))
        near = nearest(name.strip("-"), [option.strip("-") for option in self.options])
        return sentence + " " + _("Did you mean {name}?").format(name=f"--{near}") if near else sentence

    def _check_value(self, action: argparse.Action, value: object) -> None:
        # argparse lists the choices but does not see which one was meant.
        if isinstance(action, argparse._SubParsersAction) and value not in action.choices:
            names = list(action.choices)
            self.error(
                _("{word!r} is not a command: there are {names}.").format(word=value, names=listed(names))
                + suggestion(str(value), names)
            )
        super()._check_value(action, value)


def add_file(group: argparse._ActionsContainer, *names: str, **settings: Any) -> None:
    """An option or an argument that is the name of a file; shells complete it."""
    cast(Any, group.add_argument(*names, **settings)).complete = FILES


def add_names(
    group: argparse._ActionsContainer, option: str, unknown: str, names: tuple[str, ...], **settings: Any
) -> None:
    """An option that takes one of a few names; shells complete them."""
    group.add_argument(option, metavar="NAME", type=one_of(unknown, names), choices=names, **settings)
