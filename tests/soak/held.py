"""Keys that are held down: every key of every page, with the smallest and the largest roommate; memory stays."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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

FIRST = 20
"""How often a key is pressed before anything is measured: what is made once is no growth."""

PRESSES = 5000
"""How often each key comes at full scale: a key that is held for two minutes and a half."""

MAX_GROWN = 50 * 2**20
"""The bytes that a program may grow by meanwhile."""

MAX_SECONDS = 20.0
"""The processor's time that one key may take at full scale: of one that costs more, fewer are pressed.

A person's terminal sends no more either: what the program cannot keep up with is dropped before it gets there.
"""

BATCH = 100
"""Keys that come before the screen is drawn, if they can be dealt with soon; of slow ones fewer."""

BATCH_SECONDS = 0.5
"""The processor's time that a batch should take."""

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


LETTERS = {_character_to_key(letter): letter for letter in map(chr, range(32, 127))}
"""The letters by the names that Textual gives to their keys."""


def event_of(key: str) -> events.Key:
    """A key, by its name or its letter, as the terminal's driver gives it to the application."""
    if len(key) == 1:
        return events.Key(_character_to_key(key), key)
    return events.Key(key, LETTERS.get(key))


def first(roommate: Roommate, place: Place) -> Simulation:
    """What is on the screen at the beginning."""
    situation = Situation(roommate, place.lesson, (0, len(roommate.weathers) - 1) * 3)
    if place.lesson != TRAINING_LESSON:
        situation = situation.with_custom_network(situation.network.with_activation(TANH))
    return Simulation(situation)


async def grown_by(
    roommate: Roommate, place: Place, key: str, presses: int, measure: Callable[[], int]
) -> tuple[int, int]:
    """By how much the program has grown, in bytes, after a key was held; it was pressed before, too.

    Args:
        roommate: Who cooks.
        place: Where.
        key: Which key.
        presses: How often.
        measure: Tells how large the program is.

    Returns:
        The growth, and how often the key was pressed: fewer times where that took too long, or where it ended the
        program.
    """
    app = RoommateApp(first(roommate, place))
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to(pilot, place)
        held = await _held(app, pilot, key, presses, measure)
        leave(app)
        return held


async def _held(
    app: RoommateApp, pilot: Pilot[None], key: str, presses: int, measure: Callable[[], int]
) -> tuple[int, int]:
    await _press(app, pilot, key, FIRST)
    gc.collect()
    before = measure()
    pressed = await _press(app, pilot, key, presses)
    gc.collect()
    return measure() - before, pressed


def leave(app: RoommateApp) -> None:
    """End the program in order, which a test otherwise leaves in the middle of what it does."""
    if app.walk is not None:
        app.walk.session.pause()
    app.exit()


async def go_to(pilot: Pilot[None], place: Place) -> None:
    """Open the place."""
    keys = ["b"] if place.backward else []
    await pilot.press(*keys, *DIALOGS.get(place.page, ()))
    await pilot.pause()


async def _press(app: RoommateApp, pilot: Pilot[None], key: str, times: int) -> int:
    """Press a key some times, and give how often it was."""
    pressed, batch, until = 0, 1, time.process_time() + max(MAX_SECONDS * times / PRESSES, 1.0)
    while pressed < times and not app.leaving and time.process_time() < until:
        last, batch = time.process_time(), min(batch, times - pressed)
        for _number in range(batch):
            app.post_message(event_of(key))
        pressed += batch
        await pilot.pause()
        batch = min(2 * batch, BATCH) if time.process_time() - last < BATCH_SECONDS / 2 else max(batch // 2, 1)
    return pressed


def resident() -> int:
    """The bytes of memory that this process takes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _state(app: RoommateApp) -> tuple[object, ...]:
    """What tells whether a key has changed anything."""
    walk = app.walk
    return list(app.screen_stack), app.focused, walk and (walk.simulation, walk.view, walk.player.playing)


async def _tell(roommate: Roommate, place: Place, presses: int) -> None:
    """Hold each key, in one app after another: where a key has changed something the next one begins anew."""
    left: list[str] | None = None
    while left is None or left:
        app = RoommateApp(first(roommate, place))
        async with app.run_test(size=(80, 24)) as pilot:
            await go_to(pilot, place)
            left = keys_of(app, place) if left is None else left
            before = _state(app)
            while left and _state(app) == before and not app.leaving:
                key = left.pop(0)
                grown, pressed = await _held(app, pilot, key, presses, resident)
                print(json.dumps([key, grown, pressed]), flush=True)
            leave(app)


def tell(whose: str, number: str, presses: str) -> None:
    """In a process of its own: hold each key of a place, and print by how much that made it grow."""
    asyncio.run(_tell(ROOMMATES[whose], PLACES[int(number)], int(presses)))


def run(scale: float, seed: int) -> Outcome:
    """All keys of all places: each place in a process of its own, as many at once as there are processors.

    Args:
        scale: What part of `PRESSES`.
        seed: Nothing is random here.
    """
    outcome, presses = Outcome("held keys", seed, "presses"), max(round(PRESSES * scale), 1)
    places = [(whose, number) for whose in ROOMMATES for number in range(len(PLACES))]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for part in threads.map(lambda place: _hold_all(place[0], place[1], presses), places):
            outcome.count += part.count
            outcome.seen += part.seen
            outcome.failures += part.failures
    return outcome


def _hold_all(whose: str, number: int, presses: int) -> Outcome:
    """All keys of one place."""
    outcome, place = Outcome("", 0, ""), PLACES[number]
    command = [sys.executable, "-c", PROGRAM, whose, str(number), str(presses)]
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": folder}
        result = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
    most, least = 0, presses
    for text in result.stdout.splitlines():
        key, grown, pressed = json.loads(text)
        outcome.count += pressed
        outcome.seen["keys"] += 1
        outcome.seen["keys too slow to be pressed as often"] += pressed < presses
        most, least = max(most, grown), min(least, pressed)
        if grown > MAX_GROWN:
            outcome.failures.append(f"{whose}, {place.name}: {key} held makes it grow by {grown / 2**20:.0f} MB")
    outcome.seen[f"MB at most, {whose}, {place.name}"] = round(most / 2**20)
    if result.returncode:
        outcome.failures.append(f"{whose}, {place.name}: {result.stderr[-800:]}")
    text = f"{outcome.count:,} presses, at least {least:,} of each, {most / 2**20:.1f} MB"
    sys.stderr.write(f"{whose}, {place.name}: {text}, {len(outcome.failures)} failures\n")
    return outcome
