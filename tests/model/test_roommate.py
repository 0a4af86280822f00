"""The roommate as a table, and tables that are none."""

import pytest

from model.errors import InputError
from model.roommate import PERFECT_ROOMMATE, Kind, Roommate, day_name


def test_days_go_on_after_saturday() -> None:
    assert [day_name(day) for day in (0, 5, 6, 7)] == ["Monday", "Saturday", "Sunday", "Monday"]


def test_sunny_is_the_same_and_rainy_the_next() -> None:
    assert PERFECT_ROOMMATE.cook((0, 1, 1, 1, 0), start=0) == (0, 1, 2, 0, 0)


def test_the_reduced_roommates_are_the_lectures_first_two() -> None:
    assert PERFECT_ROOMMATE.reduced(Kind.WEATHER).cook((0, 1), start=2) == (0, 1)
    assert PERFECT_ROOMMATE.reduced(Kind.CYCLE).cook((0, 0, 0), start=0) == (1, 2, 0)
    assert PERFECT_ROOMMATE.reduced(Kind.RNN) is PERFECT_ROOMMATE


@pytest.mark.parametrize(
    ("dishes", "weathers", "table", "words"),
    [
        ((), ("w",), ((),), "every dish needs a name"),
        (("a", "A"), ("w",), ((0, 1),), "named twice among a, A"),
        (("a", "b"), ("w", "v"), ((0, 1),), "a row for each of 2 weathers"),
        (("a", "b"), ("w",), ((0, 2),), r"when it is w, the table needs one of dishes 0 to 1 .* \[0, 2\]"),
        (("a", "b"), ("w",), ((0,),), r"has \[0\]"),
    ],
)
def test_tables_that_do_not_fit(
    dishes: tuple[str, ...], weathers: tuple[str, ...], table: tuple[tuple[int, ...], ...], words: str
) -> None:
    with pytest.raises(InputError, match=words):
        Roommate("odd one", dishes, weathers, table, ("same",) * len(table))
