"""Undo and redo as a value: the present with what came before and after it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from model.simulation import Simulation

MOST_STEPS = 1000
"""How many changes are remembered."""


@dataclass(frozen=True)
class Timeline:
    """The simulation now, and the ones that undo and redo lead to.

    Walking changes only the present; a change of the situation is remembered. Undo takes back the week, the
    starting dish, loaded weights and the training run; the person stays in the lesson and at the step where they are.

    Attributes:
        present: What is on the screen.
        past: Simulations before each change, the latest last.
        future: Simulations that were undone, the latest last.
    """

    present: Simulation
    past: tuple[Simulation, ...] = ()
    future: tuple[Simulation, ...] = ()

    def walk(self, simulation: Simulation) -> Timeline:
        """Go on to a simulation without remembering the one before."""
        return replace(self, present=simulation)

    def change(self, simulation: Simulation) -> Timeline:
        """Go on to a simulation and remember the one before; what was undone is forgotten."""
        if simulation.situation == self.present.situation:
            return self.walk(simulation)
        return Timeline(simulation, (*self.past, self.present)[-MOST_STEPS:])

    def undo(self) -> Timeline:
        """The week, start, weights and run before the last change; the same where there is none."""
        if not self.past:
            return self
        return Timeline(self._back_in(self.past[-1]), self.past[:-1], (*self.future, self.present))

    def redo(self) -> Timeline:
        """The change that was last undone, again; the same where there is none."""
        if not self.future:
            return self
        return Timeline(self._back_in(self.future[-1]), (*self.past, self.present), self.future[:-1])

    def _back_in(self, other: Simulation) -> Simulation:
        was, now = other.situation, self.present.situation
        if was.roommate != now.roommate:  # nothing of the one fits the other
            return other
        situation = replace(
            now, week=was.week, start=was.start, targets=was.targets, own=was.own, settings=was.settings
        )
        if was.branch != now.branch and was.learning is not None:  # before lesson 4 there was no run to go back to
            situation = replace(situation, learning=was.learning, branch=was.branch)
        return self.present.in_situation(situation)
