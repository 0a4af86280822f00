"""Which panels there is room for: a row of the layout for each, and containers that are there for what is in them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from textual.geometry import Size

from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from tui.app.app import RoommateApp
from tui.screens.layout import CONTAINERS, PANELS, PLACES, Room, View, another, in_sight, views, ways_on

SIZES = [Size(*size) for size in product((40, 60, 72, 80, 115, 116, 200), (12, 15, 16, 20, 24, 30, 42, 60))]


def rooms(*, learning: bool, lines: int) -> Iterator[Room]:
    """Every view of every size."""
    for size in SIZES:
        room = Room(size, learning=learning, lines=lines, more=1, nodes=lines)
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
    assert seen == set(PANELS) - hidden - (set() if lines else {"network", "nodes"})


def test_small_screens_show_one_thing_at_a_time() -> None:
    room = Room(Size(40, 12), learning=True, lines=11)
    always = {"title", "pipeline", "middle", "left", "side", "stage", "learn", "answers"}
    expected = {View.PRODUCT: {"product"}, View.WEEK: {"unrolled"}, View.WORDS: {"narration"}}
    for view in views(room):
        assert in_sight(replace(room, view=view)) - always == expected.get(view, {str(view)})


def corner(room: Room) -> str:
    return ways_on(room, ("m", "M"), "·")[0]


def test_the_corner_says_which_way_a_key_leads() -> None:
    small, large = Room(Size(80, 24), lines=11), Room(Size(120, 40), lines=11)
    assert views(small) == (View.NETWORK, View.PRODUCT, View.WEEK)
    assert corner(small) == "m: closer · M: farther"
    assert corner(replace(small, view=View.PRODUCT)) == "m: week · M: network"  # both are farther
    assert views(large) == (View.NETWORK, View.WEEK)
    assert corner(large) == "m: farther"
    assert corner(replace(large, view=View.WEEK)) == "m: closer"
    assert corner(replace(large, learning=True)) == "m: closer · M: farther"
    assert corner(Room(Size(160, 50), learning=True, lines=11)) == "m: loss · M: farther"


@pytest.mark.parametrize("lines", [0, 11])
@pytest.mark.parametrize("learning", [False, True])
def test_two_keys_lead_through_all_views_and_back(learning: bool, lines: int) -> None:
    for size in SIZES:
        room = Room(size, learning=learning, lines=lines, more=1, nodes=lines)
        known = views(room)
        assert len(known) > 1  # the whole week is always a view of its own
        seen = [replace(room, view=known[0])]
        for _view in known[1:]:
            seen.append(replace(room, view=another(seen[-1], 1)))
            assert another(seen[-1], -1) is seen[-2].view
        assert [one.view for one in seen] == list(known)


def test_the_week_unrolled_is_in_sight_beside_all_else_from_160_by_50() -> None:
    for learning in (False, True):
        assert "unrolled" in in_sight(Room(Size(160, 50), learning=learning, lines=11, more=3))
        assert "unrolled" not in in_sight(Room(Size(120, 40), learning=learning, lines=11, more=3))


async def test_the_frame_of_the_words_has_lines_in_it_wherever_it_is_shown() -> None:
    app = RoommateApp(Simulation(Situation(lesson=3)))
    async with app.run_test(size=(120, 39)) as pilot:
        shown = set()
        for height in range(39, 47):
            await pilot.resize_terminal(120, height)
            await pilot.pause()
            words = app.screen.query_one("#words")
            shown.add(words.display)
            assert not words.display or words.size.height >= 3, height
        assert shown == {False, True}


def test_what_a_large_screen_leaves_goes_to_the_week_but_not_what_the_loss_needs() -> None:
    for learning in (False, True):
        before = 0
        for height in range(50, 90, 5):
            room = Room(Size(200, height), learning=learning, lines=11, more=2)
            assert "unrolled" in in_sight(room)
            assert room.left - room.unrolled >= 15 or room.unrolled <= 13
            assert room.unrolled >= before
            before = room.unrolled
        assert before > 30
