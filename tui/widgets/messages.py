"""The messages that panels post to the screen."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class DayClicked(Message):
    """A day of the week panel was clicked."""

    day: int


@dataclass
class WeatherClicked(Message):
    """The weather of a day was clicked: a wish to change it."""

    day: int


@dataclass
class StartClicked(Message):
    """The starting dish was clicked: a wish to change it."""


@dataclass
class LessonClicked(Message):
    """The name of a lesson was clicked."""

    lesson: int


@dataclass
class UpdateClicked(Message):
    """An update in the loss chart was clicked."""

    update: int


@dataclass
class CommandClicked(Message):
    """The name of a key was clicked."""

    command: str


@dataclass
class FrameResized(Message):
    """A panel whose frame says something has another size."""
