"""Commands of the lesson that learns: training, travel through its updates, its settings."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from model.errors import FileError, InputError
from model.training.diagnosis import diagnose
from model.training.run import TrainingRun
from tui.plain.steps import Lines, Words
from tui.plain.training import cases, losses, next_told, progress, settings
from tui.plain.walker import Walker, number
from tui.session import training_loop as worker
from tui.session.actions import make_update
from tui.session.state_directory import UNSAVED
from tui.text.diagnosis import in_words

SILENCE = 5.0
"""Seconds after which slow training tells how far it has come, whatever the update."""


class LearnCommands(Walker):
    """Training as lines; one at a time, in the one thread there is."""

    make_update_shown: Callable[[], Lines]

    def train(self, rest: Words) -> Lines:
        """Train to the goal, or for some updates; Ctrl+C pauses."""
        if not self.simulation.situation.trains:
            yield from self.open_lesson_4()
            if not rest:
                yield "'train' again begins."
                return
        until = bool(rest) and "until".startswith(rest[0].casefold())
        count = math.inf if until or not rest else number(rest[0], 1, 1_000_000, "number of updates")
        run = self.run_to_go_on()
        if until and run.config.stop != "learned":
            run.configure(replace(run.config, stop="learned", updates=max(run.config.updates, run.update + 10_000)))
        if run.finished:
            if until and run.reached:
                yield in_words(diagnose(self.moment), self.moment.roommate)
                return
            self.runs.go_beyond(run)
            yield f"The goal is reached; going on to update {run.config.updates:,} at the most."
        yield from self._advance(run, run.update + count)

    def _advance(self, run: TrainingRun, end: float) -> Lines:
        """Work in stretches, with a line after each; the last one says how it ended."""
        control = worker.Control(run.config, math.inf, stop=self.stop)
        self.trouble, self.training = "", True
        told, due = time.monotonic(), time.monotonic() + worker.SAVES_EVERY
        not_saved: list[str] = []

        def post(_: object) -> None:
            if time.monotonic() - told > SILENCE:
                control.until = run.update

        def save(run: TrainingRun) -> int:
            nonlocal due
            if (began := time.monotonic()) >= due:
                not_saved.extend(self.save_quietly(run))
                due = time.monotonic() + worker.pause_after(self.bytes_saved, time.monotonic() - began)
            return self.bytes_saved

        try:
            while not (self.stop.is_set() or run.finished or run.update >= end or self.trouble):
                control.until = min(end, next_told(run.update))
                self.trouble = worker.work(run, control, post, save)
                self.unsaved = run
                told = time.monotonic()
                self.show_moment(run.moment())
                self.mark_as_told()
                yield progress(self.moment)
        finally:
            self.training = False
        yield from (*not_saved, *self.save_quietly(run))
        paused = self.stop.is_set() and not run.finished and not self.trouble
        yield (
            f"Paused; 'train' goes on. {in_words(diagnose(self.moment), self.moment.roommate)}"
            if paused
            else self._how_it_goes()
        )

    def _how_it_goes(self) -> str:
        return self.trouble or in_words(diagnose(self.moment), self.moment.roommate)

    def one_update(self, _: Words) -> Lines:
        """Exactly one update; on the way back the very one that is shown."""
        if self.simulation.backward and not self.simulation.situation.trains:
            return self.make_update_shown()
        run, simulation = self.run_to_go_on(), self.simulation
        self.trouble = make_update(run, simulation)
        self.unsaved = run
        self.show_moment(run.moment())
        return [self.trouble] if self.trouble else []

    # Travel

    def travel(self, _: Words, by: int) -> Lines:
        """One update back or forth; in a long run a hundredth of it."""
        moment = self.moment
        return self._travel_to(moment.update + by * max(moment.latest // 100, 1))

    def travel_end(self, _: Words, latest: bool) -> Lines:
        """To the first or the latest update."""
        return self._travel_to(self.moment.latest if latest else 0)

    def ask_update(self, rest: Words) -> Lines:
        """To an update by its number."""
        latest = self.moment.latest
        if not rest:
            raise InputError(f"Which update? 0 to {latest:,}, such as 'update {latest}'.")
        return self._travel_to(number(rest[0].replace(",", ""), 0, latest, "update of this run"))

    def _travel_to(self, update: int) -> Lines:
        run, before = self.run, self.moment.update
        there = min(max(update, 0), run.update)
        if there == before:
            which = "the latest update" if there == run.update else f"update {there:,}"
            return [f"This is {which} already."]
        self.show_moment(run.moment(there))
        return []

    # Beginning again

    def restart(self, _: Words, new_seed: bool) -> Lines:
        """Start again, with the same seed or a new one."""
        config = self.runs.to_begin_with(self.moment.config)
        if new_seed:
            config = replace(config, seed=int(np.random.default_rng().integers(10_000)))
        self.show_run(TrainingRun(self.moment.roommate, config))
        return [f"Started again with seed {config.seed}."]

    def seed(self, rest: Words) -> Lines:
        """Start again with a seed."""
        seed = self.moment.config.seed
        if not rest:
            return [f"The seed is {seed}; 'seed 7' starts with another."]
        config = self.runs.to_begin_with(self.moment.config)
        config = replace(config, seed=number(rest[0], 0, 99_999_999, "seed"))
        self.show_run(TrainingRun(self.moment.roommate, config))
        return [f"Started with seed {config.seed}."]

    def resume(self, words: Words) -> Lines:
        """Go on with a run that was left, so that nobody else does."""
        if not self.simulation.situation.trains:
            yield from self.open_lesson_4()
        if not self.offered:
            yield "No run was saved last time."
            return
        place = number(words[0], 1, len(self.offered), "run that was offered") if words else 1
        left, self.offered = self.offered[place - 1], []
        assert self.runs.state is not None
        try:
            run = left.load()
        except FileError as error:
            yield f"A run that was saved cannot be read: {error}"
            return
        there = True
        try:
            there = self.runs.state.take(left)
        except FileError as error:  # it is read already, and can be gone on with
            yield f"{UNSAVED}{error}"
        if run is None or not there:
            yield "Another session has gone on with that run."
            return
        self.trouble = ""
        self.change(self.runs.resumed(self.simulation, run))

    # Telling

    def settings(self, _: Words) -> Lines:
        """A line for each setting."""
        return settings(self.simulation)

    def loss(self, _: Words) -> Lines:
        """How the run goes and went; elsewhere the loss of the week."""
        if not self.simulation.situation.trains:
            return [f"The loss of the week is {self.simulation.situation.loss:.4g}: cross-entropy in nats."]
        return losses(self.moment, self.trouble)

    def cases(self, _: Words) -> Lines:
        """What the network answers in each case."""
        return cases(self.simulation, self.moment, self.glyphs)
