"""Numbers that stand beside each other never touch, and none is cut: at every size, in every network."""

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.network.activations import TANH
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.strategies import SOUP_EATER
from tui.rendering.network_block import network_block
from tui.rendering.network_places import places
from tui.rendering.network_slots import Slot, extent
from tui.rendering.network_style import DIGIT, FULL, ROOMY, SHORT, Format
from tui.rendering.product_panel import product_lines
from tui.rendering.week_unrolled import unrolled
from tui.text.glyphs import UNICODE

SIZES = [(40, 9), (49, 11), (60, 16), (78, 13), (118, 16), (198, 22)]
TOUCHING = re.compile(r"(?<!e)(?<![A-Za-z])[\d.][+\-−]\.?\d")
BRACKETS = re.compile(r"[┌┐└┘│┏┓┗┛┃]+")


@cache
def run(network: str, updates: int = 8) -> Simulation:
    roommate = Situation().roommate if network == "both" else SOUP_EATER
    trained = TrainingRun(roommate, TrainingConfig(network=network, biases="on" if network == "elman" else "off"))
    trained.advance(updates)
    return Simulation(Situation(roommate=roommate, lesson=4)).with_learning(trained.moment(), 1)


def by_hand(factor: float, *, tanh: bool = False) -> Simulation:
    """The lecture's network with all weights so many times as large."""
    situation = Situation()
    network = situation.network
    for matrix in network.matrices:
        network = network.with_parameters(
            network.parameters.with_matrix(matrix, network.parameters[matrix] * factor), "made up"
        )
    return Simulation(situation.with_custom_network(network.with_activation(TANH) if tanh else network))


def made(network: str) -> Simulation:
    """One of the networks that are trained, or of those set by hand."""
    if network == "by hand":
        return Simulation()
    factors = {"large": 123.0, "minus": -1.0, "tiny": 3e-12}
    return by_hand(factors[network], tanh=network == "tiny") if network in factors else run(network)


def every_step(simulation: Simulation) -> Iterator[Simulation]:
    """All steps of a day, and some of its way back."""
    for step in range(len(simulation.go_to(1, 0).steps)):
        yield simulation.go_to(1, step)
    if simulation.situation.can_go_back:
        back = simulation.turn()
        last = back.go_to(1, 0)
        yield from (back.go_to(1, step) for step in range(0, len(last.steps), 2))
        yield back.go_to(1, len(last.steps) - 1)
        yield back.go_to(UPDATE, 0)


def columns_in(text: str) -> list[int]:
    """How many numbers each matrix has in a line of the drawing; of vectors nothing."""
    inside = BRACKETS.split(re.sub("[▴▾▸◂]", " ", text))
    words = [[word for word in part.split() if re.search(r"[\d·?]|\+\+\+|---", word)] for part in inside]
    return [len(numbers) for numbers in words if len(numbers) > 1]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("network", ["both", "elman", "gru", "lstm", "by hand", "large", "minus", "tiny"])
def test_each_matrix_of_the_network_has_as_many_words_in_a_line_as_columns(
    network: str, size: tuple[int, int]
) -> None:
    simulation = made(network)
    for at in every_step(simulation):
        block = network_block(at, UNICODE, *size)
        if block is None:
            continue
        known = [slot.value.shape[1] for slot in places(at).slots if slot.columns is not None]
        for text in block.lines:
            assert not TOUCHING.search(text.plain), text.plain
            if len(re.findall("[┌│└┏┃┗]", text.plain)) > 3 and re.search(r"\d", text.plain):
                found = [
                    count for count in columns_in(text.plain) if network in {"both", "by hand", "large", "minus"}
                ]
                assert found[: len(known)] in ([], known), text.plain  # nodes and edges may stand beside it


@pytest.mark.parametrize("size", SIZES[1::2], ids=str)
def test_nowhere_else_do_numbers_touch(size: tuple[int, int]) -> None:
    for simulation in (run("both"), run("gru"), by_hand(-12.5, tanh=True)):
        for at in every_step(simulation):
            for text in (*product_lines(at, UNICODE, *size), *unrolled(at, UNICODE, *size)):
                assert not TOUCHING.search(text.plain.replace(" - ", " ")), text.plain


@settings(max_examples=300, deadline=None)
@given(st.floats(), st.floats(1, 1e9), st.booleans(), st.booleans(), st.sampled_from([ROOMY, FULL, SHORT, DIGIT]))
def test_a_number_leaves_a_blank_in_its_cells(
    number: float, times: float, gradient: bool, whole: bool, form: Format
) -> None:
    if whole and np.isfinite(number):
        number = float(round(number))
        whole = abs(number * times) < 10 ** (form.width - 2)
    largest, _whole = extent(np.array([number, number * times]))
    slot = Slot("", "", np.array([[number]]), "", gradient=gradient and not whole, largest=largest, whole=whole)
    text = form.write(number, slot)
    assert 0 < len(text) < form.width, text
    assert re.fullmatch(r"[+-]?(\d+|\d*\.\d+|\d?e-?\d+|inf|~0|\+\+|--)|nan|\?", text), text
