"""The messages that workers post to the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from model.analysis.rollout import Rollout
from model.training.run import TrainingRun
from model.training.snapshot import TrainingSnapshot
from tui.classroom.publisher import Hands
from tui.session.following import ClassNews

if TYPE_CHECKING:
    from model.sweep.sweep_map import SweepMap


class TrainingMoved(Message):
    """The worker has made updates; only the latest such message matters."""

    def __init__(self, token: int, moment: TrainingSnapshot) -> None:
        super().__init__()
        self.token = token
        self.moment = moment

    def can_replace(self, message: Message) -> bool:
        """A newer moment replaces one that still waits."""
        return isinstance(message, TrainingMoved)


@dataclass
class TrainingEnded(Message):
    """The worker has let go of its run, for whatever reason; nobody else may touch the run before this."""

    token: int
    run: TrainingRun
    moment: TrainingSnapshot
    trouble: str


@dataclass
class AutosaveFailed(Message):
    """A run could not be written to the state directory; the sentence says why."""

    sentence: str


@dataclass
class ClassMoved(Message):
    """The class that is followed has moved on, or the one that follows has answered."""

    news: ClassNews | Hands


@dataclass
class DaysLived(Message):
    """A network has lived on its own output for some days, or until it strayed."""

    outcome: Rollout


class SweepMoved(Message):
    """Trainings of a sweep are done; only the latest such message matters."""

    def __init__(self, moment: SweepMap) -> None:
        super().__init__()
        self.moment = moment

    def can_replace(self, message: Message) -> bool:
        """A newer map replaces one that still waits."""
        return isinstance(message, SweepMoved)


@dataclass
class SweepNoticed(Message):
    """Something went wrong in a sweep without ending it; the sentence says what."""

    sentence: str


@dataclass
class SweepEnded(Message):
    """A sweep is over: all is done, it was cancelled, or it cannot go on, which the sentence says."""

    moment: SweepMap
    trouble: str
