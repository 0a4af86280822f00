"""The networks of one product as nodes and edges, and the loop of the one whose output goes in again."""

import pytest

from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from tui.rendering.product_panel import product_lines
from tui.text.glyphs import ASCII, UNICODE


def drawn(simulation: Simulation, width: int = 76, height: int = 27) -> list[str]:
    return [text.plain for text in product_lines(simulation, UNICODE, width, height)]


@pytest.mark.parametrize("day", range(6))
def test_the_loop_leads_from_todays_dish_to_the_same_dish_as_an_input(day: int) -> None:
    simulation = Simulation(Situation(lesson=2)).go_to(day).last().go_to(day, 1)
    lines = drawn(simulation)
    (row,) = (line for line in lines if "┏━▸" in line)
    dish = simulation.situation.roommate.dishes[simulation.dish(day)]
    assert row.count(dish) == 2  # it leaves there on the right, and comes in there on the left
    assert row.rstrip().endswith("━━┓")
    assert any(f"{dish} is tomorrow's yesterday" in line for line in lines if "┗" in line)


def test_nothing_is_led_back_before_it_is_known() -> None:
    simulation = Simulation(Situation(lesson=2))
    lines = drawn(simulation)
    assert not any("┏━▸" in line for line in lines)
    assert any("what comes out goes in" in line for line in lines)


def test_the_network_without_a_memory_has_no_loop() -> None:
    lines = drawn(Simulation(Situation(lesson=1)).go_to(0, 1))
    assert not any("┗" in line or "┏" in line for line in lines)


def test_an_edge_without_weight_has_no_number() -> None:
    lines = drawn(Simulation(Situation(lesson=1)))
    first = next(at for at, line in enumerate(lines) if "⠤" in line or "⠒" in line or "⣀" in line or "⠉" in line)
    numbers = "".join(lines[first:])
    assert numbers.count(" 1 ") >= 2
    weights = Simulation(Situation(lesson=1)).situation.network.parameters["weather"]
    assert numbers.count("0") <= int((weights == 1).sum()) + weights.shape[0]  # the nodes' own


def test_seven_bits_draw_the_loop_too() -> None:
    simulation = Simulation(Situation(lesson=2)).go_to(0, 1)
    lines = [text.plain for text in product_lines(simulation, ASCII, 76, 27)]
    assert all(line.isascii() for line in lines)
    assert any(line.strip().startswith("##>") for line in lines)
