"""Random weeks: where there are too many different ones to lay them out, they are the roommate's all the same."""

from __future__ import annotations

import numpy as np
import pytest

from model.network.batch import Batch
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.training.batches import BLOCK, Batches, units_of
from model.training.config import TrainingConfig
from tests.model.strategies import SOUP_EATER


@pytest.mark.parametrize("roommate", [PERFECT_ROOMMATE, SOUP_EATER])
@pytest.mark.parametrize(("network", "start"), [("both", "one-hot"), ("elman", "one-hot"), ("gru", "zero")])
def test_weeks_that_are_made_up_are_those_of_the_rule(roommate: Roommate, network: str, start: str) -> None:
    config = TrainingConfig(network=network, start=start, days=20, weeks=5)
    batches, other = Batches(roommate, config), Batches(roommate, config)
    for update in (0, 7, BLOCK - 1, BLOCK):
        drawn = other.drawn(config.seed, update // BLOCK)[update % BLOCK]
        units = units_of(roommate, config)
        expected = Batch.of(roommate, drawn[1:], drawn[0], units=units, zero=start == "zero")
        found = batches.at(update)
        assert expected.target is not None
        assert found.target is not None
        assert np.array_equal(found.weather, expected.weather)
        assert np.array_equal(found.start, expected.start)
        assert np.array_equal(found.target, expected.target)
