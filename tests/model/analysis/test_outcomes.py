"""Many trainings: what is told of each is what its own run says."""

from dataclasses import replace
from typing import Any

import pytest

from model.analysis.automaton import extract
from model.analysis.outcomes import train_seeds
from model.analysis.rollout import roll_out_to_end
from model.analysis.seed_rollout import stray_days
from model.errors import InputError
from model.roommate.roommate import PERFECT_ROOMMATE
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from model.training.seed_batch import NOT_FINITE, never, train_in_lanes


def test_an_outcome_is_what_the_run_of_its_seed_comes_to() -> None:
    config = TrainingConfig(hold=5, updates=200)

    outcomes = {outcome.seed: outcome for outcome in train_seeds(PERFECT_ROOMMATE, config, [3, 11, 2**32 - 1])}

    assert set(outcomes) == {3, 11, 2**32 - 1}
    for seed, outcome in outcomes.items():
        run = TrainingRun(PERFECT_ROOMMATE, replace(config, seed=seed))
        while not run.finished:
            run.advance()
        moment = run.moment()
        assert (outcome.learned_at, outcome.updates) == (moment.learned_at, moment.update)
        assert outcome.loss == pytest.approx(moment.loss, rel=1e-9)
        assert outcome.ended == "learned"


def test_a_training_that_uses_up_its_updates_says_so() -> None:
    (outcome,) = train_seeds(PERFECT_ROOMMATE, TrainingConfig(updates=3), [1])

    assert (outcome.learned_at, outcome.updates, outcome.ended) == (None, 3, "updates")


def test_a_training_whose_numbers_stop_being_finite_stays_where_they_were() -> None:
    config = TrainingConfig(learning_rate=1e308, optimizer="sgd")

    (outcome,) = train_seeds(PERFECT_ROOMMATE, config, [1])

    assert (outcome.learned_at, outcome.ended) == (None, NOT_FINITE)
    assert outcome.loss < float("inf")


def test_trainings_that_are_not_done_when_one_wants_to_stop_have_no_outcome() -> None:
    asked = iter([False, True])

    assert not list(train_seeds(PERFECT_ROOMMATE, TrainingConfig(), [1, 2], should_stop=lambda: next(asked)))


def test_a_network_that_learned_is_fed_its_own_output_for_as_long_as_is_asked() -> None:
    config = TrainingConfig(hold=1, learning_rate=0.1)

    for outcome in train_seeds(PERFECT_ROOMMATE, config, range(6), rollout_days=200):
        assert outcome.strays_on is None or 1 <= outcome.strays_on <= 200
    assert all(outcome.strays_on is None for outcome in train_seeds(PERFECT_ROOMMATE, config, range(2)))


def test_settings_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InputError):
        list(train_seeds(PERFECT_ROOMMATE, TrainingConfig(network="elman", hidden=2), [1]))


@pytest.mark.parametrize("settings", [{}, {"weeks": 1}, {"feedback": "teacher"}, {"days": 2}])
def test_networks_followed_together_stray_on_the_days_on_which_they_do_alone(settings: dict[str, Any]) -> None:
    config = TrainingConfig(**{"hold": 1, "learning_rate": 0.1, "updates": 400, **settings})
    trained = [one for one in train_in_lanes(PERFECT_ROOMMATE, config, range(24)) if one.learned_at is not None]

    together = stray_days(PERFECT_ROOMMATE, trained, 260, never)

    rollouts = [roll_out_to_end(extract(one.network, PERFECT_ROOMMATE), days=260) for one in trained]
    assert together == [None if rollout.stray is None else rollout.stray.day for rollout in rollouts]
    assert stray_days(PERFECT_ROOMMATE, trained, 260, lambda: True) is None


def test_some_networks_that_learned_in_a_hurry_stray() -> None:
    config = TrainingConfig(hold=1, days=2)

    assert any(outcome.strays_on for outcome in train_seeds(PERFECT_ROOMMATE, config, range(24), rollout_days=260))
