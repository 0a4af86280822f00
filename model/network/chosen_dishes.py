"""The dishes of a long week, without a pass for each day.

Where a network gets nothing from yesterday but the dish that it chose, a day can only be one of as many cases as
there are dishes times weathers. What it cooks in each is worked out once, and then the days follow each other in a
table. With the dishes known nothing waits for the day before any more: the pass over all days at once is the one for
which they are given.
"""

from __future__ import annotations

import numpy as np

from model.arrays import Indices, one_hot
from model.network.batch import Batch
from model.network.cell import DISH, Cell


def only_dishes_count(cell: Cell) -> bool:
    """Whether a cell gets nothing from yesterday but a dish."""
    return cell.feeds_dish_back and set(cell.hands_on.values()) == {DISH}


def every_case(dishes: int, weathers: int) -> Batch:
    """A week in which each case is a day, yesterday's dish being given: B = 1.

    Args:
        dishes: How many there are.
        weathers: How many there are; the case of a weather and a dish is day ``weather * dishes + dish``.
    """
    weather, yesterday = np.divmod(np.arange(dishes * weathers), dishes)
    start = one_hot(yesterday[:1, None], dishes)[0]
    return Batch(one_hot(weather[:, None], weathers), start, one_hot(np.roll(yesterday, -1)[:, None], dishes))


def with_dishes(week: Batch, cooked: Indices, dishes: int) -> Batch:
    """The week with the dishes that a network cooks in it as those that are given.

    Args:
        week: B = 1.
        cooked: (cases,): what it cooks in each case of `every_case`, as an index.
        dishes: How many there are.
    """
    table = cooked.reshape(-1, dishes).tolist()
    dish = int(week.start[:, 0].argmax())
    lived = [dish := table[weather][dish] for weather in week.weather[:, :, 0].argmax(axis=1).tolist()]
    return Batch(week.weather, week.start, one_hot(np.array(lived, dtype=np.intp)[:, None], dishes))
