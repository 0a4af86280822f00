"""How far an error reaches back through the days, and where dishes alone cannot tell: in words."""

from __future__ import annotations

from model.language import _, ngettext
from model.network.schedule import Feedback
from model.roommate.ambiguity import unavoidable_errors
from model.roommate.roommate import day_name, short_day_name
from model.simulation.simulation import Simulation

VANISHED, EXPLODED = 0.01, 10.0
"""Below and above these parts of its size an error is said to have vanished or exploded."""

MAX_NAMED = 5
"""The most days that the frame of the week names."""


def part_reached(simulation: Simulation, day: int) -> float:
    """How much of the last day's error has reached a day, as a part of its size."""
    reach = simulation.situation.week_update.reach
    return float(reach[day] / reach[-1]) if reach[-1] > 0 else 0.0


def percent_of(part: float) -> str:
    """A part as per cent, or as a power of ten where it is very small or very large."""
    percent = f"{part:.0%}" if part >= 0.1 or part == 0 else f"{part:.1%}"
    return percent if part == 0 or 0.001 <= part < 100 else f"{part:.0e}"


def reach(simulation: Simulation) -> str:
    """A sentence about how far an error reaches: whether the gradient vanishes or explodes on the way back."""
    week_update, last = simulation.situation.week_update, day_name(simulation.days - 1)
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
        sentence = _("{day}'s error keeps {part:.2g} of its size back to {first}: it vanishes")
    elif part > EXPLODED:
        sentence = _("{day}'s error keeps {part:.2g} of its size back to {first}: it explodes")
    else:
        sentence = _("{day}'s error keeps {part:.2g} of its size back to {first}")
    return sentence.format(day=last, part=part, first=day_name(0))


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
