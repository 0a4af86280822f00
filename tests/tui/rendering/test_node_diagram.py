"""The networks of one product as nodes and edges, and the loop of the one whose output goes in again."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from model.network.activations import TANH
from model.roommate.scenario import Scenario
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from tests.model.strategies import roommate_from, scenarios
from tui.rendering.network_block import lines_needed, network_block
from tui.rendering.node_diagram import LOOP, MAX_NODES, MIN_WIDTH, MIN_WIDTH_OF_TWO, node_block
from tui.rendering.product_panel import product_lines
from tui.text.glyphs import ASCII, UNICODE, Glyphs


def drawn(simulation: Simulation, width: int = 76, height: int = 11, glyphs: Glyphs = UNICODE) -> list[str]:
    block = network_block(simulation, glyphs, width, height)
    assert block is not None
    return [text.plain for text in block.lines]


@pytest.mark.parametrize("size", [(118, 20), (76, 11), (40, 7)], ids=str)
@pytest.mark.parametrize("day", range(6))
def test_the_loop_leads_from_todays_dish_to_the_same_dish_as_an_input(day: int, size: tuple[int, int]) -> None:
    simulation = Simulation(Situation(lesson=2)).go_to(day).last().go_to(day, 1)
    lines = drawn(simulation, *size)
    (row,) = (line for line in lines if "┏━▸" in line)
    icon = simulation.situation.roommate.dish_icons[simulation.dish(day)]
    assert row.count(icon) == 2  # it leaves there on the right, and comes in there on the left
    assert row.rstrip().endswith("━━┓")
    assert lines[-1].lstrip().startswith("┗")
    assert lines[-1].rstrip().endswith("┛")
    assert icon in lines[-1]


def test_nothing_is_led_back_before_it_is_known() -> None:
    lines = drawn(Simulation(Situation(lesson=2)))
    assert not any("┏━▸" in line for line in lines)
    assert any("what comes out goes in" in line for line in lines)


def test_the_network_without_a_memory_is_the_same_drawing_without_the_loop() -> None:
    lines = drawn(Simulation(Situation(lesson=1)).go_to(0, 1))
    assert not any("┗" in line or "┏" in line for line in lines)
    assert sum(line.count("●") + line.count("○") for line in lines) == 5


def test_an_edge_without_weight_has_no_number_and_only_dots() -> None:
    lines = drawn(Simulation(Situation(lesson=1)))
    numbers = "".join(lines)
    weights = Simulation(Situation(lesson=1)).situation.network.parameters["weather"]
    nodes = sum(weights.shape)
    assert numbers.count("0") + numbers.count("1") == nodes + int((weights == 1).sum())
    assert "·  ·  ·" in numbers


def test_seven_bits_draw_the_loop_too() -> None:
    lines = drawn(Simulation(Situation(lesson=2)).go_to(0, 1), glyphs=ASCII)
    assert all(line.isascii() for line in lines)
    assert any(line.startswith("##>") for line in lines)


@settings(max_examples=40)
@given(
    scenario=scenarios(),
    lesson=st.sampled_from([1, 2]),
    width=st.integers(40, 200),
    more=st.integers(0, 8),
    glyphs=st.sampled_from([UNICODE, ASCII]),
)
def test_it_fits_and_no_step_moves_it(scenario: Scenario, lesson: int, width: int, more: int, glyphs: Glyphs) -> None:
    first = Simulation(Situation(scenario.roommate, lesson, scenario.days, scenario.start))
    least, wished = lines_needed(first)
    sizes = first.situation.network.parameters[first.situation.network.matrices[0]].shape
    assert (least > 0) == (max(sizes) <= MAX_NODES)
    if not least:
        assert network_block(first, glyphs, width, 40) is None
        return
    places = set()
    for there in (first, first.next_step(), first.last()):
        block = network_block(there, glyphs, width, least + more)
        assert block is not None
        assert block.width <= width
        assert block.height <= least + min(more, wished)
        places.add((block.width, block.height, tuple("●" in x.plain or "○" in x.plain for x in block.lines)))
    assert len(places) == 1


WIDE = replace(
    roommate_from([[1, 0, 2], [2, 1, 0]]),
    dishes=("d0", "⺀" * 12, "d" * 12),
    weathers=("wx", "⺁" * 12),
)


@pytest.mark.parametrize("lesson", [1, 2, 3])
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_long_names_of_wide_letters_leave_room_for_the_edges(lesson: int, glyphs: Glyphs) -> None:
    """There and back at every width from the narrowest on."""
    forwards = Simulation(Situation(WIDE, lesson, (0, 1), 1)).go_to(1, 0)
    ways = [forwards, forwards.turn()] if forwards.situation.can_go_back else [forwards]
    narrowest = (MIN_WIDTH_OF_TWO if lesson == 3 else MIN_WIDTH) + LOOP
    for walked in ways:
        for width in range(narrowest, 120):
            block = node_block(walked, glyphs, width, 20)
            assert block is not None
            assert block.width <= width


def test_the_loop_is_written_out_day_by_day_under_the_step() -> None:
    lines = [text.plain for text in product_lines(Simulation(Situation(lesson=2)).go_to(1, 1), UNICODE, 76, 14)]
    assert any("🍝 ─Food▸ 🍔 ─Food▸ 🥗 ─Food▸ ?" in line for line in lines)


@pytest.mark.parametrize("width", [74, 85, 118])
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_hidden_units_stand_between_and_no_step_moves_a_node(width: int, glyphs: Glyphs) -> None:
    """Forwards by hand, and backwards with tanh, where each number has room for a gradient."""
    situation = Situation()
    soft = Simulation(situation.with_custom_network(situation.network.with_activation(TANH)))
    for walked in (Simulation(), soft.turn()):
        there, places = walked.go_to(1, 0), set()
        for step in range(len(there.steps)):
            block = node_block(there.go_to(1, step), glyphs, width, 15)
            assert block is not None
            assert block.width <= width
            nodes = [
                (y, cell_len(text.plain[:x]))
                for y, text in enumerate(block.lines)
                for x, sign in enumerate(text.plain)
                if sign in {glyphs.node, glyphs.empty_node} and text.plain[x - 1] in " 0123456789"
                if text.plain[x + 1] in f" {glyphs.heads[3]}"
            ]
            places.add((block.width, *nodes))
            if glyphs is UNICODE:
                assert len(nodes) == 5 + 6 + 3
                assert len({x for _y, x in nodes}) == 3
        assert len(places) == 1 or glyphs is ASCII


def test_on_the_way_back_a_gradient_stands_on_every_edge() -> None:
    simulation = Simulation(Situation(lesson=2)).turn()
    last = simulation.go_to(1, len(simulation.go_to(1, 0).steps) - 1)
    gradient = next(step.result.value for step in last.steps if step.result.symbol == "∂Food")
    text = "\n".join(drawn(last))
    for number in gradient.flat:
        assert f"{number:+.3f}".replace("0.", ".") in text
    assert "∂Food" in text
    assert "◂" in text
    assert "▸" not in text


def test_what_is_to_come_is_at_no_node() -> None:
    for step in range(3):
        block = node_block(Simulation().go_to(1, step), UNICODE, 85, 15)
        assert block is not None
        assert sum(text.plain.count("○ ·") for text in block.lines) == 3
