"""Every terminal from 40×12 up: nothing is cut off, whatever its size, on every screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from textual.geometry import Size

from model.network.activations import TANH
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.scenarios import find_scenario
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tui.rendering.equation import spelled_row
from tui.rendering.pipeline import pipeline
from tui.rendering.product_panel import product_lines
from tui.rendering.rule_table import rule
from tui.rendering.week_chain import chain_layout, week_chain
from tui.rendering.week_overview import days_overview
from tui.rendering.week_unrolled import unrolled, unrolled_columns
from tui.screens.layout import PANELS, Room, View, in_sight, views
from tui.text.glyphs import ASCII, UNICODE, Glyphs
from tui.widgets.sizes import ROWS_FOR_WEEK

SIZES = [(40, 12), (46, 13), (52, 16), (60, 12), (71, 19), (72, 12), (80, 14), (80, 24), (116, 12), (120, 40)]


@cache
def walks() -> tuple[Simulation, ...]:
    """A walk in each lesson, by hand and learned, forwards and backwards, and roommates that are larger."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
    run.advance(5)
    found = [Simulation(Situation(lesson=lesson)) for lesson in (1, 2, 3)]
    found += [Simulation(Situation(lesson=4, learning=run.moment(), run_id=1))]
    for name in ("soup", "modulo-7", "traffic-light"):
        scenario = find_scenario(name)
        lesson = 5 if name == "soup" else 3
        found.append(Simulation(Situation(scenario.roommate, lesson, scenario.days, scenario.start)))
    trainable = [
        walk.with_network(walk.situation.network.with_activation(TANH))
        for walk in found
        if walk.situation.lesson != 4
    ]
    return (*found, *(walk.turn() for walk in (*trainable, found[3])))


def steps_of(walk: Simulation, days: int = 1) -> Iterator[Simulation]:
    """The first steps of the walk, and its last."""
    for _ in range(days * 7):
        yield walk
        walk = walk.next_step()
    yield walk.last()


@pytest.mark.parametrize(
    ("size", "glyphs"),
    [
        ((40, 8), UNICODE),
        ((40, 8), ASCII),
        ((40, 10), UNICODE),
        ((56, 12), ASCII),
        ((72, 8), UNICODE),
        ((116, 30), ASCII),
    ],
)
def test_a_step_fits_and_its_row_is_whole(size: tuple[int, int], glyphs: Glyphs) -> None:
    width, height = size
    for walk in walks():
        for simulation in steps_of(walk):
            lines = product_lines(simulation, glyphs, width, height)
            about = (
                f"{simulation.situation.roommate.name} {simulation.situation.lesson} {simulation.current_step.name}"
            )
            assert len(lines) <= height, about
            assert max(text.cell_length for text in lines) <= width, about
            spelled = [
                text.plain
                for text in spelled_row(simulation.current_step, simulation.current_entry, glyphs).wrap(width)
            ]
            shown = "\n".join(text.plain for text in lines)
            assert all(text.strip() in shown for text in spelled), about


@pytest.mark.parametrize("size", [(78, 13), (74, 22), (116, 30)])
def test_the_row_that_is_spelled_out_stands_in_one_place(size: tuple[int, int]) -> None:
    hand_set, learning = walks()[2], walks()[3]
    for walk in (hand_set, learning, learning.turn()):
        places = set()
        for simulation in (walk.go_to(walk.day, step) for step in range(len(walk.steps))):
            told = spelled_row(simulation.current_step, simulation.current_entry, UNICODE).plain[: size[0]].split()
            lines = [text.plain.split() for text in product_lines(simulation, UNICODE, *size)]
            places.add(next(at for at, words in enumerate(lines) if words and words == told[: len(words)]))
        assert len(places) == 1


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("width", [40, 58, 70])
def test_week_and_map_fit(width: int, glyphs: Glyphs) -> None:
    for walk in walks():
        for simulation in steps_of(walk.last() if walk.backward else walk):
            for height in (1, 3):
                assert all(text.cell_length <= width for text in pipeline(simulation, glyphs, width, height))
            for apart in (True, False):
                lines = week_chain(simulation, glyphs, width, apart=apart)
                assert len(lines) == 3 + apart
                assert all(text.cell_length <= width for text in lines)
            place = chain_layout(simulation, glyphs, width)
            assert place.shown >= min(3, simulation.days)
            assert max(simulation.day, 0) in place.days
            assert days_overview(simulation, glyphs, width, place).cell_length <= width


@pytest.mark.parametrize(
    ("size", "glyphs"),
    [((40, 9), ASCII), ((58, 13), UNICODE), ((78, 20), UNICODE), ((116, 36), ASCII), ((156, 46), UNICODE)],
)
def test_the_week_unrolled_fits(size: tuple[int, int], glyphs: Glyphs) -> None:
    width, height = size
    for walk in walks():
        for simulation in (walk, walk.next_step(), walk.last()):
            lines = unrolled(simulation, glyphs, width, height)
            assert len(lines) <= height
            assert max(text.cell_length for text in lines) <= width
            assert max(simulation.day, 0) in unrolled_columns(simulation, glyphs, width).place.days


@pytest.mark.parametrize("width", [1, 12, 24, 40])
def test_the_rule_is_drawn_around_todays_case_in_any_width(width: int) -> None:
    """A terminal may be a few columns wide for a moment."""
    for walk in walks():
        for day in range(min(walk.days, 3)):
            lines = rule(walk.go_to(day), UNICODE, width)
            assert any("$lit" in str(span.style) for text in lines for span in text.spans)


@pytest.mark.parametrize("network", [0, 11, 12, 40])
@pytest.mark.parametrize("learning", [True, False])
@pytest.mark.parametrize("size", SIZES)
def test_every_panel_can_be_reached_by_one_key(size: tuple[int, int], learning: bool, network: int) -> None:
    room = Room(Size(*size), learning=learning, lines=network, more=4)
    known = views(room)
    reached = set().union(*(in_sight(replace(room, view=view)) for view in known))
    wanted = {"unrolled", "stage", "side", "narration"} | ({"learn", "loss", "cases"} if learning else set())
    wanted |= {"network"} if network else set()
    assert wanted <= reached <= set(PANELS)
    assert known[0] is (View.NETWORK if network else View.PRODUCT)


@pytest.mark.parametrize("network", [11, 40])
@pytest.mark.parametrize("size", SIZES)
def test_the_network_leaves_room_for_what_is_always_in_sight(size: tuple[int, int], network: int) -> None:
    for learning in (True, False):
        room = Room(Size(*size), View.NETWORK, learning, network, 4)
        assert 3 < room.height <= size[1] - 2 - (3 if size[1] >= ROWS_FOR_WEEK else 0)
        if room.with_training:
            assert size[1] - 2 - room.height >= 7


def test_80_by_24_and_more_show_weights_loss_and_cases_at_once() -> None:
    for size in ((80, 24), (120, 40), (200, 60)):
        shown = in_sight(Room(Size(*size), learning=True, lines=11, more=1))
        assert {"week", "network", "loss", "cases"} <= shown
