"""Trainings side by side come to what each comes to by itself."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from model.errors import InputError, TrainingError
from model.network.activations import activation_named
from model.network.forward import run_forward
from model.network.network import Network, default_sizes
from model.network.parameters import Parameters, parts
from model.network.products import SeedsFirst
from model.network.schedule import Feedback
from model.roommate.diary import NUMBERS, Diary
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.training.config import TrainingConfig
from model.training.exam import Exam
from model.training.run import TrainingRun
from model.training.seed_batch import LAST_BYTES, NOT_FINITE, PAST_BYTES, TrainedSeed, train_in_lanes
from model.training.seed_judge import SeedExam
from model.training.seed_updates import FEW_WEEKS

SETTINGS = {
    "the lecture's": TrainingConfig(hold=10),
    "one week": TrainingConfig(weeks=1, updates=250, hold=20),
    "three weeks, until the loss is low": TrainingConfig(weeks=3, stop="loss", loss_below=0.3),
    "all updates, learned or not": TrainingConfig(stop="updates", updates=140, hold=4),
    "hard": TrainingConfig(feedback="hard", updates=150),
    "teacher": TrainingConfig(feedback="teacher", updates=90, weeks=2),
    "sigmoid": TrainingConfig(activation="sigmoid", updates=100),
    "softmax": TrainingConfig(activation="softmax", updates=100, weeks=2),
    "relu": TrainingConfig(activation="relu", updates=100, initial="uniform"),
    "relu-1": TrainingConfig(activation="relu-1", initial="positive", updates=120),
    "momentum, clipped": TrainingConfig(optimizer="momentum", learning_rate=0.3, clip=0.3, updates=80),
    "sgd, clipped, one week": TrainingConfig(optimizer="sgd", learning_rate=1.0, clip=0.1, updates=80, weeks=1),
    "rmsprop": TrainingConfig(optimizer="rmsprop", learning_rate=0.01, updates=80),
    "frozen, last day": TrainingConfig(freeze="food", loss_days="last", weeks=1, updates=80),
    "diverges": TrainingConfig(optimizer="sgd", learning_rate=1e154, updates=20),
    "elman": TrainingConfig(network="elman", updates=40),
    "elman without biases": TrainingConfig(network="elman", biases="off", weeks=2, updates=20, days=14),
    "gru": TrainingConfig(network="gru", updates=60, hold=5),
    "gru from nothing": TrainingConfig(network="gru", start="zero", hidden=4, weeks=2, updates=30),
    "gru with one unit": TrainingConfig(network="gru", start="zero", hidden=1, updates=20),
    "lstm": TrainingConfig(network="lstm", updates=60, hold=5),
    "lstm from nothing": TrainingConfig(network="lstm", start="zero", hidden=4, weeks=1, updates=30),
}
"""All cells, optimizers, non-linearities and feedbacks, with few weeks and many; stopped before rounding grows."""


def by_itself(config: TrainingConfig, seed: int, diary: Diary | None = None) -> TrainedSeed:
    """What the run of a seed comes to."""
    roommate = PERFECT_ROOMMATE if diary is None else diary.roommate()
    run, ended = TrainingRun(roommate, replace(config, seed=seed), diary), ""
    while not run.finished and not ended:
        try:
            run.advance()
        except TrainingError:
            ended = NOT_FINITE
    moment, goal = run.moment(), config.stop if run.reached else "updates"
    flat = moment.network.parameters.flat
    return TrainedSeed(roommate, moment.config, moment.learned_at, moment.update, moment.loss, ended or goal, flat)


def decision(trained: TrainedSeed) -> tuple[int | None, int, str]:
    """What was decided."""
    return trained.learned_at, trained.updates, trained.ended


def assert_like_runs(config: TrainingConfig, seeds: range, diary: Diary | None = None) -> None:
    """Each seed comes to what its run comes to, with more than a few weeks to the last bit of every weight."""
    roommate = PERFECT_ROOMMATE if diary is None else diary.roommate()
    found = {trained.config.seed: trained for trained in train_in_lanes(roommate, config, seeds, diary=diary)}
    assert set(found) == set(seeds)
    for seed, trained in found.items():
        alone = by_itself(config, seed, diary)
        assert decision(trained) == decision(alone)
        if config.weeks > FEW_WEEKS and config.hidden != 1:  # BLAS adds up products of one row in another order
            assert np.array_equal(trained.weights, alone.weights)
        assert trained.loss == pytest.approx(alone.loss, rel=1e-9)
        assert trained.weights == pytest.approx(alone.weights, rel=1e-9, abs=1e-9)
        assert trained.network.trained_with == Feedback(config.feedback)


@pytest.mark.parametrize("name", SETTINGS)
def test_each_training_comes_to_what_its_run_comes_to(name: str) -> None:
    assert_like_runs(SETTINGS[name], range(40, 44))


@pytest.mark.parametrize(
    "name",
    [
        "one week",
        "momentum, clipped",
        "sgd, clipped, one week",
        "lstm from nothing",
        "gru",
        "gru with one unit",
        "elman without biases",
    ],
)
def test_a_training_is_the_same_to_the_last_bit_in_any_company(name: str) -> None:
    config = replace(SETTINGS[name], updates=30)
    company = {trained.config.seed: trained for trained in train_in_lanes(PERFECT_ROOMMATE, config, range(25))}

    for seeds in ([7], [24, 7, 3, 8, 12, 1, 20], range(9)):
        for trained in train_in_lanes(PERFECT_ROOMMATE, config, seeds):
            other = company[trained.config.seed]
            assert decision(trained) == decision(other)
            assert trained.loss == other.loss
            assert np.array_equal(trained.weights, other.weights)


@pytest.mark.parametrize("hold", [1, 2, 5])
def test_an_exam_that_is_failed_just_when_the_rule_is_learned_no_longer_counts(hold: int) -> None:
    config = TrainingConfig(stop="updates", updates=130, hold=hold)  # seed 17 is in and out of passing

    assert_like_runs(config, range(16, 19))


def test_lanes_that_are_left_go_to_seeds_that_wait_and_change_nothing_for_the_others() -> None:
    config = TrainingConfig(weeks=300, hold=2, learning_rate=0.1)  # a few lanes, which are left one by one

    assert_like_runs(config, range(9))


def test_networks_that_pass_the_exam_are_told_from_those_that_do_not() -> None:
    config, cell = TrainingConfig(feedback="hard"), TrainingConfig().cell
    rng, sizes = np.random.default_rng(1), default_sizes(cell, PERFECT_ROOMMATE)
    exact = Network.by_hand(PERFECT_ROOMMATE)
    flats = exact.parameters.flat[:, None] + rng.normal(0.0, 0.22, (48, 40))
    exam, room = Exam.of(PERFECT_ROOMMATE, config.days), SeedsFirst(16).weights(48)
    activation = activation_named("relu-1")
    several = Network(Parameters.live(cell, parts(room, cell, sizes)), activation, "")

    passed = SeedExam(exam, several, Feedback.HARD, room).passed(flats)

    alone = [Network(Parameters.of_flat(flat, cell, sizes), activation, "") for flat in flats.T.copy()]
    assert passed.tolist() == [
        exam.result(run_forward(network, exam.batch, Feedback.HARD)).passed for network in alone
    ]
    assert 4 < np.count_nonzero(passed) < 36


def test_memory_does_not_grow_with_the_number_of_seeds() -> None:
    config = TrainingConfig(weeks=1, updates=1)

    def most(seeds: int) -> int:
        tracemalloc.start()
        for _trained in train_in_lanes(PERFECT_ROOMMATE, config, range(seeds)):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert most(2100) < 1.1 * most(1076) < LAST_BYTES + PAST_BYTES


def test_seeds_are_given_up_when_one_wants_to_stop() -> None:
    asked = iter([False] * 5 + [True])

    assert not list(train_in_lanes(PERFECT_ROOMMATE, TrainingConfig(), range(3), should_stop=lambda: next(asked)))


def test_settings_that_do_not_fit_are_refused_before_anything_is_trained() -> None:
    names = tuple(f"d{index}" for index in range(9))
    large = Roommate("large", names, ("a",), (tuple(range(9)),), ("w",))

    with pytest.raises(InputError):
        next(train_in_lanes(large, TrainingConfig(network="elman", hidden=2), [1]))


@pytest.mark.parametrize("network", ["both", "gru"])
def test_days_of_a_diary_are_learned_from_as_its_run_does(network: str) -> None:
    rng, roommate = np.random.default_rng(3), PERFECT_ROOMMATE
    weather, dish, at = rng.integers(2, size=60), [0], np.arange(60)
    for today in weather[1:]:
        dish.append(roommate.transitions[today][dish[-1]])
    diary = Diary("d", roommate.dishes, roommate.weathers, NUMBERS, at, weather, np.array(dish), at + 2)

    assert_like_runs(TrainingConfig(network=network, days=4, updates=40), range(3), diary)
