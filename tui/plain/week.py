"""The week, the day and the rule in lines: what goes in, what comes out, right or wrong."""

from __future__ import annotations

from model.language import _, ngettext
from model.roommate.parsing import listed
from model.roommate.roommate import Sees, day_name
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE
from model.steps.axes import dish_axis, state_axis, weather_axis
from tui.plain.glyphs import SpokenGlyphs
from tui.text.error_reach import beyond, part_reached, percent_of, reach

MAX_DAYS = 14
"""Of a longer week the days around the one that is looked at are told."""


def day_heading(simulation: Simulation, glyphs: SpokenGlyphs) -> str:
    """The day under the cursor: its weather, and what came before."""
    if simulation.day == UPDATE:
        return _("The update, after the first day: what all days together change.")
    situation, trace = simulation.situation, simulation.trace
    dishes, weathers = dish_axis(situation.roommate), weather_axis(situation.roommate)
    with_state = situation.cell.remembers and situation.roommate.memory and simulation.day == 0
    template = (
        _("{day}, day {number:,} of {days:,}: {weather}, after {dish}, in the state {state}.")
        if with_state
        else _("{day}, day {number:,} of {days:,}: {weather}, after {dish}.")
    )
    back = ""
    if simulation.backward:
        template = (
            _("{day}, day {number:,} of {days:,}: {weather}, after {dish}, in the state {state}: {verdict}")
            if with_state
            else _("{day}, day {number:,} of {days:,}: {weather}, after {dish}: {verdict}")
        )
        part = percent_of(part_reached(simulation, simulation.day))
        back = " " + _("{part} of the last day's error comes back here.").format(part=part)
    heading = template.format(
        day=trace.name,
        number=simulation.day + 1,
        days=simulation.days,
        weather=glyphs.labelled(weathers, trace.weather),
        dish=glyphs.labelled(dishes, trace.yesterday),
        state=glyphs.named(state_axis(situation.roommate)).labels[situation.start],
        verdict=verdict(simulation, simulation.day, glyphs) if simulation.backward else "",
    )
    return f"{heading}{back}"


def verdict(simulation: Simulation, day: int, glyphs: SpokenGlyphs) -> str:
    """The dish of a day, and whether it is right."""
    situation = simulation.situation
    dishes = dish_axis(situation.roommate)
    dish, expected = simulation.dish(day), situation.expected[day]
    if simulation.right(day):
        return _("{dish}, right.").format(dish=glyphs.labelled(dishes, dish))
    if tied := situation.tied(day):
        names = listed([glyphs.labelled(dishes, other) for other in tied])
        return _("{names} tie, and a tie is nobody's: wrong; really {expected}.").format(
            names=names, expected=glyphs.labelled(dishes, expected)
        )
    return _("{dish}, wrong: really {expected}.").format(
        dish=glyphs.labelled(dishes, dish), expected=glyphs.labelled(dishes, expected)
    )


def score(simulation: Simulation) -> str:
    """How many of the cooked days are right."""
    days, right = simulation.days_cooked, simulation.days_right
    if not days:
        return _("no day cooked yet")
    return ngettext("{right} of {days} days right", "{right} of {days} days right", days).format(
        right=right, days=days
    )


def start(simulation: Simulation, glyphs: SpokenGlyphs) -> str:
    """What there was before the first day."""
    situation = simulation.situation
    dish = glyphs.labelled(dish_axis(situation.roommate), situation.start_dish)
    state = glyphs.named(state_axis(situation.roommate)).labels[situation.start]
    if situation.roommate.memory:
        return _("Before the first day: {dish}, in the state {state}.").format(dish=dish, state=state)
    return _("Before the first day: {dish}.").format(dish=dish)


def week(simulation: Simulation, glyphs: SpokenGlyphs, *, whole: bool = False) -> list[str]:
    """A line for each day; days that are not yet cooked are left open."""
    weathers = weather_axis(simulation.situation.roommate)
    most = simulation.days if whole else min(simulation.days, MAX_DAYS)
    first = min(max(simulation.day - most // 2, 0), simulation.days - most)
    lines = [start(simulation, glyphs)]
    if most < simulation.days:
        template = _("Days {first} to {last} of {days:,}; 'week whole' tells all.")
        lines.append(template.format(first=first + 1, last=first + most, days=simulation.days))
    for day in range(first, first + most):
        cooked = verdict(simulation, day, glyphs) if simulation.is_cooked(day) else _("not cooked yet.")
        if simulation.backward:
            cooked += " " + _("Reach {part}.").format(part=percent_of(part_reached(simulation, day)))
        template = _("{day}, here: {weather}, {dish}") if day == simulation.day else _("{day}: {weather}, {dish}")
        weather = glyphs.labelled(weathers, simulation.situation.week[day])
        lines.append(template.format(day=day_name(day), weather=weather, dish=cooked))
    sentence = reach(simulation) if simulation.backward else beyond(simulation)
    return [*lines, f"{sentence[0].upper()}{sentence[1:]}."] if sentence else lines


def pipeline(simulation: Simulation) -> list[str]:
    """The day's steps in their order: done, here, to come."""
    lines = []
    for number, step in enumerate(simulation.steps):
        template = _("Step {number}, {name}: to come.")
        if number < simulation.step:
            template = _("Step {number}, {name}: done.")
        elif number == simulation.step:
            template = _("Step {number}, {name}: here.")
        lines.append(template.format(number=number + 1, name=step.title))
    return lines


def rule(simulation: Simulation, glyphs: SpokenGlyphs) -> list[str]:
    """What the roommate cooks in each case, a line for each weather; as far as the lesson's network can know it."""
    situation = simulation.situation
    roommate = situation.roommate.reduced(situation.cell.sees)
    states, weathers, dishes = state_axis(roommate), weather_axis(roommate), dish_axis(roommate)
    names = glyphs.named(states).labels

    def cases(weather: int) -> str:
        cells = []
        for before, after in enumerate(roommate.transitions[weather]):
            case = _("after {before} {after}, which shows {dish}") if roommate.memory else _("after {before} {after}")
            dish = glyphs.labelled(dishes, roommate.shows[after])
            cells.append(case.format(before=names[before], after=names[after], dish=dish))
        return "; ".join(cells)

    if Sees.YESTERDAY not in situation.cell.sees:
        return [
            _("{weather}: always {dish}.").format(weather=glyphs.labelled(weathers, weather), dish=names[row[0]])
            for weather, row in enumerate(roommate.transitions)
        ]
    if Sees.WEATHER not in situation.cell.sees:
        return [_("Any weather: {cases}.").format(cases=cases(0))]
    return [f"{glyphs.labelled(weathers, w)}: {cases(w)}." for w in range(len(roommate.transitions))]
