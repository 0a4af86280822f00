"""The training runs of a session: those that undo can bring back, and those that other sessions have left."""

from __future__ import annotations

from dataclasses import replace

from model.errors import FileError
from model.roommate.diary import Diary
from model.roommate.roommate import Roommate
from model.simulation.lessons import TRAINING_LESSON
from model.simulation.observed import observed
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.saved_runs import SavedRun, SavedRuns
from model.storage.scenarios import find_scenario, shipped
from model.training.config import TrainingConfig, for_diary
from model.training.run import TrainingRun
from model.training.setting_bounds import MAX_UPDATES
from tui.session.permalink import UNSAVED

MAX_RUNS = 100
"""Runs that undo can bring back; older ones are let go."""

MAX_KEPT_BYTES = 8 * 2**20
"""What the runs that are not on the screen may take together; older ones are let go, but never the one before."""

FURTHER = 1000
"""Updates that are made beyond a goal that is reached, when a person trains on."""


class Runs:
    """Training runs by their `Situation.run_id`.

    Args:
        config: The settings of the first run.
        state: Where runs are saved automatically; None: nowhere.
        run: The first run, where there is one already; its id becomes 1.
    """

    def __init__(self, config: TrainingConfig, state: SavedRuns | None, run: TrainingRun | None = None) -> None:
        self._first_config = config
        self.state = state
        self._runs: dict[int, TrainingRun] = {}
        self._latest = self._shown = 0
        self._beyond: TrainingConfig | None = None
        self._goal = config
        if run is not None:
            self.adopt(run)

    def __contains__(self, run_id: int) -> bool:
        return run_id in self._runs

    def __getitem__(self, run_id: int) -> TrainingRun:
        """The run of an id; the one that was looked at before rests, for only one is on the screen."""
        if run_id != self._shown and self._shown in self._runs:
            self._runs[self._shown].rest()
        self._shown = run_id
        return self._runs[run_id]

    def adopt(self, run: TrainingRun) -> int:
        """Give a run an id of its own; the others rest, and the oldest of them are let go."""
        others = self._runs
        self._latest += 1
        self._runs = {self._latest: run}
        room, counted = MAX_KEPT_BYTES, set(run.kept)
        for run_id in sorted(others, reverse=True)[: MAX_RUNS - 1]:
            others[run_id].rest()
            arrays = others[run_id].kept
            room -= sum(arrays[one] for one in arrays.keys() - counted)
            if room < 0 and len(self._runs) > 1:
                break
            counted |= arrays.keys()
            self._runs[run_id] = others[run_id]
        return self._latest

    def run_id_of(self, roommate: Roommate, diary: Diary | None = None) -> int:
        """The id of the latest run that learns this roommate's rule, from these days; else a new one."""
        theirs = [b for b, run in self._runs.items() if run.roommate == roommate and run.diary is diary]
        if theirs:
            return max(theirs)
        config = self._first_config if diary is None else for_diary(self._first_config, diary)
        return self.adopt(TrainingRun(roommate, config, diary))

    # What is shown of them

    def opened(self, simulation: Simulation) -> Simulation:
        """The lesson that learns, with its run; the first one is made where there is none."""
        if not simulation.situation.trains:
            simulation = replace(simulation.with_lesson(TRAINING_LESSON), revealed=True)
        if simulation.situation.learning is None:
            run_id = self.run_id_of(simulation.situation.roommate, simulation.situation.diary)
            simulation = replace(simulation, revealed=True)
            simulation = simulation.with_learning(self._runs[run_id].moment(), run_id)
        return simulation

    def resumed(self, simulation: Simulation, run: TrainingRun) -> Simulation:
        """Show a saved run with its roommate; undo brings back the roommate before."""
        run_id = self.adopt(run)
        if run.roommate == simulation.situation.roommate:
            return simulation.with_learning(run.moment(), run_id)
        if run.diary is not None:
            situation = observed(run.diary, run.roommate, UNSAVED, TRAINING_LESSON)
            return Simulation(situation, revealed=True).with_learning(run.moment(), run_id)
        days = tuple(day % len(run.roommate.weathers) for day in range(6))
        known = (name for name in shipped() if find_scenario(name).roommate == run.roommate)
        scenario = next(known, UNSAVED)
        situation = Situation(run.roommate, TRAINING_LESSON, days, scenario="" if scenario == "lecture" else scenario)
        return Simulation(situation, revealed=True).with_learning(run.moment(), run_id)

    # Goals

    def go_beyond(self, run: TrainingRun) -> None:
        """Let a run that has reached its goal go on for some updates."""
        config = run.config
        updates = min(max(config.updates, run.update) + FURTHER, MAX_UPDATES)
        if self._beyond is None or (config.stop, config.updates) != (self._beyond.stop, self._beyond.updates):
            self._goal = config
        self._beyond = replace(config, stop="updates", updates=updates)
        run.configure(self._beyond)

    def to_begin_with(self, config: TrainingConfig) -> TrainingConfig:
        """The settings of a new run after one with these: as before it went beyond its goal."""
        beyond = self._beyond
        if beyond is not None and (config.stop, config.updates) == (beyond.stop, beyond.updates):
            return replace(config, stop=self._goal.stop, updates=self._goal.updates)
        return config

    # Files

    def save(self, run: TrainingRun) -> int:
        """Save a run for the next start.

        Returns:
            The bytes that were written.

        Raises:
            FileError: It cannot be written.
        """
        return 0 if self.state is None else self.state.save(run.record())

    def abandoned(self) -> tuple[list[SavedRun], list[FileError]]:
        """The runs with updates that other sessions have left, the newest first; and those that cannot be read."""
        runs, faults = ([], []) if self.state is None else self.state.abandoned()
        return [saved for saved in runs if saved.head.update], faults
