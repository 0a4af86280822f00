"""The matrices as letters, as on the lecture's last slide: for all that writes a weight, and for no other number."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.course.place import read_place
from model.errors import InputError
from model.export.formats import EXPORTERS
from model.network.letters import LETTERS, letters_of
from model.network.names import TRAINABLE_NETWORKS
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.simulation.timeline import Timeline
from model.steps.spelling import spell
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.strategies import SOUP_EATER
from tui.rendering.block import Block
from tui.rendering.network_block import network_block
from tui.session.commands.letters import letters
from tui.session.run_library import Runs
from tui.session.session import Session
from tui.text.glyphs import UNICODE
from tui.text.window import part_of, window_of

SLIDE = {
    "food": ["abc", "def", "ghi", "jkl", "mno", "pqr"],
    "weather": ["st", "uv", "wx", "zA", "BC", "DE"],
    "merge": ["FGHIJK", "LMNOPQ", "RSTUVX"],
}


def lesson_4(updates: int = 0, **settings: object) -> Simulation:
    """A run after some updates, in letters."""
    roommate = PERFECT_ROOMMATE if settings.get("network", "both") == "both" else SOUP_EATER
    run = TrainingRun(roommate, TrainingConfig(**settings))  # type: ignore[arg-type]
    run.advance(updates)
    situation = Situation(roommate=roommate, lesson=4, letters=True)
    return Simulation(situation, revealed=True).with_learning(run.moment(), 1)


def test_the_lectures_network_has_the_letters_of_the_slide() -> None:
    told = letters_of(lesson_4().situation.network.parameters)
    assert {name: ["".join(row) for row in table] for name, table in told.items()} == SLIDE


@given(network=st.sampled_from(TRAINABLE_NETWORKS), hidden=st.integers(4, 12), biases=st.sampled_from(["on", "off"]))
def test_no_two_weights_of_any_network_share_a_letter(network: str, hidden: int, biases: str) -> None:
    parameters = lesson_4(network=network, hidden=hidden, biases=biases).situation.network.parameters
    told = [letter for table in letters_of(parameters).values() for letter in table.flat]
    assert len(set(told)) == len(told) == parameters.flat.size
    assert told[: len(LETTERS)] == list(LETTERS)[: len(told)]


def drawn(simulation: Simulation, width: int, height: int) -> str:
    block = network_block(simulation, UNICODE, width, height)
    assert isinstance(block, Block)
    return "\n".join(text.plain for text in block.lines)


@pytest.mark.parametrize(("width", "height"), [(120, 20), (78, 15), (50, 12), (38, 9)])
def test_the_whole_network_is_drawn_in_letters_at_every_size(width: int, height: int) -> None:
    lines = drawn(lesson_4(), width, height).splitlines()
    for food, weather, *merge in zip(SLIDE["food"], SLIDE["weather"], *SLIDE["merge"], strict=True):
        assert any(re.search(f"{' +'.join(food)}.*{' +'.join(weather)}.*{' +'.join(merge)}", line) for line in lines)


def test_a_letter_with_no_room_is_a_question_mark() -> None:
    told = drawn(lesson_4(network="elman", hidden=20), 44, 14)
    assert "│T9 U9│" in told  # two letters have room; the next, a10, has three
    assert re.search(r"│ \?  \?│", told)
    assert not re.search(r"[a-zA-Z]\d+[a-zA-Z]\d", told)


def test_biases_are_weights_too() -> None:
    told = drawn(lesson_4(network="elman"), 130, 24)
    for bias in ("a2", "f2", "s2", "t2"):
        assert len(re.findall(rf"\b{bias}\b", told)) == 1
    lettered = [o for step in lesson_4(network="gru").steps for o in step.operands if o.letters is not None]
    assert {operand.name for operand in lettered} >= {"Reset bias", "New memory bias", "Output bias", "Merge"}


def steps_of(simulation: Simulation) -> Iterator[str]:
    """What each step of the way spells out."""
    while True:
        yield spell(simulation.current_step, simulation.current_entry)
        if simulation.at_end:
            return
        simulation = simulation.next_step()


def test_products_are_spelled_out_with_letters_and_only_they() -> None:
    told = list(steps_of(lesson_4()))
    assert sum("·" in text for text in told) == 3 * 6
    for text in told:
        factors = re.findall(r"(\S+)·", text)
        assert all(factor in LETTERS for factor in factors), text
    assert told[0] == "m·1 + n·0 + o·0"


def test_transposed_a_matrix_keeps_the_letter_of_each_weight() -> None:
    simulation = lesson_4().turn()
    step = next(step for step in simulation.steps if step.name == "back through merge")
    merge = step.operands[0]
    assert merge.name == "Mergeᵀ"
    assert merge.letters is not None
    assert ["".join(column) for column in merge.letters.T] == SLIDE["merge"]


def test_what_training_changes_is_a_number_again() -> None:
    for simulation in (lesson_4(updates=1), lesson_4().turn().last()):
        assert all(o.letters is None for step in simulation.steps for o in (*step.operands, step.result))


def test_a_part_of_a_large_matrix_has_its_letters() -> None:
    step = lesson_4(hidden=30).current_step
    part, _entry = part_of(step, 25, window_of(step, 25, 4, 2))
    whole = step.operands[0].letters
    assert whole is not None
    assert part.operands[0].letters is not None
    assert part.operands[0].letters.shape == part.operands[0].value.shape == (4, 2)
    assert set(part.operands[0].letters.flat) <= set(whole.flat)


@pytest.mark.parametrize("form", EXPORTERS)
def test_every_export_has_them(form: str) -> None:
    situation = lesson_4(hidden=12).situation
    told = "".join(EXPORTERS[form](situation, backward=False))
    plain = "".join(EXPORTERS[form](replace(situation, letters=False), backward=False))
    second = {"latex": "a_{2}", "json": '"a2"'}.get(form, " a2 ")
    assert second in told
    assert second not in plain
    assert str(situation.network.parameters["food"][0, 0])[:5] in plain


def test_the_command_brings_them_and_takes_them_away() -> None:
    runs = Runs(TrainingConfig(), None)
    numbers = replace(lesson_4(), situation=replace(lesson_4().situation, letters=False))
    session = Session(numbers, UNICODE, runs)
    assert "48 numbers that nobody knows" in " ".join(letters(session).lines)
    assert session.simulation.situation.lettered
    letters(session)
    assert not session.simulation.situation.lettered
    session = Session(lesson_4(updates=1), UNICODE, runs)
    with pytest.raises(InputError, match="update 0"):
        letters(session)
    session = Session(Simulation(), UNICODE, runs)
    with pytest.raises(InputError, match="lesson 4"):
        letters(session)


def test_undo_takes_back_what_was_changed_and_leaves_the_letters() -> None:
    timeline = Timeline(lesson_4())
    timeline = timeline.change(timeline.present.flip_weather())
    situation = replace(timeline.present.situation, letters=False)
    timeline = timeline.walk(replace(timeline.present, situation=situation)).undo()
    assert timeline.present.situation.week == Situation().week
    assert not timeline.present.situation.letters


def test_a_page_of_the_course_can_show_them() -> None:
    place = read_place("--lesson 4 --letters")
    assert place.open()[0].situation.lettered
    assert not read_place("--lesson 4").open()[0].situation.lettered
