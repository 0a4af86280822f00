"""The lecturer's session: what is on its screen is published to a class after every change."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from model.export.shared_screens import SharedPage, SharedScreen, packed_screen
from model.storage.runs import packed_run
from model.storage.scenarios import shipped
from model.training.snapshot import Checkpoint, RunRecord, TrainingSnapshot
from tui.classroom.publisher import Hands, Publisher, State
from tui.session.permalink import UNSAVED
from tui.session.session import Session

MAX_POINTS = 32
"""Checkpoints that are shared of a run, beside those that cannot be made again from the ones before them."""


class Classroom:
    """Publishes what a session shows.

    Args:
        session: What is shown.
        publisher: Where it goes.

    Attributes:
        hands: What the class has answered, as far as is known.
    """

    def __init__(self, session: Session, publisher: Publisher) -> None:
        self._session, self.publisher = session, publisher
        self.hands = Hands()
        self._record: tuple[int, RunRecord] | None = None
        self._key: object = None
        session.watch(self.publish)

    @property
    def asking(self) -> bool:
        """Whether the class is asked the question of the page that is open."""
        walk = self._session.course
        return walk is not None and walk.hands and not walk.answered

    def publish(self) -> None:
        """Let the class see what is shown now."""
        session = self._session
        simulation, moment = session.simulation, session.simulation.situation.snapshot
        key = None if moment is None else self._note(moment)
        record = None if self._record is None else self._record[1]
        update = None
        if moment is not None:
            if key is None or record is None:  # a run that trains and was never at rest here
                return
            update = moment.update
            situation = replace(simulation.situation, learning=None, diary=None)
            simulation = replace(simulation, situation=situation)
        scenario = simulation.situation.scenario
        if scenario and scenario not in shipped():
            simulation = replace(simulation, situation=replace(simulation.situation, scenario=UNSAVED))
        screen = SharedScreen(replace(simulation, aside=None), update, self._page())
        self.publisher.publish(
            State(
                key,
                (lambda: b"") if record is None else partial(packed_run, record),
                partial(packed_screen, screen),
                question=screen.page.name if screen.page is not None and self.asking else "",
                hurry=not session.controls.running,
            )
        )

    def _page(self) -> SharedPage | None:
        walk = self._session.course
        if walk is None or walk.page is None or walk.course.name or not walk.in_sight(self._session):
            return None
        return SharedPage(walk.page.name, walk.answered, self.asking)

    def _note(self, moment: TrainingSnapshot) -> object:
        """Keep the record of the run as far as it has come; gives what tells it from others, or None."""
        session, run_id = self._session, self._session.simulation.situation.run_id
        if not session.controls.running and run_id in session.runs:
            run = session.runs[run_id]
            key = run_id, run.update, run.config
            if key != self._key:
                self._key, self._record = key, (run_id, thinned(run.record()))
            return key
        if self._record is None or self._record[0] != run_id:
            return None
        key = run_id, moment.latest, moment.config
        if key != self._key and moment.update == moment.latest:
            self._key, self._record = key, (run_id, record_of(moment, self._record[1]))
        return self._key


def thinned(record: RunRecord) -> RunRecord:
    """A record with few checkpoints: all that cannot be made again, the first and the last, and some between."""
    points = record.checkpoints
    needed = {0, points[-1].update, *record.pinned, *(at for at, _config in record.configs)}
    every = max(len(points) // MAX_POINTS, 1)
    kept = tuple(point for at, point in enumerate(points) if point.update in needed or at % every == 0)
    return replace(record, checkpoints=kept)


def record_of(moment: TrainingSnapshot, before: RunRecord) -> RunRecord:
    """The record of a run that trains, from what its thread posts and the record from before it set out.

    Args:
        moment: The run at its latest update.
        before: Its record at an earlier one.
    """
    last = moment.update
    here = Checkpoint(last, moment.network.parameters.flat, moment.memory)
    points = [point for point in before.checkpoints if point.update < last]
    return thinned(
        RunRecord(
            roommate=moment.roommate,
            configs=moment.configs,
            stride=before.stride,
            checkpoints=(*points, here),
            losses=moment.losses.numbers[: last + 1],
            accuracies=moment.accuracies.numbers[: last + 1],
            rights=moment.rights.numbers[: last + 1],
            strays=_strays(moment),
            cases=moment.cases,
            aimed=moment.aimed,
            pinned=moment.edited,
            diary=moment.diary,
        )
    )


def _strays(moment: TrainingSnapshot) -> np.ndarray:
    """The last update that failed the exam though all its cases were right: since then both have been right."""
    since, right = moment.right_since, moment.rights.numbers[: moment.update + 1] >= moment.verdict.cases
    last = moment.update if since is None else since - 1
    return np.array([last] if last >= 0 and right[last] else [], dtype=np.float64)
