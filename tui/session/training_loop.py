"""The body of the training worker: it owns a run while it works, and tells what happens by posting values.

Small numpy calls hold the interpreter's lock in short pieces, which would starve the screen; so the loop steps aside
before each update while the screen works, and takes all of the time in which the screen has nothing to do.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from model.errors import RoommateError
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from model.training.snapshot import TrainingSnapshot

POSTS_A_SECOND = 10.0
"""How often the screen hears of a run at the most: redrawing more often only costs bytes on a slow line."""

FEWEST_POSTS_A_SECOND, SHARE_OF_SCREEN = 3.0, 0.05
"""Where the screen takes more than this share of the time, for it is large or keys are pressed, it hears less often,
but not less often than this."""

SHARE_OF_FRAMES = 0.4
"""How many of the frames that may be drawn a run takes at the most, where they are few: keys want some, too."""

SLICE_SECONDS = 0.004
"""How long the loop works at full speed before it looks at the clock, its settings and whether to stop."""

PATIENCE = 0.1
"""Seconds after which it makes an update although the screen still works: training goes on in any case."""

SAVES_EVERY = 2.0
"""Seconds between two automatic saves of a short run."""

SAVED_A_SECOND, LONGEST_PAUSE = 2**20, 5.0
"""Bytes that automatic saves may write on average, and the seconds to which this may keep them apart: a run that has
become too long for its journal is written whole, which a run of a million updates is every few minutes."""

SHARE_OF_SAVES = 0.05
"""The part of the time that they may take."""


def _set() -> Event:
    event = Event()
    event.set()
    return event


@dataclass
class Control:
    """What the screen may change while a worker works; each value is swapped whole.

    Attributes:
        config: The settings.
        pace: Updates a second; infinite: as fast as the machine goes.
        posts: How often a second the screen hears of the run at the most.
        stop: Set to end the work.
        until: The update at which the work ends.
        screen_idle: Set while the screen has nothing to do.
        aside: The seconds that the work has stepped aside for the screen.
    """

    config: TrainingConfig
    pace: float
    posts: float = POSTS_A_SECOND
    stop: Event = field(default_factory=Event)
    until: float = math.inf
    screen_idle: Event = field(default_factory=_set)
    aside: float = 0.0

    def step_aside(self) -> None:
        """Wait while the screen works: then a key is answered as if nobody trained."""
        if not self.screen_idle.is_set():
            begin = time.monotonic()
            self.screen_idle.wait(PATIENCE)
            self.aside += time.monotonic() - begin

    def pause_between_posts(self, aside: float) -> float:
        """The seconds from a post to the next, when the screen has taken so many since the last."""
        slowest = max(1 / FEWEST_POSTS_A_SECOND, 1 / self.posts)
        return min(max(1 / self.posts, aside / SHARE_OF_SCREEN), slowest)


def pause_after(size: int, took: float) -> float:
    """The seconds from an automatic save to the next.

    Args:
        size: The bytes that were written.
        took: The seconds that it took.
    """
    return max(SAVES_EVERY, min(size / SAVED_A_SECOND, LONGEST_PAUSE), took / SHARE_OF_SAVES)


def posts_for(frames: float) -> float:
    """How often a second a screen that draws so many frames a second hears of a run."""
    return min(POSTS_A_SECOND, SHARE_OF_FRAMES * frames)


def work(
    run: TrainingRun, control: Control, post: Callable[[TrainingSnapshot], None], save: Callable[[TrainingRun], int]
) -> str:
    """Make updates until the run is finished, has come as far as the control says, or is told to stop.

    Args:
        run: The run; nobody else may touch it meanwhile.
        control: What the screen may change meanwhile.
        post: Takes a moment of the run now and then, and always the last one.
        save: Writes the run down and gives the bytes that it has; called now and then, and at the end.

    Returns:
        Why it stopped, if it did so by itself and without reaching its goal.
    """
    trouble = ""
    posted = last = time.monotonic()
    aside = control.aside
    due_to_save = posted + SAVES_EVERY
    try:
        while not (control.stop.is_set() or run.finished or run.update >= control.until):
            if control.config is not run.config and control.config != run.config:
                run.configure(control.config)
                post(run.moment())  # however slow the pace: a person wants to see what has been set
                continue
            if math.isinf(control.pace):
                _slice(run, control)
                last = time.monotonic()
            else:
                due = max(last + 1 / control.pace, time.monotonic() - 0.25)
                if not _is_time(due, control):
                    continue
                behind = time.monotonic() - due
                count = 1 + int(behind * control.pace) if control.pace > 50 else 1
                control.step_aside()
                run.advance(int(min(count, run.config.updates - run.update, control.until - run.update)))
                last = due + (count - 1) / control.pace
            now = time.monotonic()
            if now - posted >= control.pause_between_posts(control.aside - aside):
                posted, aside = now, control.aside
                post(run.moment())
            if now >= due_to_save:
                size, after = save(run), time.monotonic()
                due_to_save = after + pause_after(size, after - now)
    except RoommateError as error:
        trouble = str(error)
    save(run)
    return trouble


def _slice(run: TrainingRun, control: Control) -> None:
    end = time.monotonic() + SLICE_SECONDS
    while time.monotonic() < end and not run.finished and run.update < control.until:
        control.step_aside()
        run.advance()


def _is_time(due: float, control: Control) -> bool:
    """Wait for a time; False where a stop, another pace or other settings came before it."""
    config, pace = control.config, control.pace
    while (left := due - time.monotonic()) > 0:
        control.stop.wait(min(left, 0.05))
        if control.stop.is_set() or control.config is not config or control.pace != pace:
            return False
    return True
