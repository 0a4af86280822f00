"""A session of ``--plain``, with what has been printed already and what was typed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from threading import Event

from model.language import _
from model.simulation.simulation import Simulation
from tui.plain.distances import STEP
from tui.plain.glyphs import SpokenGlyphs
from tui.plain.news import AlreadyTold, news
from tui.session.offers import offer_of
from tui.session.run_library import Runs
from tui.session.session import Session

MAX_TYPED = 500
"""The most typed lines that are kept for ``history``."""


class LineSession(Session):
    """A session, and what its reader has heard.

    Args:
        simulation: What is told first.
        glyphs: Characters to write with.
        runs: The training runs.
        opening: Whether the opening is told before the walk begins.

    Attributes:
        heard: What has been told.
        typed: The last lines that were typed.
        last_lines: The lines that the last command gave, for who did not catch them.
        distance: From how far was told last: 0 is the week, 1 the network, 2 the step.
        stop: Set where a person wants something long to end.
    """

    def __init__(self, simulation: Simulation, glyphs: SpokenGlyphs, runs: Runs, *, opening: bool = False) -> None:
        super().__init__(simulation, glyphs, runs)
        self._unopened = self.simulation if opening else None
        self.spoken = glyphs
        self.heard = AlreadyTold()
        self.typed: deque[str] = deque(maxlen=MAX_TYPED)
        self.last_lines: list[str] = []
        self.distance = STEP
        self.stop = Event()

    @property
    def at_opening(self) -> bool:
        """Whether the walk has not begun."""
        return self._unopened is self.simulation

    def begin(self) -> None:
        """Begin the walk where it is."""
        self._unopened = None

    def news(self) -> list[str]:
        """What is new since the last time; nothing before the walk begins."""
        if self.at_opening:
            return []
        lines, self.heard = news(self.heard, self.simulation, self.spoken)
        return lines

    def mark_as_told(self) -> None:
        """Mark the current simulation as already printed."""
        self.heard = replace(self.heard, simulation=self.simulation)

    def offer_sentences(self) -> Iterator[str]:
        """A sentence for each run that is offered and has not been told of; what is new comes first."""
        offered = self.offers.new()
        if offered:
            yield from self.news()
        here = self.simulation.situation.roommate
        for place, left in enumerate(offered, 1):
            offer, command = offer_of(left, here), "resume" if place == 1 else f"resume {place}"
            yield _("{offer} '{command}' goes on with it.").format(offer=offer, command=command)
