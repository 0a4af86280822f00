"""The week, the day and the rule in lines: what goes in, what comes out, right or wrong."""

from __future__ import annotations

from model.language import _
from model.roommate.parsing import listed
from model.roommate.roommate import Sees, day_name
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE
from model.steps.forward import dish_axis, state_axis, weather_axis
from tui.plain.glyphs import SpokenGlyphs
from tui.text.error_reach import beyond, part_reached, percent_of, reach

MAX_DAYS = 14
"""Of a longer week the days around the one that is looked at are told."""


def day_heading(simulation: Simulation, glyphs: SpokenGlyphs) -> str:
    """The day under the cursor: its weather, and what came before."""
    if simulation.day == UPDATE:
        return "The update, after the first day: what all days together change."
    situation, trace = simulation.situation, simulation.trace
    dishes, weathers = dish_axis(situation.roommate), weather_axis(situation.roommate)
    before = glyphs.labelled(dishes, trace.yesterday)
    name = f"{trace.name}, day {simulation.day + 1:,} of {simulation.days:,}"
    told = f"{name}: {glyphs.labelled(weathers, trace.weather)}, after {before}"
    if situation.cell.remembers and situation.roommate.memory and simulation.day == 0:
        told += f", in the state {glyphs.named(state_axis(situation.roommate)).labels[situation.start]}"
    if not simulation.backward:
        return f"{told}."
    reached = percent_of(part_reached(simulation, simulation.day))
    return f"{told}: {verdict(simulation, simulation.day, glyphs)} {reached} of the last day's error comes back here."


def verdict(simulation: Simulation, day: int, glyphs: SpokenGlyphs) -> str:
    """The dish of a day, and whether it is right."""
    situation = simulation.situation
    dishes = dish_axis(situation.roommate)
    dish, expected = simulation.dish(day), situation.expected[day]
    if simulation.right(day):
        return f"{glyphs.labelled(dishes, dish)}, right."
    if tied := situation.tied(day):
        names = listed([glyphs.labelled(dishes, other) for other in tied])
        return _("{names} tie, and a tie is nobody's: wrong; really {expected}.").format(
            names=names, expected=glyphs.labelled(dishes, expected)
        )
    return f"{glyphs.labelled(dishes, dish)}, wrong: really {glyphs.labelled(dishes, expected)}."


def score(simulation: Simulation) -> str:
    """How many of the cooked days are right."""
    days = [day for day in range(simulation.days) if simulation.is_cooked(day)]
    right = sum(map(simulation.right, days))
    return f"{right} of {len(days)} days right" if days else "no day cooked yet"


def start(simulation: Simulation, glyphs: SpokenGlyphs) -> str:
    """What there was before the first day."""
    situation = simulation.situation
    dish = glyphs.labelled(dish_axis(situation.roommate), situation.start_dish)
    state = glyphs.named(state_axis(situation.roommate)).labels[situation.start]
    return f"Before the first day: {dish}{f', in the state {state}' if situation.roommate.memory else ''}."


def week(simulation: Simulation, glyphs: SpokenGlyphs, *, whole: bool = False) -> list[str]:
    """A line for each day; days that are not yet cooked are left open."""
    weathers = weather_axis(simulation.situation.roommate)
    most = simulation.days if whole else min(simulation.days, MAX_DAYS)
    first = min(max(simulation.day - most // 2, 0), simulation.days - most)
    lines = [start(simulation, glyphs)]
    if most < simulation.days:
        lines.append(f"Days {first + 1} to {first + most} of {simulation.days:,}; 'week whole' tells all.")
    for day in range(first, first + most):
        told = verdict(simulation, day, glyphs) if simulation.is_cooked(day) else "not cooked yet."
        if simulation.backward:
            told += f" Reach {percent_of(part_reached(simulation, day))}."
        here = ", here" if day == simulation.day else ""
        weather = glyphs.labelled(weathers, simulation.situation.week[day])
        lines.append(f"{day_name(day)}{here}: {weather}, {told}")
    sentence = reach(simulation) if simulation.backward else beyond(simulation)
    return [*lines, f"{sentence[0].upper()}{sentence[1:]}."] if sentence else lines


def pipeline(simulation: Simulation) -> list[str]:
    """The day's steps in their order: done, here, to come."""
    lines = []
    for number, step in enumerate(simulation.steps):
        state = "done" if number < simulation.step else "here" if number == simulation.step else "to come"
        lines.append(f"Step {number + 1}, {step.name}: {state}.")
    return lines


def rule(simulation: Simulation, glyphs: SpokenGlyphs) -> list[str]:
    """What the roommate cooks in each case, a line for each weather; as far as the lesson's network can know it."""
    situation = simulation.situation
    roommate = situation.roommate.reduced(situation.cell.sees)
    states, weathers, dishes = state_axis(roommate), weather_axis(roommate), dish_axis(roommate)
    names = glyphs.named(states).labels

    def told(weather: int) -> str:
        cells = []
        for before, after in enumerate(roommate.transitions[weather]):
            shown = f", which shows {glyphs.labelled(dishes, roommate.shows[after])}" if roommate.memory else ""
            cells.append(f"after {names[before]} {names[after]}{shown}")
        return "; ".join(cells)

    if Sees.YESTERDAY not in situation.cell.sees:
        return [
            f"{glyphs.labelled(weathers, weather)}: always {names[row[0]]}."
            for weather, row in enumerate(roommate.transitions)
        ]
    if Sees.WEATHER not in situation.cell.sees:
        return [f"Any weather: {told(0)}."]
    return [f"{glyphs.labelled(weathers, w)}: {told(w)}." for w in range(len(roommate.transitions))]
