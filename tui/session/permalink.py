"""The command line that opens a given screen, as text; or what has to be saved before there is one."""

from __future__ import annotations

import shlex
from dataclasses import fields, replace

from model.language import N_, _
from model.network.origins import put_in_place
from model.simulation.lessons import LESSONS
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig, for_diary
from model.training.setting_bounds import OF_THE_WAY_BACK
from model.training.setting_texts import written_settings

UNSAVED = "(not saved)"
"""Placeholder for the scenario of a roommate without a file; no command line can open it."""

NO_RULE = N_("No command line knows this rule yet.")
NO_DIARY = N_("No command line knows the diary that this run learns from: O opens it from its file again.")
NO_WEIGHTS = N_("No command line knows these weights yet.")
NO_RUN = N_(
    "No command line makes this run again: settings, weights or weeks were changed on its way. Its weights open in "
    "the lesson of their network."
)
"""Why there is no command line for a screen, and what helps."""


def missing(situation: Situation) -> str:
    """What has to be saved before a command line can open what is shown, as a sentence; nothing where it can."""
    if situation.scenario == UNSAVED:
        return _(NO_RULE)
    if situation.diary_file == UNSAVED:
        return _(NO_DIARY)
    moment = situation.snapshot
    if moment is not None:
        configs = [_numbers_of(config) for _at, config in moment.configs] or [_numbers_of(moment.config)]
        changed = any(config != configs[0] for config in configs) or moment.edited or moment.aimed
        return _(NO_RUN) if changed else ""
    network = situation.custom_networks.get(situation.lesson)
    if network is None or situation.lesson in situation.files:
        return ""
    hand_set = situation.hand_set
    by_hand = network.cell is hand_set.cell and network.parameters.sizes == hand_set.parameters.sizes
    by_hand = by_hand and bool((network.parameters.flat == hand_set.parameters.flat).all())
    return "" if by_hand else _(NO_WEIGHTS)


def _numbers_of(config: TrainingConfig) -> TrainingConfig:
    """The settings without those that only say when a run ends."""
    usual = TrainingConfig()
    ends = {name: getattr(usual, name) for name in ("stop", "hold", "loss_below", "updates")}
    return replace(config, **ends)


def command_for(simulation: Simulation) -> str:
    """``roommate-tui --lesson 3 --weather … --start … --day 2 --step 4`` for what is on the screen."""
    situation = simulation.situation
    roommate = situation.roommate
    scenario = situation.scenario
    if not scenario and not situation.diary and LESSONS[situation.lesson].guest:
        scenario = "lecture"
    words = ["roommate-tui", *(["--scenario", scenario] if scenario else [])]
    words += ["--diary", situation.diary_file] if situation.diary else []
    words += ["--weights", situation.files[situation.lesson]] if situation.lesson in situation.files else []
    words += ["--lesson", str(situation.lesson)]
    words += ["--weather", ",".join(roommate.weathers[weather] for weather in situation.week)]
    words += ["--start", roommate.states[situation.start]]
    if situation.targets is not None:
        words += ["--targets", ",".join(roommate.dishes[dish] for dish in situation.targets)]
    words += _of_the_run(situation) if situation.trains else _of_the_way_back(situation)
    if simulation.backward:
        words.append("--backward")
    if simulation.backward or simulation.day or simulation.step:
        words += ["--day", str(simulation.day + 1), "--step", str(simulation.step + 1)]
    words += [] if simulation.row is None else ["--entry", str(simulation.current_entry + 1)]
    if simulation.revealed is not situation.trains:
        words.append("--reveal" if simulation.revealed else "--no-reveal")
    words += ["--letters"] if situation.lettered else []
    return shlex.join(words)


OF_ITS_OWN = ("seed", "network", "feedback", "activation")
"""The settings that have an option of their own."""


def _of_the_run(situation: Situation) -> list[str]:
    """The settings of the run, and how far it has come."""
    config = situation.config
    usual = TrainingConfig(network=config.network)
    words = ["--seed", str(config.seed)]
    if situation.learning is not None and situation.learning.update:
        words += ["--update", str(situation.learning.update)]
    words += ["--network", config.network] if config.network != TrainingConfig().network else []
    words += ["--feedback", config.feedback] if config.feedback != usual.feedback else []
    words += ["--activation", config.activation] if config.activation != usual.activation else []
    usual = usual if situation.diary is None else for_diary(usual, situation.diary)
    names = [field.name for field in fields(TrainingConfig) if field.name not in OF_ITS_OWN]
    settings = written_settings(config, names, usual)
    return [*words, *(["--settings", settings] if settings else [])]


def _of_the_way_back(situation: Situation) -> list[str]:
    """What is fed back, the settings of the way back, and the non-linearity."""
    words = []
    if situation.fed_back is not None:
        words += ["--feedback", str(situation.fed_back)]
    made, usual = situation.made.get(situation.lesson), TrainingConfig(network=situation.config.network)
    if made is not None and made.config is not None:
        usual = usual.with_way_back_of(made.config)
    settings = written_settings(situation.config, [name for name in OF_THE_WAY_BACK if name != "feedback"], usual)
    words += ["--settings", settings] if settings else []
    activation = situation.network.activation.name
    if situation.lesson in situation.files:
        activation = put_in_place(situation.network.origin)
    elif activation == situation.hand_set.activation.name:
        activation = ""
    return [*words, *(["--activation", activation] if activation else [])]
