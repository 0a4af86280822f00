"""The command that is copied opens the screen it was copied from."""

import random
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import InputError
from model.network.activations import activation_named
from model.network.names import TRAINABLE, TRAINABLE_NETWORKS
from model.network.network import Network
from model.network.parameters import Parameters
from model.roommate.diary import diary_of
from model.roommate.roommate import PERFECT_ROOMMATE
from model.simulation.lessons import LESSONS, TRAINING_LESSON
from model.simulation.simulation import Simulation
from model.simulation.situation import Situation
from model.storage.diaries import diary_csv
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tui.cli.first_simulation import simulation_of
from tui.cli.parser import build_parser
from tui.session.commands.backward import update_made
from tui.session.commands.files import save_weights_of
from tui.session.commands.roommates import open_roommate
from tui.session.permalink import command_for, missing
from tui.session.run_library import Runs
from tui.session.session import Session
from tui.text.feedback import fed_back
from tui.text.glyphs import UNICODE
from tui.text.narration import styled_parts as narrated


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
    letters=st.booleans(),
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
    letters: bool,
) -> None:
    dishes = tuple(weather + 1 for weather in week) if targets else None
    situation = Situation(lesson=lesson, week=tuple(week), start=start, targets=dishes, letters=letters)
    if lesson == TRAINING_LESSON:
        run = TrainingRun(PERFECT_ROOMMATE, config)
        run.advance(updates)
        situation = replace(situation, learning=run.moment(), run_id=1)
    elif backward:
        network = Network.by_hand(PERFECT_ROOMMATE, situation.cell)
        situation = situation.with_custom_network(network.with_activation(activation_named(config.activation)))
        changed = Simulation(situation).with_settings(replace(TrainingConfig(), feedback=config.feedback))
        situation = changed.situation
    simulation = Simulation(situation, revealed=lesson == TRAINING_LESSON)
    simulation = (simulation.turn() if backward else simulation).go_to(day, step)
    back = opened(command_for(simulation))
    assert command_for(back) == command_for(simulation)
    for name in ("day", "step", "backward", "revealed"):
        assert getattr(back, name) == getattr(simulation, name)
    for shown, meant in zip(back.steps, simulation.steps, strict=True):
        assert shown.name == meant.name
        assert shown.result.value.tolist() == meant.result.value.tolist()
        assert [o.letters is None for o in shown.operands] == [o.letters is None for o in meant.operands]


def test_the_update_is_no_day_of_the_walk_forwards() -> None:
    with pytest.raises(InputError, match="it needs --backward"):
        opened("roommate-tui --day 0")
    with pytest.raises(InputError, match="it needs --lesson 4"):
        opened("roommate-tui --network elman")
    with pytest.raises(InputError, match="there are 6 days"):
        opened("roommate-tui --backward --activation tanh --day 7")


# Everything that is shown, after any walk


def changed_at_random(simulation: Simulation, rng: random.Random, folder: Path) -> Simulation:
    """The simulation after a few keys."""
    for _key in range(rng.randrange(1, 12)):
        simulation = rng.choice(moves_of(simulation, rng, folder))()
    return simulation


def moves_of(simulation: Simulation, rng: random.Random, folder: Path) -> list[Callable[[], Simulation]]:
    """What a person can do there."""
    situation, network = simulation.situation, simulation.situation.network
    moves: list[Callable[[], Simulation]] = [
        simulation.flip_weather, simulation.next_start, simulation.add_day, simulation.remove_day,
        simulation.next_step, simulation.toggle_reveal, lambda: simulation.move_row(rng.randrange(1, 5)),
    ]  # fmt: skip
    if situation.can_go_back:
        moves.append(simulation.turn)
    if situation.trains:
        return moves
    settings = replace(
        situation.config,
        feedback=rng.choice(["soft", "hard", "teacher"]),
        optimizer=rng.choice(["sgd", "adam", "rmsprop", "momentum"]),
        learning_rate=rng.choice([0.03, 0.5]),
        clip=rng.choice([0.0, 0.1]),
        loss_days=rng.choice(["all", "last"]),
    )
    moves += [
        lambda: simulation.with_settings(settings),
        lambda: simulation.with_lesson(rng.choice([1, 2, 3, 5])),
        lambda: kept(simulation, folder),
    ]
    if not network.linear:
        activation = activation_named(rng.choice(TRAINABLE))
        moves.append(lambda: simulation.with_network(network.with_activation(activation)))
        moves.append(lambda: edited(simulation, rng))
    if simulation.backward:
        moves.append(lambda: update_made(simulation))
    return moves


def edited(simulation: Simulation, rng: random.Random) -> Simulation:
    """A weight changed by hand."""
    network = simulation.situation.network
    flat = network.parameters.flat
    flat[rng.randrange(flat.size)] += rng.choice([-0.5, 0.25])
    weights = Parameters.of_flat(flat, network.cell, network.parameters.sizes)
    return simulation.with_network(network.with_parameters(weights))


def kept(simulation: Simulation, folder: Path) -> Simulation:
    """The weights in a file, as S writes them."""
    session = Session(simulation, UNICODE, Runs(TrainingConfig(), None))
    path = folder / f"{len(list(folder.iterdir()))}.json"
    save_weights_of(session, simulation.situation, path, overwrite=False)
    return session.simulation


def seen(simulation: Simulation) -> tuple[object, ...]:
    """All that is on the screen, as values."""
    situation, step = simulation.situation, simulation.current_step
    return (
        situation.roommate, situation.lesson, situation.week, situation.start, situation.targets, situation.feedback,
        situation.network.origin, situation.network.activation.name, situation.network.blocks, situation.config,
        situation.network.parameters.flat.tolist(), simulation.day, simulation.step, simulation.current_entry,
        simulation.backward, [simulation.is_cooked(day) for day in range(simulation.days)],
        [simulation.dish(day) for day in range(simulation.days)], step.name, step.formula,
        [operand.value.tolist() for operand in (*step.operands, step.result)], fed_back(simulation),
        narrated(simulation, UNICODE), situation.loss, [step.result.value.tolist() for step in simulation.steps],
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(24))
def test_the_command_opens_exactly_this_screen_or_says_what_has_to_be_saved(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    simulation = Simulation(Situation(lesson=rng.choice([1, 2, 3, 5])))
    if seed % 4 == 0:
        config = TrainingConfig(
            seed=seed, optimizer="sgd", learning_rate=0.25, clip=1.0, initial="uniform", weeks=5, freeze="merge",
            loss_days="last", feedback=rng.choice(["soft", "hard"]),
        )  # fmt: skip
        run = TrainingRun(PERFECT_ROOMMATE, config)
        run.advance(4)
        simulation = replace(Simulation(Situation(lesson=4)).with_learning(run.moment(), 1), revealed=True)
    simulation = changed_at_random(simulation, rng, tmp_path)
    if not missing(simulation.situation):
        command = command_for(simulation)
        assert seen(opened(command)) == seen(simulation), command
        return
    saved = kept(simulation, tmp_path)  # as it asks for
    assert not missing(saved.situation)
    command = command_for(saved)
    assert seen(opened(command)) == seen(simulation), command


def test_a_run_that_was_changed_on_its_way_is_said_to_have_no_command() -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig())
    run.advance(3)
    simulation = Simulation(Situation(lesson=4)).with_learning(run.moment(), 1)
    assert not missing(simulation.situation)
    run.configure(
        replace(run.config, stop="updates", updates=500)
    )  # it goes on beyond its goal, with the same numbers
    run.advance(1)
    assert not missing(simulation.with_learning(run.moment(), 1).situation)
    run.advance_on((0, 1), 0)
    assert "No command line makes this run again" in missing(simulation.with_learning(run.moment(), 1).situation)
    changed = TrainingRun(PERFECT_ROOMMATE, TrainingConfig())
    changed.advance(3)
    changed.configure(replace(changed.config, optimizer="sgd"))
    assert missing(simulation.with_learning(changed.moment(), 1).situation)


def test_a_diary_is_opened_with_its_last_week_and_what_was_really_cooked(tmp_path: Path) -> None:
    week = tuple(random.Random(1).choices((0, 1), k=40))
    diary, path = diary_of(PERFECT_ROOMMATE, week, 0), tmp_path / "days.csv"
    diary.dish[-2:] = (diary.dish[-2:] + 1) % 3
    path.write_bytes(diary_csv(diary))
    simulation = opened(f"roommate-tui --diary {path} --lesson 4 --update 3")
    situation = simulation.situation
    assert situation.week == week[-7:]
    assert situation.expected == tuple(diary.dish[-7:].tolist())
    assert situation.learning is not None
    assert situation.learning.diary is situation.diary is not None
    again = opened(command_for(simulation))
    assert seen(again) == seen(simulation)
    session = Session(Simulation(), UNICODE, Runs(TrainingConfig(), None))
    reply = open_roommate(session, str(path))
    assert "the last 7 days of the diary" in " ".join(reply.lines)
    assert session.simulation.situation.expected == situation.expected
    session.open_training()
    moment = session.moment
    assert moment.diary is not None
    assert session.run.diary is moment.diary
    session.start_over(replace(moment.config, seed=3), "")
    assert session.run.diary is moment.diary
