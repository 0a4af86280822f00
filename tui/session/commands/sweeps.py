"""Many trainings at once: how often what is on the screen learns."""

from __future__ import annotations

from model.language import N_
from tui.session.commands.command import TRAINING, command
from tui.session.reply import Reply, Then
from tui.session.session import Session


@command(
    "sweep", keys="T", words="sweep",
    usage=N_("[SEEDS] [SETTING=VALUES] [SETTING=VALUES]"), group=TRAINING, label=N_("how often"),
    help=N_("How often does it learn? Many seeds, and a map of one or two settings"),
    synonyms=N_("luck lucky seeds many map grid statistics rate success histogram"), at_rest=True,
)  # fmt: skip
def sweep(session: Session, *words: str) -> Reply:
    """Train many seeds with the settings on the screen, some of which may be varied; asks where nothing is said."""
    from tui.session.sweeping import SEEDS, grid_of  # noqa: PLC0415 - few people sweep, and all wait for the start

    given = [word for word in words if word.strip()]
    if not given:
        return Reply(then=Then.SWEEP, about=(None,))
    varied = [word for word in given if not word[0].isdecimal()]
    seeds = [word for word in given if word[0].isdecimal()]
    return Reply(then=Then.SWEEP, about=(grid_of(session, varied, seeds[-1] if seeds else SEEDS),))
