"""What the options of the screen describe: the simulation that is shown first, and the training run behind it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from model.errors import InputError
from model.language import N_, _
from model.roommate.parsing import parse_week
from model.roommate.roommate import Roommate
from tui.cli.options import (
    files_read,
    first_situation,
    need_derivative,
    scenario_and_weights,
    settings_of,
    with_way_back,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.roommate.diary import Diary
    from model.simulation.simulation import Simulation
    from model.simulation.situation import Situation
    from model.training.run import TrainingRun
    from tui.session.reply import Reply
    from tui.session.session import Session


def simulation_of(options: argparse.Namespace) -> tuple[Simulation, TrainingRun | None]:
    """The simulation that the screen shows first, and for lesson 4 the training run behind it."""
    from dataclasses import replace

    from model.simulation.lessons import LESSONS, lesson_of
    from model.simulation.simulation import Simulation
    from model.simulation.situation import UPDATE

    scenario, saved = scenario_and_weights(options)
    first = 3 if saved is None else lesson_of(saved.network.cell)
    diary = _diary_of(options, scenario.roommate if hasattr(options, "scenario") else None)
    situation = first_situation(options, scenario, first) if diary is None else _observed(options, *diary, first)
    if saved is not None:
        situation = situation.with_custom_network(saved.network, saved.made, options.weights)
    lesson = situation.lesson if options.lesson is None else options.lesson
    simulation = Simulation(situation).with_lesson(lesson)
    if saved is not None or any(hasattr(options, name) for name in ("scenario", "start", "targets", "diary")):
        simulation = Simulation(replace(situation, lesson=lesson))  # they are not the guest's
    elif simulation.aside is not None and hasattr(options, "weather"):
        week = parse_week(options.weather, simulation.situation.roommate)
        simulation = simulation.in_situation(replace(simulation.situation, week=week))
    trains = LESSONS[lesson].trains
    if hasattr(options, "network") and not trains:
        raise InputError(_("--network says what lesson 4 trains: it needs --lesson 4."))
    if options.letters and (not trains or options.update):
        raise InputError(
            _("--letters stand for weights that nobody has looked for yet: they need --lesson 4, before an --update.")
        )
    run = _run_of(options, situation.roommate, situation.diary) if trains else None
    if run is not None:
        simulation = replace(simulation.with_learning(run.moment(), 1), revealed=True)
    simulation = replace(simulation, situation=with_way_back(options, simulation.situation))
    if hasattr(options, "backward"):
        need_derivative(simulation.situation)
        simulation = simulation.turn()
    elif options.day == 0:
        raise InputError(_("--day 0 is the update at the end of the way back: it needs --backward."))
    if options.day == 0:
        day = UPDATE
    else:
        day = _in_range(
            options.day,
            simulation.days,
            N_("--day {number}: there is no such day; there are {most} days in the week."),
            otherwise=simulation.day,
        )
    there = simulation.go_to(day, 0)
    steps = len(there.steps)
    step = _in_range(
        options.step,
        steps,
        N_("--step {number}: there is no such step; there are {most} steps there in this lesson."),
        otherwise=0,
    )
    there = there.go_to(day, step)
    entry = _in_range(
        options.entry,
        there.current_step.result.value.size,
        N_("--entry {number}: there is no such entry; there are {most} entries in this step."),
        otherwise=-1,
    )
    return replace(
        there,
        situation=replace(there.situation, letters=options.letters),
        row=None if entry < 0 else entry,
        revealed=there.revealed if options.reveal is None else options.reveal,
    ), run


def _diary_of(options: argparse.Namespace, base: Roommate | None) -> tuple[Diary, Roommate] | None:
    """The diary of ``--diary`` and the roommate that it suggests."""
    if not hasattr(options, "diary"):
        return None
    from model.storage.diaries import load_diary

    diary = load_diary(files_read(options)["--diary"], base)
    return diary, diary.roommate(base)


def _observed(options: argparse.Namespace, diary: Diary, roommate: Roommate, lesson: int) -> Situation:
    """The last week of a diary, or the week that is asked for."""
    from dataclasses import replace

    from model.roommate.scenario import Scenario
    from model.simulation.observed import observed

    situation = observed(diary, roommate, options.diary, lesson)
    if hasattr(options, "weather") or hasattr(options, "start"):
        first = first_situation(options, Scenario(roommate, situation.start, situation.week), lesson)
        situation = replace(situation, week=first.week, start=first.start, targets=None)
    return replace(situation, scenario=getattr(options, "scenario", ""))


def _run_of(options: argparse.Namespace, roommate: Roommate, diary: Diary | None = None) -> TrainingRun:
    """The run of lesson 4, trained as far as is asked for."""
    from model.training.config import TrainingConfig, for_diary
    from model.training.run import TrainingRun
    from model.training.setting_bounds import MAX_UPDATES

    names = [name for name in ("seed", "feedback", "activation") if hasattr(options, name)]
    names += ["network"] if hasattr(options, "network") else []
    config = TrainingConfig(**{**settings_of(options), **{name: getattr(options, name) for name in names}})
    if diary is not None:
        config = for_diary(config, diary)
    run = TrainingRun(roommate, config, diary)
    run.advance(
        _in_range(
            options.update,
            MAX_UPDATES,
            N_("--update {number}: there is no such update; there are {most} updates at the most."),
            otherwise=-1,
        )
        + 1
    )
    return run


def _in_range(number: int | None, most: int, beyond: str, *, otherwise: int) -> int:
    """A number from 1 as an index from 0; another where none is given.

    Raises:
        InputError: There is no such thing; it says what is meant, a sentence with gaps for both numbers.
    """
    if number is None:
        return otherwise
    if not 1 <= number <= most:
        raise InputError(_(beyond).format(number=number, most=most))
    return number - 1


HOW = frozenset({"command", "arguments", "lang", "no_state", "kiosk", "slow_link", "ascii", "plain", "lecturer",
                 "share", "share_with"})  # fmt: skip
"""What says how the program is shown, and not what."""


def course_asked(options: argparse.Namespace) -> Callable[[Session], Reply] | None:
    """What begins a session with a page of the course, or with a course of one's own; None: nobody asked for it."""
    if options.at is None and options.lessons is None and not options.present:
        return None
    from tui.cli.course import beginning

    return beginning(options)


def asks_for_walk(options: argparse.Namespace) -> bool:
    """Whether any word says where in the walk to begin; otherwise the opening comes first."""
    given = {name: value for name, value in vars(options).items() if name not in HOW and value is not None}
    return any(name == "reveal" or value is not False for name, value in given.items())
