"""What the opening says is true of whoever cooks, and so is how lessons end."""

from itertools import pairwise

import pytest
from hypothesis import given, settings

from model.roommate.roommate import PERFECT_ROOMMATE
from model.roommate.scenario import Scenario
from model.simulation.lessons import LESSONS
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.scenarios import find_scenario, shipped
from tests.model.strategies import scenarios
from tui.text.endings import ending, next_lesson
from tui.text.lesson_pages import lesson_page
from tui.text.opening import ABOUT, both_case, chain, doors, memory_case, rule, story, weather_cases


@settings(max_examples=25)
@given(scenario=scenarios())
def test_doors_tell_the_size_of_the_network_behind_them(scenario: Scenario) -> None:
    for door in doors(scenario.roommate):
        situation = Simulation(Situation(scenario.roommate)).with_lesson(door.number).situation
        assert door.roommate == situation.roommate
        assert door.matrices == len(situation.network.matrices)
        assert door.weights == situation.network.parameters.flat.size
        assert f"{door.weights:,}" in door.size


@settings(max_examples=25)
@given(scenario=scenarios())
def test_sketches_are_cases_of_the_rule(scenario: Scenario) -> None:
    roommate = scenario.roommate
    dish, weather, result = both_case(roommate)
    assert roommate.next_dish[weather][dish] == result
    for weather, dish in weather_cases(roommate):
        assert Simulation(Situation(roommate, 1, (weather,))).dish(0) == dish
    followed = chain(roommate, 4)
    for before, after in pairwise(followed):
        assert roommate.next_dish[-1][before] == after
    weather, dish = memory_case(roommate)
    assert roommate.cook((weather, weather), 0)[-1] == dish


def test_the_lectures_story_is_told_as_in_the_lecture() -> None:
    assert story(PERFECT_ROOMMATE) == "Your roommate cooks every day: pasta, burger or salad."
    assert rule(PERFECT_ROOMMATE, brief=True) == "Sunny: the same as yesterday. Rainy: the next one."


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("coffee", ("espresso", "Hot: always iced coffee.", "Mild: the next one.")),
        ("modulo-7", ("and 2 more", "Stay: the same as yesterday.")),
        ("soup", ("bread or soup", "Rainy: it depends on more than yesterday's dish.")),
    ],
)
def test_other_roommates_are_told_of_by_their_own_rules(name: str, words: tuple[str, ...]) -> None:
    assert name in shipped()
    roommate = find_scenario(name).roommate
    text = f"{story(roommate)} {rule(roommate, brief=False)}"
    assert all(word in text for word in words)


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_lesson_ends_by_naming_the_next(lesson: int) -> None:
    simulation = Simulation(Situation(lesson=lesson), revealed=True)
    assert not ending(simulation)
    last = ending(simulation.last())
    assert last.startswith("The week is cooked: ")
    assert last.endswith(next_lesson(lesson))
    assert (f"lesson {lesson + 1}, " if lesson < max(LESSONS) else "last lesson") in last


def test_a_lesson_without_words_for_its_door_says_what_its_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(ABOUT, 3)
    assert {*doors(PERFECT_ROOMMATE)[2].about} == {lesson_page(3)["about"]}
