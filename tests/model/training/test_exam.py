"""Learned: every case and every day of the exam right, for as long as was asked; the exam beside plain Python."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model.network.activations import TANH
from model.network.batch import Batch
from model.network.cells import CELLS
from model.network.forward import ForwardPass, run_forward
from model.network.initialization import random_weights
from model.network.network import Network, default_sizes
from model.network.schedule import Feedback
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.storage.runs import load_run, save_run
from model.training.config import TrainingConfig
from model.training.diagnosis import diagnose
from model.training.exam import MAX_EXAM_DAYS, Exam, ExamResult
from model.training.run import EXAM_EVERY, TrainingRun
from tests.model.strategies import SOUP_EATER, roommate_from, roommates


@pytest.mark.parametrize("roommate", [PERFECT_ROOMMATE, SOUP_EATER], ids=lambda roommate: roommate.name)
def test_of_few_weeks_the_exam_is_every_one(roommate: Roommate) -> None:
    states, k = len(roommate.states), len(roommate.weathers)
    weather = Exam.of(roommate, 4, units=6).batch.weather.argmax(axis=1)
    lived = {
        (start, *week)
        for start, week in zip(np.arange(weather.shape[1]) // k**4, weather.T.tolist(), strict=True)
        for week in [tuple(week)]
    }
    assert lived == {(start, *week) for start in range(states) for week in product(range(k), repeat=4)}


@settings(max_examples=20)
@given(roommate=roommates(), days=st.integers(1, 365))
@example(roommate=roommate_from([[0]]), days=63)
def test_of_many_weeks_it_is_a_draw_that_never_changes(roommate: Roommate, days: int) -> None:
    one, other = Exam.of(roommate, days), Exam.of(roommate, days)
    np.testing.assert_array_equal(one.batch.weather, other.batch.weather)
    np.testing.assert_array_equal(one.batch.start, other.batch.start)
    assert days <= one.counted.size <= max(MAX_EXAM_DAYS, 16 * days)


@settings(max_examples=30)
@given(roommate=roommates(4, 3), seed=st.integers(0, 2**32), name=st.sampled_from(["both", "elman"]))
def test_the_result_is_that_of_week_after_week(roommate: Roommate, seed: int, name: str) -> None:
    cell = CELLS[name]
    weights = random_weights(
        np.random.default_rng(seed), cell, default_sizes(cell, roommate), initial="normal", scale=1.0
    )
    network = Network(weights, TANH, "random", trained_with=Feedback.SOFT)
    exam = Exam.of(roommate, 3, network.units)
    weather = exam.batch.weather.argmax(axis=1)
    result = exam.result(run_forward(network, exam.batch, network.own_feedback))
    wrong_days = []
    for column in range(weather.shape[1]):
        start = column // len(roommate.weathers) ** 3
        week = weather[:, [column]]
        alone = run_forward(
            network, Batch.of(roommate, week, np.array([start]), units=network.units), network.own_feedback
        )
        for day, dish in enumerate(roommate.cook(tuple(week[:, 0].tolist()), start)):
            others = np.delete(alone.probabilities[day, :, 0], dish)
            if not alone.probabilities[day, dish, 0] > others.max(initial=0.0):
                wrong_days.append((column, day + 1))
    assert result.weeks == weather.shape[1]
    assert result.right == result.weeks - len({column for column, _day in wrong_days})
    assert result.stray == min((day for _column, day in wrong_days), default=None)
    assert result.passed == (not wrong_days)


def test_what_nobody_knows_does_not_count() -> None:
    network = Network.by_hand(replace(PERFECT_ROOMMATE, next_dish=((0, 1, 2), (1, 2, 1))))  # salad, rainy: burger
    known = np.array([[True, True, True], [True, True, False]])
    for which, passed in ((None, False), (known, True)):
        exam = Exam.of(PERFECT_ROOMMATE, 6, known=which)
        assert exam.result(run_forward(network, exam.batch)).passed is passed


def test_sgd_is_not_called_learned_before_its_own_output_is_right() -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(optimizer="sgd", learning_rate=1.0, updates=2_000))
    cases_right = None
    while not run.finished:
        run.advance()
        moment = run.moment()
        if moment.verdict.all_right and cases_right is None:
            cases_right = moment.update
            assert moment.exam is not None
            assert not moment.exam.passed
            assert diagnose(moment).word == "learning"
    assert run.learned
    moment = run.moment()
    assert cases_right is not None
    assert moment.learned_at is not None
    assert moment.learned_at > cases_right


def test_the_update_that_is_named_is_the_first_of_those_that_were_asked_for() -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=4, hold=20))
    while not run.finished:
        run.advance()
    end = run.moment()
    assert end.learned_at == run.update - 19
    right = [_both_right(run, update) for update in range(end.learned_at - 1, run.update + 1)]
    assert right == [False] + 20 * [True]


def _both_right(run: TrainingRun, update: int) -> bool:
    moment = run.moment(update)
    return moment.verdict.all_right and moment.exam is not None and moment.exam.passed


def test_what_was_not_held_is_not_learned() -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=4, stop="updates", updates=70))
    while not run.learned and run.moment().right_since is None:
        run.advance()
    moment = run.moment()
    assert moment.learned_at is None
    assert diagnose(moment).word == "learning"
    assert diagnose(moment).held == 1


def test_a_run_that_is_read_again_goes_on_the_same(tmp_path: Path) -> None:
    config = TrainingConfig(feedback="soft", optimizer="sgd", learning_rate=1.0, stop="updates", updates=400)
    run = TrainingRun(PERFECT_ROOMMATE, config)
    run.advance(230)
    strays = run.record().strays
    assert strays is not None
    assert strays.size
    save_run(tmp_path / "run.npz", run.record())
    again = load_run(tmp_path / "run.npz")
    assert again.moment().right_since == run.moment().right_since
    for moved in (run, again):
        moved.advance(170)
    assert again.moment().learned_at == run.moment().learned_at
    np.testing.assert_array_equal(again.record().strays, run.record().strays)


def test_a_run_written_without_exams_finds_them_at_its_checkpoints() -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=4, stop="updates", updates=400))
    run.advance(200)
    old = replace(run.record(), strays=None)
    assert TrainingRun.restored(old).moment().learned_at == run.moment().learned_at


def test_once_learned_the_exam_is_taken_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[Exam] = []
    result = Exam.result

    def counted(exam: Exam, run: ForwardPass) -> ExamResult:
        taken.append(exam)
        return result(exam, run)

    monkeypatch.setattr(Exam, "result", counted)
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(stop="updates", updates=400))
    while not run.learned:
        run.advance()
    taken.clear()
    run.advance(10 * EXAM_EVERY)
    assert len(taken) == 10


def test_who_can_never_know_the_rule_has_no_exam() -> None:
    run = TrainingRun(SOUP_EATER, TrainingConfig())
    assert run.moment().exam is None
    assert TrainingRun(SOUP_EATER, TrainingConfig(network="elman")).moment().exam is not None
