"""Runs that are saved by themselves, and gone on with: after a crash, a lost connection, or another day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.screen import Screen

from model.errors import FileError
from model.simulation.simulation import Simulation
from model.storage.saved_runs import SavedRun
from model.training.run import TrainingRun
from tui.screens.messages import AutosaveFailed
from tui.session.run_library import Runs, offer_of, told_of
from tui.session.state_directory import UNSAVED
from tui.session.training_controls import TrainingControls


class SessionActions(Screen[None]):
    """The part of the walk screen that keeps runs; `LearnActions` brings it along."""

    if TYPE_CHECKING:
        # What the walk screen itself and its other parts bring.
        simulation: Simulation
        desk: TrainingControls
        _runs: Runs
        open_lesson_4: Callable[[], None]
        _change: Callable[[Simulation], None]
        _look_at_training: Callable[[], None]
        _when_idle: Callable[[Callable[[], None]], None]

    def start_sessions(self) -> None:
        """Set up; called before the screen is shown."""
        self._state_failed = False
        self._asked = False

    def _save_quietly(self, run: TrainingRun) -> int:
        """Write the run down for the next start; where that is impossible, go on without. Gives the bytes written."""
        try:
            size = self._runs.save(run)
            self._state_failed = False
        except FileError as error:
            if not self._state_failed:  # said once; a full disk may have room again before long
                self.post_message(AutosaveFailed(str(error)))
            self._state_failed = True
            return 0
        return size

    def on_autosave_failed(self, message: AutosaveFailed) -> None:
        """Say it once; training matters more."""
        self.notify(f"{UNSAVED}{message.reason}", severity="warning", timeout=8, markup=False)

    # Going on

    def _left(self) -> list[SavedRun]:
        """The runs that other sessions have left, the newest first."""
        runs, faults = self._runs.left()
        for fault in faults:
            self._cannot_be_read(fault)
        return runs

    def _cannot_be_read(self, fault: FileError) -> None:
        self.notify(f"A run that was saved cannot be read: {fault}", severity="warning", timeout=8, markup=False)

    def offer_what_was_cut(self) -> None:
        """At the start: where a run was cut off a moment ago, ask at once; otherwise lesson 4 does."""
        state = self._runs.state
        runs = self._left() if state is not None and state.lately_cut() else []
        if any(left.cut for left in runs):
            self._offer(runs)

    def offer_what_is_left(self) -> None:
        """Ask, unless it was asked before."""
        if not self._asked:
            self._offer(self._left())

    def _offer(self, runs: list[SavedRun]) -> None:
        """Ask whether to go on with a run that was left, once."""
        self._asked = True
        told = {told_of(left, self.simulation.situation.roommate): left for left in reversed(runs)}
        choices = tuple(reversed(told))  # of runs that are told alike the newest
        from tui.screens.questions import ChooseScreen, ConfirmScreen  # noqa: PLC0415

        def go_on(index: int) -> None:
            self._when_idle(lambda: self._take(told[choices[index]]))

        if len(choices) == 1:
            offered = offer_of(told[choices[0]], self.simulation.situation.roommate)
            question = f"{offered}\nGo on with it?"
            self.app.push_screen(ConfirmScreen(question), lambda yes: go_on(0) if yes else None)
        elif choices:
            question = "Go on with one of these runs? Esc: with none of them."
            words = [f"{seed}, {updates}, {when}{whose}" for seed, updates, when, whose in choices]
            self.app.push_screen(
                ChooseScreen(question, words), lambda word: None if word is None else go_on(words.index(word))
            )

    def _take(self, left: SavedRun) -> None:
        """Make a run that was left ours."""
        state = self._runs.state
        assert state is not None
        try:
            run = left.load()
        except FileError as error:
            self._cannot_be_read(error)
            return
        there = True
        try:
            there = state.take(left)
        except FileError as error:  # it is read already, and can be gone on with
            self.post_message(AutosaveFailed(str(error)))
        if run is None or not there:
            self.notify("Another session has gone on with that run.", severity="warning", timeout=6)
            self._offer(self._left())  # the others, where there are any
            return
        if not self.simulation.situation.trains:
            self._look_at_training()
            self.open_lesson_4()
        self._resume(run)

    def _resume(self, run: TrainingRun) -> None:
        """Go on with a run, and with the roommate it belongs to; undo brings back who was here before."""
        self.desk = replace(self.desk, trouble="")
        self._change(self._runs.resumed(self.simulation, run))
