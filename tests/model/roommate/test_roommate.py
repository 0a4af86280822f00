"""The roommate as a table, and tables that are none."""

import pytest

from model.errors import InputError
from model.network.cells import CELLS
from model.roommate.roommate import PERFECT_ROOMMATE, Memory, Roommate, day_name
from tests.model.strategies import roommate_from


def test_days_go_on_after_saturday() -> None:
    assert [day_name(day) for day in (0, 5, 6, 7)] == ["Monday", "Saturday", "Sunday", "Monday"]


def test_sunny_is_the_same_and_rainy_the_next() -> None:
    assert PERFECT_ROOMMATE.cook((0, 1, 1, 1, 0), start=0) == (0, 1, 2, 0, 0)


def test_the_reduced_roommates_are_the_lectures_first_two() -> None:
    assert PERFECT_ROOMMATE.reduced(CELLS["weather"].sees).cook((0, 1), start=2) == (0, 1)
    assert PERFECT_ROOMMATE.reduced(CELLS["yesterday"].sees).cook((0, 0, 0), start=0) == (1, 2, 0)
    assert PERFECT_ROOMMATE.reduced(CELLS["both"].sees) is PERFECT_ROOMMATE


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


SOUP = Memory(("dry", "wet", "soaked"), (0, 0, 1), ((0, 0, 0), (1, 2, 2)))
"""After the second rainy day in a row, soup (dish 1)."""


def plain(dishes: int, weathers: int) -> Roommate:
    return roommate_from([[0] * dishes] * weathers)


def test_a_memory_decides_what_the_dish_cannot() -> None:
    roommate = plain(2, 2).with_memory(SOUP)
    assert roommate.cook((1, 1, 1, 0, 1), start=0) == (0, 1, 1, 0, 0)
    assert roommate.live((1, 1, 1, 0, 1), start=0) == (1, 2, 2, 0, 1)
    # After bread on a rainy day it is the second rainy day in one case of three: two of three days are dry.
    assert roommate.next_dish == ((0, 0), (0, 1))
    assert roommate.reduced(CELLS["yesterday"].sees).memory is None


def test_without_a_memory_the_states_are_the_dishes() -> None:
    assert PERFECT_ROOMMATE.states == PERFECT_ROOMMATE.dishes
    assert PERFECT_ROOMMATE.shows == (0, 1, 2)
    assert PERFECT_ROOMMATE.transitions == PERFECT_ROOMMATE.next_dish


@pytest.mark.parametrize(
    ("memory", "words"),
    [
        (Memory(("a", "A"), (0, 0), ((0, 0), (0, 0))), "the same state is named twice"),
        (Memory(("a", "b"), (0, 2), ((0, 0), (0, 0))), "each of 2 states must show one of dishes 0 to 1"),
        (Memory(("a", "b"), (0, 0), ((0, 2), (0, 0))), "one of states 0 to 1 must follow each of 2 states"),
        (Memory(("a", "b"), (0, 0), ((0, 0),)), "for each of 2 weathers"),
    ],
)
def test_memories_that_do_not_fit(memory: Memory, words: str) -> None:
    with pytest.raises(InputError, match=words):
        plain(2, 2).with_memory(memory)
