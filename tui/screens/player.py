"""The player: takes a step whenever its clock ticks."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen
from textual.timer import Timer

from tui.session.commands.course import show_me
from tui.session.session import Session

SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
"""Steps a second that play can run at."""


class Player:
    """Takes a step whenever its clock ticks.

    Args:
        screen: Whose clock it is.
        session: Whose steps.
    """

    def __init__(self, screen: Screen[Any], session: Session) -> None:
        self._screen, self._session = screen, session
        self._speed = SPEEDS.index(1.0)
        self._timer: Timer | None = None

    @property
    def playing(self) -> bool:
        """Whether the player is running."""
        return self._timer is not None

    @property
    def speed(self) -> float:
        """Steps a second."""
        return SPEEDS[self._speed]

    def start(self) -> None:
        """Play from here; from the beginning, if this is the end."""
        if self._session.simulation.at_end:
            self._session.walk(self._session.simulation.first())
        self._tick()

    def _tick(self) -> None:
        self._timer = self._screen.set_interval(1 / self.speed, self.step, name="play")
        self._screen.query_one("#pipeline").add_class("-playing")

    def step(self) -> None:
        """What happens each time the clock ticks."""
        session = self._session
        if session.simulation.asked:
            show_me(session)
        else:
            session.walk(session.simulation.next_step())
        if session.simulation.at_end and not session.simulation.asked:
            self.stop()

    def stop(self) -> None:
        """Pause."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = None
        self._screen.query_one("#pipeline").remove_class("-playing")

    def change_speed(self, by: int) -> None:
        """Another speed, so many places further in `SPEEDS`."""
        self._speed = min(max(self._speed + by, 0), len(SPEEDS) - 1)
        if self._timer is not None:
            self._timer.stop()
            self._tick()
