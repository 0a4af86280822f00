"""The lecture's own numbers, as lecture.md gives them."""

import numpy as np
import pytest

from model.network.cells import CELLS
from model.network.forward import cook
from model.network.network import Network
from model.roommate.roommate import LECTURE_WEEK, PERFECT_ROOMMATE
from model.simulation.situation import Situation
from model.steps.forward import trace_day

FOOD = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1], [1, 0, 0], [0, 1, 0]]
WEATHER = [[1, 0], [1, 0], [1, 0], [0, 1], [0, 1], [0, 1]]
MERGE = [[1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 1, 0], [0, 0, 1, 0, 0, 1]]

SIX_CASES = [  # yesterday, weather, z, the entry that becomes 1 (from 1), dish
    ("pasta", "sunny", (2, 1, 1, 0, 1, 0), 1, "pasta"),
    ("burger", "sunny", (1, 2, 1, 0, 0, 1), 2, "burger"),
    ("salad", "sunny", (1, 1, 2, 1, 0, 0), 3, "salad"),
    ("pasta", "rainy", (1, 0, 0, 1, 2, 1), 5, "burger"),
    ("burger", "rainy", (0, 1, 0, 1, 1, 2), 6, "salad"),
    ("salad", "rainy", (0, 0, 1, 2, 1, 1), 4, "pasta"),
]


def test_the_three_matrices() -> None:
    weights = Network.by_hand(PERFECT_ROOMMATE).parameters
    np.testing.assert_array_equal(weights["food"], FOOD)
    np.testing.assert_array_equal(weights["weather"], WEATHER)
    np.testing.assert_array_equal(weights["merge"], MERGE)


def test_the_weather_network_is_one_matrix() -> None:
    np.testing.assert_array_equal(
        Network.by_hand(PERFECT_ROOMMATE, CELLS["weather"]).parameters["weather"], [[1, 0], [0, 1], [0, 0]]
    )
    run = cook(Network.by_hand(PERFECT_ROOMMATE, CELLS["weather"]), PERFECT_ROOMMATE, (0, 1), start=2)
    assert run.dish[:, 0].tolist() == [0, 1]  # sunny → pasta, rainy → burger, whatever came before


def test_the_cycle_is_one_matrix() -> None:
    np.testing.assert_array_equal(
        Network.by_hand(PERFECT_ROOMMATE, CELLS["yesterday"]).parameters["food"], [[0, 0, 1], [1, 0, 0], [0, 1, 0]]
    )
    run = cook(Network.by_hand(PERFECT_ROOMMATE, CELLS["yesterday"]), PERFECT_ROOMMATE, (0, 1, 0), start=0)
    assert run.dish[:, 0].tolist() == [1, 2, 0]  # burger, salad, pasta, whatever the weather


@pytest.mark.parametrize(("yesterday", "weather", "z", "largest", "dish"), SIX_CASES)
def test_the_six_cases(yesterday: str, weather: str, z: tuple[int, ...], largest: int, dish: str) -> None:
    week = (PERFECT_ROOMMATE.weathers.index(weather),)
    network = Network.by_hand(PERFECT_ROOMMATE)
    run = cook(network, PERFECT_ROOMMATE, week, PERFECT_ROOMMATE.dishes.index(yesterday))
    steps = {step.name: step for step in trace_day(PERFECT_ROOMMATE, network, run, 0).steps}

    assert list(steps) == ["food product", "weather product", "add", "non-linear", "merge", "decide"]
    np.testing.assert_array_equal(steps["add"].result.value, z)
    one = np.zeros(6)
    one[largest - 1] = 1
    np.testing.assert_array_equal(steps["non-linear"].result.value, one)
    np.testing.assert_array_equal(np.maximum(np.array(z) - 1, 0), one)  # the lecture's other way to say it
    expected = np.eye(3)[PERFECT_ROOMMATE.dishes.index(dish)]
    np.testing.assert_array_equal(steps["merge"].result.value, expected)
    np.testing.assert_array_equal(steps["decide"].result.value, expected)


def test_the_week_meets_every_case_once() -> None:
    dishes = (0, *Situation().expected[:-1])
    assert len(set(zip(dishes, LECTURE_WEEK, strict=True))) == 6
