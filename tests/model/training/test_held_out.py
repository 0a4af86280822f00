"""The grade of a diary: the same question for every network, how sure it is, and what guessing would have."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.network.cells import CELLS
from model.network.network import Network
from model.network.schedule import Feedback
from model.roommate.diary import NUMBERS, Diary, diary_of
from model.roommate.roommate import PERFECT_ROOMMATE
from model.training.config import TrainingConfig
from model.training.diagnosis import diagnose
from model.training.held_out import HeldOutScore, score_held_out_days
from model.training.run import TrainingRun
from tests.model.networks import network_of
from tests.model.strategies import SOUP_EATER


def lived(days: int = 100) -> Diary:
    return diary_of(PERFECT_ROOMMATE, tuple(random.Random(1).choices((0, 1), k=days)), 0)


def noted(dish: list[int], weather: list[int]) -> Diary:
    at = np.arange(len(dish))
    return Diary("d", ("a", "b"), ("s", "r"), NUMBERS, at, np.array(weather), np.array(dish), at + 2)


@pytest.mark.parametrize(
    ("right", "days", "interval"),
    [(6, 8, (0.409, 0.929)), (10, 10, (0.722, 1.0)), (0, 10, (0.0, 0.278)), (50, 100, (0.404, 0.596))],
)
def test_the_interval_is_wilsons(right: int, days: int, interval: tuple[float, float]) -> None:
    assert HeldOutScore(right, days).interval == pytest.approx(interval, abs=5e-4)


@given(st.integers(1, 10_000).flatmap(lambda days: st.tuples(st.integers(0, days), st.just(days))))
def test_the_interval_holds_the_part_and_grows_with_fewer_days(score: tuple[int, int]) -> None:
    right, days = score
    least, most = HeldOutScore(right, days).interval
    assert 0 <= least <= right / days <= most <= 1
    longer = HeldOutScore(right * 10, days * 10).interval
    assert longer[1] - longer[0] < most - least


def test_what_guessing_has_on_the_very_days_that_are_held_out() -> None:
    dish = [0] * 16 + [1, 0, 0, 1, 1]  # the last five are held out
    diary = noted(dish, [0] * 21)
    assert diary.cut == 16
    result = score_held_out_days(Network.by_hand(diary.roommate()), diary.roommate(), diary)
    assert (result.commonest, result.majority.right, result.same.right, result.majority.days) == (0, 2, 2, 5)
    assert result.best.right == 3  # after a: b and b of three; after b: a or b
    assert result.no_better_than_guessing


def test_both_networks_are_asked_the_same_days() -> None:
    diary = lived()
    for name in ("both", "elman"):
        network = Network.by_hand(PERFECT_ROOMMATE, CELLS[name])
        result = score_held_out_days(network, PERFECT_ROOMMATE, diary)
        assert result.next_dish == result.free_running == HeldOutScore(20, 20)
        assert not result.no_better_than_guessing


def test_free_running_feels_what_the_true_past_forgives() -> None:
    """A network that is wrong in one case is wrong once with the true past, and goes on wrong without."""
    diary = lived(400)
    weights = Network.by_hand(PERFECT_ROOMMATE).parameters
    food = np.array(weights["food"])
    food[[3, 4, 5], 0] = 0.0, 0.0, 1.0  # rainy after pasta: salad
    network = network_of(weights.with_matrix("food", food), "largest-to-1", trained_with=Feedback.HARD)
    result = score_held_out_days(network, PERFECT_ROOMMATE, diary)
    assert result.free_running.right < result.next_dish.right < result.next_dish.days


def test_a_network_with_a_memory_is_not_judged_by_the_table_it_is_there_to_beat() -> None:
    week = tuple(random.Random(3).choices((0, 1), k=300))
    diary = diary_of(SOUP_EATER, week, 0)
    config = TrainingConfig(network="elman", stop="loss", days=12)
    run = TrainingRun(diary.roommate(), config, diary)
    while not run.finished:
        run.advance()
    diagnosis = diagnose(run.moment())
    assert run.moment().verdict.count < run.moment().verdict.cases
    assert (diagnosis.word, diagnosis.accuracy) == ("fitted", run.moment().accuracy)
    assert diagnose(TrainingRun(diary.roommate(), TrainingConfig(), diary).moment()).accuracy is None
