"""Training learns the rule, is the same every time, and can be revisited, branched, stopped and mended."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import InputError, TrainingError
from model.network.forward import cook
from model.network.network import Network
from model.roommate.roommate import PERFECT_ROOMMATE
from model.training.batches import Batches
from model.training.checkpoints import MAX_CHECKPOINT_BYTES, MAX_CHECKPOINTS, Checkpoints
from model.training.config import TrainingConfig
from model.training.diagnosis import diagnose
from model.training.evaluation import evaluate
from model.training.run import TrainingRun
from model.training.setting_bounds import CHOICES, MAX_UPDATES
from model.training.setting_texts import as_settings, from_settings, parse


def trained(at_most: int = 10_000, **changes: object) -> TrainingRun:
    """A run that has gone on until it finished, or for some updates."""
    run = TrainingRun(PERFECT_ROOMMATE, dataclasses.replace(TrainingConfig(), **changes))  # type: ignore[arg-type]
    while not run.finished and run.update < at_most:
        run.advance()
    return run


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"feedback": "teacher"},
        {"feedback": "hard"},
        {"activation": "sigmoid"},
        {"activation": "softmax"},
        {"activation": "relu-1", "initial": "positive"},
        {"optimizer": "sgd", "learning_rate": 1.0},
        {"optimizer": "momentum", "learning_rate": 0.1},
        {"optimizer": "rmsprop"},
        {"clip": 0.1},
        {"initial": "uniform", "scale": 1.0},
        {"hidden": 12},
        {"weeks": 1},
    ],
    ids=str,
)
def test_the_rule_is_learned(changes: dict[str, object]) -> None:
    run = trained(**{"seed": 1, **changes})  # type: ignore[arg-type]
    moment = run.moment()
    assert run.reached, diagnose(moment)
    assert moment.verdict.all_right
    week = tuple(np.random.default_rng(0).integers(2, size=200).tolist())
    dishes = cook(moment.network, PERFECT_ROOMMATE, week, 2).dish[:, 0]
    assert tuple(dishes) == PERFECT_ROOMMATE.cook(week, 2)


def test_hand_set_weights_get_every_case_right_and_spoiled_ones_do_not() -> None:
    verdict = evaluate(Network.by_hand(PERFECT_ROOMMATE), PERFECT_ROOMMATE)
    assert verdict.all_right
    assert (verdict.margin > 0).all()
    random = trained(at_most=0).moment().verdict
    assert not random.all_right
    assert (random.margin[~random.right.astype(bool)] <= 0).all()


def test_same_seed_same_numbers_other_seed_other_numbers() -> None:
    one, two, other = (trained(at_most=30, seed=seed).moment() for seed in (5, 5, 6))
    np.testing.assert_array_equal(one.losses.numbers, two.losses.numbers)
    np.testing.assert_array_equal(one.network.parameters["merge"], two.network.parameters["merge"])
    assert one.loss != other.loss


def test_batches_depend_on_the_update_alone() -> None:
    config = TrainingConfig(seed=3)
    there = [Batches(PERFECT_ROOMMATE, config).at(update).weather.copy() for update in (0, 255, 256, 700)]
    batches = Batches(PERFECT_ROOMMATE, config)
    for update, weather in zip((0, 255, 256, 700), there, strict=True):
        np.testing.assert_array_equal(batches.at(update).weather, weather)


def test_too_many_different_weeks_are_drawn_day_by_day() -> None:
    weeks = Batches(PERFECT_ROOMMATE, TrainingConfig(days=30, weeks=8)).at(0)
    assert weeks.weather.shape == (30, 2, 8)
    assert (weeks.weather.sum(axis=1) == 1).all()
    assert weeks.target is not None
    assert (weeks.target.sum(axis=1) == 1).all()


@settings(max_examples=10)
@given(seed=st.integers(0, 100), visit=st.integers(0, 900), change_at=st.integers(1, 600))
def test_every_update_can_be_visited_again(seed: int, visit: int, change_at: int) -> None:
    """Whatever was changed on the way, an update looks as it did when it was made."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=seed, stop="updates"))
    seen = {}
    for update in range(901):
        if update == visit:
            seen[update] = run.moment()
        if update == change_at:
            run.configure(dataclasses.replace(run.config, learning_rate=0.01, optimizer="momentum", weeks=4))
        if update < 900:
            run.advance()
    there, again = seen[visit], run.moment(visit)
    np.testing.assert_array_equal(there.network.parameters["food"], again.network.parameters["food"])
    np.testing.assert_array_equal(there.verdict.margin, again.verdict.margin)
    if visit != change_at:  # a change of batch size changes what the loss is measured on
        assert there.loss == again.loss


@pytest.mark.parametrize(
    ("optimizer", "at"),
    [("momentum", 100), ("momentum", 601), ("momentum", 602), ("sgd", 601), ("rmsprop", 601)],
)  # before and after the checkpoints are thinned
def test_another_optimizer_begins_with_an_empty_memory_on_every_visit(optimizer: str, at: int) -> None:
    """The checkpoint of the update at which it changed must not hold the memory of the one before."""
    run = trained(at_most=at, seed=1, stop="updates")
    run.configure(dataclasses.replace(run.config, optimizer=optimizer, learning_rate=0.01))
    run.advance(1000)
    for update in (at, at + 1, at + 2):
        moment = run.moment(update)
        assert moment.memory.count == update - at
    other_run = run.rewound(at)
    other_run.advance(1000)
    np.testing.assert_array_equal(other_run.moment().losses.numbers, run.moment().losses.numbers)


def test_going_on_from_the_past_leaves_the_old_future_alone() -> None:
    run = trained(at_most=100, seed=2, stop="updates")
    end = run.moment()
    other_run = run.rewound(40)
    assert other_run.update == 40
    other_run.configure(dataclasses.replace(other_run.config, learning_rate=0.5))
    other_run.advance(60)
    assert other_run.moment().loss != end.loss
    assert run.moment().loss == end.loss
    same = run.rewound(40)
    same.advance(60)
    np.testing.assert_array_equal(same.moment().losses.numbers, end.losses.numbers)
    assert same.moment().learned_at == end.learned_at


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 500), visit=st.integers(0, 30), at=st.lists(st.integers(0, 29), max_size=4))
def test_updates_that_aimed_at_a_week_can_be_visited_again(seed: int, visit: int, at: list[int]) -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=seed, stop="updates"))
    rng, seen = np.random.default_rng(seed), []
    while run.update < 30:
        seen.append(run.moment().network.parameters.flat)
        if run.update in at:
            run.advance_on(tuple(rng.integers(2, size=rng.integers(1, 9)).tolist()), int(rng.integers(3)))
        else:
            run.advance()
    seen.append(run.moment().network.parameters.flat)
    run._checkpoints = Checkpoints([run._checkpoints.before(0)])  # everything must be made again from the start
    np.testing.assert_array_equal(run.moment(visit).network.parameters.flat, seen[visit])


def test_an_edited_run_goes_on_from_the_edit_and_leaves_the_old_one() -> None:
    run = trained(at_most=20, stop="updates")
    before = run.moment().network.parameters.flat
    weights = run.moment(7).network.parameters.flat + 0.5
    other = run.edited(weights, 7)
    assert other.update == 7
    np.testing.assert_array_equal(other.moment().network.parameters.flat, weights)
    np.testing.assert_array_equal(other.moment(6).network.parameters.flat, run.moment(6).network.parameters.flat)
    other.advance(3 * MAX_CHECKPOINTS)  # thinned: the edit itself must stay
    np.testing.assert_array_equal(other.moment(7).network.parameters.flat, weights)
    assert other.moment(7).loss == pytest.approx(TrainingRun.restored(other.record(7)).loss)
    np.testing.assert_array_equal(run.moment().network.parameters.flat, before)


def test_frozen_matrices_stay_as_they_are() -> None:
    run = trained(at_most=5, stop="updates")
    run.configure(dataclasses.replace(run.config, freeze="food,merge"))
    before = run.moment().network.parameters
    run.advance(20)
    after = run.moment().network.parameters
    np.testing.assert_array_equal(after["food"], before["food"])
    np.testing.assert_array_equal(after["merge"], before["merge"])
    assert (after["weather"] != before["weather"]).all()


def test_memory_is_bounded() -> None:
    run = trained(at_most=5 * MAX_CHECKPOINTS, stop="updates", weeks=1)
    assert len(run.record().checkpoints) <= MAX_CHECKPOINTS + 2
    assert run.moment(1234).update == 1234


def test_large_networks_have_fewer_checkpoints() -> None:
    run = trained(at_most=400, stop="updates", weeks=1, hidden=1024)
    held = sum(3 * point.weights.nbytes for point in run.record().checkpoints)
    assert held <= MAX_CHECKPOINT_BYTES + 2 * 3 * 8192 * 8
    np.testing.assert_array_equal(run.moment(399).losses.numbers, run.moment().losses.numbers)


def test_many_changes_of_settings_do_not_thin_the_rest() -> None:
    run = trained(at_most=1, stop="updates", weeks=1)
    for turn in range(MAX_CHECKPOINTS + 10):
        run.configure(dataclasses.replace(run.config, clip=float(turn + 1)))
        run.advance()
    run.advance(MAX_CHECKPOINTS)
    assert run.record().stride <= 4


def test_numbers_that_stop_being_finite_stop_the_run_before_them() -> None:
    run = trained(at_most=10, seed=1)
    run.configure(dataclasses.replace(run.config, learning_rate=1e300))
    with pytest.raises(TrainingError, match=r"not finite, so training stopped .* Try a learning rate below 1e\+300"):
        run.advance(300)
    at = run.update
    moment = run.moment()
    assert np.isfinite(moment.loss)
    assert np.isfinite(moment.network.parameters["food"]).all()
    run = run.rewound(10)
    run.configure(dataclasses.replace(run.config, learning_rate=0.03, optimizer="adam"))
    run.advance(5)
    assert run.update == 15 <= at + 15


def test_diverging_and_stuck_are_named_with_the_reason() -> None:
    wild = trained(at_most=60, optimizer="sgd", learning_rate=1000.0)
    assert diagnose(wild.moment()).word == "diverging"
    assert diagnose(wild.moment(3)).word == "learning"  # what came later is not known there
    assert diagnose(trained(at_most=100, learning_rate=10.0).moment()).word == "diverging"
    assert diagnose(trained(at_most=30, scale=20.0, learning_rate=0.001).moment()).word == "learning"
    dead = trained(at_most=1100, seed=1, activation="relu-1", scale=0.1)
    diagnosis = diagnose(dead.moment())
    assert (diagnosis.word, diagnosis.because) == ("stuck", "dead_units")
    assert diagnose(trained().moment()).word == "learned"


@pytest.mark.parametrize(
    ("changes", "reached", "updates"),
    [
        ({"stop": "updates", "updates": 17}, True, 17),
        ({"stop": "learned", "updates": 17}, False, 17),
        ({"stop": "learned", "seed": 7, "updates": 131}, True, 131),  # in its very last update
        ({"stop": "loss", "loss_below": 1.0}, True, None),
    ],
)
def test_stop_conditions(changes: dict[str, object], reached: bool, updates: int | None) -> None:
    run = trained(**changes)  # type: ignore[arg-type]
    assert run.finished
    assert run.reached is reached
    assert run.update == (updates or run.update)
    if changes["stop"] == "loss":
        assert run.loss < 1.0


def test_what_belongs_to_the_start_cannot_change_later() -> None:
    run = trained(at_most=3)
    with pytest.raises(TrainingError, match=r"seed belongs to the start"):
        run.configure(dataclasses.replace(run.config, seed=9))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"learning_rate": 0.0}, "learning rate: 0 must be more than 0"),
        ({"learning_rate": float("nan")}, "learning rate: nan must be"),
        ({"weeks": 0}, "weeks: 0 must be at least 1"),
        ({"updates": MAX_UPDATES + 1}, "1,000,001 must be at least 1 and at most 1,000,000"),
        ({"weeks": 10**400}, "weeks: 10,000,.*… must be at least 1 and at most 4,096"),
        ({"weeks": 4096, "days": 365}, "1,495,040 days in a batch, and there can be 65,536"),
        ({"weeks": 2000, "days": 6, "hidden": 1024}, "with 1,024 hidden units there can be 4,096"),
        ({"optimizer": "adm"}, "Did you mean adam"),
        ({"freeze": "food,weathr"}, "Freeze: 'weathr' is not one of .* Did you mean weather"),
        ({"activation": "largest-to-1"}, "activation: 'largest-to-1' is not one of"),
    ],
)
def test_settings_that_cannot_be(changes: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        dataclasses.replace(TrainingConfig(), **changes)  # type: ignore[arg-type]


def test_settings_as_text_and_as_a_file_has_them() -> None:
    assert parse("learning_rate", " 0.5 ") == 0.5
    assert parse("weeks", "8") == 8
    assert parse("optimizer", "sgd") == "sgd"
    with pytest.raises(InputError, match=r"weeks: '0\.5' is not a whole number"):
        parse("weeks", "0.5")
    config = TrainingConfig(seed=4, clip=2.0, feedback="hard")
    assert from_settings(as_settings(config)) == config
    for bad, words in (
        ({"sed": 1}, "Did you mean seed"),
        ({"seed": "x"}, "right kind"),
        ({"weeks": True}, "right kind"),
    ):
        with pytest.raises(InputError, match=words):
            from_settings(bad)
    assert set(CHOICES) - {"loss_days"} <= set(as_settings(config))  # which is written where it is not as usual
