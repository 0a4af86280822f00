"""The words for a step are whole sentences of a page: what depends on the day has a heading of its own."""

import pytest

from model.network.activations import TANH
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from tui.text.glyphs import UNICODE
from tui.text.narration import styled_parts


def learning(config: TrainingConfig) -> Simulation:
    """Lesson 3 with weights through which errors can go back."""
    situation = Situation(settings=config)
    return Simulation(situation).with_network(situation.network.with_activation(TANH))


def said(simulation: Simulation) -> str:
    return "".join(text for text, _style in styled_parts(simulation, UNICODE))


@pytest.mark.parametrize(
    ("lesson", "tomorrow", "next_week"),
    [
        (2, "Tomorrow starts from it:", "The next week would start from it:"),
        (3, "Tomorrow starts from it:", "The next week would start from it:"),
        (5, ": tomorrow starts from the", ": the next week would start from"),
    ],
)
def test_after_the_last_day_comes_another_week(lesson: int, tomorrow: str, next_week: str) -> None:
    two_days = Simulation(Situation(lesson=lesson, week=(0, 1)))
    assert tomorrow in said(two_days.go_to(0, len(two_days.steps) - 1))
    one_day = Simulation(Situation(lesson=lesson, week=(0,)))
    assert next_week in said(one_day.last())


@pytest.mark.parametrize(
    ("most", "words"),
    [(1e-6, ", more than 1e-06: the direction stays"), (1e6, ", no more than 1e+06, so nothing is cut.")],
)
def test_what_is_said_of_clipping_depends_on_whether_anything_is_cut(most: float, words: str) -> None:
    simulation = learning(TrainingConfig(clip=most)).turn().last()
    texts = [said(simulation.go_to(simulation.day, step)) for step in range(len(simulation.steps))]
    assert any(words in text for text in texts)


@pytest.mark.parametrize(
    ("feedback", "word"), [("soft", "was expected yesterday"), ("teacher", "was cooked yesterday")]
)
def test_the_dish_of_yesterday_was_expected_or_cooked(feedback: str, word: str) -> None:
    simulation = learning(TrainingConfig(feedback=feedback)).turn()
    texts = [said(simulation.go_to(1, step)) for step in range(len(simulation.steps))]
    assert any(word in text for text in texts)
