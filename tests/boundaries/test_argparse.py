"""What we lean on that argparse does not promise: where it looks its own words up, and which words it has."""

from __future__ import annotations

import argparse
import ast
import inspect

from model.language import _
from tui.cli import argument_parser
from tui.cli.argument_parser import ARGPARSE

FOR_PROGRAMMERS = {
    ".__call__() not defined",
    "'required' is an invalid argument for positionals",
    "mutually exclusive arguments must be optional",
    "unknown parser %(parser_name)r (choices: %(choices)s)",
    'argument "-" with mode %r',
    "can't open '%(filename)s': %(error)s",
    "cannot merge actions - two groups are named %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "cannot have multiple subparser arguments",
    "%r is not callable",
    "conflicting subparser: %s",
    "conflicting subparser alias: %s",
    "unexpected option string: %s",
    "conflicting option string: %s",
    "invalid %(type)s value: %(value)r",  # our readers say what is wrong themselves
    "%(prog)s: error: %(message)s\n",  # our parser writes its errors itself
    "one of the arguments %s is required",  # no group of ours is required
    "expected at most one argument",  # no option of ours takes a number of arguments that is not one
    "expected at least one argument",
    "expected %s argument",
}
"""What argparse says to those who write a parser, and what no parser of ours can say."""

OF_LATER_PYTHONS = {
    "show program's version number and exit",  # our parser says so itself
    "subcommands",  # ours have a title
    "%(heading)s:",
    " (default: %(default)s)",  # our help has them in its own words
    "%(prog)s: warning: %(message)s\n",  # nothing of ours is deprecated
    "command '%(parser_name)s' is deprecated",
    "option '%(option)s' is deprecated",
    "argument '%(argument_name)s' is deprecated",
}
"""What Python 3.13 has beside them."""


def said_by_argparse() -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return found


def test_argparse_looks_its_words_up_where_ours_are() -> None:
    assert vars(argparse)["_"] is _
    assert argument_parser is not None


def test_every_word_of_argparse_that_a_person_can_see_can_be_translated() -> None:
    said = said_by_argparse()
    assert len(said) > 20
    assert said - set(ARGPARSE) - FOR_PROGRAMMERS - OF_LATER_PYTHONS == set()
