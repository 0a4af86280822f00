"""Exercises judged: whether what must hold does, for the network, the week and the run that are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.course.here import Here, Settings
from model.course.page import Condition, Page, Text
from model.errors import InputError


@dataclass(frozen=True, eq=False)
class Failure:
    """A condition that does not hold.

    Attributes:
        condition: Which.
        because: Why it could not be computed, if it could not.
    """

    condition: Condition
    because: str = ""

    @property
    def text(self) -> Text:
        """The sentence about the failure."""
        return Text((self.because,)) if self.because else self.condition.otherwise


@dataclass(frozen=True, eq=False)
class Judgement:
    """The state of an exercise after it was judged.

    Attributes:
        part: The part that was looked at, counted from 0.
        failures: What does not hold of it.
        done: The settings with which each part that is done was done.
        finished: Whether all parts are done.
        gold: Whether it is done as well as can be.
        here: Where it was judged: the sentences about failures are about that.
    """

    part: int
    failures: tuple[Failure, ...]
    done: tuple[Settings, ...]
    finished: bool
    gold: bool
    here: Here


def judge(exercise: Page, here: Here, done: Sequence[Settings] = ()) -> Judgement:
    """Judge an exercise at the part that comes next; where that does not hold, perhaps the first is done anew.

    Args:
        exercise: One with parts.
        here: What it is judged by.
        done: The settings with which the parts before were done; where all were, it is judged from the beginning.
    """
    before = tuple(done) if len(done) < len(exercise.parts) else ()
    found = _judged(exercise, here, before)
    if found.failures and before:
        anew = _judged(exercise, here, ())
        if not anew.failures and dict(anew.done[0]) != dict(before[0]):
            return anew
    return found


def _judged(exercise: Page, here: Here, before: tuple[Settings, ...]) -> Judgement:
    place = len(before)
    at = replace(here, earlier=before[-1] if before else None)
    failures = failed(exercise.parts[place].conditions, at)
    after = before if failures else (*before, at.settings)
    finished = len(after) == len(exercise.parts)
    gold = finished and bool(exercise.gold) and not failed(exercise.gold, at)
    return Judgement(place, failures, after, finished, gold, at)


def failed(conditions: Sequence[Condition], here: Here) -> tuple[Failure, ...]:
    """Those of some conditions that do not hold; the first that cannot be computed ends it."""
    failures: list[Failure] = []
    for condition in conditions:
        try:
            if not condition.holds.value(here):
                failures.append(Failure(condition))
        except InputError as error:
            failures.append(Failure(condition, str(error).removeprefix(f"{condition.holds.text}: ")))
            break
    return tuple(failures)
