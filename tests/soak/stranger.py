"""Fifteen thousand random keys in a kiosk: no file is opened but the program's own, and no process is started."""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.end_to_end.terminal import ROOT
from tests.soak.held import event_of, leave
from tests.soak.outcome import Outcome
from tui.app.app import RoommateApp

KEYS = 15_000
"""How many there are at full scale."""

LENGTH = 500
"""Keys that one process is given."""

BATCH = 20
"""Keys that come before the screen is drawn."""

PRESSED = (
    *"lhnpjkgGvwdaAuUbfNeCxHoOE12345tr[]{}#sSLymcR+-?q0.-eé☔ /~",
    *("enter", "escape", "tab", "space", "up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    *("ctrl+p", "ctrl+l", "ctrl+c", "ctrl+z", "ctrl+r", "backspace", "enter", "enter", "escape", "escape"),
)
"""All that is pressed; what one answers mostly several times."""

PROGRAM = """
import sys
from tests.soak.stranger import tell
tell(sys.argv[1], int(sys.argv[2]))
"""

STARTS_A_PROCESS = {
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.forkpty",
    "pty.spawn",
}
CHANGES_FILES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"}


class Watch:
    """What this process opens, changes and starts, outside the folders that its own code is in."""

    def __init__(self) -> None:
        self.awake = False
        self.seen: list[str] = []
        self._own = tuple({str(ROOT), sys.prefix, sys.base_prefix, "/proc", "/dev/null"})

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """The audit hook."""
        if not self.awake:
            return
        if event in STARTS_A_PROCESS or event in CHANGES_FILES:
            self.seen.append(f"{event} {arguments!r}"[:200])
        elif event == "open" and isinstance(arguments[0], str | bytes):
            name = str(Path(os.fsdecode(arguments[0])).absolute())
            writes = isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
            if writes or not name.startswith(self._own):
                self.seen.append(f"open {name}")


async def _press(seed: str, keys: int, watch: Watch) -> int:
    """Press keys; where one of them ends the program, the next start has the rest. Gives the number of starts."""
    rng, pressed, starts = random.Random(seed), 0, 0
    while pressed < keys:
        app = RoommateApp(kiosk=True)
        starts += 1
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press(
                "question_mark", "escape"
            )  # Python opens the modules of the program when they are needed
            watch.awake = True
            while pressed < keys and not app.leaving:
                batch = [rng.choice(PRESSED) for _number in range(min(BATCH, keys - pressed))]
                batch = (
                    batch[: batch.index("q") + 1] if "q" in batch else batch
                )  # it ends the walk, and no other page
                for key in batch:
                    app.post_message(event_of(key))
                pressed += len(batch)
                await pilot.pause()
            watch.awake = False
            leave(app)
    return starts


def tell(seed: str, keys: int) -> None:
    """In a process of its own: press keys, and print what was opened and started."""
    watch = Watch()
    sys.addaudithook(watch)
    starts = asyncio.run(_press(seed, keys, watch))
    print(json.dumps([starts, watch.seen]))


def run(scale: float, seed: int) -> Outcome:
    """All sessions.

    Args:
        scale: What part of `KEYS`.
        seed: What each session is made from, together with its number.
    """
    outcome, most, number = Outcome("random keys in a kiosk", seed, "keys"), max(round(KEYS * scale), 1), 0
    while outcome.count < most:
        length = min(LENGTH, most - outcome.count)
        command = [sys.executable, "-c", PROGRAM, f"{seed} {number}", str(length)]
        with tempfile.TemporaryDirectory() as folder:
            environ = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": folder}
            result = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False)
            left = [path.name for path in Path(folder).iterdir()]
        starts, seen = json.loads(result.stdout) if result.returncode == 0 else (0, [result.stderr[-800:]])
        outcome.failures += [f"process {number}: {fault}" for fault in (*seen, *left)]
        outcome.seen["starts of the program"] += starts
        outcome.count += length
        number += 1
    return outcome
