"""The whole situation on the screen as one frozen value; every key is a method that returns a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from model.backtrace import trace_back, trace_update
from model.config import TrainingConfig
from model.descent import Descent, descend
from model.errors import InputError
from model.gradient import loss
from model.moment import Moment
from model.network import BY_HAND, Feedback, Network, Pass, Weeks, cook, forward
from model.parameters import Sizes, hand_set_sizes
from model.room import check_week, most_days
from model.roommate import LECTURE_WEEK, PERFECT_ROOMMATE, Kind, Roommate
from model.step import Step
from model.trace import DayTrace, trace_day
from model.words import MOST_DAYS

LEARN = 4
"""The lesson in which training finds the weights."""

UPDATE = -1
"""On the way back the update comes after the first day, which is day 0."""

LESSONS = {1: Kind.WEATHER, 2: Kind.CYCLE, 3: Kind.RNN, LEARN: Kind.RNN, 5: Kind.ELMAN}
"""The network of each lesson; in the one that learns, that of the run where there is one."""


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
        start: The state before the first day, as an index; without a memory, the dish of that day.
        targets: What was really cooked on each day, as indices, where that is not simply the roommate's rule.
        own: The network that a lesson shows instead of the hand-set one: from a file, or edited.
        settings: How the other lessons send errors back and update; lesson 4 has the settings of its run.
        learning: The training run that lesson 4 shows, at one of its updates.
        branch: The number of that run among those that undo can bring back.
        scenario: What ``--scenario`` opens the roommate with; nothing for the lecture's.
    """

    roommate: Roommate = PERFECT_ROOMMATE
    lesson: int = 3
    week: tuple[int, ...] = LECTURE_WEEK
    start: int = 0
    targets: tuple[int, ...] | None = None
    own: Mapping[int, Network] = field(default_factory=dict)
    settings: TrainingConfig = field(default_factory=TrainingConfig)
    learning: Moment | None = None
    branch: int = 0
    scenario: str = ""

    def __post_init__(self) -> None:
        if not self.week:
            raise InputError("A week needs at least one day.")
        if self.targets is not None and len(self.targets) != len(self.week):
            raise InputError(f"The week has {len(self.week)} days, and {len(self.targets)} dishes were cooked in it.")
        if len(self.week) > MOST_DAYS:
            raise InputError(f"The week has more than {MOST_DAYS:,} days: that is the most that is accepted.")
        check_week(len(self.week), self.sizes)

    @property
    def kind(self) -> Kind:
        """Which network the lesson is about."""
        if self.lesson == LEARN and self.learning is not None:
            return self.learning.network.kind
        return LESSONS[self.lesson]

    @cached_property
    def network(self) -> Network:
        """The network of the lesson: learned, loaded or edited weights where there are any, or set by hand."""
        if self.lesson == LEARN and self.learning is not None:
            return self.learning.network
        return self.own.get(self.lesson) or self.hand_set

    @property
    def sizes(self) -> Sizes:
        """`Parameters.sizes` of the network, which need not be made for that."""
        if self.lesson == LEARN and self.learning is not None:
            return self.learning.network.parameters.sizes
        own = self.own.get(self.lesson)
        return hand_set_sizes(self.roommate, self.kind) if own is None else own.parameters.sizes

    @cached_property
    def hand_set(self) -> Network:
        """The network with the weights that are exact for the lesson's rule."""
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
        """What the roommate really cooks: as it is known, or by the rule of this lesson."""
        reduced = self.roommate.reduced(self.kind)
        return self.targets or reduced.cook(self.week, self.start if reduced.memory else self.start_dish)

    @property
    def start_dish(self) -> int:
        """The dish of the day before the first, as an index: what the state shows."""
        return self.roommate.shows[self.start]

    def case(self, day: int) -> tuple[int, int]:
        """The case that a day is: the weather, and what the day starts from.

        That is the dish that the network cooked the day before; for the Elman network, which hands on more than a
        dish, the state that the roommate is really in.
        """
        weather = self.week[day]
        if self.kind is Kind.ELMAN:
            return weather, self.roommate.live(self.week[:day], self.start)[-1] if day else self.start
        return weather, self.dish(day - 1) if day else self.start_dish

    def dish(self, day: int) -> int:
        """What the network cooks on a day, as an index."""
        return int(self.run.dish[day, 0])

    def trace(self, day: int, *, backward: bool = False) -> DayTrace:
        """A day as the network lived it; on the way back with the feedback of the settings."""
        return trace_day(self.roommate, self.network, self.descent.run if backward else self.run, day)

    # The way back

    @property
    def config(self) -> TrainingConfig:
        """The settings of the way back: those of the run in lesson 4."""
        if self.lesson == LEARN and self.learning is not None:
            return self.learning.config
        network = "elman" if self.kind is Kind.ELMAN else "lecture"
        return self.settings if self.settings.network == network else replace(self.settings, network=network)

    @property
    def can_go_back(self) -> bool:
        """Whether errors can go back: the non-linearity has a derivative, and the week is not too long for memory."""
        return self.has_derivative and not self.too_long_to_go_back

    @property
    def has_derivative(self) -> bool:
        """Whether the network's non-linearity has a derivative, so that errors can go back through it."""
        return self.network.activation.backward is not None

    @property
    def too_long_to_go_back(self) -> str:
        """Why the week is too long for the way back, which takes more memory; nothing where it is not."""
        most = most_days(self.sizes, backward=True)
        if len(self.week) <= most:
            return ""
        return (
            f"A week of {len(self.week):,} days takes too much memory on the way back with {self.sizes[2]:,} hidden "
            f"units: errors can go back through at most {most:,} days. Take a shorter week."
        )

    @cached_property
    def descent(self) -> Descent:
        """The update that this week would make.

        Raises:
            TrainingError: See `can_go_back`.
        """
        memory = self.learning.memory if self.lesson == LEARN and self.learning is not None else None
        return descend(self.network, self.weeks, self.config, memory)

    @cached_property
    def weeks(self) -> Weeks:
        """The week with its targets, as the network takes it: B = 1."""
        weather, dishes = (np.array(days, dtype=np.intp)[:, None] for days in (self.week, self.expected))
        start = np.array([self.start], dtype=np.intp)
        return Weeks.of(self.roommate, weather, start, dishes, self.network.units)

    @cached_property
    def loss(self) -> float:
        """The mean cross-entropy of the week, in nats, with the feedback of the settings."""
        with np.errstate(all="ignore"):  # as in `forward`
            return loss(forward(self.network, self.weeks, Feedback(self.config.feedback)), self.weeks)

    def back_steps(self, day: int) -> tuple[Step, ...]:
        """The steps of a day on the way back, or those of the update for the day `UPDATE`."""
        if day == UPDATE:
            return trace_update(self.roommate, self.descent)
        return trace_back(self.roommate, self.descent, day)

    def with_own(self, network: Network | None) -> Situation:
        """The lesson with another network; None: with the hand-set one again."""
        others = {lesson: own for lesson, own in self.own.items() if lesson != self.lesson}
        return replace(self, own=others if network is None else {**others, self.lesson: network})


@dataclass(frozen=True)
class Simulation:
    """A situation and where one looks: all that is on the screen.

    Attributes:
        situation: What is computed.
        day: The day under the cursor, counted from 0; on the way back also `UPDATE`.
        step: The step under the cursor, counted from 0.
        row: The entry of the step's result that is spelled out, row by row; None: the one that tells most.
        revealed: Whether the days after the cursor are shown as cooked.
        backward: Whether the walk goes back, from the last day's error to the update.
    """

    situation: Situation = field(default_factory=Situation)
    day: int = 0
    step: int = 0
    row: int | None = None
    revealed: bool = False
    backward: bool = False

    # What is seen

    @cached_property
    def trace(self) -> DayTrace:
        """The day under the cursor, as the network lived it; the first day while the update is looked at."""
        return self.situation.trace(max(self.day, 0), backward=self.backward)

    @property
    def run(self) -> Pass:
        """The forward pass that is looked at; on the way back it is the one with the feedback of the settings."""
        return self.situation.descent.run if self.backward else self.situation.run

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the day (or the update) under the cursor."""
        return self.situation.back_steps(self.day) if self.backward else self.trace.steps

    @property
    def lit_step(self) -> Step:
        """The step under the cursor."""
        return self.steps[self.step]

    @property
    def days(self) -> int:
        """The number of days in the week."""
        return len(self.situation.week)

    @property
    def last_day(self) -> int:
        """Where the walk ends: on the last day, or on the way back at the update."""
        return UPDATE if self.backward else self.days - 1

    @property
    def at_end(self) -> bool:
        """Whether the cursor stands on the last step of the walk."""
        return self.day == self.last_day and self.step == len(self.steps) - 1

    @property
    def lit_row(self) -> int:
        """The entry of the result that is spelled out."""
        step = self.lit_step
        return step.telling if self.row is None else min(self.row, step.result.value.size - 1)

    def dish(self, day: int) -> int:
        """The dish of a day in the pass that is looked at, as an index."""
        return int(self.run.dish[day, 0])

    def is_cooked(self, day: int) -> bool:
        """Whether a day's dish is known to the person who walks: its last step has been seen."""
        seen = day < self.day or (day == self.day and self.step == len(self.steps) - 1)
        return self.revealed or self.backward or seen

    # Walking: the situation stays

    def next_step(self) -> Simulation:
        """One step on, into the next day of the walk after the last; at its end, the same."""
        if self.step < len(self.steps) - 1:
            return self._at(self.day, self.step + 1)
        return self if self.at_end else self._at(self.day + self._direction, 0)

    def previous_step(self) -> Simulation:
        """One step back; at the very start, the same."""
        if self.step > 0:
            return self._at(self.day, self.step - 1)
        if self.day == self._first_day:
            return self
        before = self._at(self.day - self._direction, 0)
        return before._at(before.day, len(before.steps) - 1)

    @property
    def _direction(self) -> int:
        return -1 if self.backward else 1

    @property
    def _first_day(self) -> int:
        return self.days - 1 if self.backward else 0

    def go_on(self, by: int) -> Simulation:
        """Some days on in the direction of the walk, or back; at the same step, as far as there is one."""
        return self.go_to(self.day + by * self._direction)

    def go_to(self, day: int, step: int | None = None) -> Simulation:
        """To a day, at the same step or the one given; both are held within what there is."""
        there = self._at(min(max(day, min(self.last_day, 0)), self.days - 1), 0)
        return there._at(there.day, min(max(self.step if step is None else step, 0), len(there.steps) - 1))

    def first(self) -> Simulation:
        """To the first step of the walk, the rest of the week not yet cooked."""
        return replace(self._at(self._first_day, 0), revealed=False)

    def last(self) -> Simulation:
        """To the last step of the walk: the whole week is cooked."""
        end = self._at(self.last_day, 0)
        return end._at(end.day, len(end.steps) - 1)

    def turn(self) -> Simulation:
        """Turn round: back from the last day's error, or forwards again at the same day.

        Raises:
            TrainingError: The non-linearity has no derivative.
        """
        if self.backward:
            return replace(self._at(max(self.day, 0), 0), backward=False)
        turned = replace(self._at(self.days - 1, 0), backward=True)
        _ = turned.steps  # raises here rather than when it is drawn
        return turned

    def move_row(self, by: int) -> Simulation:
        """Spell out another entry, round and round."""
        return replace(self, row=(self.lit_row + by) % self.lit_step.result.value.size)

    def toggle_reveal(self) -> Simulation:
        """Show the dishes of the days to come, or hide them again."""
        return replace(self, revealed=not self.revealed)

    def _at(self, day: int, step: int) -> Simulation:
        return replace(self, day=day, step=step, row=None)

    def with_learning(self, moment: Moment, branch: int) -> Simulation:
        """The same place, with a training run at one of its updates."""
        return self.in_situation(replace(self.situation, learning=moment, branch=branch))

    # Changing the situation: the place stays, as far as it exists there

    def with_lesson(self, lesson: int) -> Simulation:
        """Another lesson, from its first step, with the same week."""
        if lesson not in LESSONS:
            raise InputError(f"There is no lesson {lesson}: there are lessons 1 to {max(LESSONS)}.")
        return Simulation(replace(self.situation, lesson=lesson))

    def flip_weather(self, day: int | None = None) -> Simulation:
        """The next weather of the list for a day, today (beside the update, the first) unless another is given."""
        day = max(self.day, 0) if day is None else day
        week = list(self.situation.week)
        week[day] = (week[day] + 1) % len(self.situation.roommate.weathers)
        return self.in_situation(replace(self.situation, week=tuple(week)))

    def next_start(self) -> Simulation:
        """The next dish (or state, where there is a memory) of the list as the one before the first day."""
        start = (self.situation.start + 1) % len(self.situation.roommate.states)
        return self.in_situation(replace(self.situation, start=start))

    def add_day(self) -> Simulation:
        """One day more at the end of the week, with the weather of the last."""
        situation, weather = self.situation, self.situation.week[-1]
        targets = situation.targets
        if targets is not None:  # nobody knows of that day: the rule goes on from the day before
            targets = (*targets, situation.roommate.reduced(situation.kind).next_dish[weather][targets[-1]])
        return self.in_situation(replace(situation, week=(*situation.week, weather), targets=targets))

    def remove_day(self) -> Simulation:
        """One day less at the end of the week; the last one left stays."""
        if self.days == 1:
            return self
        week, targets = self.situation.week[:-1], self.situation.targets
        return self.in_situation(replace(self.situation, week=week, targets=targets and targets[:-1]))

    def with_network(self, network: Network | None) -> Simulation:
        """Another network in the lesson, unless it is the one that learns; None: the hand-set one again."""
        return self.in_situation(self.situation.with_own(network))

    def with_settings(self, settings: TrainingConfig) -> Simulation:
        """Other settings for the way back, unless the lesson is the one that learns."""
        return self.in_situation(replace(self.situation, settings=settings))

    def in_situation(self, situation: Situation) -> Simulation:
        """The same place in another situation, as far as it exists there."""
        changed = replace(self, situation=situation, row=None if situation.week != self.situation.week else self.row)
        if changed.backward and not situation.can_go_back:
            changed = changed._at(max(changed.day, 0), 0)
            changed = replace(changed, backward=False)
        changed = replace(changed, day=min(changed.day, changed.days - 1))
        return replace(changed, step=min(changed.step, len(changed.steps) - 1))
