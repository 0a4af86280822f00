"""The week, the network and the step in lines: the three distances from which the walk can be looked at."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from model.arrays import Array
from model.language import _, ngettext
from model.network.cell import LOGITS, PROBABILITIES
from model.network.operations import title
from model.roommate.parsing import listed
from model.roommate.roommate import day_name, day_within
from model.simulation.simulation import Simulation
from model.steps.axes import Axis, dish_axis, hidden_axis, weather_axis
from tui.plain.brief import brief
from tui.plain.glyphs import SpokenGlyphs
from tui.plain.news import narrated, outcome, step_heading
from tui.plain.step import Known, product
from tui.plain.week import day_heading, start, verdict
from tui.text.error_reach import part_reached, percent_of
from tui.text.feedback import WHAT, feedback_of
from tui.text.numbers import entries
from tui.text.week_errors import size_text, why_not

MAX_DAYS = 7
"""Of a longer week the days around the one that is looked at are told."""

MAX_UNITS = 12
"""Of more hidden units those with the largest values are told."""

WEEK, NETWORK, STEP = range(3)
"""The distances, from far to near."""


def at_distance(distance: int, simulation: Simulation, glyphs: SpokenGlyphs) -> list[str]:
    """The lines for a distance.

    Args:
        distance: `WEEK`, `NETWORK` or `STEP`.
        simulation: Where one is.
        glyphs: Characters to write with.
    """
    if distance == WEEK:
        return unrolled(simulation, glyphs)
    if distance == NETWORK:
        return network(simulation, glyphs)
    lines, _unused = product(simulation.current_step, simulation.current_entry, glyphs)
    return [step_heading(simulation), narrated(simulation, glyphs), *lines, *outcome(simulation, glyphs)]


def network(simulation: Simulation, glyphs: SpokenGlyphs) -> list[str]:
    """One day, all of it: what each step that has been taken has made, and what goes in again tomorrow."""
    lines = [_("The whole network. {day}").format(day=day_heading(simulation, glyphs))]
    known: Known = {}
    for number, step in enumerate(simulation.steps):
        if number > simulation.step and not (simulation.shows_all and not simulation.backward):
            lines.append(_("Step {number}, {name}: to come.").format(number=number + 1, name=step.title))
            continue
        made, known = brief(step, glyphs, known)
        told = _("Step {number}, {name}: {formula}")
        lines.append(told.format(number=number + 1, name=step.title, formula=step.shown_formula))
        lines += [f"  {line}" for line in made]
    return [*lines, *_goes_on(simulation)]


def _goes_on(simulation: Simulation) -> list[str]:
    """The line on what a day hands on to the next."""
    feedback = feedback_of(simulation.situation, backward=simulation.backward)
    if feedback is None:
        return [_("Nothing goes from a day into the next: no day knows of the one before.")]
    return [_("What goes from a day into the next: {what}.").format(what=_(WHAT[feedback]))]


def unrolled(simulation: Simulation, glyphs: SpokenGlyphs, *, whole: bool = False) -> list[str]:
    """The week unrolled: every day's hidden units, what comes out, and the error on its way back.

    Args:
        simulation: Where one is.
        glyphs: Characters to write with.
        whole: Whether all days of a long week are told.
    """
    days = simulation.days
    most = days if whole else min(days, MAX_DAYS)
    first = min(max(simulation.day - most // 2, 0), days - most)
    told = ngettext(
        "The week unrolled: one network, {days:,} time.", "The week unrolled: one network, {days:,} times.", days
    )
    lines = [told.format(days=days), *_goes_on(simulation), start(simulation, glyphs)]
    if most < days:
        some = _("Days {first} to {last} of {days:,}; 'unrolled whole' tells all.")
        lines.append(some.format(first=first + 1, last=first + most, days=days))
    for day in range(first, first + most):
        lines += _forwards(simulation, day, glyphs)
    reason = why_not(simulation)
    if not reason and simulation.days_cooked < days:
        reason = _("The error is known when all days are cooked.")
    if reason:
        return [*lines, reason]
    lines.append(_("The same week backwards: how large the error is, and what each day adds to each gradient."))
    for day in range(first + most - 1, first - 1, -1):
        lines += _backwards(simulation, day)
    update = simulation.situation.week_update
    return [*lines, _("The sum over all days has the size {norm}.").format(norm=size_text(update.norm))]


def _forwards(simulation: Simulation, day: int, glyphs: SpokenGlyphs) -> Iterator[str]:
    situation = simulation.situation
    weather = glyphs.labelled(weather_axis(situation.roommate), situation.week[day])
    here = _("{day}, here: {weather} goes in.") if day == simulation.day else _("{day}: {weather} goes in.")
    yield here.format(day=day_name(day), weather=weather)
    if not simulation.is_cooked(day):
        yield "  " + _("Not cooked yet.")
        return
    cell, run = situation.cell, simulation.run
    if cell.hidden:
        units = hidden_axis(situation.roommate, situation.network)
        told = _units(run[cell.hidden][day, :, 0], glyphs.named(units))
        yield "  " + _("Hidden units {symbol}: {units}.").format(symbol=cell.hidden, units=told)
    dishes = glyphs.named(dish_axis(situation.roommate)).labels
    if situation.by_hand:
        scores = [row[0].strip() for row in entries(run[LOGITS][day, :, 0])]
        told = ", ".join(f"{dish} {score}" for dish, score in zip(dishes, scores, strict=True))
        yield "  " + _("Scores: {dishes}.").format(dishes=told)
    else:
        parts = run[PROBABILITIES][day, :, 0]
        told = ", ".join(f"{dish} {float(part):.0%}" for dish, part in zip(dishes, parts, strict=True))
        yield "  " + _("Probabilities: {dishes}.").format(dishes=told)
    yield f"  {verdict(simulation, day, glyphs)}"


def _units(values: Array, axis: Axis) -> str:
    """The hidden units by name; of many those that are largest, in their order."""
    texts = [row[0].strip() for row in entries(values)]
    told = sorted(np.argsort(-np.abs(values), kind="stable")[:MAX_UNITS].tolist())
    some = ", ".join(f"{axis.describe(unit)} {texts[unit]}" for unit in told)
    if (left := len(texts) - len(told)) > 0:
        more = ngettext("{units}, and {count:,} smaller one", "{units}, and {count:,} smaller ones", left)
        return more.format(units=some, count=left)
    return some


def _backwards(simulation: Simulation, day: int) -> Iterator[str]:
    situation = simulation.situation
    errors, last = situation.week_update.day_errors, simulation.days - 1
    if simulation.backward and day < simulation.day:
        yield _("{day}: the error has not come back here yet.").format(day=day_name(day))
        return
    part = percent_of(part_reached(simulation, day))
    told = _("{day}: {part} of {last}'s error comes back here.")
    yield told.format(day=day_name(day), part=part, last=day_within(day_name(last)))
    for meeting in errors.meetings:
        told = _("At {quantity}: own error {own}, from later {later}, together {together}.")
        yield "  " + told.format(
            quantity=f"∂{meeting.quantity}",
            own=size_text(float(meeting.own[day])),
            later=size_text(float(meeting.later[day])),
            together=size_text(float(meeting.together[day])),
        )
    sizes = [f"∂{title(name)} {size_text(float(of_days[day]))}" for name, of_days in errors.matrices.items()]
    yield "  " + _("Adds to {gradients}.").format(gradients=listed(sizes))
