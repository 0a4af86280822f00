"""Help for what is on the screen: each panel, letter and word is explained, the words with numbers of that screen."""

from dataclasses import replace
from functools import cache

import pytest

from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.scenarios import find_scenario, shipped
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.tui.plain.test_course import lines
from tui.screens.help import KEYS_OF
from tui.screens.layout import PLACES
from tui.session.commands.shared import COMMANDS_BY_NAME
from tui.text.examples import example, explained, words_with
from tui.text.glyphs import ASCII, UNICODE
from tui.text.lesson_pages import all_words
from tui.text.on_screen import PANELS, letters, numbers, panels, signs


@cache
def screens() -> list[Simulation]:
    found = [Simulation(Situation(lesson=lesson)) for lesson in (1, 2, 3, 5)]
    for network in ("both", "elman", "gru", "lstm"):
        simulation = Simulation(Situation(lesson=4))
        run = TrainingRun(simulation.situation.roommate, TrainingConfig(network=network))
        found.append(simulation.with_learning(run.moment(), 1))
    found.append(found[4].turn())
    scenarios = [(name, find_scenario(name)) for name in shipped()]
    return [
        *found,
        *(Simulation(Situation(one.roommate, 3, one.days, one.start, scenario=name)) for name, one in scenarios),
    ]


def test_every_word_has_an_example_with_numbers_of_the_screen(spoken: str) -> None:
    for simulation in screens():
        for word in all_words():
            for glyphs in (UNICODE, ASCII):
                told = example(word, simulation, glyphs)
                assert told.endswith("."), (simulation.situation.lesson, word, told)
                assert "{" not in told
                assert "=>" not in told
    without = [word for word in all_words() if not any(map(str.isdigit, example(word, screens()[5], UNICODE)))]
    assert len(without) < 8, without  # where what is there is told by its name


def test_examples_follow_the_screen() -> None:
    lesson_1, lesson_3, trained = screens()[0], screens()[2], screens()[4]
    assert example("softmax", lesson_3, UNICODE) == "Of (1, 0, 0) it makes (0.576, 0.212, 0.212) today."
    assert example("hidden units", lesson_1, UNICODE).startswith("Here there are none")
    assert "(0, 1)" in example("one-hot", lesson_1.go_to(1), UNICODE)
    assert example("gradient", trained, UNICODE).startswith("-0.111 for u5 to burger")
    assert example("Elman network", screens()[5], UNICODE).endswith("this is one.")


def test_while_something_is_asked_no_example_tells_it() -> None:
    asked = replace(screens()[2], asked=True)
    assert explained("softmax", "A meaning.", asked, UNICODE) == "A meaning."


def test_words_are_found_by_a_part_of_them_or_of_what_explains_them() -> None:
    assert [*words_with("SOFT")] == ["softmax"]
    assert "loss" in words_with("nats")
    assert words_with("") == all_words()
    assert "softmax: Turns" in lines("3", "help words softmax")
    assert "'zzz' is no word of the glossary" in lines("help words zzz")
    assert "f: food product, 6 numbers." in lines("3", "help here")


def test_every_panel_is_explained_and_its_keys_are_commands(spoken: str) -> None:
    assert {place.name for place in PLACES} <= {*PANELS}
    assert all(title and shows for _name, title, shows in panels({*PANELS}))
    assert {*KEYS_OF} <= {*PANELS}
    assert all(name in COMMANDS_BY_NAME for names in KEYS_OF.values() for name in names)


def test_every_letter_of_the_steps_is_explained_in_its_colour(spoken: str) -> None:
    for simulation in screens():
        told = {letter: style for letter, style, _meaning in letters({"network"}, simulation, UNICODE)}
        for step in simulation.steps:
            for operand in (*step.operands, step.result):
                assert UNICODE.text(operand.symbol) in told
        if simulation.backward:
            assert "Food" in told  # it stands beside what goes back
        assert list(numbers(simulation))


def test_only_signs_that_are_in_sight_are_explained() -> None:
    start, end = screens()[2], screens()[2].last()
    seen = [{sign for sign, _style, _meaning in signs({"week", "network"}, one, UNICODE)} for one in (start, end)]
    assert "·" in seen[0]
    assert "✓" not in seen[0]
    assert "·" not in seen[1]
    assert "✓" in seen[1]
    assert "✗" not in seen[1]


@pytest.mark.parametrize("lesson", [1, 3])
def test_numbers_set_by_hand_are_said_to_be_whole(lesson: int) -> None:
    assert next(numbers(Simulation(Situation(lesson=lesson)))).startswith("All numbers are whole")
