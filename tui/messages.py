"""What panels tell the screen; they never talk to each other."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from model.automaton import Endurance
from model.history import Run
from model.moment import Moment


@dataclass
class DayPointedAt(Message):
    """A day of the week panel was clicked."""

    day: int


@dataclass
class WeatherPointedAt(Message):
    """The weather of a day was clicked: a wish to change it."""

    day: int


@dataclass
class StartPointedAt(Message):
    """The starting dish was clicked: a wish to change it."""


@dataclass
class LessonPointedAt(Message):
    """The name of a lesson was clicked."""

    lesson: int


@dataclass
class UpdatePointedAt(Message):
    """An update in the loss chart was clicked."""

    update: int


class TrainingMoved(Message):
    """The worker has made updates; only the latest such message matters."""

    def __init__(self, token: int, moment: Moment) -> None:
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
    run: Run
    moment: Moment
    trouble: str


@dataclass
class AutosaveFailed(Message):
    """A run could not be written to the state directory."""

    reason: str


@dataclass
class CommandPointedAt(Message):
    """The name of a key was clicked."""

    action: str


@dataclass
class DaysLived(Message):
    """A network has lived on its own output for some days, or until it strayed."""

    outcome: Endurance
