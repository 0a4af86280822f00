"""Certificates proved: the run is made again, and every condition of the last exercise is judged by it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from model.course.exercises import Failure, failed
from model.course.here import Here
from model.course.page import Course, Page
from model.course.training import Trainings, need_bounded, need_short_life
from model.errors import InputError
from model.language import _
from model.roommate.scenario import Scenario
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.certificates import Certificate
from model.training.config import TrainingConfig
from model.training.run import TrainingRun

FINAL = tuple(f"F{number}" for number in range(1, 10))
"""The conditions of the last exercise, by their names in the course."""

CLAIMED = "F4"
"""Whether somebody had guessed before is the one thing that no run can show."""

BROKEN_UPDATES = 1000
"""The updates after which the settings that are to break learning must not have learned the rule."""

MAX_WORK = 40_000_000_000
"""What a run of a certificate may take, in multiplications: about a minute."""

CLOSE = 1e-3
"""The part by which a margin may be another on another machine, whose sums round otherwise."""


@dataclass(frozen=True, eq=False)
class Finding:
    """Whether a condition holds.

    Attributes:
        name: The condition's: "F1" to "F9"; or "checksum", "updates", "margin" or "strays_on", what is claimed.
        title: What it is about.
        failures: What does not hold of it, to be said where it was judged.
        here: Where that was.
        because: Why it does not hold, where that is known otherwise.
    """

    name: str
    title: str
    failures: tuple[Failure, ...] = ()
    here: Here | None = None
    because: str = ""

    @property
    def holds(self) -> bool:
        """Whether the condition holds."""
        return not self.failures and not self.because


def need_provable(certificate: Certificate) -> None:
    """Refuse what would take too long, before it begins.

    Raises:
        InputError: It says how many times too long it is.
    """
    for config, updates in _runs(certificate):
        need_bounded(certificate.roommate, config, updates, MAX_WORK)
        need_short_life(certificate.roommate, config)


def _runs(certificate: Certificate) -> Iterator[tuple[TrainingConfig, int]]:
    yield certificate.config, certificate.updates
    if certificate.broken is not None:
        yield certificate.broken, BROKEN_UPDATES


def reproduced(certificate: Certificate) -> tuple[Simulation, TrainingRun]:
    """The run of a certificate, made again; call `need_provable` before."""
    run = Trainings(MAX_WORK).run(certificate.roommate, certificate.config, certificate.updates)
    days = Scenario(certificate.roommate, certificate.start).days
    situation = Situation(certificate.roommate, 4, days, certificate.start)
    return Simulation(situation, revealed=True).with_learning(run.moment(), 1), run


def prove(
    certificate: Certificate, course: Course, simulation: Simulation, trainings: Trainings | None = None
) -> Iterator[Finding]:
    """Judge every condition, and every claim.

    Args:
        certificate: What is claimed.
        course: Has the conditions.
        simulation: The run, made again.
        trainings: Runs that were made before, to be used again.
    """
    moment = simulation.situation.snapshot
    assert moment is not None
    trainings = Trainings(MAX_WORK) if trainings is None else trainings
    here = Here(simulation, trainings, predicted=certificate.predicted is not None)
    if not certificate.untouched:
        reason = _("it was changed after it was written, or written by something else.")
        yield Finding("checksum", _("Its checksum"), because=reason)
    else:
        yield Finding("checksum", _("Its checksum"))
    for name in FINAL[:-1]:
        exercise = course.exercises[name]
        conditions = [condition for part in exercise.parts for condition in part.conditions]
        title = _("{title} (this alone is only claimed)") if name == CLAIMED else "{title}"
        yield Finding(name, title.format(title=exercise.title), failed(conditions, here), here)
    yield _broken(certificate, course.exercises[FINAL[-1]], here)
    yield _claimed_updates(certificate, moment.update)
    yield _claimed_margin(certificate, moment.verdict.smallest)
    yield _claimed_stray(certificate, here)


def _broken(certificate: Certificate, exercise: Page, here: Here) -> Finding:
    if certificate.broken is None:
        return Finding(exercise.name, exercise.title, because=_("no setting is named that breaks it."))
    run = here.run_of(certificate.broken, BROKEN_UPDATES)
    if run.update < BROKEN_UPDATES:  # its numbers grew out of all bounds: that is not learned either
        return Finding(exercise.name, exercise.title)
    broken = replace(here, simulation=here.simulation.with_learning(run.moment(), 1), earlier=here.settings)
    return Finding(exercise.name, exercise.title, failed(exercise.parts[-1].conditions, broken), broken)


def _claimed_updates(certificate: Certificate, made: int) -> Finding:
    because = ""
    if made != certificate.updates:
        because = _("it claims {claimed:,} updates, and its numbers stop being finite at {made:,}.")
    return Finding("updates", _("Its updates"), because=because.format(claimed=certificate.updates, made=made))


def _claimed_margin(certificate: Certificate, margin: float) -> Finding:
    because = ""
    if not math.isclose(certificate.margin, margin, rel_tol=CLOSE, abs_tol=1e-9):
        reason = _("it claims {claimed:.4g}, and it is {margin:.4g}.")
        because = reason.format(claimed=certificate.margin, margin=margin)
    return Finding("margin", _("Its smallest margin"), because=because)


def _claimed_stray(certificate: Certificate, here: Here) -> Finding:
    because = ""
    try:
        stray = here.rollout("own").stray
    except InputError as error:
        return Finding("strays_on", _("The day it strays"), because=str(error))
    day = None if stray is None else stray.day
    if day != certificate.stray:
        never = _("never")
        because = _("it claims {claimed}, and it is {day}.").format(
            claimed=never if certificate.stray is None else certificate.stray, day=never if day is None else day
        )
    return Finding("strays_on", _("The day it strays"), because=because)
