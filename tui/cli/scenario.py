"""``roommate-tui scenario``: a template to begin with, a verdict on a file, and what comes with the program."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator

from rich.cells import cell_len

from model.errors import FileError
from model.foreign_text import json_text
from model.language import _, ngettext
from model.network.cells import CELLS
from model.network.memory_bounds import most_days
from model.network.network import default_sizes
from model.roommate.parsing import listed
from model.roommate.scenario import Scenario
from model.steps.axes import dish_axis, weather_axis
from model.storage.scenarios import find_scenario, shipped, template
from tui.text.glyphs import UNICODE, Glyphs, for_output
from tui.text.language import versions
from tui.text.output import need_letters, portable, takes_unicode

TEMPLATE = "template.toml"
"""The page of a language that has the template's comments in its own words; the English one is the core's."""

MAX_DAYS = 14
"""The most days of a week that are listed."""


def scenario(options: argparse.Namespace) -> int:
    """Run the action of ``scenario`` that is asked for.

    Returns:
        The exit status: 0, or 3 where a file is bad.

    Raises:
        FileError: The file is bad and nobody asked for JSON.
    """
    if options.action == "new":
        sys.stdout.write([template(), *versions("lessons", TEMPLATE)][-1])
        return 0
    if options.action == "list":
        sys.stdout.writelines(overview())
        return 0
    if not options.json:
        encoding, terminal = sys.stdout.encoding or "utf-8", sys.stdout.isatty()
        glyphs = UNICODE if takes_unicode() and not terminal else for_output(os.environ, encoding, terminal=terminal)
        sys.stdout.writelines(verdict(options.file, find_scenario(options.file, stream=True), glyphs))
        return 0
    try:
        found = find_scenario(options.file, stream=True)
    except FileError as error:
        sys.stdout.writelines(portable([as_json(options.file, None, error.faults or (str(error),))]))
        return error.exit_status
    sys.stdout.writelines(portable([as_json(options.file, found)]))
    return 0


def sizes(found: Scenario) -> str:
    """``3 dishes, 2 weathers``; the states where there are hidden ones."""
    roommate = found.roommate
    counts = [
        (ngettext("{count} dish", "{count} dishes", len(roommate.dishes)), len(roommate.dishes)),
        (ngettext("{count} weather", "{count} weathers", len(roommate.weathers)), len(roommate.weathers)),
    ]
    if roommate.memory:
        counts.append((ngettext("{count} state", "{count} states", len(roommate.states)), len(roommate.states)))
    return ", ".join(sentence.format(count=count) for sentence, count in counts)


def overview() -> Iterator[str]:
    """A line for each scenario that comes with the program."""
    for name in shipped():
        found = find_scenario(name)
        yield f"{name:<14} {found.roommate.name:<20} {sizes(found)}\n"


def verdict(file: str, found: Scenario, glyphs: Glyphs) -> Iterator[str]:
    """That a file is good, and what it says: the table of what follows what.

    Args:
        file: Its name.
        found: What it says.
        glyphs: The characters that may be drawn.
    """
    roommate = found.roommate
    dishes, weathers = dish_axis(roommate), weather_axis(roommate)
    need_letters(dishes, weathers)
    if roommate.memory is None:
        names = [glyphs.labelled(dishes, dish) for dish in range(len(roommate.dishes))]
    else:
        states = zip(roommate.states, roommate.shows, strict=True)
        names = [f"{glyphs.text(state)} ({glyphs.labelled(dishes, dish)})" for state, dish in states]
    good = _("{file} is good: {roommate}, {sizes}.").format(file=file, roommate=roommate.name, sizes=sizes(found))
    yield glyphs.text(f"{good}\n\n")
    columns = [[_("yesterday"), *names]]
    for weather, row in enumerate(roommate.transitions):
        columns.append([glyphs.labelled(weathers, weather), *(names[today] for today in row)])
    widths = [max(map(cell_len, column)) for column in columns]
    for row_of in zip(*columns, strict=True):
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row_of, widths, strict=True))
        yield "  ".join(cells).rstrip() + "\n"
    week = ", ".join(glyphs.named(weathers).labels[weather] for weather in found.days[:MAX_DAYS])
    more = len(found.days) - MAX_DAYS
    if more > 0:
        sentence = ngettext("{week}, and {count:,} day more", "{week}, and {count:,} days more", more)
        week = sentence.format(week=week, count=more)
    sentence = _("Before the first day: {dish}. The week: {week}.").format(dish=names[found.start], week=week)
    yield f"\n{sentence}\n"
    yield from too_long(found)
    if found.unreached:
        never = listed([names[state] for state in found.unreached])
        yield _("Whatever the weather, {names} will not come up from there.").format(names=never) + "\n"


def too_long(found: Scenario) -> Iterator[str]:
    """The networks that have no room for the week, a line each."""
    days = len(found.days)
    for cell in CELLS.values():
        most = most_days(cell, default_sizes(cell, found.roommate))
        if days > most:
            sentence = _(
                "The week of {days:,} days is too long for the network {network}, which has room for {most:,}."
            )
            yield sentence.format(days=days, network=cell.name, most=most) + "\n"


def as_json(file: str, found: Scenario | None, faults: tuple[str, ...] = ()) -> str:
    """``roommate-scenario``, version 1."""
    document: dict[str, object] = {
        "format": "roommate-scenario",
        "version": 1,
        "file": file,
        "good": found is not None,
    }
    document["faults"] = faults
    if found is not None:
        roommate = found.roommate
        states, memory = roommate.states, roommate.memory
        document |= {
            "name": roommate.name,
            "dishes": roommate.dishes,
            "weathers": roommate.weathers,
            "states": memory
            and {state: roommate.dishes[dish] for state, dish in zip(states, memory.shows, strict=True)},
            "start": states[found.start],
            "week": [roommate.weathers[weather] for weather in found.days],
            "table": {
                weather: {state: states[today] for state, today in zip(states, row, strict=True)}
                for weather, row in zip(roommate.weathers, roommate.transitions, strict=True)
            },
            "unreached": [states[state] for state in found.unreached],
        }
    return json_text(document) + "\n"
