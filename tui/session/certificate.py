"""A certificate of the run that is shown, written when everything that it claims holds."""

from __future__ import annotations

from pathlib import Path

from model.course.exercises import failed
from model.course.here import Here
from model.course.page import Course
from model.course.proof import FINAL, need_provable
from model.errors import InputError
from model.language import _
from model.storage.certificates import Certificate, checked_name, save_certificate
from model.training.config import TrainingConfig
from model.training.setting_texts import from_settings
from tui import __version__
from tui.session.course import CourseWalk
from tui.session.permalink import command_for, missing
from tui.session.progress import Progress
from tui.session.reply import Reply
from tui.session.session import Session
from tui.text.course import failure_said, own_course


def write_certificate(session: Session, walk: CourseWalk, path: Path, name: str, overwrite: bool) -> Reply:
    """Write down what a person has shown.

    Args:
        session: Shows the run.
        walk: Knows what was predicted, and what breaks it.
        path: Where.
        name: The person's.
        overwrite: Whether a file that is there is replaced.

    Raises:
        InputError: Something does not hold yet; everything is told.
        FileError: It cannot be written.
    """
    name, course = checked_name(name), own_course()
    moment, simulation = session.moment, session.simulation
    if why := missing(simulation.situation):
        raise InputError(why)
    here = Here(simulation, walk.trainings, predicted=walk.progress.predicted)
    broken = _broken(walk.progress, here, course)
    failures = []
    for exercise in (course.exercises[one] for one in FINAL[:-1]):
        texts = [
            failure_said(failure, here, session.glyphs)
            for part in exercise.parts
            for failure in failed(part.conditions, here)
        ]
        failures += [f"{exercise.name}: {text}" for text in texts]
    failures += [] if broken else [_("F9: no run is noted that one setting broke: 'course F9' tells how.")]
    if failures:
        raise InputError(_("Not yet. {failures}").format(failures=" ".join(failures)))
    stray = here.rollout("own").stray
    made = Certificate(
        name=name,
        roommate=simulation.situation.roommate,
        start=simulation.situation.start,
        config=moment.config,
        updates=moment.update,
        margin=moment.verdict.smallest,
        stray=None if stray is None else stray.day,
        predicted=walk.progress.guess,
        broken=broken,
        command=command_for(simulation),
        program=__version__,
    )
    need_provable(made)
    save_certificate(path, made, overwrite=overwrite)
    sentence = _("Written to {path}. 'roommate-tui check {path}' proves it by running it again.")
    return Reply((sentence.format(path=path),))


def _broken(progress: Progress, here: Here, course: Course) -> TrainingConfig | None:
    """The settings that break the run, where those were noted beside settings like the run's."""
    parts = progress.parts.get(FINAL[-1], [])
    if len(parts) != len(course.exercises[FINAL[-1]].parts):
        return None
    ends = ("stop", "hold", "loss_below", "updates")
    same = all(parts[0].get(name) == value for name, value in here.settings.items() if name not in ends)
    return from_settings(parts[-1]) if same else None
