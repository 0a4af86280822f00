"""Week, network and step in lines: the same three distances as on the screen, with the numbers of the passes."""

from dataclasses import replace

import pytest

from model.errors import InputError
from model.network.operations import title
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tui.plain.distances import MAX_DAYS, MAX_UNITS, NETWORK, STEP, WEEK, at_distance, network, unrolled
from tui.plain.glyphs import SPOKEN, SPOKEN_ASCII
from tui.plain.grammar import parse
from tui.plain.session import LineSession
from tui.session.run_library import Runs
from tui.text.week_errors import size_text


def learned(network: str = "both", **settings: int) -> Simulation:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=0, network=network, **settings))  # type: ignore[arg-type]
    run.advance(3)
    return Simulation(Situation(lesson=4, learning=run.moment(), run_id=1), revealed=True)


def said(session: LineSession, line: str) -> str:
    _times, command, words = parse(line)
    reply = command(session, *words)
    return "\n".join([*reply.lines, *reply.for_lines])


@pytest.mark.parametrize("glyphs", [SPOKEN, SPOKEN_ASCII], ids=["utf-8", "ascii"])
@pytest.mark.parametrize("name", ["both", "lstm"])
def test_the_week_unrolled_tells_every_size_of_the_way_back(name: str, glyphs: type) -> None:
    walk = learned(name)
    text = "\n".join(unrolled(walk, glyphs))  # type: ignore[arg-type]
    errors = walk.situation.week_update.day_errors
    for matrix, sizes in errors.matrices.items():
        for size in sizes:
            assert f"∂{title(matrix)} {size_text(float(size))}" in text
    for meeting in errors.meetings:
        assert f"At ∂{meeting.quantity}: own error {size_text(float(meeting.own[0]))}" in text
    assert f"{float(walk.run.probabilities[2, 1, 0]):.0%}" in text
    assert "hidden units" in text.casefold()


def test_errors_that_have_not_come_back_are_not_told() -> None:
    walk = learned().turn().go_to(3)
    lines = unrolled(walk, SPOKEN)
    assert sum("has not come back here yet" in line for line in lines) == 3
    assert any(
        "The error is known when all days are cooked." in line
        for line in unrolled(Simulation(Situation(lesson=1)), SPOKEN)
    )
    assert any("no useful derivative" in line for line in unrolled(Simulation(), SPOKEN))


def test_of_long_weeks_and_large_networks_a_part_is_told() -> None:
    walk = learned(hidden=40)
    walk = replace(walk, situation=replace(walk.situation, week=(0, 1) * 15), day=20)
    lines = unrolled(walk, SPOKEN)
    assert sum("goes in." in line for line in lines) == MAX_DAYS
    assert any(f"and {40 - MAX_UNITS} smaller ones" in line for line in lines)
    assert sum("goes in." in line for line in unrolled(walk, SPOKEN, whole=True)) == 30


def test_the_network_tells_what_every_step_has_made_and_what_is_to_come() -> None:
    lines = network(Simulation(day=1, step=2), SPOKEN)
    assert sum("to come" in line for line in lines) == 3
    assert any("next day: burger 2" in line for line in lines)
    assert lines[-1] == "What goes from a day into the next: the dish chosen."


def test_two_words_go_closer_and_farther_and_stop_at_the_ends() -> None:
    session = LineSession(learned(), SPOKEN, Runs(TrainingConfig(), None))
    assert "This is the step" in said(session, "closer")
    assert said(session, "farther") == "\n".join(at_distance(NETWORK, session.simulation, SPOKEN))
    assert said(session, "farther") == "\n".join(at_distance(WEEK, session.simulation, SPOKEN))
    assert "This is the week" in said(session, "farther")
    assert said(session, "overview") == "\n".join(network(session.simulation, SPOKEN))
    assert said(session, "closer") == "\n".join(at_distance(STEP, session.simulation, SPOKEN))
    with pytest.raises(InputError, match="'closer' and 'farther'"):
        parse("m")
