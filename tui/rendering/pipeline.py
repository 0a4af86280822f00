"""The map: the day's whole pipeline, with the step under the cursor lit and what is to come faint."""

from __future__ import annotations

from textual.content import Content

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


def where(simulation: Simulation, glyphs: Glyphs) -> Content:
    """The place in words: ``Tuesday · step 4 of 6``."""
    trace = simulation.trace
    week = f", week {simulation.day // 7 + 1}" if simulation.days > 7 else ""
    text = f"{trace.name}{week} {glyphs.middle_dot} step {simulation.step + 1} of {len(trace.steps)}"
    return line((text, "bold"))


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
    place = where(simulation, glyphs)
    lines = list(drawing.lines)
    middle = len(lines) // 2
    room = width - drawing.width - place.cell_length - 2
    if room >= 0:
        lines[middle] = line(" ", lines[middle], " " * room, place)
    return [line(" ", text) if index != middle or room < 0 else text for index, text in enumerate(lines)]


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


def _outcome(simulation: Simulation, glyphs: Glyphs) -> Content:
    if not simulation.is_cooked(simulation.day):
        return line((glyphs.unknown, "$faint"))
    dish = glyphs.labelled(dish_axis(simulation.situation.roommate), simulation.trace.dish)
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
        return line(source.pad_right(left - source.cell_length), " ", wire, station, (pad + end, "$faint"))

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
        text = line(_inputs(simulation, glyphs)[names[0]], " ", arrow, _station(simulation, 0))
        rest = range(1, len(names))
    for index in rest:
        text = line(text, arrow, _station(simulation, index))
    return line(text, arrow, " ", _outcome(simulation, glyphs))
