"""A million moves over the simulation: what is shown is what the network computes, and every change can be undone."""

from __future__ import annotations

import random
import shlex
import traceback

import numpy as np

from model.network.forward import run_forward
from model.network.schedule import Feedback
from model.simulation.simulation import Simulation
from model.simulation.situation import UPDATE
from model.simulation.timeline import MAX_STEPS, Timeline
from model.steps.step import StepKind
from tests.model.recompute import recomputed
from tests.soak.moves import Move, Walker, random_walk
from tests.soak.outcome import Outcome
from tui.cli.first_simulation import simulation_of
from tui.cli.parser import build_parser
from tui.session.permalink import command_for, missing

MOVES = 1_000_000
"""How many there are at full scale."""

LENGTH = 1000
"""Moves of one walk, which begins anew."""

TRACES_EVERY, UNDO_EVERY, COMMANDS_EVERY = 25, 10, 400
"""Moves between two looks at what takes longer to look at."""

LOOK_BACK = 3
"""Changes before the last one that are taken back, too."""

PARSER = build_parser()


def check_cursor(now: Simulation) -> None:
    """The cursor stands on something that is there."""
    assert (UPDATE if now.backward else 0) <= now.day < now.days, (now.day, now.days)
    assert 0 <= now.step < len(now.steps), (now.step, len(now.steps))
    assert 0 <= now.current_entry < now.current_step.result.value.size
    assert not now.backward or now.situation.can_go_back


def check_trace(now: Simulation) -> None:
    """What is shown is the week's: a pass made anew says the same, and every step follows from its operands."""
    situation = now.situation
    fresh = run_forward(situation.network, situation.weeks, situation.feedback)
    for name in ("hidden", "logits", "dish"):
        assert np.array_equal(getattr(fresh, name), getattr(situation.run, name)), name
    knowable = situation.roommate.memory is None or situation.cell.remembers
    dishes = tuple(situation.dish(day) for day in range(len(situation.week)))
    if situation.by_hand and situation.targets is None and knowable:
        assert dishes == situation.expected
    for step in now.steps:
        if step.operation is StepKind.APPLY and step.word not in {"softmax", "", "largest-to-1"}:
            continue  # the non-linearities and the optimizers have tests of their own
        assert np.allclose(recomputed(step), step.result.value, rtol=1e-9, atol=1e-12, equal_nan=True), step.name
    if not now.backward:
        assert now.trace.dish == situation.dish(now.day)
        assert now.trace.weather == situation.week[now.day]
        fed = situation.expected if situation.feedback is Feedback.TEACHER else dishes
        assert now.trace.yesterday == (fed[now.day - 1] if now.day else situation.start_dish)


def _compared(simulation: Simulation) -> tuple[object, ...]:
    """All of a situation that undo brings back, weights by their bits."""
    s = simulation.situation
    own = {
        lesson: (network.cell.name, network.origin, network.activation, network.parameters.flat.tobytes())
        for lesson, network in s.custom_networks.items()
    }
    return s.roommate, s.week, s.start, s.targets, own, s.settings, s.scenario


def check_undo(before: Timeline, after: Timeline) -> None:
    """A change is taken back exactly, and made again exactly."""
    if len(after.past) != min(len(before.past) + 1, MAX_STEPS) or after.future:
        return  # it was no change
    back = after.undo()
    if back.present.situation.lesson != before.present.situation.lesson:
        return  # a key of lesson 4 has led there first, to its own roommate, and is taken back there
    assert _compared(back.present) == _compared(before.present)
    if before.present.situation.learning is not None:
        assert back.present.situation.run_id == before.present.situation.run_id
    check_cursor(back.present)
    again = back.redo()
    assert _compared(again.present) == _compared(after.present)
    if after.present.situation.learning is not None:  # where there was no run, the one there is stays
        assert again.present.situation.run_id == after.present.situation.run_id
    assert (len(again.past), len(again.future)) == (len(after.past), len(after.future))
    earlier, wanted = again.undo(), before
    for _ in range(LOOK_BACK):  # and what came before that is what it was, too
        assert _compared(earlier.present) == _compared(wanted.present)
        earlier, wanted = earlier.undo(), wanted.undo()


def check_command(walker: Walker) -> None:
    """The command line that is copied opens the same place, and the same numbers where it can know them."""
    now, situation = walker.now, walker.now.situation
    command = command_for(now)
    opened, _run = simulation_of(PARSER.parse_args(shlex.split(command)[1:]))
    theirs = opened.situation
    assert (theirs.lesson, theirs.week, theirs.start) == (situation.lesson, situation.week, situation.start), command
    assert (theirs.targets, theirs.roommate) == (situation.targets, situation.roommate), command
    assert (opened.day, opened.step, opened.backward) == (now.day, now.step, now.backward), command
    if not missing(situation):
        assert theirs.feedback is situation.feedback, command
        assert np.array_equal(theirs.run.logits, situation.run.logits), command
        assert opened.current_step.name == now.current_step.name, command
        assert np.array_equal(opened.current_step.result.value, now.current_step.result.value), command


def follow(moves: list[Move], *, closely: bool = False) -> tuple[int, str]:
    """Make moves and look at what comes of them.

    Args:
        moves: The walk.
        closely: Look at everything after each move.

    Returns:
        The number of moves that were made before something was wrong, and what; all of them and nothing otherwise.
    """
    walker = Walker()
    for number, move in enumerate(moves):
        try:
            before = walker.timeline
            walker.make(move)
            check_cursor(walker.now)
            if closely or number % UNDO_EVERY == 0:
                check_undo(before, walker.timeline)
            if closely or number % TRACES_EVERY == 0:
                check_trace(walker.now)
            if closely or number % COMMANDS_EVERY == COMMANDS_EVERY - 1:
                check_command(walker)
        except Exception:
            return number, traceback.format_exc(limit=-3)
    return len(moves), ""


def shortest(moves: list[Move]) -> tuple[list[Move], str]:
    """A walk that goes wrong, made as short as leaving out stretches of it can make it."""
    made, fault = follow(moves, closely=True)
    moves, piece = moves[: made + 1], max(len(moves) // 2, 1)
    while piece:
        at = 0
        while at < len(moves):
            fewer = moves[:at] + moves[at + piece :]
            made, what = follow(fewer, closely=True)
            if what:
                moves, fault = fewer[: made + 1], what
            else:
                at += piece
        piece //= 2
    return moves, fault


def run(scale: float, seed: int) -> Outcome:
    """All walks.

    Args:
        scale: What part of `MOVES`.
        seed: What each walk is made from, together with its number.
    """
    outcome = Outcome("walks over the simulation", seed, "moves")
    left = max(round(MOVES * scale), 1)
    number = 0
    with np.errstate(all="ignore"):
        while left:
            moves = random_walk(random.Random(f"{seed} {number}"), min(LENGTH, left))
            made, fault = follow(moves)
            outcome.count += len(moves)
            outcome.seen.update(move[0] for move in moves)
            if fault:
                short, fault = shortest(moves[: made + 1])
                outcome.failures.append(f"walk {number}, move {made}: {fault}\nthe shortest way there: {short}")
            left -= len(moves)
            number += 1
    return outcome
