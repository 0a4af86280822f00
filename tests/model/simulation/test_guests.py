"""Lesson 5 opens with the soup eater, and the others go on as they were."""

from dataclasses import replace

import pytest

from model.network.network import Network
from model.roommate.roommate import PERFECT_ROOMMATE
from model.roommate.scenario import SOUP
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from tests.model.strategies import roommate_from


def test_lesson_5_opens_with_the_soup_eater() -> None:
    week = (1, 0, 1, 1)
    there = Simulation(Situation(week=week, start=2), day=2).with_lesson(5)
    assert there.situation.roommate == SOUP.roommate
    assert (there.situation.week, there.situation.start, there.situation.scenario) == (SOUP.days, 0, "soup")
    changed = there.flip_weather().with_settings(TrainingConfig(clip=3.0)).with_lesson(5)
    assert changed.situation.week == (1, *SOUP.days[1:])
    for lesson in (1, 2, 3, 4):
        back = changed.with_lesson(lesson).situation
        assert (back.roommate, back.week, back.start, back.lesson) == (PERFECT_ROOMMATE, week, 2, lesson)
        assert back.settings.clip == 3.0


@pytest.mark.parametrize(
    "situation",
    [
        Situation(scenario="lecture"),
        Situation(roommate_from([[0, 1], [1, 0]])),
        replace(
            Situation(lesson=5).with_custom_network(Network.by_hand(PERFECT_ROOMMATE, Situation(lesson=5).cell)),
            lesson=3,
        ),
    ],
    ids=["asked for", "another roommate", "weights for this one"],
)
def test_whoever_was_asked_for_stays(situation: Situation) -> None:
    there = Simulation(situation).with_lesson(5)
    assert there.situation == replace(situation, lesson=5)
    assert there.with_lesson(3).situation == situation
