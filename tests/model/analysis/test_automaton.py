"""The rule read off a network, and the days on its own output, against the machine itself and plain Python."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.analysis import rollout as under_test
from model.analysis.automaton import Automaton, extract
from model.analysis.rollout import SKY, Divergence, roll_out, roll_out_to_end
from model.network.activations import IDENTITY, TANH
from model.network.cell import Cell, Size
from model.network.cells import CELLS
from model.network.initialization import random_weights
from model.network.loss import loss_and_accuracy
from model.network.network import Network
from model.network.parameters import Parameters
from model.network.schedule import Feedback
from model.roommate.roommate import PERFECT_ROOMMATE, Memory, Roommate
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.weights import SavedWeights, load_weights, save_weights
from model.training.config import TrainingConfig
from model.training.evaluation import evaluate
from model.training.provenance import Provenance, Stretch
from model.training.run import TrainingRun
from tests.model.networks import three
from tests.model.strategies import roommate_from, roommates


@pytest.mark.parametrize("cell", [CELLS["weather"], CELLS["yesterday"], CELLS["both"]], ids=lambda cell: cell.name)
@given(roommate=roommates())
def test_the_rule_of_hand_set_weights_is_the_roommates(cell: Cell, roommate: Roommate) -> None:
    read = extract(Network.by_hand(roommate, cell), roommate)
    assert read.table == roommate.reduced(cell.sees).next_dish
    assert read.matches_rule is True
    outcome = roll_out_to_end(read, days=150)
    assert (outcome.stays_true, outcome.days, outcome.feedback) == (True, 150, Feedback.HARD)
    n = len(roommate.dishes)
    np.testing.assert_allclose(read.margin, (math.e - 1) / (math.e + n - 1) if n > 1 else 1.0)


@given(roommate=roommates(), other=st.randoms(use_true_random=False))
def test_what_differs_from_the_rule_is_wrong_and_nothing_else(roommate: Roommate, other: object) -> None:
    rng = np.random.default_rng(other.getrandbits(32))  # type: ignore[attr-defined]
    n, k = len(roommate.dishes), len(roommate.weathers)
    wanted = roommate_from(rng.integers(n, size=(k, n)).tolist())
    read = extract(Network.by_hand(wanted), roommate)
    assert read.right is not None
    np.testing.assert_array_equal(read.right, np.array(wanted.next_dish) == np.array(roommate.next_dish))
    assert read.matches_rule is (wanted.next_dish == roommate.next_dish)
    unknown = extract(Network.by_hand(wanted), roommate, known=False)
    assert (unknown.matches_rule, unknown.right, unknown.table) == (None, None, wanted.next_dish)


@given(roommate=roommates())
def test_arrows_are_the_table(roommate: Roommate) -> None:
    read = extract(Network.by_hand(roommate), roommate)
    cases = [(w, arrow.source, arrow.target) for arrow in read.arrows for w in arrow.weathers]
    assert sorted(cases) == [(w, y, d) for w, row in enumerate(roommate.next_dish) for y, d in enumerate(row)]
    assert len({(arrow.source, arrow.target) for arrow in read.arrows}) == len(read.arrows)


# Independent references


def probabilities(network: Network, weather: int, yesterday: list[float]) -> list[float]:
    """One day in plain Python: softmax(Merge · φ(Food · yesterday + Weather · today))."""
    weights = network.parameters
    hidden = []
    for food, sky in zip(weights["food"].tolist(), weights["weather"].tolist(), strict=True):
        z = sum(a * b for a, b in zip(food, yesterday, strict=True)) + sky[weather]
        hidden.append(math.tanh(z) if network.activation is TANH else z)
    logits = [sum(a * b for a, b in zip(row, hidden, strict=True)) for row in weights["merge"].tolist()]
    shifted = [math.exp(y - max(logits)) for y in logits]
    return [value / sum(shifted) for value in shifted]


def one_hot(dish: int, dishes: int) -> list[float]:
    return [float(index == dish) for index in range(dishes)]


def first_stray(network: Network, days: int) -> Divergence | None:
    """The first day on which soft feedback leaves the table, and the first start that does."""
    n, k = network.parameters.dishes, network.parameters.sizes[Size.WEATHERS]
    table = [[largest(probabilities(network, w, one_hot(y, n))) for y in range(n)] for w in range(k)]
    sky = np.random.default_rng(SKY).integers(k, size=days).tolist()
    found = []
    for start in range(n):
        fed, dish = one_hot(start, n), start
        for day, weather in enumerate(sky, 1):
            fed = probabilities(network, weather, fed)
            if largest(fed) != table[weather][dish]:
                found.append(Divergence(day, start, weather, dish, largest(fed), table[weather][dish]))
                break
            dish = largest(fed)
    return min(found, default=None, key=lambda stray: (stray.day, stray.start))


def largest(values: list[float]) -> int:
    return values.index(max(values))


def random_network(seed: int, dishes: int, weathers: int, scale: float) -> Network:
    rng = np.random.default_rng(seed)
    sizes = {Size.DISHES: dishes, Size.WEATHERS: weathers, Size.HIDDEN: dishes * weathers}
    weights = random_weights(rng, CELLS["both"], sizes, initial="normal", scale=scale)
    return Network(weights, TANH, "random", trained_with=Feedback.SOFT)


def names_for(network: Network) -> Roommate:
    return roommate_from([[0] * network.parameters.dishes] * network.parameters.sizes[Size.WEATHERS])


@given(seed=st.integers(0, 2**32), dishes=st.integers(1, 4), weathers=st.integers(1, 3), scale=st.floats(0.3, 3))
def test_margins_are_those_of_plain_python(seed: int, dishes: int, weathers: int, scale: float) -> None:
    network = random_network(seed, dishes, weathers, scale)
    unknown, known = (extract(network, names_for(network), known=known) for known in (False, True))
    for case in np.ndindex(weathers, dishes):
        p = probabilities(network, case[0], one_hot(case[1], dishes))
        second, first = sorted([0.0, *p])[-2:]
        assert unknown.margin[case] == pytest.approx(first - second, abs=1e-12)
        assert unknown.table[case[0]][case[1]] == known.table[case[0]][case[1]] == largest(p)
        assert known.margin[case] == pytest.approx(p[0] - max([0.0, *p[1:]]), abs=1e-12)
        assert known.margin[case] == evaluate(network, names_for(network)).margin[case]


def test_a_tie_is_nobodys() -> None:
    zero = Network(
        Parameters(CELLS["both"], {"food": np.zeros((4, 2)), "weather": np.zeros((4, 2)), "merge": np.zeros((2, 4))}),
        TANH,
        "zero",
    )
    rule = roommate_from([[0, 0], [0, 0]])
    read, verdict = extract(zero, rule), evaluate(zero, rule)
    assert read.table == ((0, 0), (0, 0))  # the first of those that tie, as it is cooked
    assert not read.matches_rule
    assert read.right is not None
    assert not read.right.any()
    assert verdict.count == 0
    week = Situation(roommate=rule, custom_networks={3: zero}, week=(0, 1))
    assert not any(map(Simulation(week).right, range(2)))
    assert week.tied(0) == (0, 1)
    assert loss_and_accuracy(week.run, week.weeks)[1] == 0.0


@given(seed=st.integers(0, 2**32), dishes=st.integers(2, 4), weathers=st.integers(1, 3), scale=st.floats(0.3, 3))
def test_the_first_day_that_strays_is_that_of_plain_python(
    seed: int, dishes: int, weathers: int, scale: float
) -> None:
    network = random_network(seed, dishes, weathers, scale)
    outcome = roll_out_to_end(extract(network, names_for(network)), days=30)
    assert outcome.stray == first_stray(network, 30)
    assert outcome.feedback is Feedback.SOFT


def leaking(slope: float, threshold: float) -> Network:
    """Two dishes, each its own successor, whose certainty p leaks: p' = 1 / (1 + exp(slope · (threshold − p)))."""
    weights = three(
        np.array([[slope, 0.0], [0.0, 0.0]]),
        np.array([[-slope * threshold], [0.0]]),
        np.eye(2),
    )
    return Network(weights, IDENTITY, "made to leak", trained_with=Feedback.SOFT)


def test_a_leak_worked_out_by_hand() -> None:
    """p = 1 → 0.69 → 0.545, which is below the threshold 0.6: on day 3 the other dish is chosen."""
    read = extract(leaking(2.0, 0.6), roommate_from([[0, 1]]))
    assert (read.table, read.matches_rule) == (((0, 1),), True)
    stray = roll_out_to_end(read).stray
    assert stray is not None
    assert (stray.day, stray.start, stray.weather) == (3, 0, 0)
    assert (stray.yesterday, stray.dish, stray.expected) == (0, 1, 0)
    assert roll_out_to_end(read, Feedback.HARD).stays_true


@pytest.mark.parametrize("threshold", [0.54, 0.506, 0.5036])
def test_a_slow_leak_is_followed_from_slice_to_slice(threshold: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to day 431, while a slice is 100 days at the most."""
    network = leaking(4.2, threshold)
    expected = first_stray(network, 2_000)
    assert expected is not None
    for numbers in (1, 60, under_test.SLICE_NUMBERS):  # slices of one day, of 15, and as they are
        monkeypatch.setattr(under_test, "SLICE_NUMBERS", numbers)
        outcomes = list(roll_out(extract(network, roommate_from([[0, 1]])), days=2_000))
        assert not any(outcome.over for outcome in outcomes[:-1])
        assert outcomes[-1].stray == expected


def test_every_day_is_lived_where_nothing_strays() -> None:
    read = extract(Network.by_hand(PERFECT_ROOMMATE), PERFECT_ROOMMATE)
    outcomes = list(roll_out(read))
    assert (outcomes[-1].days, outcomes[-1].over, outcomes[-1].stays_true) == (10_000, True, True)
    assert [outcome.over for outcome in outcomes[:-1]] == [False] * (len(outcomes) - 1)


# Memory


def two_rainy_days(soup: int) -> Roommate:
    """After the second rainy day in a row soup; otherwise salad. The memory: how many rainy days in a row."""
    names = Roommate("soup", ("salad", "soup"), ("sunny", "rainy"), ((0, 0), (0, 0)), ("a", "b"))
    return names.with_memory(Memory(("dry", "rain", "more rain"), (0, 0, soup), ((0, 0, 0), (1, 2, 2))))


def test_a_rule_that_needs_its_memory_is_matched_by_no_table() -> None:
    roommate = two_rainy_days(soup=1)
    read = extract(Network.by_hand(roommate), roommate)
    assert read.matches_rule is False
    assert read.truth == (((0,), (0,)), ((0, 1), (1,)))
    assert read.right is not None
    np.testing.assert_array_equal(read.right, [[True, True], [False, True]])
    assert roll_out_to_end(read, days=100).stays_true


def test_a_memory_that_makes_no_difference_is_matched() -> None:
    """All states show salad: soup is never cooked, so whatever follows soup is right."""
    roommate = two_rainy_days(soup=0)
    read = extract(Network.by_hand(roommate), roommate)
    assert read.truth == (((0,), ()), ((0,), ()))
    assert read.matches_rule is True


# What a network is fed


def learned(feedback: str) -> Network:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=5, feedback=feedback))
    while not run.finished:
        run.advance()
    return run.moment().network


@pytest.mark.parametrize(("trained", "fed"), [("soft", "soft"), ("hard", "hard"), ("teacher", "hard")])
def test_a_network_is_fed_what_it_was_trained_with(trained: str, fed: str, tmp_path: Path) -> None:
    network = learned(trained)
    assert network.own_feedback == fed
    made = Provenance((Stretch(0, 1, TrainingConfig(seed=5, feedback=trained)),))
    save_weights(tmp_path / "w.npz", SavedWeights(PERFECT_ROOMMATE, network, made))
    assert load_weights(tmp_path / "w.npz").network.own_feedback == fed
    assert replace(network, activation=IDENTITY).own_feedback == fed


def test_teacher_forcing_learns_a_rule_that_soft_feedback_does_not_keep() -> None:
    """All six cases are right and far from doubtful, and yet the network left to its probabilities strays."""
    read = extract(learned("teacher"), PERFECT_ROOMMATE)
    assert read.matches_rule
    assert read.margin.min() > 0.8
    stray = roll_out_to_end(read, Feedback.SOFT).stray
    assert stray is not None
    assert stray == first_stray(read.network, 30)
    assert roll_out_to_end(extract(learned("soft"), PERFECT_ROOMMATE)).stays_true


def test_the_case_with_the_smallest_margin() -> None:
    margin = np.array([[0.5, 0.2], [0.9, 0.1]])
    network = Network.by_hand(roommate_from([[0, 1], [1, 0]]))
    assert Automaton(network, names_for(network), ((0, 1), (1, 0)), margin, None).closest == (1, 1)


def test_weights_too_large_for_numbers_are_no_error() -> None:
    network = leaking(1e308, 2.0)
    read = extract(network, roommate_from([[0, 1]]))
    assert roll_out_to_end(read, days=10).days >= 1
