"""Training between two lines, in the one thread there is: a line now and then says how far it has come."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator

from model.language import _
from model.training.diagnosis import diagnose
from model.training.run import TrainingRun
from tui.plain.session import LineSession
from tui.plain.training import next_told, progress
from tui.session import training_loop
from tui.text.diagnosis import LEARNED, in_words
from tui.text.endings import next_lesson

SILENCE = 5.0
"""Seconds after which slow training tells how far it has come, whatever the update."""


def train(session: LineSession, run: TrainingRun, until: float) -> Iterator[str]:
    """Work in stretches, with a line after each; the last one says how it ended. Ctrl+C pauses.

    Args:
        session: Whose run.
        run: The run.
        until: The update at which it ends, if its goal does not come first.
    """
    yield from session.offer_sentences()
    control = training_loop.Control(run.config, math.inf, stop=session.stop)
    session.hand_over(run, control)
    said_at, due = time.monotonic(), time.monotonic() + training_loop.SAVES_EVERY
    not_saved: list[str] = []
    size, trouble = 0, ""

    def save_now() -> None:
        nonlocal size
        size, failure = session.autosave(run)
        not_saved.extend([failure] if failure else [])

    def post(_moment: object) -> None:
        if time.monotonic() - said_at > SILENCE:
            control.until = run.update

    def save(_run: TrainingRun) -> int:
        nonlocal due
        if (began := time.monotonic()) >= due:
            save_now()
            due = time.monotonic() + training_loop.pause_after(size, time.monotonic() - began)
        return size

    try:
        while not (session.stop.is_set() or run.finished or run.update >= until or trouble):
            control.until = min(until, next_told(run.update))
            trouble = training_loop.work(run, control, post, save)
            session.unsaved = run
            said_at = time.monotonic()
            session.show_moment(run.moment())
            session.mark_as_told()
            yield progress(session.moment)
    finally:
        session.take_back(run, run.moment(), trouble)
    session.unsaved = None
    save_now()
    session.mark_as_told()
    yield from not_saved
    found = diagnose(session.moment)
    diagnosis = in_words(found, session.moment.roommate)
    if session.stop.is_set() and not run.finished and not trouble:
        yield _("Paused; 'train' goes on. {diagnosis}").format(diagnosis=diagnosis)
    else:
        yield trouble or diagnosis
    if found.word in LEARNED and not trouble:
        yield next_lesson(session.simulation.situation.lesson)
