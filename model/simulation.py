"""The whole situation on the screen as one frozen value; every key is a method that returns a new one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from model.errors import InputError
from model.history import Moment
from model.network import BY_HAND, Network, Pass, cook
from model.roommate import LECTURE_WEEK, PERFECT_ROOMMATE, Kind, Roommate
from model.trace import DayTrace, trace_day

LEARN = 4
"""The lesson in which training finds the weights."""

LESSONS = {1: Kind.WEATHER, 2: Kind.CYCLE, 3: Kind.RNN, LEARN: Kind.RNN}
"""The network of each lesson."""


def lesson_of(kind: Kind) -> int:
    """The lesson that walks through a network."""
    return next(lesson for lesson, taught in LESSONS.items() if taught is kind)


@dataclass(frozen=True)
class Situation:
    """What is computed: a roommate, a network and a week. Where one looks is not part of it.

    Attributes:
        roommate: Who cooks.
        lesson: The number of the lesson, a key of `LESSONS`.
        week: The weather of each day, as indices.
        start: The dish of the day before the first, as an index.
        loaded: Weights that lesson 3 shows instead of the hand-set ones, from a file.
        learning: The training run that lesson 4 shows, at one of its updates.
        branch: The number of that run among those that undo can bring back.
    """

    roommate: Roommate = PERFECT_ROOMMATE
    lesson: int = 3
    week: tuple[int, ...] = LECTURE_WEEK
    start: int = 0
    loaded: Network | None = None
    learning: Moment | None = None
    branch: int = 0

    def __post_init__(self) -> None:
        if not self.week:
            raise InputError("A week needs at least one day.")

    @property
    def kind(self) -> Kind:
        """Which of the lecture's networks the lesson is about."""
        return LESSONS[self.lesson]

    @cached_property
    def network(self) -> Network:
        """The network of the lesson: learned or loaded weights where there are any, otherwise set by hand."""
        if self.lesson == LEARN and self.learning is not None:
            return self.learning.network
        if self.kind is Kind.RNN and self.lesson != LEARN and self.loaded is not None:
            return self.loaded
        return Network.by_hand(self.roommate, self.kind)

    @cached_property
    def run(self) -> Pass:
        """The forward pass over the week."""
        return cook(self.network, self.roommate, self.week, self.start)

    @property
    def by_hand(self) -> bool:
        """Whether the lesson's weights are the hand-set ones."""
        return self.network.origin == BY_HAND

    @cached_property
    def expected(self) -> tuple[int, ...]:
        """What the roommate really cooks, by the rule of this lesson."""
        return self.roommate.reduced(self.kind).cook(self.week, self.start)

    def dish(self, day: int) -> int:
        """What the network cooks on a day, as an index."""
        return int(self.run.dish[day, 0])

    def trace(self, day: int) -> DayTrace:
        """The steps of a day."""
        return trace_day(self.roommate, self.network, self.run, day)


@dataclass(frozen=True)
class Simulation:
    """A situation and where one looks: all that is on the screen.

    Attributes:
        situation: What is computed.
        day: The day under the cursor, counted from 0.
        step: The step under the cursor, counted from 0.
        row: The row of the step's result that is spelled out; None: the one that tells most.
        revealed: Whether the days after the cursor are shown as cooked.
    """

    situation: Situation = field(default_factory=Situation)
    day: int = 0
    step: int = 0
    row: int | None = None
    revealed: bool = False

    # What is seen

    @cached_property
    def trace(self) -> DayTrace:
        """The day under the cursor."""
        return self.situation.trace(self.day)

    @property
    def days(self) -> int:
        """The number of days in the week."""
        return len(self.situation.week)

    @property
    def at_end(self) -> bool:
        """Whether the cursor stands on the last step of the last day."""
        return self.day == self.days - 1 and self.step == len(self.trace.steps) - 1

    @property
    def lit_row(self) -> int:
        """The row that is spelled out."""
        step = self.trace.steps[self.step]
        return step.telling if self.row is None else min(self.row, len(step.result.value) - 1)

    def is_cooked(self, day: int) -> bool:
        """Whether a day's dish is known to the person who walks: its last step has been seen."""
        return self.revealed or day < self.day or (day == self.day and self.step == len(self.trace.steps) - 1)

    # Walking: the situation stays

    def next_step(self) -> Simulation:
        """One step on, into the next day after the last; at the end of the week, the same."""
        if self.step < len(self.trace.steps) - 1:
            return self._at(self.day, self.step + 1)
        return self if self.at_end else self._at(self.day + 1, 0)

    def previous_step(self) -> Simulation:
        """One step back; at the very start, the same."""
        if self.step > 0:
            return self._at(self.day, self.step - 1)
        return self._at(self.day - 1, len(self.trace.steps) - 1) if self.day > 0 else self

    def go_to(self, day: int, step: int | None = None) -> Simulation:
        """To a day, at the same step or the one given; both are held within what there is."""
        last_step = len(self.trace.steps) - 1  # every day of a lesson has the same steps
        return self._at(min(max(day, 0), self.days - 1), min(max(self.step if step is None else step, 0), last_step))

    def first(self) -> Simulation:
        """To the first step of the first day, the rest of the week not yet cooked."""
        return replace(self._at(0, 0), revealed=False)

    def last(self) -> Simulation:
        """To the last step of the last day: the whole week is cooked."""
        return self._at(self.days - 1, len(self.trace.steps) - 1)

    def move_row(self, by: int) -> Simulation:
        """Spell out another row, round and round."""
        rows = len(self.trace.steps[self.step].result.value)
        return replace(self, row=(self.lit_row + by) % rows)

    def toggle_reveal(self) -> Simulation:
        """Show the dishes of the days to come, or hide them again."""
        return replace(self, revealed=not self.revealed)

    def _at(self, day: int, step: int) -> Simulation:
        return replace(self, day=day, step=step, row=None)

    def with_learning(self, moment: Moment, branch: int) -> Simulation:
        """The same place, with a training run at one of its updates."""
        return replace(self, situation=replace(self.situation, learning=moment, branch=branch))

    # Changing the situation: the place stays, as far as it exists there

    def with_lesson(self, lesson: int) -> Simulation:
        """Another lesson, from its first step, with the same week."""
        if lesson not in LESSONS:
            raise InputError(f"There is no lesson {lesson}: there are lessons 1 to {max(LESSONS)}.")
        return Simulation(replace(self.situation, lesson=lesson))

    def flip_weather(self, day: int | None = None) -> Simulation:
        """The next weather of the list for a day, today unless another is given."""
        day = self.day if day is None else day
        week = list(self.situation.week)
        week[day] = (week[day] + 1) % len(self.situation.roommate.weathers)
        return self._in(replace(self.situation, week=tuple(week)))

    def next_start(self) -> Simulation:
        """The next dish of the list as the one before the first day."""
        start = (self.situation.start + 1) % len(self.situation.roommate.dishes)
        return self._in(replace(self.situation, start=start))

    def add_day(self) -> Simulation:
        """One day more at the end of the week, with the weather of the last."""
        week = self.situation.week
        return self._in(replace(self.situation, week=(*week, week[-1])))

    def remove_day(self) -> Simulation:
        """One day less at the end of the week; the last one left stays."""
        return self._in(replace(self.situation, week=self.situation.week[:-1])) if self.days > 1 else self

    def _in(self, situation: Situation) -> Simulation:
        changed = replace(self, situation=situation, day=min(self.day, len(situation.week) - 1))
        return replace(changed, row=None)
