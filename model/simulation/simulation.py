"""The whole situation on the screen as one frozen value; every key is a method that returns a new one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from model.errors import InputError
from model.language import _
from model.network.forward import ForwardPass
from model.network.network import Network
from model.network.schedule import Feedback
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.lessons import GUESTS, LESSONS
from model.simulation.situation import UPDATE, Situation
from model.steps.forward import DayTrace
from model.steps.step import Operand, Step
from model.training.config import TrainingConfig
from model.training.snapshot import TrainingSnapshot


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
        asked: Whether the result of the step under the cursor is asked for, and so not known to who walks.
        lit: What is pointed at: a quantity or a matrix; nothing: what the step reads and makes.
        lit_entry: Which entry of it, counted row by row; None: all of it.
        aside: The situation that is waiting while a lesson has a guest; other lessons go on with it.
    """

    situation: Situation = field(default_factory=Situation)
    day: int = 0
    step: int = 0
    row: int | None = None
    revealed: bool = False
    backward: bool = False
    asked: bool = False
    lit: Operand | None = None
    lit_entry: int | None = None
    aside: Situation | None = None

    # What is seen

    @cached_property
    def trace(self) -> DayTrace:
        """The day under the cursor, as the network lived it; the first day while the update is looked at."""
        return self.situation.trace(max(self.day, 0), backward=self.backward)

    @property
    def run(self) -> ForwardPass:
        """The forward pass that is looked at; on the way back it is the one with the feedback of the settings."""
        return self.situation.week_update.forward if self.backward else self.situation.run

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the day (or the update) under the cursor."""
        steps = self.situation.back_steps(self.day) if self.backward else self.trace.steps
        if self.asked:
            return (*steps[: self.step], *(step.unanswered for step in steps[self.step :]))
        return steps

    @property
    def taken(self) -> tuple[Step, ...]:
        """The steps of the day whose results are known to who walks, as far as nothing else is shown."""
        return self.steps[: self.step + (not self.asked)]

    @cached_property
    def known_symbols(self) -> frozenset[str]:
        """The symbols of the results of these steps."""
        return frozenset(step.result.symbol for step in self.taken)

    @property
    def current_step(self) -> Step:
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
    def current_entry(self) -> int:
        """The entry of the result that is spelled out."""
        step = self.current_step
        return step.telling if self.row is None else min(self.row, step.result.value.size - 1)

    def dish(self, day: int) -> int:
        """The dish of a day in the pass that is looked at, as an index."""
        return int(self.run.dish[day, 0])

    def right(self, day: int) -> bool:
        """Whether a day's dish in the pass that is looked at is what it should be; a tie is nobody's."""
        return bool(self.situation.right(backward=self.backward)[day])

    def is_cooked(self, day: int) -> bool:
        """Whether a day's dish is known to the person who walks: its last step has been seen."""
        return day < self.days_cooked

    @property
    def days_cooked(self) -> int:
        """How many days' dishes are known: those of the first days of the week."""
        if self.shows_all or self.backward:
            return self.days
        return self.day + (self.step == len(self.steps) - 1 and not self.asked)

    @property
    def days_right(self) -> int:
        """How many of these are right."""
        return int(np.count_nonzero(self.situation.right(backward=self.backward)[: self.days_cooked]))

    @property
    def shows_all(self) -> bool:
        """Whether what comes later in the week is shown, too; not while a result is asked for."""
        return self.revealed and not self.asked

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
        assert turned.steps  # raises here rather than when it is drawn
        return turned

    def move_row(self, by: int) -> Simulation:
        """Spell out another entry, round and round."""
        return replace(self, row=(self.current_entry + by) % self.current_step.result.value.size)

    def toggle_reveal(self) -> Simulation:
        """Show the dishes of the days to come, or hide them again."""
        return replace(self, revealed=not self.revealed)

    def _at(self, day: int, step: int) -> Simulation:
        return replace(self, day=day, step=step, row=None)

    def with_learning(self, moment: TrainingSnapshot, run_id: int) -> Simulation:
        """Show the same place, with a training run at one of its updates, and the same entry spelled out."""
        there = self.in_situation(replace(self.situation, learning=moment, run_id=run_id))
        same = self.situation.learning is not None and there.step == self.step and there.backward == self.backward
        return replace(there, row=self.current_entry) if same else there

    # Changing the situation: the place stays, as far as it exists there

    def with_lesson(self, lesson: int) -> Simulation:
        """Another lesson, from its first step, with the same week.

        A lesson that has a guest shows them instead of the lecture's roommate, where nobody has loaded weights for
        that one; the next lesson goes on with the lecture's.
        """
        if lesson not in LESSONS:
            raise InputError(
                _("There is no lesson {lesson}: there are lessons 1 to {last}.").format(
                    lesson=lesson, last=max(LESSONS)
                )
            )
        if lesson == self.situation.lesson:
            return Simulation(replace(self.situation), aside=self.aside)
        settings, fed_back, name = self.situation.settings, self.situation.fed_back, LESSONS[lesson].guest
        here = self.situation
        if self.aside is not None:
            here = replace(self.aside, settings=settings, fed_back=fed_back)
        if name and here.roommate == PERFECT_ROOMMATE and not here.scenario and lesson not in here.custom_networks:
            guest = GUESTS[name]
            shown = Situation(guest.roommate, lesson, guest.days, guest.start, settings=settings, fed_back=fed_back)
            return Simulation(replace(shown, scenario=name), aside=here)
        return Simulation(replace(here, lesson=lesson))

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
            targets = (*targets, situation.roommate.reduced(situation.cell.sees).next_dish[weather][targets[-1]])
        return self.in_situation(replace(situation, week=(*situation.week, weather), targets=targets))

    def remove_day(self) -> Simulation:
        """One day less at the end of the week; the last one left stays."""
        if self.days == 1:
            return self
        week, targets = self.situation.week[:-1], self.situation.targets
        return self.in_situation(replace(self.situation, week=week, targets=targets and targets[:-1]))

    def with_network(self, network: Network | None) -> Simulation:
        """Another network in the lesson, unless it is the one that learns; None: the hand-set one again."""
        return self.in_situation(self.situation.with_custom_network(network))

    def with_settings(self, settings: TrainingConfig) -> Simulation:
        """Other settings for the way back, unless the lesson is the one that learns.

        Another feedback is for the walk both ways.
        """
        situation = replace(self.situation, settings=settings)
        if settings.feedback != self.situation.config.feedback:
            situation = replace(situation, fed_back=Feedback(settings.feedback))
        return self.in_situation(situation)

    def in_situation(self, situation: Situation) -> Simulation:
        """Show the same place in another situation, as far as it exists there."""
        changed = replace(self, situation=situation, row=None if situation.week != self.situation.week else self.row)
        if changed.backward and not situation.can_go_back:
            changed = changed._at(max(changed.day, 0), 0)
            changed = replace(changed, backward=False)
        changed = replace(changed, day=min(changed.day, changed.days - 1))
        return replace(changed, step=min(changed.step, len(changed.steps) - 1))
