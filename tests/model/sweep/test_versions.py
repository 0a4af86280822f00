"""What is kept on disk was worked out by numbers that are today's: where they change, `NUMERICS` must."""

import pytest

from model.analysis.outcomes import train_seeds
from model.roommate.roommate import PERFECT_ROOMMATE
from model.sweep.versions import NUMERICS
from model.training.config import TrainingConfig


@pytest.mark.parametrize(
    ("config", "learned_at"),
    [
        (TrainingConfig(), [97, 102, 77, 78, 76]),
        (TrainingConfig(network="elman", updates=300, hold=5), [287, 281, None, None, None]),
    ],
)
def test_the_same_seeds_learn_at_the_same_updates_as_long_as_the_version_is_the_same(
    config: TrainingConfig, learned_at: list[int | None]
) -> None:
    outcomes = sorted(train_seeds(PERFECT_ROOMMATE, config, range(5)), key=lambda outcome: outcome.seed)

    assert (NUMERICS, [outcome.learned_at for outcome in outcomes]) == (1, learned_at), "raise NUMERICS"
