"""The options of ``train``: one for each setting, the diary, and where the results go."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import fields
from functools import partial

from model.language import N_, _
from model.roommate.parsing import listed
from model.training.config import TrainingConfig
from model.training.setting_bounds import CHOICES
from model.training.setting_texts import default_in_words, parse
from tui.cli.argument_parser import Parser, add_file, add_names
from tui.cli.option_values import parse_part, refused_in_words
from tui.text.settings import HELP as SETTINGS

ENGINES = ("auto", "numpy", "numba")
"""What can make the updates; see `EngineChoice`."""

UNKNOWN = {
    "optimizer": N_("{word!r} is not an optimizer: there are {names}."),
    "activation": N_("{word!r} is not an activation: there are {names}."),
    "feedback": N_("{word!r} is not a feedback: there are {names}."),
    "initial": N_("{word!r} is not an initial: there are {names}."),
    "loss_days": N_("{word!r} is not what the loss can count: there are {names}."),
    "biases": N_("{word!r} is neither with nor without biases: there are {names}."),
    "start": N_("{word!r} is not a start: there are {names}."),
    "stop": N_("{word!r} is not a stop: there are {names}."),
    "network": N_("{word!r} is not a network: there are {names}."),
}
"""The error for a word that is not a value of a setting."""


def add_training(train: Parser) -> None:
    """The options of ``train``: one for each setting, and where the results go."""
    add_engine(add_settings(train, [field.name for field in fields(TrainingConfig)]))
    add_diary(train)
    results = train.add_argument_group(_("results"))
    add_file(results, "--out", metavar="FILE", help=_("write the weights, as .json or .npz"))
    add_file(results, "--history", metavar="FILE", help=_("write loss and accuracy of every update as CSV"))
    add_forms(results)


def add_settings(train: Parser, names: Sequence[str]) -> argparse._ArgumentGroup:
    """An option for each of some settings; what is not given is left out of the result."""
    settings = train.add_argument_group(_("settings of training"))
    for field in fields(TrainingConfig):
        if field.name not in names:
            continue
        choices = CHOICES.get(field.name)
        option, meaning = f"--{field.name.replace('_', '-')}", SETTINGS[field.name]
        if choices:
            add_names(
                settings,
                option,
                _(UNKNOWN[field.name]),
                choices,
                default=argparse.SUPPRESS,
                help=f"{_(meaning)}; {listed(choices, 'or')} ({default_in_words(field.name)})",
            )
        else:
            settings.add_argument(
                option,
                metavar="NAMES" if field.name == "freeze" else "N",
                type=refused_in_words(partial(parse, field.name)),
                default=argparse.SUPPRESS,
                help=f"{_(meaning)} ({default_in_words(field.name)})",
            )
    return settings


def add_engine(settings: argparse._ArgumentGroup) -> None:
    """The option of what makes the updates."""
    add_names(
        settings,
        "--engine",
        _("{word!r} is not an engine: there are {names}."),
        ENGINES,
        default="auto",
        help=_("numpy, numba, or auto: numba from update 10,000 on where --updates is 100,000 or more (auto)"),
    )


def add_diary(train: Parser) -> None:
    """The options of days that are learned from."""
    lived = train.add_argument_group(_("learning from a diary"))
    add_file(lived, "--diary", metavar="FILE", help=_("observed days as CSV, day,weather,dish, instead of a rule"))
    lived.add_argument(
        "--held-out",
        metavar="PART",
        type=refused_in_words(parse_part),
        help=_("the part at its end that is not trained on (0.2)"),
    )


def add_forms(results: argparse._ActionsContainer) -> None:
    """The options of how results are given."""
    results.add_argument("--overwrite", action="store_true", help=_("replace files that are there already"))
    results.add_argument("--json", action="store_true", help=_("print the outcome as JSON"))
