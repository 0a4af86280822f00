"""Guess first: in the walk each step is asked before its result is shown, until that is answered or waived."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model.course.step_question import StepQuestion, question_of
from model.errors import InputError
from model.language import _
from model.simulation.simulation import Simulation
from tui.session.reply import Reply, Then
from tui.session.session import Session
from tui.text.guessing import right_said, truth_said, wrong_said

Place = tuple[bool, int, int]


def _place(simulation: Simulation) -> Place:
    """Where one is in the walk; what is later in it is greater."""
    return simulation.backward, -simulation.day if simulation.backward else simulation.day, simulation.step


class Guesses:
    """What of the walk was seen, and how the guesses went.

    Attributes:
        right: How many were right.
        given: How many were given.
        said: What was said of the last, until one goes on.
        judged: Whether that was right; None: it was waived.
    """

    def __init__(self, simulation: Simulation) -> None:
        self.right = self.given = 0
        self.said: tuple[str, ...] = ()
        self.judged: bool | None = None
        self._seen: dict[bool, Place] = {}
        self._last = simulation
        self.see(simulation)

    def see(self, simulation: Simulation) -> None:
        """Take a step, and all before it, for seen: these are not asked."""
        place = _place(simulation)
        if self._last.situation is not simulation.situation:
            self._seen.clear()
        self._seen[simulation.backward] = max(place, self._seen.get(simulation.backward, place))
        self._last = replace(simulation, asked=False)

    def covered(self, simulation: Simulation, *, training: bool) -> Simulation:
        """What is to be shown: the same place, its result asked for if it was not seen yet.

        Args:
            simulation: Where one is.
            training: Whether a worker trains: then nothing is asked.
        """
        if simulation.situation is not self._last.situation and not self._is_as_it_was(simulation):
            self._seen.clear()
        known = replace(simulation, asked=False) if simulation.asked else simulation
        place = _place(known)
        if place != _place(self._last):
            self.said = ()
        self._last = known
        question = None if training else question_of(known)
        if question is None or place <= self._seen.get(known.backward, (False, -1, -1)):
            return known
        return replace(known, asked=True, row=question.entry)

    def _is_as_it_was(self, simulation: Simulation) -> bool:
        """Whether what was changed has left the step under the cursor alone."""
        if _place(self._last) != _place(simulation):
            return False
        was, now = (replace(one, asked=False).current_step.result for one in (self._last, simulation))
        return was.rows.labels == now.rows.labels and np.array_equal(was.value, now.value)


def guess_first(session: Session, *, on: bool) -> Reply:
    """Ask from the next step on, or show every step at once."""
    session.guesses = Guesses(session.simulation) if on else None
    session.walk(replace(session.simulation, asked=False))
    told = (
        _("Guess first: the next steps are asked before they are shown.") if on else _("Every step is shown at once.")
    )
    return Reply(for_lines=(told,), then=Then.GUESS)  # the screen shows it


def open_question(session: Session) -> StepQuestion | None:
    """What is asked now."""
    return question_of(session.simulation) if session.simulation.asked else None


def answer_guess(session: Session, typed: str) -> Reply:
    """Answer what is asked of the step, and show it.

    Raises:
        InputError: Nothing is asked, or what was typed is no answer to it.
    """
    question, guesses = open_question(session), session.guesses
    if question is None or guesses is None:
        raise InputError(_("Nothing is asked here."))
    if not typed.strip():
        return waive_guess(session)
    given = question.read(typed)
    right = question.is_right(given)
    guesses.given += 1
    guesses.right += right
    said = right_said(question, session.glyphs) if right else wrong_said(question, given, session.glyphs)
    return _show(session, guesses, said, judged=right)


def waive_guess(session: Session) -> Reply:
    """Show the step that is asked for without an answer."""
    question, guesses = open_question(session), session.guesses
    if question is None or guesses is None:
        raise InputError(_("Nothing is asked here."))
    return _show(session, guesses, truth_said(question, session.glyphs), judged=None)


def _show(session: Session, guesses: Guesses, said: tuple[str, ...], *, judged: bool | None) -> Reply:
    """Show the step; the screen has what was said in its place."""
    guesses.said, guesses.judged = said, judged
    guesses.see(session.simulation)
    session.walk(replace(session.simulation, asked=False))
    return Reply(for_lines=said)
