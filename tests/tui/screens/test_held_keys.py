"""A key that is held makes nothing grow: a small part of `python tests/soak --only held`."""

import gc
import tracemalloc

import pytest
from textual._styles_cache import StylesCache

from tests.soak.held import LARGEST, MAX_GROWN, PRESSES, SMALLEST, Place, grown_by
from tui.app.app import RoommateApp

TIMES = 20
"""Presses here; the bound is in proportion, with some room for what is made once."""

ROOM = 2**20


def traced() -> int:
    """What is in use, without the lines that Textual keeps of the last thousand widgets, however many those are."""
    StylesCache.get_inner_outer.cache_clear()
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


@pytest.mark.parametrize(
    ("lesson", "page", "key"),
    [(3, "", "a"), (3, "edit", "]"), (4, "", "r"), (3, "settings", "1"), (3, "", "c")],
)
async def test_with_the_smallest_roommate(lesson: int, page: str, key: str) -> None:
    tracemalloc.start()
    try:
        grown, _pressed = await grown_by(SMALLEST, Place(lesson, page=page), key, TIMES, traced)
    finally:
        tracemalloc.stop()
    assert grown < MAX_GROWN * TIMES / PRESSES + ROOM


async def test_a_weight_of_the_largest_roommate() -> None:
    """The runs that undo can bring back take some megabytes however often a weight is changed."""
    tracemalloc.start()
    try:
        place = Place(4, page="edit")
        grown, _pressed = await grown_by(LARGEST, place, "]", 10, traced)
    finally:
        tracemalloc.stop()
    assert grown < 12 * 2**20


async def test_the_walk_plays_on_while_the_page_of_weights_is_closed() -> None:
    app = RoommateApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("e")
        await app.screen.query("#sheet").remove()
        assert app.walk is not None
        app.walk.session.walk(app.walk.session.simulation.next_step())
        await pilot.press("escape")
        assert app.screen is app.walk
