"""The map: the day's whole pipeline, with the step under the cursor lit and what is to come faint."""

from __future__ import annotations

from textual.content import Content

from model.roommate import DAY_NAMES
from model.simulation import Simulation
from model.trace import dish_axis, weather_axis
from tui.rendering.blocks import Block, line
from tui.rendering.glyphs import Glyphs

STATIONS = {
    "food product": ("Food", "food"),
    "weather product": ("Weather", "weather"),
    "add": ("Add", "hidden"),
    "non-linear": ("Non-linear", "hidden"),
    "merge": ("Merge", "today"),
    "decide": ("Dish", "today"),
}
"""What each step is called on the map, and whose colour it has."""


def where(simulation: Simulation, glyphs: Glyphs, room: int) -> Content:
    """The place in words: ``Tuesday · step 4 of 6``, shorter where there is less room, the same way on every day."""
    trace = simulation.trace
    step, steps = simulation.step + 1, len(trace.steps)
    week = f", week {simulation.day // 7 + 1}" if simulation.days > 7 else ""
    dot = glyphs.middle_dot
    longest = max(map(len, DAY_NAMES)) - len(trace.name)
    for form, spare in (
        (f"{trace.name}{week} {dot} step {step} of {steps}", longest),
        (f"{trace.name}{week} {dot} step {step}/{steps}", longest),
        (f"{trace.name[:3]}{week} {dot} step {step}/{steps}", 0),
    ):
        if len(form) + spare <= room:
            return line((form, "bold"))
    return line((f"day {simulation.day + 1} {dot} {step}/{steps}", "bold"))


def pipeline(simulation: Simulation, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """The map in three lines where there is room for its branches, otherwise in one.

    Args:
        simulation: Where we are.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are.
    """
    names = [step.name for step in simulation.trace.steps]
    branches = names[:3] == ["food product", "weather product", "add"]
    drawing = _branches(simulation, glyphs) if branches and height >= 3 else None
    if drawing is None:
        drawing = Block.of([_one_line(simulation, glyphs)])
        drawing = drawing.centred(min(height, 3))
    middle = len(drawing.lines) // 2
    lines = list(drawing.lines)
    room = width - lines[middle].cell_length - 2
    place = where(simulation, glyphs, room)
    lines[middle] = line(lines[middle], " " * (room - place.cell_length + 1), place)
    return lines


def _station(simulation: Simulation, index: int) -> Content:
    name, role = STATIONS[simulation.trace.steps[index].name]
    if index == simulation.step:
        return line((f" {name} ", f"$background on ${role} bold"))
    return line((f" {name} ", f"${role}" if index < simulation.step else "$faint"))


def _inputs(simulation: Simulation, glyphs: Glyphs) -> dict[str, Content]:
    trace, roommate = simulation.trace, simulation.situation.roommate
    yesterday = glyphs.labelled(dish_axis(roommate), trace.yesterday)
    today = glyphs.labelled(weather_axis(roommate), trace.weather)
    return {
        "food product": line(("yesterday ", "$muted"), (yesterday, "$yesterday")),
        "weather product": line(("today ", "$muted"), (today, "$weather")),
    }


def _outcome(simulation: Simulation, glyphs: Glyphs, *, brief: bool = False) -> Content:
    if not simulation.is_cooked(simulation.day):
        return line((glyphs.unknown, "$faint"))
    dishes, index = dish_axis(simulation.situation.roommate), simulation.trace.dish
    dish = (brief and glyphs.picture(dishes, index)) or glyphs.labelled(dishes, index)
    return line((dish, "$today bold"))


def _branches(simulation: Simulation, glyphs: Glyphs) -> Block:
    wire = (glyphs.horizontal * 2, "$faint")
    inputs = _inputs(simulation, glyphs)
    upper, lower = inputs["food product"], inputs["weather product"]
    left = max(upper.cell_length, lower.cell_length)
    food, weather = _station(simulation, 0), _station(simulation, 1)
    right = max(food.cell_length, weather.cell_length)

    def branch(source: Content, station: Content, end: str) -> Content:
        pad = glyphs.horizontal * (right - station.cell_length + 1)
        return line(" ", source.pad_right(left - source.cell_length), " ", wire, station, (pad + end, "$faint"))

    trunk = line((glyphs.join, "$faint"))
    for index in range(2, len(simulation.trace.steps)):
        trunk = line(trunk, wire, _station(simulation, index))
    trunk = line(trunk, (glyphs.horizontal + glyphs.arrow + " ", "$faint"), _outcome(simulation, glyphs))
    top = branch(upper, food, glyphs.join_up)
    bottom = branch(lower, weather, glyphs.join_down)
    middle = line(" " * (top.cell_length - 1), trunk)
    return Block.of([top, middle, bottom])


def _one_line(simulation: Simulation, glyphs: Glyphs) -> Content:
    names = [step.name for step in simulation.trace.steps]
    arrow = (glyphs.arrow, "$faint")
    if len(names) > 2:
        text = line(_station(simulation, 0), ("+", "$faint"), _station(simulation, 1))
        rest = range(2, len(names))
    else:
        text = line(" ", _inputs(simulation, glyphs)[names[0]], " ", arrow, _station(simulation, 0))
        rest = range(1, len(names))
    for index in rest:
        text = line(text, arrow, _station(simulation, index))
    return line(text, arrow, " ", _outcome(simulation, glyphs, brief=True))
