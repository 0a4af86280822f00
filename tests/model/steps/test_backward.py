"""The way back as steps: what is shown, multiplied out, is the gradient that training uses."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model.arrays import Array
from model.network.activations import activation_named
from model.network.batch import Batch
from model.network.names import TRAINABLE, TRAINABLE_NETWORKS
from model.network.network import Network
from model.network.schedule import OF_DISHES, Feedback
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.situation import UPDATE, Situation
from model.steps.spelling import spell
from model.steps.step import Step, StepKind
from model.training.config import TrainingConfig
from model.training.optimizers import OPTIMIZERS
from model.training.run import TrainingRun
from model.training.trainer import Trainer
from tests.model.networks import network_of, random_three
from tests.model.recompute import recomputed
from tests.model.strategies import SOUP_EATER, roommate_from

NAMES = [
    "probabilities", "error", "from tomorrow", "both errors", "merge gradient", "back through merge",
    "back through the units", "food gradient", "weather gradient", "back through food",
]  # fmt: skip
"""The steps of a day with soft feedback."""


def random_situation(seed: int, days: int, activation: str, feedback: str, **settings: object) -> Situation:
    """Random weights for a random machine, and a random week of it."""
    rng = np.random.default_rng(seed)
    n, k, h = int(rng.integers(2, 5)), int(rng.integers(1, 4)), int(rng.integers(1, 7))
    roommate = roommate_from(rng.integers(n, size=(k, n)).tolist())
    weights = random_three(rng, n, k, h)
    config = replace(TrainingConfig(feedback=feedback), **settings)  # type: ignore[arg-type]
    week = tuple(rng.integers(k, size=days).tolist())
    situation = Situation(roommate, 3, week, int(rng.integers(n)), settings=config)
    return situation.with_custom_network(network_of(weights, activation, "random"))


def multiplied_out(situation: Situation) -> dict[str, Array]:
    """The gradient of each matrix from the shown steps alone: every operand must be an earlier result.

    Each step's result is worked out again from its operands, and each operand that an earlier step made is compared
    with what that step made; so a number that appears from nowhere is noticed.
    """
    totals = {name: np.zeros_like(situation.network.parameters[name]) for name in situation.network.matrices}
    from_later: Array | None = None
    soft = Feedback(situation.config.feedback) is Feedback.SOFT
    for day in range(len(situation.week) - 1, -1, -1):
        made: dict[str, Array] = {}
        for step in situation.back_steps(day):
            for operand in step.operands:
                if operand.symbol in made:
                    np.testing.assert_allclose(operand.value, made[operand.symbol], rtol=0, atol=1e-12)
            if step.name == "from tomorrow" and from_later is not None:
                np.testing.assert_allclose(step.operands[1].value, from_later, rtol=0, atol=1e-12)
            result = recomputed(step)
            np.testing.assert_allclose(step.result.value, result, rtol=0, atol=1e-12)
            if step.name != "back through food":  # its symbol ∂d is tomorrow's for the day before
                made[step.result.symbol] = result
            else:
                from_later = result
            matrix = step.name.removesuffix(" gradient")
            if matrix in totals:
                totals[matrix] = totals[matrix] + result
        assert ("both errors" in [step.name for step in situation.back_steps(day)]) == soft
    return totals


def trainer_gradient(situation: Situation) -> Array:
    """The gradient that a trainer with these weights uses for this week."""
    network = situation.network
    config = replace(
        situation.config, activation=network.activation.name, hidden=network.parameters.hidden, days=1, weeks=1
    )
    trainer = Trainer(situation.roommate, config, 0, network.parameters.flat)
    weather = np.array(situation.week)[:, None]
    trainer.aim_at(Batch.of(situation.roommate, weather, np.array([situation.start])))
    return trainer.gradient


@pytest.mark.parametrize("feedback", OF_DISHES)
@pytest.mark.parametrize("activation", TRAINABLE)
@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), days=st.integers(1, 60))
def test_the_steps_are_the_gradient_that_training_uses(
    activation: str, feedback: Feedback, seed: int, days: int
) -> None:
    situation = random_situation(seed, days, activation, str(feedback))
    shown = multiplied_out(situation)
    trained = trainer_gradient(situation)
    flat = np.concatenate([shown[name].ravel() for name in situation.network.matrices])
    np.testing.assert_allclose(flat, trained, rtol=0, atol=1e-12)
    for step in situation.back_steps(UPDATE):
        name, _, what = step.name.partition(" ")
        if what == "total":
            operand = step.result.transpose(mark=False) if step.result.turned else step.result
            np.testing.assert_allclose(operand.value, shown[name], rtol=0, atol=1e-12)
            np.testing.assert_allclose(recomputed(step), step.result.value, rtol=0, atol=1e-12)


def test_a_wrong_step_would_be_noticed() -> None:
    situation = random_situation(3, 5, "tanh", "soft")
    step = situation.back_steps(2)[4]
    spoiled = replace(step.result, value=step.result.value + 1e-9)
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(spoiled.value, recomputed(step), rtol=0, atol=1e-12)
    other = replace(situation, settings=replace(situation.settings, feedback="hard"))
    flat = np.concatenate([multiplied_out(situation)[name].ravel() for name in situation.network.matrices])
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(flat, trainer_gradient(other), rtol=0, atol=1e-12)


def test_the_names_of_a_day() -> None:
    assert [step.name for step in random_situation(0, 3, "tanh", "soft").back_steps(1)] == NAMES
    without = [name for name in NAMES if name not in {"from tomorrow", "both errors", "back through food"}]
    assert [step.name for step in random_situation(0, 3, "tanh", "hard").back_steps(1)] == without


@pytest.mark.parametrize("lesson", [1, 2])
def test_the_simpler_networks_have_one_gradient(lesson: int) -> None:
    situation = Situation(lesson=lesson)
    gradients = [step for step in situation.back_steps(0) if step.operation is StepKind.OUTER]
    assert [step.name for step in gradients] == [f"{situation.network.matrices[0]} gradient"]
    assert set(situation.week_update.gradients) == set(situation.network.matrices)


def _new_weights(situation: Situation) -> Array:
    """All weights as the shown steps make them: old plus step."""
    found = {}
    for step in situation.back_steps(UPDATE):
        name, _, what = step.name.partition(" ")
        if what == "update":
            np.testing.assert_allclose(step.result.value, recomputed(step), rtol=0, atol=1e-12)
            result = step.result.transpose(mark=False) if step.result.turned else step.result
            found[name] = result.value
    return np.concatenate([found[name].ravel() for name in situation.network.matrices])


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize(("clip", "freeze"), [(0.0, "none"), (0.01, "none"), (1000.0, "food"), (0.05, "food,merge")])
def test_the_update_shown_is_the_update_made(optimizer: str, clip: float, freeze: str) -> None:
    config = TrainingConfig(seed=7, optimizer=optimizer, clip=clip, freeze=freeze)
    run = TrainingRun(PERFECT_ROOMMATE, config)
    run.advance(5)  # so that the optimizer has something to remember
    situation = Situation(lesson=4, learning=run.moment())
    shown, loss = _new_weights(situation), situation.week_update.loss
    run.advance_on(situation.week, situation.start)
    made = run.moment()
    np.testing.assert_array_equal(shown, made.network.parameters.flat)
    np.testing.assert_array_equal(shown, situation.week_update.after.flat)
    assert loss == pytest.approx(Situation(lesson=4, learning=run.moment(5)).week_update.loss)
    for name in config.frozen:
        np.testing.assert_array_equal(made.network.parameters[name], situation.network.parameters[name])


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_spelled_step_gives_the_number(optimizer: str) -> None:
    """What the formula with the numbers in it says is what the optimizer did, to the digits shown."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=2, optimizer=optimizer, learning_rate=0.5))
    run.advance(3)
    situation = Situation(lesson=4, learning=run.moment())
    step = next(step for step in situation.back_steps(UPDATE) if step.name == "food optimizer")
    for entry in range(step.result.value.size):
        spelled = spell(step, entry).replace("·", "*").replace("√", "SQRT").replace("ε", "1e-8")
        spelled = spelled.replace("SQRT", "sqrt(") if "SQRT" in spelled else spelled
        if "sqrt(" in spelled:
            spelled = spelled.replace(" + 1e-8", ") + 1e-8")
        value = eval(spelled, {"__builtins__": {}, "sqrt": np.sqrt})
        assert value == pytest.approx(step.result.value.flat[entry], rel=0.03, abs=1e-4)


def test_the_way_back_changes_nothing() -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=1))
    run.advance(4)
    moment = run.moment()
    before = moment.memory.copy()
    situation = Situation(lesson=4, learning=moment)
    _ = situation.back_steps(UPDATE)
    np.testing.assert_array_equal(moment.memory.first, before.first)
    np.testing.assert_array_equal(moment.memory.second, before.second)
    assert moment.memory.count == before.count


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), days=st.integers(2, 40))
def test_reach_is_how_far_the_last_error_came(seed: int, days: int) -> None:
    """Against central differences: the last day's loss as a function of what is added to an earlier day's logits."""
    situation = random_situation(seed, days, "tanh", "soft")
    week_update, weights = situation.week_update, situation.network.parameters
    day = seed % days

    def last_loss(nudge: Array) -> float:
        previous = week_update.batch.start[:, 0]
        for today in range(days):
            z = weights["food"] @ previous + weights["weather"] @ week_update.batch.weather[today, :, 0]
            y = weights["merge"] @ np.tanh(z) + (nudge if today == day else 0.0)
            shares = np.exp(y - y.max())
            previous = shares / shares.sum()
        return -float(np.log(previous[situation.expected[-1]])) / days

    n = weights.dishes
    numeric = [(last_loss(1e-5 * row) - last_loss(-1e-5 * row)) / 2e-5 for row in np.eye(n)]
    assume(week_update.reach[-1] > 1e-6)
    assert week_update.reach[day] == pytest.approx(float(np.linalg.norm(numeric)), rel=1e-3, abs=1e-8)


def test_given_dishes_are_the_targets() -> None:
    targets = (2, 2, 1, 0, 0, 2)
    network = Network.by_hand(PERFECT_ROOMMATE).with_activation(activation_named("tanh"))
    situation = Situation(targets=targets).with_custom_network(network)
    for day, dish in enumerate(targets):
        step = situation.back_steps(day)[1]
        assert int(step.operands[1].value.argmax()) == dish
    assert situation.expected == targets


def test_long_sums_name_only_what_counts() -> None:
    situation = random_situation(11, 30, "tanh", "soft")
    step: Step = situation.back_steps(UPDATE)[0]
    assert len(step.operands) == 30
    assert "(25 other days)" in spell(step, 0)
    assert spell(step, 0).count(" + ") == 5
    assert "Mon, week 1" in {operand.name for operand in step.operands}


@pytest.mark.parametrize("network", TRAINABLE_NETWORKS)
@pytest.mark.parametrize("hidden", [3, 7])
def test_a_formula_says_of_every_matrix_how_it_is_drawn(network: str, hidden: int) -> None:
    run = TrainingRun(SOUP_EATER, TrainingConfig(network=network, hidden=hidden, clip=0.1))
    situation = replace(Situation(SOUP_EATER, 4, (0, 1, 1)), learning=run.moment())
    told = 0
    for day in (UPDATE, 0, 2):
        for step in (*situation.trace(max(day, 0)).steps, *situation.back_steps(day)):
            for matrix in (o for o in (*step.operands, step.result) if o.columns is not None):
                if matrix.symbol in {"g", "Δ"}:  # made entry by entry, they stand as what they are made of
                    continue
                bare = re.escape(matrix.symbol.removesuffix("ᵀ"))
                for mark in re.findall(rf"(?<![∂\w]){bare}(ᵀ?)(?!\w)", step.formula):
                    assert mark == ("ᵀ" if matrix.turned else ""), step.formula
                    told += 1
    assert told > 20
