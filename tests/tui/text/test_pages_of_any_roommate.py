"""Every page is true of every roommate: no name, number or circle of the lecture's stands in it."""

import math
import re
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings

from model.network.activations import ACTIVATIONS, activation_named
from model.network.cells import CELLS
from model.network.names import FEEDBACKS, TRAINABLE_NETWORKS
from model.network.network import Network
from model.roommate.roommate import PERFECT_ROOMMATE, Roommate
from model.roommate.scenario import Scenario
from model.simulation.lessons import LESSONS, lesson_of
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.scenarios import find_scenario, shipped
from model.training.config import TrainingConfig
from model.training.optimizers import OPTIMIZERS
from model.training.run import TrainingRun
from tests.model.strategies import remembering, roommates
from tests.tui.text.languages import pages
from tui.text.facts import facts, goes_round
from tui.text.glyphs import ASCII
from tui.text.lesson_pages import all_words, lesson_page
from tui.text.narration import more_of, styled_parts, words

OF_THE_LECTURE = ("pasta", "burger", "salad", "sunny", "rainy", "rain", "sun")
OF_THE_SOUP_EATER = ("soup", "bread", "dry", "wet", "soaked")


def situations(scenario: Scenario, feedback: str, optimizer: str, activation: str) -> Iterator[Situation]:
    """A roommate in every lesson, with the weights set by hand, with others, and as every network that learns."""
    roommate, config = scenario.roommate, TrainingConfig(feedback=feedback, optimizer=optimizer, clip=0.1)
    for lesson in LESSONS:
        situation = Situation(roommate, lesson, scenario.days, scenario.start)
        if situation.trains:
            continue
        yield situation
        other = situation.network.with_activation(activation_named(activation))
        yield Simulation(situation.with_custom_network(other)).with_settings(config).situation
    for network in TRAINABLE_NETWORKS:
        run = TrainingRun(roommate, TrainingConfig(network=network, feedback=feedback, optimizer=optimizer, weeks=2))
        run.advance(1)
        learning = Simulation(Situation(roommate, 4, scenario.days, scenario.start))
        yield learning.with_learning(run.moment(), 1).situation
        cell = CELLS[network]
        by_hand = Situation(roommate, lesson_of(cell), scenario.days, scenario.start)
        yield by_hand.with_custom_network(Network.by_hand(roommate, cell))


def said(situation: Situation) -> Iterator[str]:
    """Everything that the pages say on the walk, both ways."""
    for backward in (False, True):
        if backward and not situation.can_go_back:
            continue
        simulation = Simulation(situation).turn() if backward else Simulation(situation)
        yield from more_of(simulation)
        ends = {0, len(situation.week) - 1, *((-1,) if backward else ())}
        for day in ends:
            there = simulation.go_to(day, 0)
            for step in range(len(there.steps)):
                here = there.go_to(day, step)
                yield "".join(text for text, _style in styled_parts(here, ASCII))
                assert words(here)


def check(scenario: Scenario, feedback: str, optimizer: str, activation: str) -> None:
    roommate = scenario.roommate
    names = (roommate.name, *roommate.dishes, *roommate.weathers, *roommate.states, *roommate.rules)
    own = {*names, *" ".join(names).split()}
    foreign = [word for word in (*OF_THE_LECTURE, *OF_THE_SOUP_EATER) if word not in own]
    if len(roommate.dishes) != 3:
        foreign += ["three dishes", "1.10"]
    looked_for = re.compile(rf"(?<![\w.])({'|'.join(map(re.escape, foreign))})(?![\w])")
    for situation in situations(scenario, feedback, optimizer, activation):
        for text in said(situation):
            assert looked_for.search(text) is None, text
            assert "{" not in text
            if "in a circle" in text:
                assert goes_round(roommate.next_dish[-1])
        if situation.trains:
            assert f"{math.log(len(roommate.dishes)):.2f}" in more_of(Simulation(situation))[0]


@pytest.mark.parametrize(("at", "name"), list(enumerate(shipped())))
def test_every_page_of_the_roommates_that_come_with_the_program(at: int, name: str) -> None:
    others = FEEDBACKS, [*OPTIMIZERS], [*ACTIVATIONS]
    check(find_scenario(name), *(some[at % len(some)] for some in others))


@given(roommates(5, 3))
@settings(max_examples=2)
def test_every_page_of_any_roommate(roommate: Roommate) -> None:
    check(Scenario(roommate), "soft", "adam", "none")


@pytest.mark.parametrize("seed", range(2))
def test_every_page_of_any_roommate_with_a_memory(seed: int) -> None:
    rng = np.random.default_rng(seed)
    check(Scenario(remembering(rng, 2 + seed % 2, 2, 3)), "soft", "momentum", "relu")


def test_every_word_that_a_page_names_is_in_the_glossary(spoken: str) -> None:
    meanings = all_words()
    files = [name.removesuffix(".md") for name in pages("lessons")]
    named = set()
    for file in files:
        for heading, body in lesson_page(file).items():
            if heading.endswith(": words"):
                named |= set(body.split(", "))
    assert named <= set(meanings)


def test_what_is_said_of_a_rule() -> None:
    assert facts(PERFECT_ROOMMATE) == {
        "dishes": "three dishes",
        "guessing": "1.10",
        "weather_rule": "sunny: pasta and rainy: burger",
        "order": "the dishes follow each other in a circle",
        "example": "after pasta, sunny: pasta and rainy: burger",
        "remembers": "This one does not: the dish tells everything, and so the state is the dish, the simplest case.",
    }
    assert facts(find_scenario("traffic-light").roommate)["order"] == "every day it is red"
    assert facts(find_scenario("coffee").roommate)["order"] == "every day it is iced coffee"
    assert facts(find_scenario("soup").roommate)["remembers"].startswith(
        "This one does: after bread, when it is rainy, it is now bread, now soup."
    )
    assert goes_round((1, 2, 0))
    assert not goes_round((1, 0, 2))
    assert not goes_round((1, 2, 2))
    assert goes_round((0,))


def test_where_the_network_goes_by_another_yesterday_both_are_named() -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=7))
    run.advance(5)
    simulation = Simulation(Situation(lesson=4)).with_learning(run.moment(), 1)
    expected, start = simulation.situation.expected, simulation.situation.start_dish
    seen = set()
    for walk, step in ((simulation, 5), (simulation.turn(), 0)):
        for day in range(5):  # the walk's very last step has words of its own
            here = walk.go_to(day, step)
            text = "".join(part for part, _style in styled_parts(here, ASCII))
            before = expected[day - 1] if day else start
            differs = here.trace.yesterday != before
            assert (f"(really after {PERFECT_ROOMMATE.dishes[before]})" in text) is differs
            seen.add(differs)
    assert seen == {True, False}


def test_no_page_says_the_same_thing_twice(spoken: str) -> None:
    for page in pages("lessons", spoken).values():
        headings = re.findall(r"^## (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(headings) == len(set(headings)), page.name


OF_THE_FIELD = """
weight, one-hot, logits, softmax, probability, loss, accuracy, gradient, learning rate, update, batch, seed, optimizer
gradient clipping, activation, hidden units, hidden state, saturation, unrolling, shared weights, backpropagation
backpropagation through time, vanishing gradient, exploding gradient, teacher forcing, free running, held-out days
baseline, overfitting, Jordan network, Elman network, bias
"""


def test_the_words_of_the_field_are_explained_under_their_usual_names() -> None:
    known = lesson_page("glossary")
    assert set(re.split(r", |\n", OF_THE_FIELD.strip())) <= set(known)
    for word, other in (("logits", "score"), ("gradient", "slope"), ("update", "step"), ("loss", "nats")):
        assert other in known[word]
