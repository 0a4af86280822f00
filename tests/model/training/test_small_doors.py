"""Settings that open a door to an insight: no non-linearity, weights of zero, the loss of the last day alone."""

import json
import math

import numpy as np
import pytest

from model.export.walk_json import as_json
from model.network.batch import Batch
from model.network.forward import run_forward
from model.network.loss import loss_and_accuracy
from model.network.schedule import Feedback
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from model.training.diagnosis import diagnose
from model.training.run import TrainingRun
from model.training.setting_texts import as_settings, from_settings
from model.training.trainer import Trainer
from model.training.update import work_out_update
from tests.model.recompute import recomputed
from tui.text.diagnosis import in_words


def trained(updates: int, **settings: object) -> TrainingRun:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(stop="updates", **settings))  # type: ignore[arg-type]
    run.advance(updates)
    return run


def test_without_a_non_linearity_the_loss_stops_at_the_logarithm_of_two() -> None:
    """With whole dishes given, each day two dishes are as likely: yesterday's and the next."""
    run = trained(1500, activation="none", feedback="teacher", weeks=64)
    assert float(np.mean(run.moment().losses.numbers[-250:])) == pytest.approx(math.log(2), abs=0.02)
    diagnosis = diagnose(run.moment())
    assert (diagnosis.word, diagnosis.because) == ("stuck", "linear")
    assert "no sum lets them decide together" in in_words(diagnosis, PERFECT_ROOMMATE)


def test_from_zero_no_unit_becomes_another() -> None:
    run = trained(5, initial="zero")
    assert not run.moment().network.parameters.flat.any()  # tanh(0) = 0: no gradient at all
    diagnosis = diagnose(run.moment())
    assert (diagnosis.word, diagnosis.because) == ("stuck", "alike")
    assert "Chance must break the tie" in in_words(diagnosis, PERFECT_ROOMMATE)
    last = trained(5, initial="zero", activation="sigmoid").moment().network.parameters["merge"]
    assert last.any()
    assert np.allclose(last, last[:, :1])  # all hidden units are alike


@pytest.mark.parametrize("network", ["both", "elman"])
@pytest.mark.parametrize("feedback", ["soft", "teacher"])
def test_the_gradient_of_the_last_days_loss_is_its_slope(network: str, feedback: str) -> None:
    config = TrainingConfig(network=network, feedback=feedback, loss_days="last", seed=2)
    trainer = Trainer(PERFECT_ROOMMATE, config)
    weeks = Batch.of(PERFECT_ROOMMATE, np.array([[0, 1], [1, 1], [1, 0]]), np.array([0, 2]), units=trainer.units)
    network_ = trainer.network
    update = work_out_update(network_, weeks, config)

    def loss_at(flat: np.ndarray) -> float:
        weights = type(network_.parameters).of_flat(flat, network_.cell, network_.parameters.sizes)
        run = run_forward(network_.with_parameters(weights), weeks, Feedback(feedback))
        return loss_and_accuracy(run, weeks, last_only=True)[0]

    flat, step = network_.parameters.flat, 1e-6
    slopes = [(loss_at(flat + step * one) - loss_at(flat - step * one)) / (2 * step) for one in np.eye(flat.size)]
    assert update.gradient == pytest.approx(np.array(slopes), abs=1e-8)
    assert update.loss == loss_at(flat)


def test_the_way_back_says_which_days_count() -> None:
    run = trained(3, loss_days="last")
    simulation = Simulation(Situation(lesson=4)).with_learning(run.moment(), 1).turn()
    situation = simulation.situation
    assert not situation.week_update.back.error[:-1].any()
    for day in range(6):
        error = next(step for step in situation.back_steps(day) if step.name == "error")
        assert np.array_equal(recomputed(error), error.result.value)
        assert error.divisor == 1
        assert bool(error.result.value.any()) == (day == 5)
    days = np.log(situation.run.probabilities[-1, situation.expected[-1], 0])
    assert situation.loss == situation.week_update.loss == pytest.approx(-float(days))


def test_older_programs_read_settings_that_they_know() -> None:
    assert "loss_days" not in as_settings(TrainingConfig())
    for days in ("all", "last"):
        config = TrainingConfig(loss_days=days)
        assert from_settings(as_settings(config)) == config


def test_what_the_way_back_shows_is_in_its_json() -> None:
    situation = Simulation(Situation(lesson=4)).with_learning(trained(30).moment(), 1).situation
    document = json.loads("".join(as_json(situation, backward=True)))
    assert document["reach"] == situation.week_update.reach.tolist()
    assert document["gradient_norm"] == situation.week_update.norm
    assert document["updates_remembered"] == 30
    rights = [situation.dish(day) == situation.expected[day] for day in range(6)]
    assert document["accuracy"] == sum(rights) / 6
    assert (document["cases_right"], document["cases"]) == (situation.cases.count, 6)


def test_there_is_one_zero() -> None:
    situation = Simulation(Situation(lesson=4)).with_learning(trained(2, feedback="hard").moment(), 1).situation
    for backward in (False, True):
        assert "-0.0," not in "".join(as_json(situation, backward=backward))
