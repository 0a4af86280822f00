"""The command line that opens a given screen, as text."""

from __future__ import annotations

import shlex

from model.simulation.lessons import LESSONS
from model.simulation.simulation import Simulation
from model.training.config import TrainingConfig

UNSAVED = "(not saved)"
"""Stands for the scenario of a roommate that no file is known of; no command line can open it."""


def command_for(simulation: Simulation) -> str:
    """``roommate-tui --lesson 3 --weather … --start … --day 2 --step 4`` for what is on the screen."""
    situation = simulation.situation
    roommate = situation.roommate
    scenario = situation.scenario or ("lecture" if LESSONS[situation.lesson].guest else "")
    words = ["roommate-tui", *(["--scenario", scenario] if scenario else [])]
    words += ["--lesson", str(situation.lesson)]
    words += ["--weather", ",".join(roommate.weathers[weather] for weather in situation.week)]
    words += ["--start", roommate.states[situation.start]]
    if situation.targets is not None:
        words += ["--targets", ",".join(roommate.dishes[dish] for dish in situation.targets)]
    config, usual = situation.config, TrainingConfig()
    if situation.trains:
        words += ["--seed", str(config.seed)]
        if situation.learning is not None and situation.learning.update:
            words += ["--update", str(situation.learning.update)]
        if config.network != usual.network:
            words += ["--network", config.network]
    if config.feedback != usual.feedback:
        words += ["--feedback", config.feedback]
    activation = situation.network.activation.name
    expected = usual.activation if situation.trains else situation.hand_set.activation.name
    if activation != expected:
        words += ["--activation", activation]
    if simulation.backward:
        words.append("--backward")
    if simulation.backward or simulation.day or simulation.step:
        words += ["--day", str(simulation.day + 1), "--step", str(simulation.step + 1)]
    return shlex.join(words)
