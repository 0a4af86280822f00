"""What goes in again runs along the loop from one day to the next: one line changes, and nothing is left of it."""

from types import SimpleNamespace

import pytest

from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.tui.conftest import walk
from tui.app.app import RoommateApp
from tui.rendering.loop_motion import (
    CHAIN_PLACES,
    PLACES,
    ROWS,
    along_the_chain,
    along_the_loop,
    is_next_day,
    is_next_step,
    row_by_row,
)
from tui.rendering.network_block import network_block
from tui.rendering.week_chain import chain_layout, week_chain
from tui.text.glyphs import ASCII, UNICODE, Glyphs
from tui.widgets.network import NetworkPanel
from tui.widgets.week import WeekPanel


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds by which the network panel tells how fast keys come: they stand still."""
    now = [0.0]
    monkeypatch.setattr("tui.widgets.network.time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


def way_back() -> Simulation:
    """The way back through a network with random weights."""
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
    return Simulation(Situation(lesson=4, learning=run.moment(), run_id=1), revealed=True).turn()


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("lesson", [2, 3, 4, 5])
def test_it_goes_from_right_to_left_on_the_last_line_alone(lesson: int, glyphs: Glyphs) -> None:
    """On the way back, which is walked here in lesson 4, from left to right."""
    simulation = Simulation(Situation(lesson=lesson)).go_to(1)
    if lesson == 4:
        simulation = way_back().go_to(1, 0)
    block = network_block(simulation, glyphs, 76, 16)
    assert block is not None
    columns = []
    for place in range(PLACES):
        lines = along_the_loop(block.lines, simulation, place, glyphs)
        assert [line.plain for line in lines[:-1]] == [line.plain for line in block.lines[:-1]]
        assert lines[-1].cell_length == block.lines[-1].cell_length
        changed = [
            at
            for at, pair in enumerate(zip(lines[-1].plain, block.lines[-1].plain, strict=False))
            if len({*pair}) > 1
        ]
        columns.append(changed[0])
    assert columns == sorted(columns, reverse=not simulation.backward)
    assert len(set(columns)) == PLACES


def test_it_is_seen_from_one_day_to_the_next_alone() -> None:
    for lesson in (1, 2, 3):
        simulation = Simulation(Situation(lesson=lesson))
        days = []
        while not simulation.at_end:
            before, simulation = simulation, simulation.next_step()
            if is_next_day(before, simulation):
                days.append(simulation.day)
                assert simulation.step == 0
        assert days == ([] if lesson == 1 else [1, 2, 3, 4, 5])
    first = Simulation(Situation(lesson=2))
    assert not is_next_day(first, first.go_to(1))
    assert not is_next_day(first.go_to(1), first)


def test_the_rows_of_a_result_appear_one_after_another() -> None:
    first = Simulation(Situation(lesson=3)).go_to(1)
    second = first.next_step()
    assert is_next_step(first, second)
    assert not is_next_step(second, first)
    assert not is_next_step(first, first.go_to(2, 1))
    old, new = (network_block(simulation, UNICODE, 76, 16) for simulation in (first, second))
    assert old is not None
    assert new is not None
    fresh = []
    for part in range(ROWS):
        lines = row_by_row(old.lines, new.lines, part)
        assert all(line in {before, after} for line, before, after in zip(lines, old.lines, new.lines, strict=True))
        fresh.append(sum(line == after for line, after in zip(lines, new.lines, strict=True)))
    assert fresh == sorted(fresh)
    assert fresh[0] < fresh[2] < fresh[-1] == len(new.lines)


def test_an_error_goes_from_each_day_to_the_day_before() -> None:
    simulation = way_back()
    days = []
    while not simulation.at_end:
        before, simulation = simulation, simulation.next_step()
        if is_next_day(before, simulation):
            days.append(simulation.day)
    assert days == [4, 3, 2, 1, 0]


async def test_rows_appear_at_once_while_keys_wait(clock: list[float]) -> None:
    app = RoommateApp(Simulation(Situation(lesson=3)))
    async with app.run_test(size=(80, 24)) as pilot:
        panel = pilot.app.screen.query_one(NetworkPanel)
        app.animation_level = "full"
        clock[0] = 1.0
        await pilot.press("n")
        assert panel.drawn_in_motion
        clock[0] = 1.1
        await pilot.press("n")
        assert not panel.drawn_in_motion
        app.animation_level = "none"
        clock[0] = 3.0
        await pilot.press("n")
        assert not panel.drawn_in_motion


@pytest.mark.usefixtures("clock")
async def test_the_next_key_ends_it_and_nothing_moves_where_nothing_should() -> None:
    app = RoommateApp(Simulation(Situation(lesson=2)))
    async with app.run_test(size=(80, 24)) as pilot:
        panel = pilot.app.screen.query_one(NetworkPanel)
        await pilot.press("n", "n")
        assert panel.drawn_in_motion is False  # the tests ask for no animations
        app.animation_level = "full"
        await pilot.press("n", "n")
        assert walk(pilot).simulation.day == 2
        assert panel.drawn_in_motion
        await pilot.press("n")
        assert not panel.drawn_in_motion


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("width", [40, 78, 116])
def test_an_error_goes_along_the_arrow_from_the_day_after_to_the_day(width: int, glyphs: Glyphs) -> None:
    simulation = way_back().go_to(3, 0)
    chain, layout = week_chain(simulation, glyphs, width, apart=True), chain_layout(simulation, glyphs, width)
    places = []
    for place in range(CHAIN_PLACES):
        moved = along_the_chain(chain, simulation, place, glyphs, layout)
        assert [text.plain for text in moved[2:]] == [text.plain for text in chain[2:]]
        assert moved[1].cell_length == chain[1].cell_length
        (at,) = {at for at, pair in enumerate(zip(moved[1].plain, chain[1].plain, strict=True)) if len({*pair}) > 1}
        begin = layout.left + (3 - layout.first) * layout.cell
        assert at in range(begin - 2, begin + layout.cell)  # a wide picture has one letter
        places.append(at)
    assert places == sorted(places, reverse=True)
    assert len(set(places)) > 1


@pytest.mark.usefixtures("clock")
async def test_the_week_shows_it_from_one_day_to_the_day_before_alone() -> None:
    app = RoommateApp(way_back().go_to(3, 0).last())
    async with app.run_test(size=(80, 24)) as pilot:
        panel = pilot.app.screen.query_one(WeekPanel)
        walk(pilot).simulation = way_back().go_to(3, 0)
        await pilot.pause()
        app.animation_level = "full"
        here = walk(pilot).simulation
        last = here.go_to(3, len(here.steps) - 1)
        walk(pilot).simulation = last
        await pilot.pause()
        assert not panel.drawn_in_motion
        walk(pilot).simulation = last.next_step()
        await pilot.pause()
        assert panel.drawn_in_motion
        walk(pilot).simulation = last.next_step().next_step()
        await pilot.pause()
        assert not panel.drawn_in_motion
