"""How far an error reaches back through the days, and where dishes alone cannot tell: in words."""

from __future__ import annotations

import math

from model.language import _, ngettext
from model.network.schedule import Feedback
from model.roommate.ambiguity import unavoidable_errors
from model.roommate.roommate import day_in, day_name, day_within, short_day_name
from model.simulation.simulation import Simulation

VANISHED, EXPLODED = 0.01, 10.0
"""Below and above these parts of its size an error is said to have vanished or exploded."""

MAX_NAMED = 5
"""The most days that the frame of the week names."""


def part_reached(simulation: Simulation, day: int) -> float:
    """How much of the last day's error has reached a day, as a part of its size."""
    reach = simulation.situation.week_update.reach
    return float(reach[day] / reach[-1]) if reach[-1] > 0 else 0.0


def percent_of(part: float, *, brief: bool = False) -> str:
    """A part in a few cells: ``100%``, ``58%``, ``5.6%``, ``<0.1%``, and from ten times on ``12×``.

    Args:
        part: As a part of the whole.
        brief: Whether there are only three cells, or four where it is 100%.
    """
    if not math.isfinite(part):
        return "?"
    if part >= (1.5 if brief else 10):
        most = 99 if brief else 999
        return f"{part:.0f}×" if part < most + 0.5 else f">{most}×" if not brief else f"{most}+"
    least = 0.01 if brief else 0.001
    if 0 < part < least:
        return f"<{least:.0%}" if brief else f"<{least:.1%}"
    return f"{part:.0%}" if brief or part >= 0.0995 or part == 0 else f"{part:.1%}"


def reach(simulation: Simulation) -> str:
    """A sentence about how far an error reaches: whether the gradient vanishes or explodes on the way back."""
    week_update = simulation.situation.week_update
    if not simulation.situation.cell.reads_yesterday:
        return _("no day knows of the one before, so no error goes back")
    if week_update.feedback not in {Feedback.SOFT, Feedback.HIDDEN}:
        return _("with {feedback} feedback no error goes back to the day before").format(
            feedback=week_update.feedback
        )
    if simulation.days == 1 or not week_update.reach[-1]:
        return ""
    part = float(week_update.reach[0] / week_update.reach[-1])
    if part < VANISHED:
        sentence = _("{day}'s error keeps {part} of its size back to {first}: it vanishes")
    elif part > EXPLODED:
        sentence = _("{day}'s error keeps {part} of its size back to {first}: it explodes")
    else:
        sentence = _("{day}'s error keeps {part} of its size back to {first}")
    return sentence.format(
        day=day_in(sentence, simulation.days - 1), part=percent_of(part), first=day_within(day_name(0))
    )


def beyond(simulation: Simulation) -> str:
    """Which days of the week dishes alone cannot decide; empty where the network can know, or there are none."""
    situation = simulation.situation
    if situation.cell.remembers or situation.cell.linear or situation.roommate.memory is None:
        return ""
    days = unavoidable_errors(situation.roommate, situation.week, situation.start)
    if not days:
        return ""
    named, more = ", ".join(map(short_day_name, days[:MAX_NAMED])), len(days) - MAX_NAMED
    if more <= 0:
        return _("even the best rule without memory errs on {days}").format(days=named)
    return ngettext(
        "even the best rule without memory errs on {days} and {count} more",
        "even the best rule without memory errs on {days} and {count} more",
        more,
    ).format(days=named, count=more)
