"""``roommate-tui cook``: the week without a screen."""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

from rich.cells import cell_len

from model.export.walk import json_document
from model.language import _
from model.roommate.roommate import DAY_NAMES, day_label, day_name
from model.simulation.situation import Situation
from model.steps.axes import Axis, dish_axis, weather_axis
from tui.cli.options import need_finite, situation_of
from tui.text.glyphs import Glyphs, for_output
from tui.text.output import need_letters, portable, takes_unicode, write


def _days(situation: Situation) -> Iterator[tuple[int, int, int]]:
    return zip(count(), situation.week, situation.run.dish[:, 0].tolist(), strict=False)


def _named(situation: Situation) -> Iterator[tuple[str, str, str]]:
    roommate = situation.roommate
    return (
        (day_label(day), roommate.weathers[weather], roommate.dishes[dish]) for day, weather, dish in _days(situation)
    )


def as_json(situation: Situation) -> Iterator[str]:
    """``roommate-cook``, version 1."""
    head = {
        "format": "roommate-cook",
        "version": 1,
        "roommate": situation.roommate.name,
        "network": situation.cell.name,
        "feedback": str(situation.feedback),
        "start": situation.roommate.dishes[situation.start_dish],
    }
    days = ({"day": day, "weather": weather, "dish": dish} for day, weather, dish in _named(situation))
    return portable(json_document(head, "days", days))


def as_csv(situation: Situation) -> Iterator[str]:
    """A line a day under ``day,weather,dish``."""
    for row in (("day", "weather", "dish"), *_named(situation)):
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerow(row)
        yield buffer.getvalue()


def as_lines(situation: Situation, *, seven_bits: bool = False) -> Iterator[str]:
    """A line a day without pictures.

    Args:
        situation: The week.
        seven_bits: Whether names are written in seven bits where that loses no letter; they are where standard output
            takes no more.
    """
    axes = dish_axis(situation.roommate), weather_axis(situation.roommate)
    need_letters(*axes)
    dishes, weathers = (_names(axis) if seven_bits or not takes_unicode() else axis.labels for axis in axes)
    yield _("before the first day: {dish}").format(dish=dishes[situation.start_dish]) + "\n"
    names = [day_name(day) for day in range(len(DAY_NAMES))]
    for day, weather, dish in _days(situation):
        yield f"{names[day % len(names)]}: {weathers[weather]}, {dishes[dish]}\n"


def _names(axis: Axis) -> tuple[str, ...]:
    """Names in ASCII, except those that would lose letters."""
    pairs = zip(axis.in_ascii.labels, axis.labels, strict=True)
    return tuple(name if twin.count("?") > name.count("?") else twin for twin, name in pairs)


def as_plain(situation: Situation) -> Iterator[str]:
    """A line a day in seven-bit characters wherever they are enough, for scripts and screen readers."""
    return as_lines(situation, seven_bits=True)


def as_table(situation: Situation, glyphs: Glyphs) -> Iterator[str]:
    """Columns with pictures, for people."""
    dishes, weathers = dish_axis(situation.roommate), weather_axis(situation.roommate)
    need_letters(dishes, weathers)
    width = max(cell_len(glyphs.labelled(weathers, row)) for row in range(len(weathers.labels)))
    yield f"{'':<11}{'':{width}}    {glyphs.labelled(dishes, situation.start_dish)}\n"
    for day, weather, dish in _days(situation):
        sky = glyphs.labelled(weathers, weather)
        space = " " * (width - cell_len(sky))
        yield f"{day_name(day):<11}{sky}{space}  {glyphs.arrow} {glyphs.labelled(dishes, dish)}\n"


FORMATS: dict[str, Callable[[Situation], Iterator[str]]] = {"json": as_json, "csv": as_csv, "plain": as_plain}
"""The formats that an option asks for; without one, people get the table and programs lines."""


def cook(options: argparse.Namespace) -> int:
    """Print the week in the form that is asked for."""
    situation = situation_of(options)
    if not hasattr(options, "feedback"):  # cooking is free: nobody tells it what was really cooked
        situation = replace(situation, fed_back=situation.network.own_feedback)
    need_finite(options, situation)
    if options.format is None and sys.stdout.isatty() and not options.plain:
        return write(as_table(situation, for_output(os.environ, sys.stdout.encoding, terminal=True)))
    return write(FORMATS.get(options.format, as_lines)(situation))
