"""The Elman network learns what no dish tells; and what the lecture's network cannot, is said."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.analysis.unit_matching import aligned, match_units
from model.errors import FileError, InputError, TrainingError
from model.network.batch import Batch
from model.network.cells import CELLS
from model.network.forward import run_forward
from model.network.names import TRAINABLE
from model.network.network import Network
from model.roommate.ambiguity import ambiguous_cases, unavoidable_errors
from model.roommate.roommate import PERFECT_ROOMMATE, Memory, Roommate
from model.simulation.situation import UPDATE, Situation
from model.steps.difference import difference
from model.storage.runs import load_run, save_run
from model.storage.weights import SavedWeights, load_weights, save_weights
from model.training.batches import Batches
from model.training.config import TrainingConfig
from model.training.diagnosis import diagnose
from model.training.evaluation import RuleCases, evaluate
from model.training.exam import undecided_case
from model.training.optimizers import OPTIMIZERS
from model.training.run import TrainingRun
from model.training.trainer import Trainer
from tests.model.network.test_elman import gradient_of, machine, random_network
from tests.model.networks import three
from tests.model.recompute import recomputed
from tests.model.strategies import SOUP_EATER, remembering

ELMAN = TrainingConfig(network="elman", updates=2000)


def test_the_soup_eater_is_learned_by_the_network_with_a_memory() -> None:
    for seed in range(5):
        run = TrainingRun(SOUP_EATER, replace(ELMAN, seed=seed))
        while not run.finished:
            run.advance(10)
        moment = run.moment()
        assert run.reached
        assert moment.verdict.right.shape == (2, 3)
        assert diagnose(moment).word == "learned"
        assert diagnose(moment).undecided is None
        week = tuple(np.random.default_rng(seed).integers(2, size=200).tolist())
        learned = Situation(SOUP_EATER, 5, week).with_custom_network(moment.network)
        assert tuple(learned.run.dish[:, 0]) == SOUP_EATER.cook(week, 0)


def test_the_lectures_network_learns_the_best_it_can_and_says_so() -> None:
    run = TrainingRun(SOUP_EATER, replace(ELMAN.for_network("both"), updates=300, stop="updates"))
    run.advance(300)
    moment = run.moment()
    assert moment.network.cell is CELLS["both"]
    assert moment.verdict.right.shape == (2, 2)
    assert moment.accuracy < 1
    diagnosis = diagnose(moment)
    assert diagnosis.word in {"limited", "learning"}
    assert diagnosis.undecided == (1, 0)  # rainy after bread
    assert diagnosis.soft


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"days": 6}, "drift"),
        ({"activation": "tanh"}, "drift"),
        ({}, "plateau"),
        ({"network": "lecture"}, "plateau"),
        ({"activation": "relu-1"}, "dead_units"),
    ],
)
def test_the_advice_when_stuck_fits_the_network(changes: dict[str, object], because: str) -> None:
    """Steps too short to learn anything: the loss stands still, whatever the settings."""
    run = TrainingRun(PERFECT_ROOMMATE, replace(ELMAN, learning_rate=1e-12, weeks=1, **changes))  # type: ignore[arg-type]
    run.advance(1100)
    diagnosis = diagnose(run.moment())
    assert (diagnosis.word, diagnosis.because) == ("stuck", because)


def moores_classes(roommate: Roommate) -> list[int]:
    """The states by how they behave for ever after: Moore's algorithm (1956), which knows nothing of cases."""
    classes = list(roommate.shows)
    for _ in roommate.states:
        after = zip(*([classes[state] for state in row] for row in roommate.transitions), strict=True)
        keys = list(zip(classes, after, strict=True))
        classes = [keys.index(key) for key in keys]
    return classes


@given(seed=st.integers(0, 2**32 - 1))
def test_a_case_is_undecided_exactly_where_states_of_one_dish_behave_differently(seed: int) -> None:
    """One step suffices: states that differ only later come to a case that is undecided itself."""
    rng = np.random.default_rng(seed)
    roommate = remembering(rng, *map(int, rng.integers(1, (4, 4, 9))))
    distinct = len(set(moores_classes(roommate)))
    assert bool(ambiguous_cases(roommate)) == (distinct > len(set(roommate.shows)))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), memory=st.booleans())
def test_the_exam_asks_for_every_case_and_the_machine_passes(seed: int, memory: bool) -> None:
    roommate = machine(seed, 8, 5, memory=memory)
    network = Network.by_hand(roommate, CELLS["elman"])
    exam = RuleCases.of(roommate, network.units)
    assert set(exam.case.ravel()) == set(range(exam.cases))
    run = run_forward(network, exam.batch)
    assert exam.right(run).sum() == exam.cases
    assert evaluate(network, roommate).all_right
    if len(roommate.dishes) > 1:  # one wrong day is enough for its case to be wrong
        run.probabilities[-1, :, 0] = np.roll(run.probabilities[-1, :, 0], 1)
        assert exam.right(run).sum() == exam.cases - 1


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_verdict_is_the_worst_day_of_each_case(seed: int) -> None:
    rng = np.random.default_rng(seed)
    roommate = remembering(rng, 3, 2, 4)
    network = random_network(rng, roommate, 6, "tanh")
    verdict, exam = evaluate(network, roommate), RuleCases.of(roommate, 6)
    run = run_forward(network, exam.batch)
    for case in range(exam.cases):
        weather, state = divmod(case, 4)
        days = np.argwhere(exam.case == case)
        right = [run.dish[day, week] == exam.dish[day, week] for day, week in days]
        others = []
        for day, week in days:
            p, known = run.probabilities[day, :, week], exam.dish[day, week]
            others.append(p[known] - np.delete(p, known).max())
            assert roommate.shows[roommate.transitions[weather][state]] == known
        assert bool(verdict.right[weather, state]) == all(right)
        assert verdict.margin[weather, state] == pytest.approx(min(others))
    assert exam.right(run).sum() == verdict.right.sum()


@pytest.mark.parametrize("days", [3, 30])
def test_batches_start_from_any_state_and_follow_the_rule(days: int) -> None:
    """Both where all weeks are laid out once and where each is drawn."""
    batches = Batches(SOUP_EATER, replace(ELMAN, days=days, weeks=64))
    starts = set()
    for update in range(3):
        weeks = batches.at(update)
        assert weeks.start.shape == (6, 64)
        assert weeks.target is not None
        for week in range(64):
            start = int(weeks.start[:, week].argmax())
            starts.add(start)
            sky = tuple(weeks.weather[:, :, week].argmax(axis=1).tolist())
            assert tuple(weeks.target[:, :, week].argmax(axis=1)) == SOUP_EATER.cook(sky, start)
    assert starts == {0, 1, 2}


def test_too_few_units_and_wrong_matrices_are_refused() -> None:
    with pytest.raises(InputError, match="2 units cannot start from each of the 3 states of the soup eater"):
        Trainer(SOUP_EATER, replace(ELMAN, hidden=2))
    with pytest.raises(InputError, match=r"Freeze: 'memry' is not one of memory, weather.*Did you mean memory"):
        replace(ELMAN, freeze="memry")
    assert replace(ELMAN, freeze="food,merge").frozen == ("memory", "merge")
    assert TrainingConfig(freeze="memory").frozen == ("food",)
    with pytest.raises(InputError, match=r"'elmann' is not one of both, elman, gru or lstm.*Did you mean elman"):
        TrainingConfig(network="elmann")
    with pytest.raises(TrainingError, match="network belongs to the start"):
        TrainingRun(SOUP_EATER, ELMAN).configure(replace(ELMAN, network="lecture"))


def test_a_run_can_be_visited_saved_and_gone_on_with(tmp_path: Path) -> None:
    run = TrainingRun(SOUP_EATER, replace(ELMAN, stop="updates"))
    run.advance(20)
    run.advance_on((1, 1, 0), 2)
    run.advance(10)
    save_run(tmp_path / "run.npz", run.record())
    again = load_run(tmp_path / "run.npz")
    run.advance(15)
    again.advance(15)
    for update in (0, 20, 21, 46):
        one, other = run.moment(update), again.moment(update)
        assert one.network.cell.remembers
        np.testing.assert_array_equal(one.network.parameters.flat, other.network.parameters.flat)
        np.testing.assert_array_equal(one.verdict.margin, other.verdict.margin)


def test_frozen_memory_stays() -> None:
    run = TrainingRun(SOUP_EATER, replace(ELMAN, freeze="memory", stop="updates"))
    before = run.moment().network.parameters
    run.advance(5)
    after = run.moment().network.parameters
    np.testing.assert_array_equal(after["memory"], before["memory"])
    assert not np.array_equal(after["merge"], before["merge"])


# Files


@pytest.mark.parametrize("name", ["weights.json", "weights.npz"])
def test_weights_come_back_as_they_were(tmp_path: Path, name: str) -> None:
    run = TrainingRun(SOUP_EATER, ELMAN)
    run.advance(3)
    moment = run.moment()
    save_weights(tmp_path / name, SavedWeights(SOUP_EATER, moment.network, moment.provenance))
    saved = load_weights(tmp_path / name)
    assert saved.network.cell.remembers
    assert saved.roommate == SOUP_EATER
    assert saved.config == moment.config
    np.testing.assert_array_equal(saved.network.parameters.flat, moment.network.parameters.flat)


def test_the_file_calls_the_matrix_memory(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    save_weights(path, SavedWeights(SOUP_EATER, Network.by_hand(SOUP_EATER, CELLS["elman"])))
    text = path.read_text()
    assert '"network": "elman"' in text
    assert '"memory": [[' in text
    assert '"food"' not in text
    for faulty, fault in (
        (
            text.replace('"network": "elman"', '"network": "jordan"'),
            '"network" should be weather, yesterday, both, elman, gru or lstm',
        ),
        (
            text.replace('"network": "elman"', '"network": ["elman"]'),
            '"network" should be weather, yesterday, both, elman, gru or lstm',
        ),
        (text.replace('"network": "elman", ', ""), '"food" is missing'),
        (text.replace('"network": "elman"', '"network": "lecture"'), '"food" is missing'),
    ):
        path.write_text(faulty)
        with pytest.raises(FileError, match=fault):
            load_weights(path)


def test_columns_that_are_not_units_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    path = path.with_suffix(".json")
    save_weights(path, SavedWeights(SOUP_EATER, Network.by_hand(SOUP_EATER, CELLS["elman"])))
    document = json.loads(path.read_text())
    document["memory"] = [row[:2] for row in document["memory"]]
    path.write_text(json.dumps(document))
    with pytest.raises(FileError, match="Memory has 2 columns, and there should be 6"):
        load_weights(path)


# The way back


def elman_situation(seed: int, days: int, activation: str, **changes: object) -> Situation:
    """Random Elman weights for a random machine with hidden states, and a random week of it."""
    rng = np.random.default_rng(seed)
    n, k, states = (int(rng.integers(least, 5)) for least in (2, 1, 1))
    roommate = remembering(rng, n, k, states)
    network = random_network(rng, roommate, int(rng.integers(states, 8)), activation)
    config = replace(TrainingConfig(network="elman", biases="off"), **changes)  # type: ignore[arg-type]
    week = tuple(rng.integers(k, size=days).tolist())
    return Situation(roommate, 5, week, int(rng.integers(states)), settings=config).with_custom_network(network)


@pytest.mark.parametrize("activation", [name for name in TRAINABLE if not name.startswith("relu")])
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), days=st.integers(1, 40))
def test_the_steps_are_the_gradient_that_training_uses(activation: str, seed: int, days: int) -> None:
    """Every result from its operands, every operand from an earlier step; all days together make the gradient."""
    situation = elman_situation(seed, days, activation)
    weights = situation.network.parameters
    totals = {name: np.zeros_like(weights[name]) for name in situation.network.matrices}
    from_later = np.zeros(weights.hidden)
    for day in range(days - 1, -1, -1):
        made = {"∂m": from_later}
        steps = situation.back_steps(day)
        assert [step.name for step in steps] == [
            "probabilities", "error", "merge gradient", "back through merge", "both days", "back through the units",
            "memory gradient", "weather gradient", "back through memory",
        ]  # fmt: skip
        for step in steps:
            for operand in step.operands:
                if operand.symbol in made:
                    np.testing.assert_allclose(operand.value, made[operand.symbol], rtol=1e-12, atol=1e-12)
            result = recomputed(step)
            np.testing.assert_allclose(step.result.value, result, rtol=1e-12, atol=1e-12)
            made[step.result.symbol] = result
            matrix = step.name.removesuffix(" gradient")
            if matrix in totals:
                totals[matrix] = totals[matrix] + result
        from_later = made["∂m"]
    flat = np.concatenate([totals[name].ravel() for name in situation.network.matrices])
    trained = gradient_of(situation.network, situation.weeks)
    np.testing.assert_allclose(flat, trained, rtol=1e-12, atol=1e-12)
    config = replace(situation.config, activation=activation, hidden=weights.hidden, days=1, weeks=1)
    trainer = Trainer(situation.roommate, config, 0, weights.flat)
    weather, start = np.array(situation.week)[:, None], np.array([situation.start])
    trainer.aim_at(Batch.of(situation.roommate, weather, start, units=trainer.units))
    np.testing.assert_allclose(flat, trainer.gradient, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_update_shown_is_the_update_made(optimizer: str) -> None:
    run = TrainingRun(SOUP_EATER, replace(ELMAN, optimizer=optimizer, clip=0.05, freeze="weather", stop="updates"))
    run.advance(4)
    situation = Situation(SOUP_EATER, 4, (1, 1, 0), 1, learning=run.moment())
    assert situation.cell.remembers
    shown = {}
    for step in situation.back_steps(UPDATE):
        name, _, what = step.name.partition(" ")
        if what == "update":
            shown[name] = (step.result.transpose(mark=False) if step.result.turned else step.result).value
    run.advance_on(situation.week, situation.start)
    made = run.moment().network.parameters
    assert list(shown) == ["memory", "weather", "hidden_bias", "merge", "output_bias"]
    for name, value in shown.items():
        np.testing.assert_array_equal(value, made[name])


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), days=st.integers(2, 20))
def test_reach_is_how_far_the_last_error_came(seed: int, days: int) -> None:
    """Against central differences: the last day's loss as a function of what is added to an earlier day's units."""
    situation = elman_situation(seed, days, "tanh")
    weights, day = situation.network.parameters, seed % days

    def last_loss(nudge: np.ndarray) -> float:
        a = situation.weeks.start[:, 0]
        for today in range(days):
            z = weights["memory"] @ a + weights["weather"] @ situation.weeks.weather[today, :, 0]
            a = np.tanh(z) + (nudge if today == day else 0.0)
        y = weights["merge"] @ a
        return float(np.log(np.exp(y - y.max()).sum()) + y.max() - y[situation.expected[-1]]) / days

    numeric = [(last_loss(1e-5 * row) - last_loss(-1e-5 * row)) / 2e-5 for row in np.eye(weights.hidden)]
    assert situation.week_update.reach[day] == pytest.approx(float(np.linalg.norm(numeric)), rel=1e-3, abs=1e-8)


# Beside others


def test_units_are_put_in_order_by_rows_and_columns() -> None:
    """A network with its units shuffled and turned is the same network, and so it is after they are put back."""
    rng = np.random.default_rng(2)
    network = random_network(rng, SOUP_EATER, 6, "tanh")
    weights, order, sign = network.parameters, rng.permutation(6), rng.choice([-1.0, 1.0], 6)
    shuffled = three(
        (weights["food"] * sign[:, None] * sign)[order][:, order],
        (weights["weather"] * sign[:, None])[order],
        (weights["merge"] * sign)[:, order],
        network.cell,
    )
    match = match_units(network, network.with_parameters(shuffled), SOUP_EATER)
    known = replace(match, unit=np.argsort(order), sign=np.asarray(sign, dtype=np.float64))
    np.testing.assert_allclose(aligned(shuffled, known).flat, weights.flat)
    step = difference(SOUP_EATER, network, shuffled, "memory", ("this", "other"))
    np.testing.assert_array_equal(step.result.value, recomputed(step))
    assert step.name == "Memory"


# What cannot be learned


def test_what_the_soup_eaters_dishes_do_not_tell() -> None:
    assert ambiguous_cases(SOUP_EATER) == ((1, 0),)  # rainy after bread: bread or soup
    assert unavoidable_errors(SOUP_EATER, (0, 0, 1, 0), 0) == ()
    week = (1, 1, 1, 0, 1, 1)
    table = SOUP_EATER.next_dish
    dish, wrong = 0, []
    for day, (weather, right) in enumerate(zip(week, SOUP_EATER.cook(week, 0), strict=True)):
        dish = table[weather][dish]
        wrong += [day] if dish != right else []
    assert wrong
    assert unavoidable_errors(SOUP_EATER, week, 0) == tuple(wrong)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_dishes_that_decide_make_no_error(seed: int) -> None:
    """Nothing unlearnable: then the table is the rule, on every day. Something: then two weeks show it."""
    roommate = machine(seed, 5, 3, memory=True)
    hidden = ambiguous_cases(roommate)
    rng = np.random.default_rng(seed)
    week = tuple(rng.integers(len(roommate.weathers), size=40).tolist())
    if not hidden:
        assert unavoidable_errors(roommate, week, int(rng.integers(len(roommate.states)))) == ()
    for weather, dish in hidden:
        states = [state for state, shown in enumerate(roommate.shows) if shown == dish]
        assert len({roommate.cook((weather,), state) for state in states}) > 1
        assert any(unavoidable_errors(roommate, (weather,), state) for state in states)


def test_states_that_behave_alike_hide_nothing() -> None:
    doubled = PERFECT_ROOMMATE.with_memory(
        Memory(
            states=("p", "b", "s", "p again"),
            shows=(0, 1, 2, 0),
            next_state=((3, 1, 2, 0), (1, 2, 3, 1)),
        )
    )
    assert ambiguous_cases(doubled) == ambiguous_cases(PERFECT_ROOMMATE) == ()
    assert doubled.next_dish == PERFECT_ROOMMATE.next_dish
    assert undecided_case(doubled, Network.by_hand(doubled)) is None
    assert undecided_case(SOUP_EATER, Network.by_hand(SOUP_EATER)) == (1, 0)
    assert undecided_case(SOUP_EATER, Network.by_hand(SOUP_EATER, CELLS["elman"])) is None
