"""``roommate-tui explain``: every step of every day, without a screen."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from model.errors import InputError
from model.export.formats import EXPORTERS
from model.export.walk_latex import lost_in_tex
from model.language import _
from model.roommate.parsing import listed
from tui.cli.options import need_derivative, need_finite, situation_of
from tui.text.output import portable, tell, write


def explain(options: argparse.Namespace) -> int:
    """Print the walk in the form that is asked for."""
    if options.standalone and options.format != "latex":
        raise InputError(_("--standalone makes LaTeX a whole document: it needs --format latex."))
    backward = hasattr(options, "backward")
    if hasattr(options, "targets") and not backward and getattr(options, "feedback", "") != "teacher":
        raise InputError(
            _(
                "--targets says what the error goes back from, or what is fed back: it needs --backward "
                "or --feedback teacher."
            )
        )
    situation = replace(situation_of(options), letters=options.letters)
    if options.letters and not situation.lettered:
        raise InputError(_("--letters stand for weights that nobody has looked for yet: they need --seed."))
    if backward:
        need_derivative(situation)
    settings: dict[str, Any] = {} if options.digits is None else {"digits": options.digits}
    if options.standalone:
        settings["whole"] = True
    walk = EXPORTERS[options.format](situation, backward=backward, **settings)
    status = write(portable(walk) if options.format == "json" else walk)
    need_finite(options, situation, backward=backward)
    names = (*situation.roommate.dishes, *situation.roommate.weathers) if options.format == "latex" else ()
    lost = [name for name in names if lost_in_tex(name)]
    if lost:
        tell(_("the LaTeX has ? for what it has no letters for: {names}.").format(names=listed(lost)))
    return status
