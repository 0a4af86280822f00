"""Completion of the word under the cursor with Tab."""

from __future__ import annotations

import contextlib
from pathlib import Path

from model.errors import RoommateError
from model.foreign_text import shown
from model.network.schedule import OF_DISHES
from model.roommate.roommate import DAY_NAMES
from model.simulation.lessons import LESSONS
from model.simulation.simulation import Simulation
from model.storage.scenarios import shipped
from model.storage.typed_paths import typed_path
from tui.plain.grammar import LINE_COMMANDS, find
from tui.text.manual import TOPICS

MAX_FILES = 200
"""The most names of a folder that are offered."""

FILES = ("save", "load", "compare", "extract", "roommate")
"""The commands that take the name of a file."""


def completions(line: str, simulation: Simulation) -> list[str]:
    """What the last word of a line can become, as whole words; names with spaces in quotes.

    Args:
        line: What stands before the cursor.
        simulation: Where one is: its dishes, weathers, matrices and settings can follow.
    """
    *before, word = line.lstrip().split(" ")
    before = [part for part in before if part]
    found = [phrase.split()[len(before)] for phrase in _phrases(before)] if len(before) < 3 else []
    if before:
        with contextlib.suppress(RoommateError):  # no command yet: only its next words can follow
            found += _arguments(find(before)[0].name, word, simulation)
    quoted = [f'"{name}"' if " " in name else name for name in dict.fromkeys(found) if shown(name) == name]
    return [name for name in quoted if name.casefold().lstrip('"').startswith(word.casefold().lstrip('"'))]


def _phrases(before: list[str]) -> list[str]:
    """The commands of more words that begin with these."""
    begun = [word.casefold() for word in before]
    return [
        command.words
        for command in LINE_COMMANDS
        if len(parts := command.words.split()) > len(begun)
        and all(part.startswith(word) for part, word in zip(parts, begun, strict=False))
    ]


def _arguments(command: str, word: str, simulation: Simulation) -> list[str]:
    situation = simulation.situation
    roommate = situation.roommate
    matrices = [name.capitalize() for name in situation.network.matrices]
    names = {
        "flip_weather": roommate.weathers,
        "next_start": roommate.states,
        "edit_rule": (*roommate.weathers, *roommate.dishes),
        "rename": ("roommate", *roommate.dishes, *roommate.weathers),
        "next_day": DAY_NAMES[: simulation.days],
        "lesson": tuple(map(str, LESSONS)),
        "feedback": tuple(map(str, OF_DISHES)),
        "edit": matrices,
        "weights": matrices,
        "freeze": matrices,
        "take": (*matrices, "hand", "learned"),
        "compare": ("hand", "learned", "first", "update", *matrices),
        "set": (*matrices, *(name.replace("_", "-") for name in situation.setting_names)),
        "help": (*TOPICS, "words", *(one.words for one in LINE_COMMANDS)),
        "roommate": shipped(),
        "copy": ("command", "text", "markdown", "latex", "json", "weights"),
        "brief": ("on", "off"),
    }
    return [*names.get(command, ()), *(_files(word) if command in FILES else [])]


def _files(word: str) -> list[str]:
    """The files and folders whose names begin with a word."""
    folder, slash, _begun = word.lstrip('"').rpartition("/")
    try:
        where = typed_path(f"{folder}{slash}" or ".")
        entries = sorted(Path(where).iterdir())[:MAX_FILES]
    except (RoommateError, OSError, ValueError):  # there is no such folder to look into
        return []
    return [
        f"{folder}{slash}{entry.name}{'/' if entry.is_dir() else ''}" for entry in entries if entry.name[0] != "."
    ]
