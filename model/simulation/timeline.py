"""Undo and redo as a value: the present, and how what came before and after it differs from it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from model.simulation.difference import Difference, difference
from model.simulation.simulation import Simulation

MAX_STEPS = 1000
"""How many changes are remembered."""

MAX_BYTES = 16 * 2**20
"""The most bytes that all changes may take; of larger ones fewer are remembered, but always the last."""


STAYS = ("lesson", "scenario", "letters")
"""The fields of a `Situation` that undo leaves as they are: where one is, what opens the roommate, how one looks.

Every other field is brought back, and so is one that is added; a test goes through all of them.
"""


@dataclass(frozen=True)
class Leap:
    """A change in one direction: the difference that undoes it, or makes it again.

    Attributes:
        shown: What makes the simulation that was on the screen there from the anchor on this side.
        anchor: What makes the anchor there from the one on this side.
    """

    shown: Difference
    anchor: Difference

    @property
    def nbytes(self) -> int:
        """The bytes that are kept for it."""
        return self.shown.nbytes + self.anchor.nbytes


@dataclass(frozen=True)
class Timeline:
    """The simulation now, and the changes that undo and redo lead back and forth over.

    Walking changes only the present; a change of the situation is remembered. Undo takes back everything that a
    change can change, such as the week, the starting dish, loaded weights and the training run; the person stays in
    the lesson and at the step where they are. Only what was changed is kept, and nothing that follows from it.

    Attributes:
        present: What is on the screen.
        past: The changes that were made, the latest last.
        future: The changes that were undone, the latest last.
        anchor: The simulation just after the last change; what leaps are made from, however far one has walked.
    """

    present: Simulation
    past: tuple[Leap, ...] = ()
    future: tuple[Leap, ...] = ()
    anchor: Simulation = field(default=None, repr=False, compare=False)  # type: ignore[assignment]

    def __post_init__(self) -> None:
        if self.anchor is None:
            object.__setattr__(self, "anchor", bare(self.present))

    def walk(self, simulation: Simulation) -> Timeline:
        """Go on to a simulation without remembering the one before."""
        return replace(self, present=simulation)

    def change(self, simulation: Simulation) -> Timeline:
        """Go on to a simulation and remember the one before; what was undone is forgotten."""
        if simulation.situation == self.present.situation:
            return self.walk(simulation)
        anchor = bare(simulation)
        return Timeline(simulation, _within_bounds((*self.past, self._leap_from(anchor))), anchor=anchor)

    def undo(self) -> Timeline:
        """The week, start, weights and run before the last change; the same where there is none."""
        if not self.past:
            return self
        leap = self.past[-1]
        anchor = leap.anchor.applied(self.anchor)
        present = self._back_in(leap.shown.applied(self.anchor))
        return Timeline(present, self.past[:-1], _within_bounds((*self.future, self._leap_from(anchor))), anchor)

    def redo(self) -> Timeline:
        """The change that was last undone, again; the same where there is none."""
        if not self.future:
            return self
        leap = self.future[-1]
        anchor = leap.anchor.applied(self.anchor)
        present = self._back_in(leap.shown.applied(self.anchor))
        return Timeline(present, _within_bounds((*self.past, self._leap_from(anchor))), self.future[:-1], anchor)

    def _leap_from(self, anchor: Simulation) -> Leap:
        """The way back to here from another anchor."""
        return Leap(difference(self.present, anchor), difference(self.anchor, anchor))

    def _back_in(self, other: Simulation) -> Simulation:
        was, now = other.situation, self.present.situation
        if was.roommate != now.roommate:  # nothing of the one fits the other
            return other
        situation = replace(was, **{name: getattr(now, name) for name in STAYS})
        if was.run_id == now.run_id or was.learning is None:  # before lesson 4 there was no run to go back to
            situation = replace(situation, learning=now.learning, run_id=now.run_id)
        return self.present.in_situation(situation)


def bare(simulation: Simulation) -> Simulation:
    """The simulation without anything that was worked out from it, so that whoever keeps it keeps little."""
    return replace(simulation, situation=replace(simulation.situation))


def _within_bounds(leaps: tuple[Leap, ...]) -> tuple[Leap, ...]:
    """The latest leaps, as many as may be remembered."""
    kept, room = 0, MAX_BYTES
    for leap in reversed(leaps[-MAX_STEPS:]):
        room -= leap.nbytes
        if room < 0 and kept:
            break
        kept += 1
    return leaps[len(leaps) - kept :]
