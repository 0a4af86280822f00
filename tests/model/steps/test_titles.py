"""The names of steps are words of a language; JSON, and what people type, keeps them as they are."""

from collections.abc import Iterator
from dataclasses import replace
from gettext import NullTranslations

import pytest

from model import language
from model.network.activations import ACTIVATIONS
from model.network.cell import Cell
from model.network.cells import CELLS
from model.network.network import Network
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.situation import UPDATE, Situation
from model.steps.step import Step
from model.steps.titles import OF_THE_CELLS, OF_THE_WALK, PATTERNS, formula_of, title_of


class Portuguese(NullTranslations):
    """A few words of it."""

    WORDS = {
        "{part} gradient": "gradiente de {part}",
        "reset gate": "porta",
        "back through the {part}": "pela {part}",
        "{value} where {x}, else {other}": "{value} se {x}, senão {other}",
    }

    def gettext(self, message: str) -> str:
        return self.WORDS.get(message, message)


@pytest.fixture
def portuguese() -> Iterator[None]:
    language.use(Portuguese())
    yield
    language.use(NullTranslations())


def steps_of(cell: Cell) -> list[Step]:
    """All steps of a day there and back, and of the update."""
    network = Network.by_hand(PERFECT_ROOMMATE, cell)
    if not cell.linear:
        network = replace(network, activation=ACTIVATIONS["tanh"])
    situation = Situation(lesson=3).with_custom_network(network)
    return [*situation.trace(1).steps, *situation.back_steps(1), *situation.back_steps(UPDATE)]


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_english_says_the_names_themselves(cell: Cell) -> None:
    for step in steps_of(cell):
        name = step.name.replace("_", " ")
        assert (step.title, step.map_label, step.shown_formula) == (name, step.label, step.formula)
        assert all(operand.title == operand.name for operand in (*step.operands, step.result))


@pytest.mark.parametrize("cell", CELLS.values(), ids=CELLS)
def test_every_step_of_the_shipped_cells_is_marked_for_translators(cell: Cell) -> None:
    for step in steps_of(cell):
        made = [match[1] for pattern, _ in PATTERNS if (match := pattern.fullmatch(step.name))]
        matrices = {name.replace("_", " ") for name in cell.matrices}
        assert made or step.name in {*OF_THE_CELLS, *OF_THE_WALK, *matrices}


def test_names_are_put_together_as_a_language_does(portuguese: None) -> None:
    assert title_of("reset memory gradient") == "gradiente de reset memory"
    assert title_of("back through the reset gate") == "pela porta"


@pytest.mark.parametrize("name", ["Food", "∂Reset memory", "Mergeᵀ", "∂zr", "φ′", "w"])
def test_matrices_and_symbols_are_no_words(name: str) -> None:
    class Shouting(NullTranslations):
        def gettext(self, message: str) -> str:
            return message.upper() + "!"

    language.use(Shouting())
    try:
        assert title_of(name) == name
        assert formula_of("∂a = u + ∂m of tomorrow") == "∂a = u + ∂m OF TOMORROW!"
    finally:
        language.use(NullTranslations())


def test_the_cases_of_a_formula_are_words(portuguese: None) -> None:
    assert formula_of("∂z = ∂a ⊙ φ′, φ′ = 1 where z > 0, else 0") == "∂z = ∂a ⊙ φ′, φ′ = 1 se z > 0, senão 0"
    assert formula_of("a = 1 where z is largest, else 0") == "a = 1 where z is largest, else 0"
