"""The command line that opens a given screen, as text."""

from __future__ import annotations

import shlex

from model.simulation import Simulation


def command_for(simulation: Simulation) -> str:
    """``roommate-tui --lesson 3 --weather … --start … --day 2 --step 4`` for what is on the screen."""
    situation = simulation.situation
    roommate = situation.roommate
    words = ["roommate-tui", "--lesson", str(situation.lesson)]
    words += ["--weather", ",".join(roommate.weathers[weather] for weather in situation.week)]
    words += ["--start", roommate.dishes[situation.start]]
    if simulation.day or simulation.step:
        words += ["--day", str(simulation.day + 1), "--step", str(simulation.step + 1)]
    return shlex.join(words)
