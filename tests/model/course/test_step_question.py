"""What is asked of a step: everywhere in the walk what the network computed is right, and nothing else."""

from dataclasses import replace

import pytest

from model.course.step_question import SIGNS, VALUES, StepQuestion, Wanted, question_of
from model.errors import InputError
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.scenarios import find_scenario
from model.training.config import TrainingConfig
from model.training.run import TrainingRun


def lesson(number: int) -> Simulation:
    simulation = Simulation(Situation(lesson=number))
    run = TrainingRun(simulation.situation.roommate, TrainingConfig())
    return simulation.with_learning(run.moment(), 1) if number == 4 else simulation


def walked(simulation: Simulation) -> list[Simulation]:
    found = [simulation.first()]
    while not found[-1].at_end:
        found.append(found[-1].next_step())
    return found


WALKS = {
    **{f"lesson {number}": walked(lesson(number)) for number in range(1, 6)},
    "backwards": walked(lesson(4).turn()),
    "soup": walked(Simulation(Situation(find_scenario("soup").roommate, 5))),
}


def typed(question: StepQuestion) -> str:
    if question.wanted is Wanted.DISH:
        return question.dishes.labels[min(question.answers)]
    if question.wanted is Wanted.SIGN:
        return SIGNS[VALUES.index(min(question.answers))]
    return repr(question.value)


@pytest.mark.parametrize("walk", WALKS)
def test_what_the_network_computed_is_right_and_what_differs_is_not(walk: str) -> None:
    asked = [question_of(place) for place in WALKS[walk]]
    questions = [question for question in asked if question is not None]
    assert len(questions) > len(asked) // 2
    for question in questions:
        assert question.is_right(question.read(typed(question)))
        if question.wanted is Wanted.ENTRY:
            assert question.is_right(question.value + 0.9 * question.allowed)
            assert not question.is_right(question.value + 1.1 * question.allowed + 0.01 * (not question.allowed))
        elif question.wanted is Wanted.SIGN:
            assert sum(map(question.is_right, VALUES)) == 1
        else:
            rights = sum(map(question.is_right, range(len(question.dishes.labels))))
            assert rights == len(question.answers) >= 1


def test_forwards_a_day_ends_with_its_dish_and_backwards_gradients_have_signs() -> None:
    kinds = [question_of(place) for place in WALKS["lesson 3"]]
    assert [question.wanted for question in kinds if question][-1] is Wanted.DISH
    assert {question.wanted for place in WALKS["backwards"] if (question := question_of(place))} == {
        Wanted.ENTRY,
        Wanted.SIGN,
    }


def test_whole_numbers_are_to_be_given_exactly() -> None:
    assert all(question.allowed == 0 for place in WALKS["lesson 3"] if (question := question_of(place)))
    assert any(question.allowed > 0 for place in WALKS["lesson 4"] if (question := question_of(place)))


def test_each_day_asks_for_another_entry_and_who_points_at_a_row_is_asked_for_that() -> None:
    simulation = lesson(3)
    entries = {question.entry for day in range(6) if (question := question_of(simulation.go_to(day, 2)))}
    assert len(entries) > 3
    pointed = question_of(replace(simulation, row=4))
    assert pointed is not None
    assert pointed.entry == 4


@pytest.mark.parametrize(
    ("place", "typed", "value"),
    [
        (WALKS["lesson 3"][0], "1/2", 0.5), (WALKS["lesson 3"][0], "0,5", 0.5), (WALKS["lesson 3"][5], "bur", 1),
        (WALKS["backwards"][1], "+", 1), (WALKS["backwards"][1], "neg", -1), (WALKS["backwards"][1], "-0.3", -1),
        (WALKS["backwards"][1], "0", 0),
    ],
)  # fmt: skip
def test_an_answer_is_read_as_people_write(place: Simulation, typed: str, value: float) -> None:
    question = question_of(place)
    assert question is not None
    assert question.read(typed) == value


@pytest.mark.parametrize("place", [WALKS["lesson 3"][0], WALKS["lesson 3"][5], WALKS["backwards"][1]])
def test_what_is_no_answer_is_a_sentence(place: Simulation) -> None:
    question = question_of(place)
    assert question is not None
    with pytest.raises(InputError, match=r"'pizza' is n"):
        question.read("pizza")
