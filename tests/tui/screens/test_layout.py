"""Which panels there is room for: a row of the layout for each, and containers that are there for what is in them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from textual.geometry import Size

from tui.screens.layout import CONTAINERS, PANELS, PLACES, Room, View, in_sight, views

SIZES = [Size(*size) for size in product((40, 60, 72, 80, 115, 116, 200), (12, 15, 16, 20, 24, 30, 42, 60))]


def rooms(*, learning: bool, lines: int) -> Iterator[Room]:
    """Every view of every size."""
    for size in SIZES:
        room = Room(size, learning=learning, lines=lines, more=1)
        for view in views(room):
            yield replace(room, view=view)


@pytest.mark.parametrize("lines", [0, 11])
@pytest.mark.parametrize("learning", [False, True])
def test_a_container_is_in_sight_where_something_in_it_is(learning: bool, lines: int) -> None:
    inside = {place.name: place.inside for place in PLACES} | CONTAINERS
    for room in rooms(learning=learning, lines=lines):
        found = in_sight(room)
        assert found <= set(PANELS)
        for name in found:
            assert not inside[name] or inside[name] in found
        for container in found & CONTAINERS.keys():
            assert any(inside[name] == container for name in found)


@pytest.mark.parametrize("lines", [0, 11])
@pytest.mark.parametrize("learning", [False, True])
def test_every_panel_can_be_seen_at_some_size(learning: bool, lines: int) -> None:
    seen = set().union(*(in_sight(room) for room in rooms(learning=learning, lines=lines)))
    hidden = {"words"} if learning else {"learn", "loss", "cases"}
    assert seen == set(PANELS) - hidden - (set() if lines else {"network"})


def test_small_screens_show_one_thing_at_a_time() -> None:
    room = Room(Size(40, 12), learning=True, lines=11)
    always = {"title", "pipeline", "middle", "side", "stage", "learn", "answers"}
    expected = {View.PRODUCT: {"product"}, View.WEEK: {"week", "rule"}, View.WORDS: {"narration"}}
    for view in views(room):
        assert in_sight(replace(room, view=view)) - always == expected.get(view, {str(view)})
