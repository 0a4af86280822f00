"""The options of ``sweep``: what is varied, which seeds, the fixed settings, who does the work, where results go."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from model.errors import InputError
from model.language import _
from model.roommate.naming import cut
from model.roommate.typed_numbers import whole_number
from model.sweep.axes import VARIABLE
from model.sweep.seeds import parse_seeds
from tui.cli.argument_parser import Parser, add_file
from tui.cli.option_values import parse_workers, refused_in_words
from tui.cli.training_options import add_diary, add_forms, add_settings

SETTINGS = (*VARIABLE, "stop", "hold", "loss_below", "updates")
"""The settings that are one for all cells: all but the seed."""

ADDRESS = re.compile(r"(?:[a-z]{2,8}://)?[A-Za-z0-9._\[\]:-]{1,255}:[0-9]{1,5}(?:/[A-Za-z0-9._/-]{0,255})?")
"""Where a scheduler may be."""


def add_sweep(sweep: Parser) -> None:
    """All options of ``sweep``."""
    what = sweep.add_argument_group(_("what is trained"))
    what.add_argument(
        "--seeds",
        metavar="N",
        type=refused_in_words(parse_seeds),
        default=range(100),
        help=_("so many seeds from 0 on, or such as 5:105, without the last (100)"),
    )
    what.add_argument("--seed", type=refused_in_words(_one_seed), default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    what.add_argument(
        "--vary",
        metavar="NAME=VALUES",
        action="append",
        default=[],
        help=_("a setting and its values, FROM:TO:log:COUNT or names; twice for a map"),
    )
    what.add_argument("--yes", action="store_true", help=_("train even if it takes hours"))
    add_settings(sweep, SETTINGS)
    add_diary(sweep)
    who = sweep.add_argument_group(_("who does the work"))
    who.add_argument(
        "--workers",
        metavar="N",
        type=refused_in_words(parse_workers),
        help=_("processes of this machine (one for each core)"),
    )
    who.add_argument(
        "--dask",
        metavar="ADDRESS",
        type=refused_in_words(_address),
        help=_("a Dask cluster: tcp://HOST:PORT of its scheduler, or local"),
    )
    results = sweep.add_argument_group(_("results"))
    add_file(results, "--csv", metavar="FILE", help=_("write a line for each cell as CSV"))
    add_file(results, "--trainings", metavar="FILE", help=_("write a line for each training as CSV"))
    add_file(results, "--svg", metavar="FILE", help=_("write the map, the curve or the histogram"))
    results.add_argument(
        "--keep", metavar="FOLDER", help=_("where outcomes are kept and found again (of the state directory)")
    )
    add_forms(results)


def _address(text: str) -> str:
    """The address of a scheduler."""
    if text != "local" and ADDRESS.fullmatch(text) is None:
        sentence = _("{text!r} is not the address of a scheduler, such as tcp://127.0.0.1:8786, nor local.")
        raise InputError(sentence.format(text=cut(text)))
    return text


def _one_seed(text: str) -> NoReturn:
    raise InputError(
        _("A sweep trains many seeds: --seeds 1000, or --seeds {seed}:{next} for this one alone.").format(
            seed=cut(text), next=(whole_number(text) or 0) + 1
        )
    )
