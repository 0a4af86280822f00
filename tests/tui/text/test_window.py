"""Steps too large for the screen: what is in sight is a true part, fits, and holds the entry that is looked at."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.arrays import Array
from model.network.activations import activation_named
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.steps.axes import Axis
from model.steps.spelling import spell
from model.steps.step import Operand, Role, Step, StepKind
from tests.model.strategies import roommate_from
from tests.tui.conftest import shown, walk
from tui.app.app import RoommateApp
from tui.rendering.equation import equation
from tui.rendering.overview import overview
from tui.rendering.product_panel import product_lines
from tui.text.glyphs import ASCII, UNICODE, Glyphs
from tui.text.window import FEWEST, part_of, size_of, window_of


def situation_of(dishes: int, weathers: int, seed: int = 0) -> Situation:
    """A random roommate of a size, hand-set weights with a non-linearity that has a derivative."""
    rng = np.random.default_rng(seed)
    roommate = roommate_from(rng.integers(dishes, size=(weathers, dishes)).tolist())
    situation = Situation(roommate, 3, tuple(rng.integers(weathers, size=3).tolist()), 0)
    return situation.with_custom_network(situation.network.with_activation(activation_named("tanh")))


@settings(max_examples=40, deadline=None)
@given(
    dishes=st.integers(2, 40),
    weathers=st.integers(1, 12),
    backward=st.booleans(),
    day=st.integers(0, 2),
    where=st.integers(0, 10**6),
    rows=st.integers(1, 20),
    columns=st.integers(FEWEST, 20),
)
def test_a_part_is_a_part(
    dishes: int, weathers: int, backward: bool, day: int, where: int, rows: int, columns: int
) -> None:
    situation = situation_of(dishes, weathers)
    steps = situation.back_steps(day) if backward else situation.trace(day).steps
    step = steps[where % len(steps)]
    entry = where % step.result.value.size
    window = window_of(step, entry, rows, columns)
    part, at = part_of(step, entry, window)
    assert part.result.value.flat[at] == step.result.value.flat[entry]
    assert size_of(part) == (
        window.rows.stop - window.rows.start,
        window.columns.stop - window.columns.start,
    )
    row = step.result.place(entry)[0]
    assert window.rows.start <= row < window.rows.stop
    for small, large in zip((*part.operands, part.result), (*step.operands, step.result), strict=True):
        assert set(small.value.ravel()) <= set(large.value.ravel())
        assert len(small.rows.labels) == small.value.shape[0]
        assert _described(small) <= _described(large) | {name.partition(": ")[2] for name in _described(large)}


def _described(operand: Operand) -> set[str]:
    return {operand.rows.describe(row) for row in range(len(operand.rows.labels))}


@settings(max_examples=60, deadline=None)
@given(
    dishes=st.integers(2, 64),
    weathers=st.integers(1, 16),
    day=st.integers(UPDATE, 1),
    index=st.integers(0, 9),
    width=st.integers(68, 160),
    height=st.integers(9, 50),
    glyphs=st.sampled_from([UNICODE, ASCII]),
)
def test_every_step_of_every_size_fits(
    dishes: int, weathers: int, day: int, index: int, width: int, height: int, glyphs: Glyphs
) -> None:
    """The drawing with the entry that is spelled out; and seven bits where no more may be drawn."""
    simulation = Simulation(situation_of(dishes, weathers)).turn().go_to(day, index)
    lines = product_lines(simulation, glyphs, width, height)
    assert max(line.cell_length for line in lines) <= width
    assert len(lines) <= height
    assert glyphs is UNICODE or all(line.plain.isascii() for line in lines)
    step = simulation.current_step
    drawing, window = equation(step, simulation.current_entry, glyphs, width, height)
    assert window.whole or window.text().replace("–", "-") in drawing.lines[-1].plain.replace("–", "-")


def product_of(value: Array) -> Step:
    """A matrix times a vector of ones."""
    rows, columns = (Axis(tuple(f"{size}.{index}" for index in range(size))) for size in value.shape)
    matrix = Operand("Food", "Food", value, Role.FOOD, rows, columns)
    vector = Operand("ones", "d", np.ones(value.shape[1]), Role.YESTERDAY, columns)
    result = Operand("product", "f", value.sum(axis=1), Role.FOOD, rows)
    return Step("food product", "Food", "f = Food · d", StepKind.PRODUCT, (matrix, vector), result, 0)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.integers(1, 200), columns=st.integers(1, 200), width=st.integers(20, 120), height=st.integers(3, 30),
    where=st.integers(0, 10**6),
)  # fmt: skip
def test_the_overview_loses_no_weight(rows: int, columns: int, width: int, height: int, where: int) -> None:
    """One weight that is not zero can be seen at every size, and so can the place of the window."""
    value = np.zeros((rows, columns))
    row, column = divmod(where % value.size, columns)
    value[row, column] = -0.5
    step = product_of(value)
    for glyphs in (UNICODE, ASCII):
        window = window_of(step, row, 3, 3)
        block = overview(step, window, glyphs, width, height)
        assert block is not None
        assert block.width <= width
        assert block.height <= height
        assert sum(text.plain[2:].count(glyphs.text("−")) for text in block.lines[2:]) == 1
        assert any(text.plain.startswith(glyphs.arrow) for text in block.lines[2:])
        assert glyphs.heads[2] in block.lines[1].plain


def test_a_long_product_names_only_what_counts() -> None:
    value = np.zeros((1, 64))
    value[0, 50] = 2.0
    assert spell(product_of(value), 0) == "2·1 + 0 (63 other terms)"
    assert spell(product_of(np.zeros((1, 64))), 0) == "0·1 + 0 (63 other terms)"
    assert spell(product_of(np.ones((1, 12))), 0).count("1·1") == 12
    assert spell(product_of(np.ones((1, 13))), 0).endswith("+ 7 (7 other terms)")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_largest_roommate_is_walked(size: tuple[int, int]) -> None:
    situation = situation_of(64, 16)
    async with RoommateApp(Simulation(situation)).run_test(size=size) as pilot:
        for _ in range(7):
            assert " of 1,024" in shown(pilot, "#network")
            await pilot.press("right")
        await pilot.press("b", "e", "down", "right")
        assert walk(pilot).simulation.backward
        await pilot.press("escape", "4")
        await pilot.pause()
        assert "of 1,024 cases are right" in shown(pilot, "#cases")
