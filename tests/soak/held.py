"""Keys that are held down: every key of every page, with the smallest and the largest roommate; memory stays."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from model.network.activations import TANH
from model.roommate.roommate import Roommate
from model.simulation.lessons import LESSONS, TRAINING_LESSON
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from tests.end_to_end.terminal import ROOT
from tests.soak.outcome import Outcome
from tests.tui.screen import keys_bound
from tui.app.app import RoommateApp
from tui.session.commands.shared import SCREEN_COMMANDS

PRESSES = 5000
"""How often each key comes at full scale: a key that is held for two minutes and a half."""

MAX_GROWN = 50 * 2**20
"""The bytes that a program may grow by meanwhile."""

BATCH = 20
"""Keys that come before the screen is drawn."""

SMALLEST = Roommate("smallest roommate", ("pasta",), ("sunny",), ((0,),), ("same",))
LARGEST = Roommate(
    "largest roommate",
    tuple(f"dish{dish:02}" for dish in range(64)),
    tuple(f"wx{weather:02}" for weather in range(16)),
    tuple(tuple((dish + weather + 1) % 64 for dish in range(64)) for weather in range(16)),
    tuple(f"skip {weather + 1}" for weather in range(16)),
)
ROOMMATES = {"smallest": SMALLEST, "largest": LARGEST}

DIALOGS = {
    "palette": ("ctrl+p",),
    "help": ("question_mark",),
    "edit": ("e",),
    "settings": ("s",),
    "compare": ("C",),
    "rule of weights": ("x",),
    "rule editor": ("E",),
    "roommates": ("O",),
    "non-linearities": ("N",),
    "copy": ("c",),
    "save": ("S",),
    "load": ("L",),
}
"""The keys that open each page over a lesson."""

TYPED = ("x", "1", "backspace", "left", "up", "down", "tab", "enter", "ctrl+l", "ctrl+c")
"""Keys that are held in every page, whatever it is."""

LEAVES = {"q", "ctrl+q", "ctrl+z"}
"""Keys that end the program or stop it: they cannot be held."""

PROGRAM = """
import sys
from tests.soak.held import tell
tell(*sys.argv[1:])
"""


@dataclass(frozen=True)
class Place:
    """Where keys are held.

    Attributes:
        lesson: The lesson.
        backward: Whether on the way back.
        page: A key of `DIALOGS`; nothing: the walk itself.
    """

    lesson: int
    backward: bool = False
    page: str = ""

    @property
    def name(self) -> str:
        """What it is called."""
        return f"lesson {self.lesson}{' back' if self.backward else ''}{f', {self.page}' if self.page else ''}"


PLACES = (
    *(Place(lesson) for lesson in LESSONS),
    *(Place(lesson, backward=True) for lesson in LESSONS),
    *(Place(lesson, page=page) for page in DIALOGS for lesson in (3, TRAINING_LESSON)),
)


def keys_of(app: RoommateApp, place: Place) -> list[str]:
    """The keys that mean something there, one for each thing they mean."""
    if not place.page:
        return [command.keys[0] for command in SCREEN_COMMANDS if not set(command.keys) & LEAVES]
    return [key for key in dict.fromkeys((*keys_bound(app.screen), *TYPED)) if key not in LEAVES]


def event_of(key: str) -> events.Key:
    """A key, by its name or its letter, as the terminal's driver gives it to the application."""
    if len(key) == 1:
        return events.Key(_character_to_key(key), key)
    letters = {_character_to_key(letter): letter for letter in map(chr, range(32, 127))}
    return events.Key(key, letters.get(key))


def first(roommate: Roommate, place: Place) -> Simulation:
    """What is on the screen at the beginning."""
    situation = Situation(roommate, place.lesson, (0, len(roommate.weathers) - 1) * 3)
    if place.lesson != TRAINING_LESSON:
        situation = situation.with_own(situation.network.with_activation(TANH))
    return Simulation(situation)


async def grown_by(roommate: Roommate, place: Place, key: str, presses: int, measure: Callable[[], int]) -> int:
    """By how much the program has grown, in bytes, after a key was held; it was pressed before, too.

    Args:
        roommate: Who cooks.
        place: Where.
        key: Which key.
        presses: How often.
        measure: Tells how large the program is.
    """
    app = RoommateApp(first(roommate, place))
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to(pilot, place)
        await _press(app, pilot, key, BATCH)
        gc.collect()
        before = measure()
        await _press(app, pilot, key, presses)
        gc.collect()
        return measure() - before


async def go_to(pilot: Pilot[None], place: Place) -> None:
    """Open the place."""
    keys = ["b"] if place.backward else []
    await pilot.press(*keys, *DIALOGS.get(place.page, ()))
    await pilot.pause()


async def _press(app: RoommateApp, pilot: Pilot[None], key: str, times: int) -> None:
    for number in range(1, times + 1):
        if app.leaving:
            return
        app.post_message(event_of(key))
        if number % BATCH == 0:
            await pilot.pause()
    await pilot.pause()


async def keys_there(roommate: Roommate, place: Place) -> list[str]:
    """The keys that can be held there."""
    app = RoommateApp(first(roommate, place))
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to(pilot, place)
        return keys_of(app, place)


def resident() -> int:
    """The bytes of memory that this process takes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def _tell(roommate: Roommate, place: Place, presses: int) -> None:
    for key in await keys_there(roommate, place):
        grown = await grown_by(roommate, place, key, presses, resident)
        print(json.dumps([key, grown]), flush=True)


def tell(whose: str, number: str, presses: str) -> None:
    """In a process of its own: hold each key of a place, and print by how much that made it grow."""
    asyncio.run(_tell(ROOMMATES[whose], PLACES[int(number)], int(presses)))


def run(scale: float, seed: int) -> Outcome:
    """All keys of all places, each place in a process of its own.

    Args:
        scale: What part of `PRESSES`.
        seed: Nothing is random here.
    """
    outcome, presses = Outcome("held keys", seed, "presses"), max(round(PRESSES * scale), 1)
    for whose in ROOMMATES:
        for number, place in enumerate(PLACES):
            _hold_all(outcome, whose, number, place, presses)
    return outcome


def _hold_all(outcome: Outcome, whose: str, number: int, place: Place, presses: int) -> None:
    command = [sys.executable, "-c", PROGRAM, whose, str(number), str(presses)]
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": folder}
        result = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    most = 0
    for told in result.stdout.splitlines():
        key, grown = json.loads(told)
        outcome.count += presses
        most = max(most, grown)
        if grown > MAX_GROWN:
            outcome.failures.append(f"{whose}, {place.name}: {key} held makes it grow by {grown / 2**20:.0f} MB")
    outcome.seen[f"MB at most, {whose}, {place.name}"] = round(most / 2**20)
    if result.returncode:
        outcome.failures.append(f"{whose}, {place.name}: {result.stderr[-800:]}")
