"""The grid of a sweep: every combination once, and none that cannot be trained."""

import numpy as np
import pytest

from model.errors import InputError
from model.roommate.diary import diary_of
from model.roommate.roommate import PERFECT_ROOMMATE
from model.sweep.axes import Axis, parse_axes
from model.sweep.grid import MAX_CELLS, MAX_TRAININGS, Grid
from model.training.config import TrainingConfig


def test_each_combination_is_there_once_the_first_setting_from_left_to_right() -> None:
    grid = Grid.of(
        PERFECT_ROOMMATE, {"days": 4}, parse_axes(["scale=0.1,0.2,0.3", "activation=tanh,relu"]), range(10)
    )

    assert grid.shape == (2, 3)
    assert [cell.values for cell in grid.cells][:4] == [(0.1, "tanh"), (0.2, "tanh"), (0.3, "tanh"), (0.1, "relu")]
    assert grid.trainings == 60
    for row in range(2):
        for column in range(3):
            cell = grid.at(row, column)
            assert cell.config == TrainingConfig(days=4, scale=cell.values[0], activation=cell.values[1])  # type: ignore[arg-type]
    assert grid.name(grid.at(1, 2)) == "scale 0.3, activation relu"


def test_nothing_varied_is_one_cell() -> None:
    grid = Grid.of(PERFECT_ROOMMATE, {}, [], range(3))

    assert (grid.shape, len(grid.cells), grid.cells[0].values) == ((1, 1), 1, ())
    assert grid.cells[0].config == TrainingConfig()


def test_what_was_not_said_is_as_each_network_has_it() -> None:
    both, elman = Grid.of(PERFECT_ROOMMATE, {}, parse_axes(["network=both,elman"]), range(3)).cells
    assert (both.config, elman.config) == (TrainingConfig(), TrainingConfig(network="elman"))

    both, elman = Grid.of(PERFECT_ROOMMATE, {"days": 6}, parse_axes(["network=both,elman"]), range(3)).cells
    assert (both.config.days, elman.config.days) == (6, 6)


def test_settings_that_do_not_go_together_are_said_with_their_cells() -> None:
    axes = parse_axes(["hidden=2,8", "network=both,elman"])

    with pytest.raises(InputError) as error:
        Grid.of(PERFECT_ROOMMATE, {}, axes, range(3))

    assert str(error.value).startswith("1 of 4 cell has settings that do not go together (hidden 2, network elman).")
    assert "2 units cannot start from each of the 3 states" in str(error.value)


def test_of_many_such_cells_a_few_are_named() -> None:
    with pytest.raises(InputError) as error:
        Grid.of(PERFECT_ROOMMATE, {"days": 365}, parse_axes(["weeks=1,1000,1001,1002,1003,1004,1005"]), range(3))

    assert str(error.value).startswith("6 of 7 cells have settings that do not go together (weeks 1000; weeks 1001;")
    assert "and 2 more" in str(error.value)


def test_a_setting_is_fixed_or_varied() -> None:
    with pytest.raises(InputError, match="scale is varied, so"):
        Grid.of(PERFECT_ROOMMATE, {"scale": 0.5}, parse_axes(["scale=1,2"]), range(3))


def test_a_map_has_an_end() -> None:
    many = [Axis("weeks", tuple(range(1, 102))), Axis("days", tuple(range(1, 101)))]
    with pytest.raises(InputError, match=f"at most|can be {MAX_CELLS:,}"):
        Grid.of(PERFECT_ROOMMATE, {}, many, range(1))
    with pytest.raises(InputError, match=f"can be {MAX_TRAININGS:,}"):
        Grid.of(PERFECT_ROOMMATE, {}, [Axis("weeks", tuple(range(1, 42)))], range(100_000))


def test_from_a_diary_the_weeks_are_as_long_as_they_can_be() -> None:
    weather = tuple(np.random.default_rng(0).integers(2, size=8).tolist())
    diary = diary_of(PERFECT_ROOMMATE, weather, 0)

    (cell,) = Grid.of(diary.roommate(), {}, [], range(3), diary=diary).cells
    assert cell.config.days == min(6, diary.longest)

    with pytest.raises(InputError, match="1 of 2 cell"):
        Grid.of(diary.roommate(), {}, parse_axes(["days=2,300"]), range(3), diary=diary)
