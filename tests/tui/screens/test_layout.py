"""Which panels there is room for: a row of the layout for each, and containers that are there for what is in them."""

from itertools import product

import pytest
from textual.geometry import Size

from tui.screens.layout import CONTAINERS, PANELS, PLACES, View, in_sight, views

SIZES = [Size(*size) for size in product((40, 60, 72, 80, 115, 116, 200), (12, 15, 16, 20, 24, 30, 42, 60))]


@pytest.mark.parametrize("learning", [False, True])
def test_a_container_is_in_sight_where_something_in_it_is(learning: bool) -> None:
    inside = {place.name: place.inside for place in PLACES} | CONTAINERS
    for size in SIZES:
        for view in views(size, learning=learning):
            found = in_sight(view, size, learning=learning)
            assert found <= set(PANELS)
            for name in found:
                assert not inside[name] or inside[name] in found
            for container in found & CONTAINERS.keys():
                assert any(inside[name] == container for name in found)


@pytest.mark.parametrize("learning", [False, True])
def test_every_panel_can_be_seen_at_some_size(learning: bool) -> None:
    seen = set()
    for size in SIZES:
        for view in views(size, learning=learning):
            seen |= in_sight(view, size, learning=learning)
    hidden = {"words"} if learning else {"learn", "loss", "cases"}
    assert seen == set(PANELS) - hidden


def test_small_screens_show_one_thing_at_a_time() -> None:
    for view in views(Size(40, 12), learning=True):
        shown = in_sight(view, Size(40, 12), learning=True) - {
            "title",
            "pipeline",
            "middle",
            "side",
            "stage",
            "learn",
        }
        expected = {View.PRODUCT: {"product"}, View.WEEK: {"week", "rule"}, View.WORDS: {"narration"}}
        assert shown == expected.get(view, {str(view)})
