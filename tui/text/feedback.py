"""What a walk feeds back, in words: the same network cooks other dishes from probabilities than from whole dishes."""

from __future__ import annotations

from model.language import N_, _
from model.network.schedule import Feedback
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation

WHAT = {
    Feedback.SOFT: N_("probabilities"),
    Feedback.HARD: N_("the dish chosen"),
    Feedback.TEACHER: N_("what was really cooked"),
    Feedback.HIDDEN: N_("hidden units"),
}
"""What becomes tomorrow's yesterday."""


def feedback_of(situation: Situation, *, backward: bool) -> Feedback | None:
    """What a walk feeds back; None where no day knows of the one before."""
    if not situation.cell.reads_yesterday:
        return None
    return situation.week_update.feedback if backward else situation.feedback


def fed_back(simulation: Simulation) -> str:
    """``fed back: probabilities`` for the frame of the week; nothing where no day knows of the one before.

    On the way back it also says what the walk forwards feeds back, where that is something else.
    """
    situation = simulation.situation
    feedback = feedback_of(situation, backward=simulation.backward)
    if feedback is None:
        return ""
    if simulation.backward and situation.feedback is not feedback:
        return _("fed back: {what} (forwards: {other})").format(
            what=_(WHAT[feedback]), other=_(WHAT[situation.feedback])
        )
    return _("fed back: {what}").format(what=_(WHAT[feedback]))
