"""The network in one block: what stands in it, and that nothing in it moves."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from textwrap import dedent

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.network.activations import SOFTMAX
from model.network.cells import CELLS
from model.network.network import Network
from model.roommate.roommate import Roommate
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.steps.axes import dish_axis
from model.steps.backward import backward_steps
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.strategies import SOUP_EATER, roommates
from tui.rendering.block import Block
from tui.rendering.kept_slots import KEPT
from tui.rendering.network_block import network_block
from tui.rendering.network_parts import parts_of
from tui.rendering.network_places import places
from tui.text.glyphs import ASCII, UNICODE, Glyphs

ROOMY, LOW = (120, 20), (78, 15)


@cache
def learned(network: str = "both", updates: int = 8, lesson: int = 4) -> Simulation:
    """A run of a few updates, over the lecture's week or the soup eater's."""
    roommate = Situation().roommate if network == "both" else SOUP_EATER
    run = TrainingRun(roommate, TrainingConfig(network=network))
    for _update in range(updates):
        run.advance()
    simulation = Simulation(Situation(roommate=roommate, lesson=lesson))
    return simulation.with_learning(run.moment(), 1)


def walk(simulation: Simulation) -> list[Simulation]:
    """Every step from where one is to the end."""
    steps = [simulation]
    while not steps[-1].at_end:
        steps.append(steps[-1].next_step())
    return steps


def drawn(simulation: Simulation, width: int = 120, height: int = 20) -> list[str]:
    block = network_block(simulation, UNICODE, width, height)
    assert block is not None
    return [text.plain for text in block.lines]


def skeleton(lines: list[str]) -> list[str]:
    """Everything of a drawing that may not move: its frames and brackets, light or heavy, and the names of units."""
    light = str.maketrans("┏┓┗┛┃", "┌┐└┘│")
    return [re.sub(r"[^┌┐└┘│├┤]", " ", line.translate(light)).rstrip() for line in lines]


@pytest.mark.parametrize(("width", "height"), [ROOMY, LOW, (60, 12), (40, 10)])
@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("which", ["by hand", "learned", "elman"])
def test_a_step_moves_nothing_but_the_light(which: str, backward: bool, width: int, height: int) -> None:
    simulation = {"by hand": Simulation(), "learned": learned(), "elman": learned("elman")}[which]
    if backward:
        if which == "by hand":
            other = replace(simulation.situation.network, activation=SOFTMAX)
            simulation = Simulation(simulation.situation.with_custom_network(other))
        simulation = simulation.turn()
    shapes = {tuple(skeleton(drawn(step, width, height))) for step in walk(simulation)}
    assert len(shapes) == 1


@pytest.mark.parametrize("network", ["both", "elman"])
def test_every_weight_is_in_sight_with_its_digits(network: str) -> None:
    simulation = learned(network)
    text = "\n".join(drawn(simulation, *(LOW if network == "both" else (160, 20))))
    for matrix in simulation.situation.network.matrices:
        for weight in simulation.situation.network.parameters[matrix].flat:
            rounded = f"{weight:+.2f}"
            assert (rounded if rounded not in {"+0.00", "-0.00"} else "0.00") in text


def test_forty_columns_show_every_weight_by_its_sign_and_size() -> None:
    lines = drawn(learned(), 40, 9)
    largest = {m: np.abs(learned().situation.network.parameters[m]).max() for m in ("food", "weather")}
    for unit, line in enumerate(lines[2:8]):
        inside = [part for part in re.split(r"[┌┐└┘│┏┓┗┛┃]+", line) if part.strip()]
        digits = [int(number) for number in re.findall(r"[+-]?\d", inside[1] + inside[2])]
        for digit, (matrix, column) in zip(
            digits, [("food", 0), ("food", 1), ("food", 2), ("weather", 0), ("weather", 1)], strict=True
        ):
            weight = learned().situation.network.parameters[matrix][unit, column]
            assert digit == round(9 * weight / largest[matrix])


def test_the_lectures_numbers_stand_in_their_rows() -> None:
    """Tuesday's sum: pasta yesterday and rain today make 2 in the row of the next day's burger, and nowhere else."""
    simulation = Simulation().go_to(1, 2)
    slots = {slot.key: slot for slot in places(simulation).slots}
    assert slots["z"].value[:, 0].tolist() == [1, 0, 0, 1, 2, 1]
    assert slots["z"].highlighted
    assert slots["f"].highlighted
    assert slots["g"].highlighted
    assert not slots["a"].highlighted
    assert not slots["a"].known
    (row,) = (line for line in drawn(simulation) if "next day" in line)
    assert re.findall(r"┃\s*(\d+)\s*┃", row) == ["1", "1", "2"]


def test_what_comes_out_is_led_back_to_where_it_goes_in() -> None:
    lines = dedent("\n".join(drawn(Simulation().last()))).splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("╭"))
    assert lines[-1].startswith("╰")
    assert lines[-1].rstrip().endswith("✓")
    assert all(line.startswith("│") for line in lines[start + 1 : -1])


def test_hidden_units_go_in_again_and_the_line_leaves_under_them() -> None:
    lines = drawn(learned("elman"))
    hidden = next(line for line in lines if re.search(r"\ba\b", line)).rindex("a")
    assert lines[-1].index("╯") in range(hidden - 3, hidden + 4)


def test_every_gradient_stands_where_its_quantity_stood() -> None:
    simulation = learned().turn()
    situation = simulation.situation
    day = simulation.day
    steps = backward_steps(situation.roommate, situation.week_update, day)
    last = Simulation(situation, day=day, step=len(steps) - 1, backward=True)
    shown = {slot.key: slot for slot in places(last).slots}
    made = {step.result.symbol: step.result.value for step in steps}
    assert np.array_equal(shown["food"].value, made["∂Food"])
    assert np.array_equal(shown["merge"].value, made["∂Merge"].T)
    assert np.array_equal(shown["a"].value[:, 0], made["∂a"])
    assert np.array_equal(shown["f"].value[:, 0], made["∂z"])  # an addition passes it on
    assert shown["food"].above is not None
    assert np.array_equal(shown["food"].above.value, made["∂d"])
    first = places(Simulation(situation, day=day, step=0, backward=True))
    assert not any(slot.gradient for slot in first.slots)


def test_the_update_is_seen_in_the_matrix_that_it_changes() -> None:
    simulation = learned().turn()
    situation = simulation.situation
    at_update = Simulation(situation, day=UPDATE, backward=True).last()
    slots = {slot.key: slot for slot in places(at_update).slots}
    for matrix in situation.network.matrices:
        after = situation.week_update.after[matrix]
        assert np.array_equal(slots[matrix].value, after.T if slots[matrix].turned else after)


@pytest.mark.parametrize("network", ["gru", "lstm"])
def test_a_gated_cell_shows_each_of_its_matrices_and_quantities_in_one_of_its_parts(network: str) -> None:
    simulation = learned(network)
    shown: set[str] = set()
    for at in range(len(simulation.steps)):
        there = places(simulation.go_to(0, at))
        shown |= {slot.key for slot in there.slots}
        result = simulation.steps[at].result.symbol
        if CELLS[network].sizes.get(result) == CELLS[network].sizes["a"]:
            assert result in {slot.key for slot in there.slots if slot.highlighted}
    cell = CELLS[network]
    hidden = {symbol for symbol, size in cell.sizes.items() if size is cell.sizes["a"]}
    assert shown >= set(cell.matrices) | (hidden - set(cell.hands_on))
    assert len(parts_of(cell)) > 1


@settings(max_examples=40, deadline=None)
@given(roommates(), st.integers(30, 200), st.integers(6, 50), st.data())
def test_no_drawing_is_larger_than_its_room(roommate: Roommate, width: int, height: int, data: st.DataObject) -> None:
    simulation = Simulation(
        Situation(roommate=roommate, week=(0,), start=0, lesson=data.draw(st.sampled_from([3, 5])))
    )
    simulation = simulation.go_to(0, data.draw(st.integers(0, len(simulation.steps) - 1)))
    for glyphs in (UNICODE, ASCII):
        block = network_block(simulation, glyphs, width, height)
        if block is not None:
            assert block.width <= width
            assert block.height <= height
            if glyphs is ASCII:
                assert all(text.plain.isascii() for text in block.lines)


def test_a_large_network_shows_the_part_around_the_unit_that_is_spelled_out() -> None:
    run = TrainingRun(SOUP_EATER, TrainingConfig(network="elman", hidden=64))
    simulation = Simulation(Situation(roommate=SOUP_EATER, lesson=4)).with_learning(run.moment(), 1)
    for entry in (0, 31, 63):
        block = network_block(replace(simulation, row=entry), UNICODE, 118, 16)
        assert isinstance(block, Block)
        assert any(re.search(rf"u{entry + 1}\b", text.plain) for text in block.lines)


BRACKETS = str.maketrans("┏┓┗┛┃┣┫", "┌┐└┘│├┤")


def bracket_places(simulation: Simulation, size: tuple[int, int]) -> object:
    """How large the drawing is, and where brackets and frames of matrices stand in it, heavy or not."""
    block = network_block(simulation, UNICODE, *size)
    assert block is not None
    lines = (text.plain.translate(BRACKETS) for text in block.lines)
    found = tuple((y, x) for y, text in enumerate(lines) for x, sign in enumerate(text) if sign in "┌┐└┘│├┤")
    return block.width, block.height, found


def every_step(simulation: Simulation) -> Iterator[Simulation]:
    """All steps of the first and the last day and of the update, there and back."""
    for walk in (simulation, simulation.turn()) if simulation.situation.can_go_back else (simulation,):
        for day in (UPDATE, 0, simulation.days - 1) if walk.backward else (0, simulation.days - 1):
            there = walk.go_to(day, 0)
            yield from (there.go_to(day, step) for step in range(len(there.steps)))


@pytest.mark.parametrize("size", [(40, 10), (60, 14), (78, 13), (118, 16), (158, 18)])
@pytest.mark.parametrize("network", ["by hand", "both", "elman"])
def test_no_step_moves_anything_forwards_or_backwards(network: str, size: tuple[int, int]) -> None:
    simulation = Simulation() if network == "by hand" else learned(network)
    assert len({bracket_places(at, size) for at in every_step(simulation)}) == 1


@pytest.mark.parametrize("size", [(40, 10), (78, 13), (118, 16)])
@pytest.mark.parametrize("network", ["gru", "lstm"])
def test_the_steps_of_a_gate_move_nothing_and_all_gates_have_one_style(network: str, size: tuple[int, int]) -> None:
    simulation = learned(network)
    found = {bracket_places(at, size) for at in every_step(simulation)}
    assert len(found) <= len(parts_of(CELLS[network], small=True))


def test_numbers_too_large_for_their_cells_lose_decimals_together() -> None:
    network = Simulation().situation.network
    large = network.with_parameters(network.parameters.with_matrix("food", network.parameters["food"] * 123.456), "x")
    assert isinstance(large, Network)
    lines = drawn(Simulation(Situation().with_custom_network(large)))
    text = "\n".join(lines)
    assert "+123" in text
    assert "+123.46" not in text


@pytest.mark.parametrize("room", [ROOMY, LOW, (60, 13), (44, 10)])
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_a_wrong_dish_stands_beside_the_right_one_at_every_size(room: tuple[int, int], glyphs: Glyphs) -> None:
    simulation, seen = replace(learned(updates=0), revealed=True), 0
    axis = dish_axis(simulation.situation.roommate)
    for day in range(simulation.days):
        there = simulation.go_to(day)
        block = network_block(there, glyphs, *room)
        assert block is not None
        last = block.lines[-1].plain
        right = there.situation.expected[day]
        if not there.right(day):
            told = last.partition(glyphs.wrong)[2].strip()
            assert told in {glyphs.labelled(axis, right), glyphs.short(axis, right, 3)}
            seen += 1
    assert seen


@pytest.mark.parametrize("which", ["both", "elman", "gru"])
@pytest.mark.parametrize("backward", [False, True])
def test_what_was_drawn_at_another_step_is_what_would_be_drawn_now(which: str, backward: bool) -> None:
    simulation = learned(which)
    steps = walk(simulation.turn() if backward else simulation)

    def lines(step: Simulation) -> list[tuple[str, list[object]]]:
        block = network_block(step, UNICODE, *ROOMY)
        assert block is not None
        return [(text.plain, list(text.spans)) for text in block.lines]

    kept = [lines(step) for step in [*steps, *reversed(steps)]]
    anew = []
    for step in [*steps, *reversed(steps)]:
        KEPT.clear()
        anew.append(lines(step))
    assert kept == anew


def test_a_step_draws_only_the_slots_that_it_changes() -> None:
    KEPT.clear()
    counts = []
    for step in walk(Simulation(Situation(lesson=3)))[:6]:
        before = set(KEPT)
        drawn(step)
        counts.append(len(KEPT.keys() - before))
    assert counts[0] == 7
    assert max(counts[1:]) <= 4


def hidden_of(hidden: int, network: str = "elman") -> Simulation:
    """A run of a few hidden units or very many, before its first update."""
    run = TrainingRun(SOUP_EATER, TrainingConfig(network=network, hidden=hidden))
    return Simulation(Situation(roommate=SOUP_EATER, lesson=4)).with_learning(run.moment(), 1)


@pytest.mark.parametrize("network", ["elman", "gru"])
@pytest.mark.parametrize("size", [(118, 16), (158, 20)])
@pytest.mark.parametrize("entry", [0, 31, 63])
def test_beside_a_part_stand_all_weights_with_the_part_marked(
    network: str, size: tuple[int, int], entry: int
) -> None:
    simulation = replace(hidden_of(64, network), row=entry)
    block = network_block(simulation, UNICODE, *size)
    assert block is not None
    assert block.width == size[0]
    beside = [text.plain[-(size[0] // 4) :] for text in block.lines]
    assert beside[0].startswith("all weights")
    assert "▾" in beside[2]
    marked = [at for at, text in enumerate(beside[3:]) if text.startswith("▸")]
    rows = sum(bool(set(text) & set("+−·")) for text in beside[3:])
    assert marked
    assert marked[0] <= entry * rows // 64 <= marked[-1]
    assert "all weights" not in "\n".join(drawn(simulation, 78, 14))  # there is no room


def test_a_network_that_is_whole_has_nothing_beside_it() -> None:
    for network in ("both", "elman", "gru"):
        assert "all weights" not in "\n".join(drawn(learned(network), 158, 20))


@pytest.mark.parametrize(("network", "size"), [("gru", (118, 16)), ("gru", (158, 20)), ("lstm", (158, 20))])
def test_all_gates_stand_in_one_block_where_there_is_room(network: str, size: tuple[int, int]) -> None:
    simulation = learned(network)
    cell = CELLS[network]
    seen = places(simulation, parts=parts_of(cell))
    keys = [slot.key for slot in seen.slots]
    assert len(keys) == len(set(keys))
    assert set(cell.matrices) <= set(keys)
    assert len({bracket_places(at, size) for at in every_step(simulation)}) == 1
    block = network_block(simulation, UNICODE, *size)
    assert block is not None
    (row,) = (text.plain for text in block.lines if "┏" in text.plain)
    assert sum(row.count(sign) for sign in "┌┏") >= len(cell.matrices) + 4  # the gates and what is made of them


def test_one_gate_after_another_where_there_is_no_room_for_all() -> None:
    assert len({bracket_places(at, (78, 13)) for at in every_step(learned("gru"))}) > 1
