"""The map: the day's whole pipeline, with the step under the cursor highlighted and what is to come faint."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from model.language import _, ngettext
from model.roommate.roommate import DAY_NAMES, day_name, short_day_name
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE
from model.steps.axes import dish_axis, hidden_axis, weather_axis
from model.steps.step import StepKind
from tui.rendering.block import Block, line
from tui.text.glyphs import Glyphs

PLACE = 15
"""Cells for the place in words beside a map that does not fit whole: ``Mon · step 3/6``."""


def where(simulation: Simulation, glyphs: Glyphs, room: int) -> Content:
    """The place in words: ``Tuesday · step 4 of 6``, shorter where there is less room, the same way on every day."""
    blanks = {"step": simulation.step + 1, "steps": len(simulation.steps), "day": simulation.day + 1}
    updating, day = simulation.day == UPDATE, max(simulation.day, 0)
    name, short = (_("Update"), _("Upd")) if updating else (day_name(day), short_day_name(day))
    if simulation.days > 7 and not updating:
        sentence, week = _("{day}, week {week}"), day // 7 + 1
        name, short = (sentence.format(day=called, week=week) for called in (name, short))
    longest = max(map(cell_len, map(day_name, range(len(DAY_NAMES)))))
    spare = max(longest - cell_len(_("Update") if updating else day_name(day)), 0)
    for form, place, more in (
        (_("{place} {dot} step {step} of {steps}"), name, spare),
        (_("{place} {dot} step {step}/{steps}"), name, spare),
        (_("{place} {dot} step {step}/{steps}"), short, 0),
    ):
        text = form.format(place=place, dot=glyphs.middle_dot, **blanks)
        if cell_len(text) + more <= room:
            return line((text, "bold"))
    return line((_("day {day} {dot} {step}/{steps}").format(dot=glyphs.middle_dot, **blanks), "bold"))


def pipeline(simulation: Simulation, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """The map in three lines where there is room for its branches, otherwise in one.

    Args:
        simulation: Where we are.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are.
    """
    names = [step.name for step in simulation.steps]
    branches = names[1:3] == ["weather product", "add"]
    drawing = _branches(simulation, glyphs) if branches and height >= 3 else None
    room = width - where(simulation, glyphs, 0).cell_length - 2
    if drawing is None or drawing.width > room:
        text = _one_line(simulation, glyphs)
        if simulation.backward or text.cell_length > room:
            place = where(simulation, glyphs, PLACE)
            text = _around(simulation, glyphs, width - place.cell_length - 2)
        drawing = Block.of([text]).centred(min(height, 3))
    middle = len(drawing.lines) // 2
    lines = list(drawing.lines)
    room = width - lines[middle].cell_length - 2
    place = where(simulation, glyphs, room)
    lines[middle] = line(lines[middle], " " * (room - place.cell_length + 1), place)
    return lines


def _station(simulation: Simulation, index: int, glyphs: Glyphs) -> Content:
    step = simulation.steps[index]
    name = glyphs.text(step.map_label)
    role = (step.operands[0] if step.operation is StepKind.PRODUCT and not simulation.backward else step.result).role
    if index == simulation.step:
        return line((f" {name} ", f"$background on ${role} bold"))
    return line((f" {name} ", f"${role}" if index < simulation.step else "$faint"))


def _around(simulation: Simulation, glyphs: Glyphs, room: int) -> Content:
    """As many steps around the current one as there is room for."""
    stations = [_station(simulation, index, glyphs) for index in range(len(simulation.steps))]
    arrow = line((glyphs.arrow, "$faint"))
    first, last = simulation.step, simulation.step + 1
    while True:  # one more on either side while they fit
        wider = [(max(first - 1, 0), last), (first, min(last + 1, len(stations)))]
        fitting = [
            (begin, end)
            for begin, end in wider
            if (begin, end) != (first, last) and sum(text.cell_length + 1 for text in stations[begin:end]) + 2 <= room
        ]
        if not fitting:
            break
        # Keep the current station in the middle of what is shown.
        first, last = min(fitting, key=lambda span: abs(span[0] + span[1] - 1 - 2 * simulation.step))
    more = (glyphs.more if first else " ", "$faint"), (glyphs.more if last < len(stations) else "", "$faint")
    return line(more[0], arrow.join(stations[first:last]), more[1])


def _inputs(simulation: Simulation, glyphs: Glyphs) -> dict[str, Content]:
    """What goes into the first products: the Elman network takes in no dish but what it remembers."""
    trace, situation = simulation.trace, simulation.situation
    yesterday = glyphs.labelled(dish_axis(situation.roommate), trace.yesterday)
    today = glyphs.labelled(weather_axis(situation.roommate), trace.weather)
    units = hidden_axis(situation.roommate, situation.network)
    vector = next(iter(simulation.run.handed_on.values()))[max(simulation.day, 0), :, 0]
    held = glyphs.named(units).labels[int(vector.argmax())] if units.groups else _units(len(vector))
    return {
        "food product": line((f"{_('yesterday')} ", "$muted"), (yesterday, "$yesterday")),
        "memory product": line((f"{_('remembered')} ", "$muted"), (held, "$yesterday")),
        "weather product": line((f"{_('today')} ", "$muted"), (today, "$weather")),
    }


def _units(count: int) -> str:
    return ngettext("{count} unit", "{count} units", count).format(count=count)


def _outcome(simulation: Simulation, glyphs: Glyphs, *, brief: bool = False) -> Content:
    if not simulation.is_cooked(simulation.day):
        return line((glyphs.unknown, "$faint"))
    dishes, index = dish_axis(simulation.situation.roommate), simulation.trace.dish
    dish = (brief and glyphs.picture(dishes, index)) or glyphs.labelled(dishes, index)
    return line((dish, "$today bold"))


def _branches(simulation: Simulation, glyphs: Glyphs) -> Block:
    wire = (glyphs.horizontal * 2, "$faint")
    inputs = _inputs(simulation, glyphs)
    upper, lower = (inputs[step.name] for step in simulation.steps[:2])
    left = max(upper.cell_length, lower.cell_length)
    first, second = _station(simulation, 0, glyphs), _station(simulation, 1, glyphs)
    right = max(first.cell_length, second.cell_length)

    def branch(source: Content, station: Content, end: str) -> Content:
        pad = glyphs.horizontal * (right - station.cell_length + 1)
        return line(" ", source.pad_right(left - source.cell_length), " ", wire, station, (pad + end, "$faint"))

    trunk = line((glyphs.join, "$faint"))
    for index in range(2, len(simulation.steps)):
        trunk = line(trunk, wire, _station(simulation, index, glyphs))
    trunk = line(trunk, (glyphs.horizontal + glyphs.arrow + " ", "$faint"), _outcome(simulation, glyphs))
    top = branch(upper, first, glyphs.join_up)
    bottom = branch(lower, second, glyphs.join_down)
    middle = line(" " * (top.cell_length - 1), trunk)
    return Block.of([top, middle, bottom])


def _one_line(simulation: Simulation, glyphs: Glyphs) -> Content:
    names = [step.name for step in simulation.steps]
    arrow = (glyphs.arrow, "$faint")
    if len(names) > 2:
        text = line(_station(simulation, 0, glyphs), ("+", "$faint"), _station(simulation, 1, glyphs))
        rest = range(2, len(names))
    else:
        text = line(" ", _inputs(simulation, glyphs)[names[0]], " ", arrow, _station(simulation, 0, glyphs))
        rest = range(1, len(names))
    for index in rest:
        text = line(text, arrow, _station(simulation, index, glyphs))
    return line(text, arrow, " ", _outcome(simulation, glyphs, brief=True))
