"""Who walks: the timeline, the training runs, and what has been told of them; commands are methods of its parts."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from threading import Event

from model.errors import FileError, InputError
from model.simulation.simulation import Simulation
from model.simulation.timeline import Timeline
from model.storage.saved_runs import SavedRun
from model.training.run import TrainingRun
from model.training.snapshot import TrainingSnapshot
from tui.plain.glyphs import SpokenGlyphs
from tui.plain.news import AlreadyTold, news
from tui.session.run_library import Runs, offer_of
from tui.session.state_directory import UNSAVED

MAX_TYPED = 500
"""So many lines that were typed can be told again."""


class Walker:
    """Holds the timeline as the screen does, and tells what is new after each command.

    A command is a method that takes the words after it and gives lines: remarks, for what the new simulation shows
    is told by `news`.

    Args:
        simulation: What is told first.
        glyphs: Characters to write with.
        runs: The training runs.
    """

    def __init__(self, simulation: Simulation, glyphs: SpokenGlyphs, runs: Runs) -> None:
        self.timeline = Timeline(simulation)
        self.glyphs, self.runs = glyphs, runs
        self.heard = AlreadyTold()
        self.typed: deque[str] = deque(maxlen=MAX_TYPED)
        """The last lines that were typed."""
        self.told: list[str] = []
        """The lines that the last command gave, for who did not catch them."""
        self.stop = Event()
        """Set where a person wants something long to end."""
        self.training = False
        self.over = False
        self.trouble = ""
        self.unsaved: TrainingRun | None = None
        self.bytes_saved = 0
        self.offered: list[SavedRun] = []
        self._opened = self._save_failed = False

    @property
    def simulation(self) -> Simulation:
        """The present of the timeline."""
        return self.timeline.present

    def walk(self, simulation: Simulation) -> None:
        """Go on without remembering what was before."""
        self.timeline = self.timeline.walk(simulation)

    def change(self, simulation: Simulation) -> None:
        """Go on, and let undo bring back what was before."""
        self.timeline = self.timeline.change(simulation)

    def news(self) -> list[str]:
        """What is new since the last time."""
        lines, self.heard = news(self.heard, self.simulation, self.glyphs)
        return lines

    def mark_as_told(self) -> None:
        """Take what is new for told."""
        self.heard = replace(self.heard, simulation=self.simulation)

    # The run of lesson 4

    @property
    def moment(self) -> TrainingSnapshot:
        """The run at the update that is looked at.

        Raises:
            InputError: The lesson does not train.
        """
        moment = self.simulation.situation.learning
        if not self.simulation.situation.trains or moment is None:
            raise InputError("That belongs to lesson 4: 'lesson 4' goes there.")
        return moment

    @property
    def run(self) -> TrainingRun:
        """The run that is shown.

        Raises:
            InputError: The lesson does not train, or the run was let go.
        """
        _ = self.moment
        branch = self.simulation.situation.branch
        if branch not in self.runs:
            raise InputError("That run is no longer kept; r starts one.")
        return self.runs[branch]

    def open_lesson_4(self) -> list[str]:
        """Go to the lesson with its run; the first time with a word about the run of last time."""
        self.walk(self.runs.opened(self.simulation))
        lines = self.news()
        if self._opened:
            return lines
        self._opened = True
        self.offered, faults = self.runs.left()
        lines += [f"A run that was saved cannot be read: {fault}" for fault in faults]
        for place, left in enumerate(self.offered):
            again = f"'resume{f' {place + 1}' if place else ''}' goes on with it."
            lines.append(f"{offer_of(left, self.simulation.situation.roommate)} {again}")
        return lines

    def show_run(self, run: TrainingRun) -> None:
        """Show a new run in place of the one before; undo brings that one back."""
        self.trouble = ""
        self.change(self.simulation.with_learning(run.moment(), self.runs.adopt(run)))

    def show_moment(self, moment: TrainingSnapshot) -> None:
        """Show the run at another of its updates."""
        self.walk(self.simulation.with_learning(moment, self.simulation.situation.branch))

    def run_to_go_on(self) -> TrainingRun:
        """The run that is shown, cut off at the update that is looked at."""
        if self.moment.update < self.run.update:
            self.show_run(self.run.rewound(self.moment.update))
        return self.run

    def save_quietly(self, run: TrainingRun) -> list[str]:
        """Write the run down for the next start; where that is impossible, say so once and go on."""
        self.unsaved = None
        try:
            self.bytes_saved = self.runs.save(run)
        except FileError as error:
            failed, self._save_failed = self._save_failed, True
            return [] if failed else [f"{UNSAVED}{error}"]
        self._save_failed = False
        return []

    def leave(self) -> list[str]:
        """Save the updates that have not been saved yet."""
        return [] if self.unsaved is None else self.save_quietly(self.unsaved)


def number(text: str, least: int, most: int, what: str) -> int:
    """A whole number as typed.

    Raises:
        InputError: It is none, or not one of those there are.
    """
    value = int(text) if text.isdecimal() and len(text) < 9 else -1
    if not least <= value <= most:
        raise InputError(f"{text[:24]!r} is no {what}: give a number from {least} to {most:,}.")
    return value
