"""One pass: what a walk feeds back is the same both ways, or is said."""

import numpy as np
import pytest

from model.network.forward import cook
from model.network.network import Network
from model.network.schedule import OF_DISHES, Feedback
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.lessons import LESSONS
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.strategies import SOUP_EATER


def learning(feedback: str, updates: int = 67, **settings: object) -> Situation:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(feedback=feedback, **settings))  # type: ignore[arg-type]
    run.advance(updates)
    return Simulation(Situation(lesson=4)).with_learning(run.moment(), 1).situation


@pytest.mark.parametrize("feedback", OF_DISHES)
def test_the_walk_of_a_run_has_its_feedback_both_ways(feedback: Feedback) -> None:
    situation = learning(feedback)
    assert situation.feedback is situation.week_update.feedback is feedback
    assert np.array_equal(situation.run.logits, situation.week_update.forward.logits)
    forwards = [situation.trace(day) for day in range(6)]
    back = [situation.trace(day, backward=True) for day in range(6)]
    assert [(day.yesterday, day.dish) for day in forwards] == [(day.yesterday, day.dish) for day in back]
    assert [situation.case(day) for day in range(6)] == [(day.weather, day.yesterday) for day in forwards]


def test_what_is_fed_back_makes_other_dishes() -> None:
    ways = {feedback: learning(feedback, 5) for feedback in OF_DISHES}
    trained = ways[Feedback.SOFT].network
    fed = [Situation().with_custom_network(trained).run_of(trained).logits]
    for feedback in OF_DISHES:
        situation = Simulation(Situation().with_custom_network(trained)).with_settings(
            TrainingConfig(feedback=feedback)
        )
        fed.append(situation.situation.run.logits)
    assert np.array_equal(fed[0], fed[1])  # what it was trained with, where nobody asks
    assert not np.array_equal(fed[1], fed[2])
    assert not np.array_equal(fed[2], fed[3])


def test_with_teacher_forcing_yesterday_is_what_was_really_cooked() -> None:
    situation = learning(Feedback.TEACHER, 0)
    assert tuple(situation.trace(day).yesterday for day in range(1, 6)) == situation.expected[:-1]


@pytest.mark.parametrize("lesson", [lesson for lesson in LESSONS if lesson != 4])
def test_weights_set_by_hand_are_fed_whole_dishes(lesson: int) -> None:
    situation = Situation(lesson=lesson)
    cooked = cook(situation.network, PERFECT_ROOMMATE, situation.week, situation.start)
    assert np.array_equal(situation.run.logits, cooked.logits)
    assert situation.feedback is (Feedback.HIDDEN if lesson == 5 else Feedback.HARD)


def test_another_feedback_is_for_the_walk_both_ways() -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig())
    simulation = Simulation(Situation().with_custom_network(run.moment().network, run.moment().provenance))
    for feedback in OF_DISHES:
        simulation = simulation.with_settings(TrainingConfig(feedback=feedback))
        assert simulation.situation.feedback is simulation.situation.week_update.feedback is feedback


def test_other_weights_are_compared_on_the_same_feedback() -> None:
    situation = learning(Feedback.TEACHER, 3)
    other = Network.by_hand(PERFECT_ROOMMATE)
    run = situation.run_of(other)
    assert np.array_equal(run.handed_on["d"], situation.run.handed_on["d"])
    elman = Situation(SOUP_EATER, 5, (1, 1, 0))
    assert np.array_equal(elman.run_of(elman.network).logits, elman.run.logits)
