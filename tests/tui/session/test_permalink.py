"""The command that is copied opens the screen it was copied from."""

import shlex
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import InputError
from model.network.activations import activation_named
from model.network.names import TRAINABLE, TRAINABLE_NETWORKS
from model.network.network import Network
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.lessons import LESSONS, TRAINING_LESSON
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tui.cli.options import simulation_of
from tui.cli.parser import build_parser
from tui.session.permalink import command_for


def opened(command: str) -> Simulation:
    """What a command line shows first."""
    program, *words = shlex.split(command)
    assert program == "roommate-tui"
    return simulation_of(build_parser().parse_args(words))[0]


@settings(deadline=None)
@given(
    lesson=st.sampled_from(sorted(LESSONS)),
    week=st.lists(st.integers(0, 1), min_size=1, max_size=12),
    start=st.integers(0, 2),
    day=st.integers(-1, 20),
    step=st.integers(0, 10),
    backward=st.booleans(),
    targets=st.booleans(),
    config=st.builds(
        TrainingConfig,
        seed=st.integers(0, 99),
        activation=st.sampled_from(TRAINABLE),
        feedback=st.sampled_from(["soft", "hard", "teacher"]),
        network=st.sampled_from(TRAINABLE_NETWORKS),
    ),
    updates=st.integers(0, 3),
)
def test_round_trip(
    lesson: int,
    week: list[int],
    start: int,
    day: int,
    step: int,
    backward: bool,
    targets: bool,
    config: TrainingConfig,
    updates: int,
) -> None:
    dishes = tuple(weather + 1 for weather in week) if targets else None
    situation = Situation(lesson=lesson, week=tuple(week), start=start, targets=dishes)
    if lesson == TRAINING_LESSON:
        run = TrainingRun(PERFECT_ROOMMATE, config)
        run.advance(updates)
        situation = replace(situation, learning=run.moment(), branch=1)
    elif backward:
        network = Network.by_hand(PERFECT_ROOMMATE, situation.cell)
        situation = situation.with_own(network.with_activation(activation_named(config.activation)))
        situation = replace(situation, settings=replace(TrainingConfig(), feedback=config.feedback))
    simulation = Simulation(situation, revealed=lesson == TRAINING_LESSON)
    simulation = (simulation.turn() if backward else simulation).go_to(day, step)
    back = opened(command_for(simulation))
    assert command_for(back) == command_for(simulation)
    for name in ("day", "step", "backward", "revealed"):
        assert getattr(back, name) == getattr(simulation, name)
    for told, meant in zip(back.steps, simulation.steps, strict=True):
        assert told.name == meant.name
        assert told.result.value.tolist() == meant.result.value.tolist()


def test_the_update_is_no_day_of_the_walk_forwards() -> None:
    with pytest.raises(InputError, match="it needs --backward"):
        opened("roommate-tui --day 0")
    with pytest.raises(InputError, match="it needs --lesson 4"):
        opened("roommate-tui --network elman")
    with pytest.raises(InputError, match="there are 6 days"):
        opened("roommate-tui --backward --activation tanh --day 7")
