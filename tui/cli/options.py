"""Turn parsed options into a scenario, weights and a situation."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from model.errors import InputError
from model.language import _
from model.network.names import TRAINABLE_NETWORKS
from model.roommate.parsing import listed, parse_dishes, parse_start, parse_week
from model.roommate.roommate import Roommate

if TYPE_CHECKING:
    from pathlib import Path

    from model.network.network import Network
    from model.roommate.diary import Diary
    from model.roommate.scenario import Scenario
    from model.simulation.situation import Situation
    from model.storage.weights import SavedWeights


def scenario_and_weights(options: argparse.Namespace) -> tuple[Scenario, SavedWeights | None]:
    """Who cooks, and the weights of ``--weights`` if it is given.

    It is the roommate of ``--scenario``; without it the one the weights were saved with, or the lecture's.

    Raises:
        FileError: A file is bad, or the weights belong to another roommate than the scenario's.
    """
    from model.roommate.scenario import LECTURE, Scenario

    files = files_read(options)
    scenario = scenario_of(options)
    if not hasattr(options, "weights"):
        return scenario or LECTURE, None
    from model.errors import FileError
    from model.storage.weights import load_weights

    saved = load_weights(files["--weights"])
    scenario = scenario or Scenario(saved.roommate)
    theirs, ours = saved.roommate, scenario.roommate
    if (theirs.dishes, theirs.weathers) != (ours.dishes, ours.weathers):
        raise FileError(
            _("{file}: its weights belong to another roommate, the {roommate}.").format(
                file=options.weights, roommate=theirs.name
            )
        )
    return scenario, saved


def files_read(options: argparse.Namespace, *written: str) -> dict[str, Path]:
    """The files that options name, each by its option, all of them apart where that matters.

    Commands can read a stream and write one; the screen, and lines, need their streams for themselves.

    Args:
        options: What was asked for.
        written: The names of the options whose files will be written.

    Raises:
        FileError: There can be no file of a name.
        InputError: One would be written over another, or a stream read twice.
    """
    named = {name: getattr(options, name, None) for name in ("scenario", "weights", "diary", *written)}
    if not any(typed is not None for typed in named.values()):
        return {}
    from model.storage.files import apart
    from model.storage.scenarios import scenario_path
    from model.storage.typed_paths import typed_path

    stream = bool(options.command)
    read: dict[str, Path] = {}
    targets: dict[str, Path] = {}
    for name, typed in named.items():
        if typed is None:
            continue
        reads = scenario_path if name == "scenario" else typed_path
        path = reads(typed, stream=stream)
        if path is not None:
            (targets if name in written else read)[f"--{name}"] = path
    apart(read, targets)
    return read | targets


def scenario_of(options: argparse.Namespace) -> Scenario | None:
    """The scenario of ``--scenario``, if it is given."""
    if not hasattr(options, "scenario"):
        return None
    from model.storage.scenarios import find_scenario

    return find_scenario(options.scenario, stream=bool(options.command))


def roommate_and_diary(options: argparse.Namespace, file: Path | None) -> tuple[Roommate, Diary | None]:
    """Whose rule is learned, and the days that it is learned from, if these are of ``--diary``.

    Args:
        options: What was asked for.
        file: The diary's.

    Raises:
        InputError: A part of a diary is held out, and there is none.
        FileError: A file is bad.
    """
    from model.roommate.diary import HELD_OUT
    from model.roommate.scenario import LECTURE
    from model.storage.diaries import load_diary

    scenario = scenario_of(options)
    if file is None:
        if options.held_out is not None:
            raise InputError(_("--held-out is a part of a diary: it needs --diary."))
        return (scenario or LECTURE).roommate, None
    base = None if scenario is None else scenario.roommate
    diary = load_diary(file, base, HELD_OUT if options.held_out is None else options.held_out)
    return diary.roommate(base), diary


def given_settings(options: argparse.Namespace) -> dict[str, Any]:
    """The settings of training that were given, each by its own option."""
    from dataclasses import fields

    from model.training.config import TrainingConfig

    return {
        field.name: getattr(options, field.name) for field in fields(TrainingConfig) if hasattr(options, field.name)
    }


def first_situation(options: argparse.Namespace, scenario: Scenario, lesson: int) -> Situation:
    """A scenario in a lesson, with the week and the start that are asked for."""
    from model.simulation.situation import Situation

    roommate = scenario.roommate
    week = parse_week(options.weather, roommate) if hasattr(options, "weather") else scenario.days
    start = parse_start(options.start, roommate) if hasattr(options, "start") else scenario.start
    return Situation(roommate, lesson, week, start, scenario=getattr(options, "scenario", ""))


def situation_of(options: argparse.Namespace) -> Situation:
    """The situation that the options of ``cook`` and ``explain`` describe."""
    from model.network.cells import CELLS
    from model.network.network import Network
    from model.simulation.lessons import lesson_of

    scenario, saved = scenario_and_weights(options)
    weights = None if saved is None else saved.network
    name = getattr(options, "network", "both" if weights is None else weights.cell.name)
    weights = weights or _random_of(options, scenario.roommate, name)
    if weights is not None and weights.cell.name != name:
        option = "--weights" if hasattr(options, "weights") else "--seed"
        raise InputError(
            _("{option} is for the network {network}, not for {name}.").format(
                option=option, network=weights.cell.name, name=name
            )
        )
    cell = CELLS[name]
    situation = first_situation(options, scenario, lesson_of(cell))
    if weights is None and situation.cell is not cell:
        weights = Network.by_hand(scenario.roommate, cell)
    if weights is not None:
        situation = situation.with_custom_network(weights, None if saved is None else saved.made)
    return with_way_back(options, situation)


def _random_of(options: argparse.Namespace, roommate: Roommate, network: str) -> Network | None:
    """The weights that lesson 4 starts with from ``--seed``, if it is given."""
    if not hasattr(options, "seed"):
        return None
    from model.training.config import TrainingConfig
    from model.training.trainer import Trainer

    network = network if network in TRAINABLE_NETWORKS else "both"
    return Trainer(roommate, TrainingConfig(seed=options.seed, network=network)).network


def with_way_back(options: argparse.Namespace, situation: Situation) -> Situation:
    """The situation with the dishes, the feedback and the non-linearity that are asked for."""
    from dataclasses import replace

    from model.network.activations import activation_named
    from model.network.schedule import Feedback
    from model.training.setting_bounds import OF_THE_WAY_BACK

    if hasattr(options, "targets"):
        situation = replace(situation, targets=parse_dishes(options.targets, situation.roommate))
    if situation.learning is not None:  # its run has been told
        return situation
    if hasattr(options, "activation"):
        activation = activation_named(options.activation)
        if situation.network.linear:
            raise InputError(
                _("--activation {activation}: the network {network} is one product and has no non-linearity.").format(
                    activation=activation.name, network=situation.cell.name
                )
            )
        made = situation.made.get(situation.lesson)
        situation = situation.with_custom_network(situation.network.with_activation(activation), made)
    if given := settings_of(options):
        settings = replace(situation.settings, **{name: given[name] for name in given if name in OF_THE_WAY_BACK})
        situation = replace(situation, settings=settings)
    if getattr(options, "feedback", None):
        settings = replace(situation.settings, feedback=options.feedback)
        situation = replace(situation, settings=settings, fed_back=Feedback(options.feedback))
    return situation


def settings_of(options: argparse.Namespace) -> dict[str, Any]:
    """The settings of ``--settings``, by name."""
    from model.training.setting_texts import parse_settings

    return parse_settings(getattr(options, "settings", ""))


def need_finite(options: argparse.Namespace, situation: Situation, *, backward: bool = False) -> None:
    """Raise an `InputError` if numbers of the week are not finite: the largest among them means nothing then.

    Raises:
        FileError: The weights are so large that their products overflow.
    """
    from model.errors import FileError

    if not (situation.run.finite and (not backward or situation.week_update.finite)):
        raise FileError(
            _(
                "{file}: its numbers are so large that sums and products of them are not finite, so no dish follows "
                "from them."
            ).format(file=options.weights)
            if hasattr(options, "weights")
            else _(
                "The numbers of the weights are so large that sums and products of them are not finite, so no dish "
                "follows from them."
            )
        )


def need_derivative(situation: Situation) -> None:
    """Raise an `InputError` if errors cannot go back: φ has no derivative, or the week is too long."""
    from model.network.names import TRAINABLE

    if situation.has_derivative and situation.too_long_to_go_back:
        raise InputError(f"--backward: {situation.too_long_to_go_back}")
    if not situation.can_go_back:
        name = situation.network.activation.name
        raise InputError(
            _(
                "--backward: the non-linearity {name} has no useful derivative, so no error can go back "
                "through it. Give another one, --activation {names}; or other weights, with "
                "--weights or --seed."
            ).format(name=name, names=listed(TRAINABLE, "or"))
        )
