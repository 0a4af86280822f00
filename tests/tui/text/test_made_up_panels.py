"""In a made-up language nothing is left of English but names in what the panels draw, at any step of any network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from model.network.activations import ACTIVATIONS
from model.network.cell import Cell
from model.network.cells import BIASED, CELLS
from model.network.network import Network
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE, Situation
from model.steps.axes import hidden_axis
from model.storage.scenarios import find_scenario
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.tui.text.test_made_up_language import english, speaking, texts  # noqa: F401 - fixtures are used by name
from tui.rendering.case_table import case_lines
from tui.rendering.equation import title
from tui.rendering.loss_panel import loss_lines
from tui.rendering.narration import narration
from tui.rendering.network_plan import short_names
from tui.rendering.pipeline import pipeline
from tui.rendering.product_panel import product_lines
from tui.rendering.rule_table import rule
from tui.rendering.week_chain import week_chain
from tui.rendering.week_unrolled import unrolled
from tui.session.training_controls import TrainingControls
from tui.text.error_reach import beyond, reach
from tui.text.glyphs import ASCII, UNICODE, Glyphs
from tui.text.narration import words

MAX_NARROW = 3
"""So many steps are drawn on a narrow screen of seven bits, too."""

OF_A_DRAWING = re.compile(
    r"[A-Za-z]*│[A-Za-z]*|\b(?:v+|d[a-z]{1,2}|d[A-Z][a-z]+|[a-z]{2,3}x[a-z]{0,3}|x?[a-z]{2,3})\b(?=[\s(|\\/.]|$)"
)
"""What a box has cut off, marks over a column, gradients in seven bits, beginnings of names, and two about an x."""


def untranslated(text: str) -> list[str]:
    """The words of a drawing that are left of English; of units these are the beginnings of other names."""
    for unit in UNITS:
        text = text.replace(f"{unit} ", " ")
    return english(OF_A_DRAWING.sub(lambda found: " " * len(found[0]), text))


def learned_a_little() -> TrainingRun:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7, clip=0.5, weeks=4))
    run.advance(60)
    return run


def _of_network(cell: Cell, lesson: int = 5) -> Situation:
    network = Network.by_hand(PERFECT_ROOMMATE, cell).with_activation(ACTIVATIONS["tanh"])
    return Situation(lesson=lesson, settings=TrainingConfig(clip=1.0)).with_custom_network(network)


SOUP = find_scenario("soup")
assert SOUP.week is not None
SITUATIONS = {
    "weather": Situation(lesson=1),
    "yesterday": Situation(lesson=2),
    "both": Situation(lesson=3),
    "a long week": Situation(lesson=3, week=(0, 1) * 9),
    "soup, from dishes": Situation(SOUP.roommate, 3, SOUP.week, SOUP.start),
    "soup, from states": Situation(SOUP.roommate, 5, SOUP.week, SOUP.start),
    "training": Situation(lesson=4, learning=learned_a_little().moment(30), run_id=1),
    **{f"own {name}": _of_network(CELLS[name]) for name in ("both", "elman", "gru", "lstm")},
    **{f"own {name} with biases": _of_network(BIASED[name]) for name in ("both", "lstm")},
}

UNITS = {
    name
    for situation in SITUATIONS.values()
    for glyphs in (ASCII, UNICODE)
    for name in short_names(hidden_axis(situation.roommate, situation.network), glyphs)
}


def _walk(situation: Situation) -> Iterator[Simulation]:
    """Every step of a day there and, where errors can go back, of a day and the update back."""
    for backward in (False, True) if situation.can_go_back else (False,):
        for day in (1, UPDATE) if backward else (1,):
            first = Simulation(situation, day=day, backward=backward)
            yield from (replace(first, step=step) for step in range(len(first.steps)))


def drawn(simulation: Simulation, glyphs: Glyphs, width: int) -> Iterator[str]:
    """What the panels draw."""
    parts = [
        *pipeline(simulation, glyphs, width, 3),
        *week_chain(simulation, glyphs, width, apart=True),
        *unrolled(simulation, glyphs, width, 30),
        *rule(simulation, glyphs, width),
        *product_lines(simulation, glyphs, width, 24),
        title(simulation.current_step, glyphs),
        narration(simulation, glyphs),
        *(f"{word} {meaning}" for word, meaning in words(simulation)),
        reach(simulation) if simulation.backward else beyond(simulation),
    ]
    moment = simulation.situation.snapshot
    if moment is not None:
        parts += loss_lines(moment, TrainingControls(pace=3.0), glyphs, width, 24)
        parts += case_lines(simulation, moment, glyphs, width, 4)
    yield from map(str, parts)


@pytest.mark.parametrize("name", SITUATIONS)
def test_panels(speaking: None, name: str) -> None:  # noqa: F811
    lines: dict[str, None] = {}
    for number, simulation in enumerate(_walk(SITUATIONS[name])):
        lines |= dict.fromkeys(drawn(simulation, UNICODE, 112))
        if number < MAX_NARROW:
            lines |= dict.fromkeys(drawn(simulation, ASCII, 40))
    assert untranslated("\n".join(lines)) == []
