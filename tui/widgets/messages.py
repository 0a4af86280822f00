"""What panels tell the screen."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


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


@dataclass
class CommandPointedAt(Message):
    """The name of a key was clicked."""

    action: str
