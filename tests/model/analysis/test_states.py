"""The states of a network that hands on hidden units: of hand-set ones the machine's, of others what they do."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.analysis.automaton import Automaton, extract
from model.analysis.rollout import roll_out_to_end
from model.analysis.states import find_states
from model.export.automaton import as_dot, as_json, as_mermaid
from model.network.activations import SIGMOID
from model.network.cells import BIASED, CELLS
from model.network.forward import cook
from model.network.initialization import random_weights
from model.network.network import Network, default_sizes
from model.network.schedule import Feedback
from model.roommate.roommate import Roommate
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.strategies import SOUP_EATER, remembering

WITH_MEMORY = ["elman", "gru", "lstm"]


def moore(roommate: Roommate) -> int:
    """How many states of a machine differ in what they ever do: Moore's algorithm, written plainly."""
    classes = list(roommate.shows)
    while True:
        keys = [
            (classes[state], *(classes[row[state]] for row in roommate.transitions))
            for state in range(len(roommate.states))
        ]
        finer = [sorted(set(keys)).index(key) for key in keys]
        if len(set(finer)) == len(set(classes)):
            return len(set(finer))
        classes = finer


@pytest.mark.parametrize("name", WITH_MEMORY)
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_states_of_hand_set_weights_are_the_machines(name: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    roommate = remembering(rng, *map(int, rng.integers(1, (4, 4, 5))))
    read = extract(Network.by_hand(roommate, CELLS[name]), roommate)
    assert read.found is not None
    assert read.matches_rule
    assert 0 < len(read.found.shows) <= moore(roommate)  # states that are never come back to are not reached
    assert len(read.found.shows) <= read.found.clusters
    assert roll_out_to_end(read, days=150).stays_true


def learned(roommate: Roommate, **changes: object) -> Automaton:
    run = TrainingRun(roommate, TrainingConfig(network="elman", **changes))  # type: ignore[arg-type]
    while not run.finished:
        run.advance()
    assert run.learned
    return extract(run.moment().network, roommate)


@pytest.mark.parametrize("start", ["one-hot", "zero"])
def test_what_has_learned_the_soup_eater_has_its_three_states(start: str) -> None:
    read = learned(SOUP_EATER, start=start)
    assert read.matches_rule
    assert read.as_many
    assert set(read.roommate.dishes) == set(SOUP_EATER.states)
    for state, name in enumerate(read.roommate.dishes):
        original = SOUP_EATER.states.index(name)
        for weather, row in enumerate(read.table):
            assert read.roommate.dishes[row[state]] == SOUP_EATER.states[SOUP_EATER.transitions[weather][original]]
    assert roll_out_to_end(read, days=300).stays_true


def test_fewer_units_than_states_can_do_from_zero() -> None:
    read = learned(SOUP_EATER, start="zero", hidden=2)
    assert read.network.parameters.hidden == 2
    assert read.matches_rule


def random_network(seed: int, name: str = "elman") -> Network:
    cell = BIASED[name]
    weights = random_weights(
        np.random.default_rng(seed), cell, default_sizes(cell, SOUP_EATER), initial="normal", scale=1.0
    )
    return Network(weights, SIGMOID, "random")


@pytest.mark.parametrize("name", WITH_MEMORY)
@pytest.mark.parametrize("seed", range(4))
def test_every_export_works_on_any_network(name: str, seed: int) -> None:
    read = extract(random_network(seed, name), SOUP_EATER)
    outcome = roll_out_to_end(read, days=50)
    document = json.loads(as_json(read, outcome))
    assert document["feedback"] == "hidden"
    assert set(document["states"].values()) <= set(SOUP_EATER.dishes)
    assert document["matches_rule"] is False
    for states in document["table"].values():
        assert set(states) == set(document["states"])
        assert set(states.values()) <= set(document["states"])
    assert as_dot(read).startswith("digraph")
    assert as_mermaid(read).startswith("flowchart")


def test_a_day_that_strays_is_found_as_by_hand() -> None:
    read = extract(random_network(2), SOUP_EATER)
    assert read.found is not None
    outcome = roll_out_to_end(read, days=2_000)
    alone = roll_out_to_end(replace(read), Feedback.HARD, days=2_000)
    assert alone == outcome  # hidden units are handed on whatever is asked for


def test_every_first_day_is_among_what_was_lived() -> None:
    network = random_network(1)
    found = find_states(network, SOUP_EATER)
    for weather in range(2):
        for start in range(3):
            reached = cook(network, SOUP_EATER, (weather,), start).hidden[0, :, 0]
            assert (found.vectors == reached).all(axis=1).any()


def test_the_vectors_of_an_lstm_have_its_cell_state_too() -> None:
    network = Network.by_hand(SOUP_EATER, CELLS["lstm"])
    assert find_states(network, SOUP_EATER).vectors.shape[1] == 2 * network.parameters.hidden
