"""Which seeds a sweep trains, as people type them."""

from __future__ import annotations

from model.errors import InputError
from model.language import _, ngettext
from model.roommate.naming import cut
from model.roommate.typed_numbers import whole_number
from model.training.setting_bounds import RANGES

MAX_SEEDS = 100_000
"""The most seeds of a cell: their rate is then known to a third of a percent."""


def parse_seeds(text: str) -> range:
    """Seeds as typed: ``1000`` are those from 0 to 999, ``5:105`` are a hundred from 5 on: 105 is not among them.

    Raises:
        InputError: They are none, too many, or no seeds.
    """
    first, colon, end = text.partition(":")
    begin, stop = (whole_number(first), whole_number(end)) if colon else (0, whole_number(first))
    if begin is None or stop is None:
        raise InputError(
            _("{text!r} is not a number of seeds such as 1000, or seeds such as 5:105.").format(
                text=cut(text.strip())
            )
        )
    most = int(RANGES["seed"][1])
    if begin < 0 or stop > most + 1:
        raise InputError(_("Seeds are whole numbers from 0 to {most:,}.").format(most=most))
    if stop <= begin:
        raise InputError(
            _("{text}: there is no seed in it. The second number is the first that is not trained.").format(
                text=cut(text.strip())
            )
            if colon
            else _("At least one seed has to be trained.")
        )
    count = stop - begin
    if count > MAX_SEEDS:
        raise InputError(
            ngettext(
                "{count:,} seed, and there can be {most:,} in a cell.",
                "{count:,} seeds, and there can be {most:,} in a cell.",
                count,
            ).format(count=count, most=MAX_SEEDS)
        )
    return range(begin, stop)
