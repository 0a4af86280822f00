"""A day's dish in the cells there are: whether it is right, how probable it was, and what it should be."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from model.simulation.simulation import Simulation
from model.steps.axes import Axis, dish_axis
from tui.rendering.block import Part, line
from tui.text.glyphs import Glyphs

MAX_SHORT = 3
"""Cells in which a picture says more than a name, whatever the name."""


def name_in(axis: Axis, row: int, glyphs: Glyphs, room: int) -> str:
    """A row's picture and name; with less room its name, and with least a picture or the name's beginning."""
    names = (glyphs.labelled(axis, row), glyphs.named(axis).labels[row])
    fitting = (name for name in names if room > MAX_SHORT and cell_len(name) <= room)
    return next(fitting, glyphs.short(axis, row, room))


def outcome(
    simulation: Simulation, day: int, glyphs: Glyphs, room: int, *, apart: bool, brief: bool = False
) -> list[Part]:
    """What comes out on a day, marked right or wrong; what is not yet cooked is left open.

    Args:
        simulation: Where one is.
        day: Which day.
        glyphs: Characters to draw with.
        room: The cells there are.
        apart: Whether what it should be stands elsewhere; otherwise it is told where the dish is wrong.
        brief: Whether pictures stand for the names.
    """
    here = day == simulation.day
    if not simulation.is_cooked(day):
        return [(glyphs.unknown, "$today bold") if here else (glyphs.to_come, "$faint")]
    right = simulation.right(day)
    mark = (glyphs.right, "$right bold") if right else (glyphs.wrong, "$wrong bold")
    colour = ("$today bold" if here else "") if right else "$wrong bold"
    forms = _forms(simulation, day, glyphs, brief=brief) if right or apart else _wrong(simulation, day, glyphs)
    for dish, more in forms:
        parts: list[Part] = [(dish, colour), mark, (more, "$muted")]
        if line(*parts).cell_length <= room:
            return parts
    short = glyphs.short(dish_axis(simulation.situation.roommate), simulation.dish(day), max(room - 1, 1))
    return [(short, colour), mark]


def _forms(simulation: Simulation, day: int, glyphs: Glyphs, *, brief: bool) -> Sequence[tuple[str, str]]:
    """The text before the mark and behind it, from the longest: with the dish's probability, where it is one."""
    dishes, dish = dish_axis(simulation.situation.roommate), simulation.dish(day)
    short = glyphs.short(dishes, dish, 3)
    if brief:
        return [(short, "")]
    name = glyphs.labelled(dishes, dish)
    bare = glyphs.named(dishes).labels[dish]
    forms = [(f"{name} ", ""), (name, ""), (f"{bare} ", ""), (bare, ""), (f"{short} ", ""), (short, "")]
    if not simulation.situation.by_hand:  # scores of hand-set weights are no probabilities
        part = f" {float(simulation.run.probabilities[day, dish, 0]):.0%}"
        forms = [(f"{name} ", part), *forms[:2], (f"{bare} ", part), *forms[2:]]
    return forms


def _wrong(simulation: Simulation, day: int, glyphs: Glyphs) -> Sequence[tuple[str, str]]:
    """The text of a wrong dish before the mark, and what it should be behind it."""
    situation = simulation.situation
    dishes, dish, should = dish_axis(situation.roommate), simulation.dish(day), situation.expected[day]
    names = glyphs.named(dishes).labels
    short, other = glyphs.short(dishes, dish, 3), glyphs.short(dishes, should, 3)
    return [
        (f"{glyphs.labelled(dishes, dish)} ", f" {glyphs.labelled(dishes, should)}"),
        (f"{glyphs.labelled(dishes, dish)} ", f" {other}"),
        (f"{names[dish]} ", f" {names[should]}"),
        (f"{short} ", f" {other}"),
        (short, other),
    ]


def should_be(simulation: Simulation, day: int, glyphs: Glyphs, room: int) -> list[Part]:
    """What is really cooked; nobody is told before the day is."""
    if not simulation.is_cooked(day):
        return [(glyphs.to_come, "$faint")]
    style = "$muted" if simulation.right(day) else "$today bold"
    dishes = dish_axis(simulation.situation.roommate)
    return [(name_in(dishes, simulation.situation.expected[day], glyphs, room), style)]
