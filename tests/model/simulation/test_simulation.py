"""Walking and changing, as values: a random walk over every key, with no terminal."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from model.errors import InputError, TrainingError
from model.network.activations import activation_named
from model.network.names import TRAINABLE
from model.network.schedule import OF_DISHES, Feedback
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.simulation.lessons import LESSONS, TRAINING_LESSON
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.simulation.timeline import Timeline
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.strategies import situations


def test_a_week_forwards_and_backwards_visits_the_same_places() -> None:
    for lesson in LESSONS:
        simulation = Simulation(Situation(lesson=lesson))
        seen = [simulation]
        while not simulation.at_end:
            simulation = simulation.next_step()
            seen.append(simulation)
        assert len(seen) == 6 * len(simulation.trace.steps)
        for expected in reversed(seen[:-1]):
            simulation = simulation.previous_step()
            assert simulation == expected
        assert simulation.previous_step() == simulation


def test_the_way_back_visits_every_step_both_ways() -> None:
    for lesson in (1, 2, 3, 5):
        situation = Situation(lesson=lesson)
        network = situation.network.with_activation(activation_named("tanh"))
        simulation = Simulation(situation.with_custom_network(network), day=2, step=1).turn()
        assert (simulation.day, simulation.step) == (5, 0)
        seen = [simulation]
        while not simulation.at_end:
            simulation = simulation.next_step()
            seen.append(simulation)
        assert simulation.day == UPDATE
        assert len(seen) == 6 * len(situation.with_custom_network(network).back_steps(0)) + len(simulation.steps)
        assert simulation.next_step() == simulation
        for expected in reversed(seen[:-1]):
            simulation = simulation.previous_step()
            assert simulation == expected
        assert seen[-1].first() == seen[0]
        assert seen[0].last() == seen[-1]
        assert not seen[-1].turn().backward
        assert seen[-1].turn().day == 0
        assert seen[13].turn().day == seen[13].day


def test_the_hand_set_network_cannot_go_back() -> None:
    assert not Situation().can_go_back
    with pytest.raises(TrainingError, match="no useful derivative"):
        Simulation().turn()
    assert Situation().loss == pytest.approx(np.log(np.e + 2) - 1)  # every logit vector is one-hot


def test_real_dishes_go_with_the_days() -> None:
    simulation = Simulation(Situation(week=(0, 1, 1), targets=(2, 2, 0)))
    assert simulation.situation.expected == (2, 2, 0)
    assert simulation.add_day().situation.targets == (2, 2, 0, 1)  # rainy after pasta, by the rule
    assert simulation.remove_day().situation.targets == (2, 2)
    assert simulation.flip_weather(0).situation.targets == (2, 2, 0)
    with pytest.raises(InputError, match="The week has 3 days, and 2 dishes"):
        Situation(week=(0, 1, 1), targets=(2, 2))


def test_the_schedule_fills_in_day_by_day() -> None:
    simulation = Simulation(day=2, step=4)
    assert [simulation.is_cooked(day) for day in range(6)] == [True, True, False, False, False, False]
    assert simulation.next_step().is_cooked(2)
    assert all(simulation.toggle_reveal().is_cooked(day) for day in range(6))
    assert simulation.last().is_cooked(5)
    assert not simulation.toggle_reveal().first().is_cooked(0)


def test_flipping_a_day_changes_the_days_after_it() -> None:
    simulation = Simulation(day=3)
    before = [simulation.situation.dish(day) for day in range(6)]
    after = simulation.flip_weather(1)
    assert after.situation.week == (0, 0, 0, 1, 0, 1)
    assert (after.day, after.step) == (3, 0)
    assert [after.situation.dish(day) for day in range(6)] == [0, 0, 0, 1, 1, 2] != before


def test_walking_shares_what_was_computed() -> None:
    simulation = Simulation()
    run = simulation.situation.run
    assert simulation.next_step().last().toggle_reveal().situation.run is run


def test_there_is_no_such_lesson() -> None:
    with pytest.raises(InputError, match="no lesson 9"):
        Simulation().with_lesson(9)
    with pytest.raises(InputError, match="at least one day"):
        Situation(week=())


def test_undo_leaves_the_person_where_they_are() -> None:
    timeline = Timeline(Simulation(day=1))
    timeline = timeline.change(timeline.present.flip_weather())
    timeline = timeline.walk(timeline.present.with_lesson(1).next_step())
    back = timeline.undo()
    assert back.present.situation.week == Situation().week
    assert (back.present.situation.lesson, back.present.step) == (1, 1)
    assert back.redo().present == timeline.present
    assert back.undo() == back


@given(st.lists(st.sampled_from(["flip", "start", "add", "remove"])))
def test_undoing_everything_returns_to_the_beginning(changes: list[str]) -> None:
    timeline = Timeline(Simulation())
    for change in changes:
        now = timeline.present
        moves = {"flip": now.flip_weather, "start": now.next_start, "add": now.add_day, "remove": now.remove_day}
        timeline = timeline.change(moves[change]())
    after = timeline.present
    while timeline.past:
        timeline = timeline.undo()
    assert timeline.present.situation == Situation()
    while timeline.future:
        timeline = timeline.redo()
    assert timeline.present == after


class Walk(RuleBasedStateMachine):
    """Any keys in any order: the cursor stays inside, and the network cooks what the rule says."""

    def __init__(self) -> None:
        super().__init__()
        self.timeline = Timeline(Simulation())

    @rule(
        move=st.sampled_from(
            ["next_step", "previous_step", "first", "last", "toggle_reveal"]
            + ["flip_weather", "next_start", "add_day", "remove_day"]
        )
    )
    def press(self, move: str) -> None:
        self.timeline = self.timeline.change(getattr(self.timeline.present, move)())

    @rule(lesson=st.sampled_from(sorted(LESSONS)))
    def switch(self, lesson: int) -> None:
        self.timeline = self.timeline.walk(self.timeline.present.with_lesson(lesson))

    @rule(day=st.integers(-3, 12), step=st.none() | st.integers(-2, 9))
    def jump(self, day: int, step: int | None) -> None:
        self.timeline = self.timeline.walk(self.timeline.present.go_to(day, step))

    @rule(by=st.sampled_from([-1, 1]))
    def go_on(self, by: int) -> None:
        self.timeline = self.timeline.walk(self.timeline.present.go_on(by))

    @rule()
    def turn(self) -> None:
        now = self.timeline.present
        if now.backward or now.situation.can_go_back:
            self.timeline = self.timeline.walk(now.turn())

    @rule(name=st.sampled_from([*TRAINABLE, "largest-to-1"]))
    def another_activation(self, name: str) -> None:
        now = self.timeline.present
        network = now.situation.network.with_activation(activation_named(name))
        self.timeline = self.timeline.change(now.with_network(network))

    @rule(feedback=st.sampled_from(OF_DISHES))
    def another_feedback(self, feedback: Feedback) -> None:
        now = self.timeline.present
        self.timeline = self.timeline.change(
            now.with_settings(replace(now.situation.settings, feedback=str(feedback)))
        )

    @rule()
    def make_the_update_shown(self) -> None:
        now = self.timeline.present
        if now.situation.can_go_back:
            network = now.situation.network.with_parameters(now.situation.week_update.after)
            self.timeline = self.timeline.change(now.with_network(network))

    @rule()
    def by_hand(self) -> None:
        self.timeline = self.timeline.change(self.timeline.present.with_network(None))

    @rule(by=st.sampled_from([-1, 1]))
    def move_row(self, by: int) -> None:
        self.timeline = self.timeline.walk(self.timeline.present.move_row(by))

    @rule()
    def undo(self) -> None:
        self.timeline = self.timeline.undo()

    @rule()
    def redo(self) -> None:
        self.timeline = self.timeline.redo()

    @invariant()
    def the_cursor_is_inside(self) -> None:
        now = self.timeline.present
        assert (UPDATE if now.backward else 0) <= now.day < now.days
        assert 0 <= now.step < len(now.steps)
        assert 0 <= now.current_entry < now.current_step.result.value.size
        assert not now.backward or now.situation.can_go_back

    @invariant()
    def the_network_by_hand_is_the_rule(self) -> None:
        situation = self.timeline.present.situation
        if situation.by_hand:
            assert tuple(situation.dish(day) for day in range(len(situation.week))) == situation.expected


TestWalk = Walk.TestCase


def test_only_the_lesson_that_trains_shows_a_run() -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig())
    for number, lesson in LESSONS.items():
        situation = Situation(lesson=number, learning=run.moment())
        assert situation.trains == lesson.trains
        assert (situation.snapshot is situation.learning) == lesson.trains
        assert Situation(lesson=number).snapshot is None
    assert [number for number, lesson in LESSONS.items() if lesson.trains] == [TRAINING_LESSON]


@given(situation=situations(), walked=st.integers(0, 40))
def test_the_days_that_are_cooked_are_the_first_ones(
    situation: tuple[Roommate, tuple[int, ...], int], walked: int
) -> None:
    roommate, week, start = situation
    simulation = Simulation(Situation(roommate, week=week, start=start))
    for _step in range(walked):
        simulation = simulation.next_step()
    cooked = [day for day in range(simulation.days) if simulation.is_cooked(day)]
    assert cooked == [*range(simulation.days_cooked)]
    assert simulation.days_right == sum(map(simulation.right, cooked))
