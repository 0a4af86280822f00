"""The week unrolled: every number is one of the passes, and no step moves a line."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from model.network.operations import title
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tui.rendering.week_rows import granted
from tui.rendering.week_unrolled import unrolled, unrolled_columns
from tui.text.glyphs import UNICODE
from tui.text.week_errors import MAX_WORK, size_text


@cache
def learned(network: str = "both", updates: int = 61, **settings: int) -> Simulation:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=0, network=network, **settings))  # type: ignore[arg-type]
    run.advance(updates)
    return Simulation(Situation(lesson=4, learning=run.moment(), run_id=1), revealed=True)


def drawn(simulation: Simulation, width: int = 116, height: int = 36) -> list[str]:
    return [text.plain for text in unrolled(simulation, UNICODE, width, height)]


def row(lines: list[str], label: str) -> str:
    return next(text for text in lines if re.match(rf"\s*(hidden a )?{re.escape(label)}\s", text))


def test_the_week_of_the_drawing_has_its_numbers() -> None:
    lines = drawn(learned())
    assert re.findall(r"[+-]?0\.\d\d", row(lines, "u3")) == ["-0.22", "+0.71", "-0.05", "+0.60", "-0.45", "+0.39"]
    sizes = re.compile(r"0\.\d{3}")
    assert sizes.findall(row(lines, "own error")) == ["0.096", "0.107", "0.111", "0.112", "0.125", "0.125"]
    assert sizes.findall(row(lines, "together ∂y")) == [
        "0.211",
        "0.303",
        "0.196",
        "0.201",
        "0.177",
        "0.125",
    ]
    assert sizes.findall(row(lines, "∂Weather")) == ["0.305", "0.407", "0.347", "0.218", "0.179", "0.141"]
    assert re.findall(r"[\d.]+%", row(lines, "goes back")) == ["5.6%", "21%", "22%", "51%", "58%", "100%"]
    assert "Sum over the days: length 0.535" in lines[-1]
    assert sum("55%" in line for line in lines) == 2  # beside its bar, and beside the dish


@pytest.mark.parametrize("network", ["both", "elman", "gru", "lstm"])
def test_every_matrix_of_every_cell_is_told_where_there_is_room(network: str) -> None:
    walk = learned(network, 2)
    lines = drawn(walk, 156, 60)
    for name, sizes in walk.situation.week_update.day_errors.matrices.items():
        first, *others = f"∂{title(name)}".split(" ")
        long = len(f"{first} {' '.join(others)}") > 15
        text = row(lines, " ".join([first, *(word[0] if long else word for word in others)]))
        assert [size_text(float(size)) in text for size in sizes] == [True] * walk.days
    for meeting in walk.situation.week_update.day_errors.meetings:
        assert any(f"together ∂{meeting.quantity}" in text for text in lines)


@pytest.mark.parametrize("size", [(40, 9), (78, 20), (116, 36), (156, 46)])
def test_no_step_moves_a_line(size: tuple[int, int]) -> None:
    for first in (Simulation(), learned().turn(), learned("gru", 2).turn()):
        walk, labels = first, set()
        for _step in range(12):
            lines = drawn(walk, *size)
            left = unrolled_columns(walk, UNICODE, size[0]).place.left
            kept = [line[: left - 4] for line in lines if not line.startswith(("Sum", "The error"))]
            labels.add((len(lines), tuple(re.sub(r"\b(hidden )?a\b", "", text).strip() for text in kept)))
            walk = walk.next_step()
        assert len(labels) == 1


def test_the_lower_half_is_filled_from_the_right() -> None:
    walk = learned().turn()
    for day, known in ((5, 0), (4, 1), (2, 3), (UPDATE, 6)):
        food = row(drawn(walk.go_to(day, 0)), "∂Food")
        assert len(re.findall(r"0\.\d{3}", food)) == known
        assert food.count("·") == 6 - known


def test_what_has_no_way_back_says_why() -> None:
    assert any("no useful derivative" in line for line in drawn(Simulation(revealed=True)))
    lines = drawn(Simulation(Situation(lesson=1)))
    assert any("known when all days are cooked" in line for line in lines)
    assert "·" in row(lines, "∂Weather")


def test_so_many_units_and_days_are_drawn_in_part() -> None:
    walk = learned("both", 1, hidden=64)
    lines = drawn(replace(walk, row=30))
    assert any("▴u" in line for line in lines)
    assert any("▾u" in line for line in lines)
    assert any("u31 " in line for line in lines)
    week = replace(walk.situation, week=(0, 1) * 180)
    there = Simulation(week, day=200, revealed=True)
    columns = unrolled_columns(there, UNICODE, 116)
    assert 200 in columns.place.days
    assert len(columns.place.days) < 12


def test_so_large_a_network_waits_for_the_walk_back() -> None:
    """To draw a picture must not take seconds."""
    walk = learned("both", 0, hidden=600)
    long = replace(walk, situation=replace(walk.situation, week=(0, 1) * 500))
    assert long.situation.network.parameters.flat.size * long.days > MAX_WORK
    lines = drawn(long)
    assert any("goes back when you do" in line for line in lines)
    assert "week_update" not in vars(long.situation)


def test_lines_are_given_to_what_is_asked_for_first() -> None:
    requests = [("a", 1, True), ("b", 3, False), ("c", 2, True), ("d", 1, True), ("b", 9, False)]
    assert granted(requests, 2) == {"a": 1, "b": 1}
    assert granted(requests, 5) == {"a": 1, "b": 3, "d": 1}
    assert granted(requests, 9) == {"a": 1, "b": 5, "c": 2, "d": 1}


def test_sizes_keep_their_cells() -> None:
    sizes = np.array([0.0, 0.0004, 0.096, 1.0, 12.3456, 123.456, 4321.0, 1e9])
    assert [size_text(float(size)) for size in sizes] == [
        "0.000", "0.000", "0.096", "1.000", "12.35", "123.5", "4321", "1e+09"
    ]  # fmt: skip
    assert size_text(0.096, narrow=True) == ".096"
    assert size_text(float("nan")) == "nan"
