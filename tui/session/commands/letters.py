"""Letters in place of weights that nobody has looked for yet, as on the lecture's last slide."""

from __future__ import annotations

from dataclasses import replace

from model.errors import InputError
from model.language import N_, _, ngettext
from tui.session.commands.command import TRAINING, command
from tui.session.reply import Reply, Sight, said
from tui.session.session import Session


@command(
    "letters", keys="V", words="letters", group=TRAINING, label=N_("letters"),
    help=N_("Letters in place of the weights, before the first update; or their numbers again"),
    synonyms=N_("unknown variables a b c names"), trains=True, sight=Sight.PRODUCT,
)  # fmt: skip
def letters(session: Session) -> Reply:
    """Letters for weights that nobody has looked for yet, or the random numbers that training starts from."""
    simulation = session.simulation
    situation = replace(simulation.situation, letters=not simulation.situation.lettered)
    if situation.letters and not situation.lettered:
        raise InputError(_("Letters stand for weights that nobody has looked for yet: those of update 0."))
    session.walk(replace(simulation, situation=situation))
    if not situation.lettered:
        return said(_("The random numbers that training starts from."))
    count = situation.network.parameters.flat.size
    sentence = ngettext(
        "{count:,} number that nobody knows yet: training has to find it.",
        "{count:,} numbers that nobody knows yet, a letter for each: training has to find them.",
        count,
    )
    return said(sentence.format(count=count))
