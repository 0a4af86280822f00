"""Weights in lines: the rule that they follow, and what sets them apart from others."""

from __future__ import annotations

import numpy as np

from model.analysis.automaton import Automaton
from model.analysis.rollout import Rollout
from model.analysis.unit_matching import aligned, match_units
from model.network.forward import cook
from model.network.network import Network
from model.numbers import number
from model.roommate.roommate import day_name
from model.simulation.situation import Situation
from model.steps.difference import difference
from model.steps.forward import dish_axis, hidden_axis, weather_axis
from tui.plain.glyphs import SpokenGlyphs
from tui.plain.step import product
from tui.text.verdicts import judged

MAX_DIFFERING = 7
"""So many days that differ are named."""


def rule_of_weights(automaton: Automaton, outcome: Rollout, glyphs: SpokenGlyphs) -> list[str]:
    """The verdicts, and a line for each case with its margin."""
    dishes, weathers = dish_axis(automaton.roommate), weather_axis(automaton.roommate)
    lines = [f"Weights {automaton.network.origin}."]
    lines += [f"{verdict} {words}" for _, verdict, words in judged(automaton, outcome, glyphs)]
    for weather, row in enumerate(automaton.table):
        for yesterday, dish in enumerate(row):
            case = f"{glyphs.labelled(weathers, weather)} after {glyphs.labelled(dishes, yesterday)}"
            told = "" if automaton.right is None else ", right"
            if automaton.is_wrong(weather, yesterday) and automaton.truth is not None:
                answers = automaton.truth[weather][yesterday]
                told = f", wrong: really {' or '.join(glyphs.labelled(dishes, answer) for answer in answers)}"
            margin = float(automaton.margin[weather, yesterday])
            lines.append(f"{case}: {glyphs.labelled(dishes, dish)}{told}; margin {margin:.2f}.")
    return lines


def comparison(situation: Situation, other: Network, glyphs: SpokenGlyphs, matrix: str = "") -> list[str]:
    """Two networks: their weeks, which unit plays which, and how their matrices differ.

    Args:
        situation: Its network is compared.
        other: Another for the same roommate.
        glyphs: Characters to write with.
        matrix: A matrix that is told whole; nothing: of each the entry that differs most.
    """
    one, roommate = situation.network, situation.roommate
    lines = [f"These weights, {one.origin}, and others, {other.origin}.", _weeks(situation, other, glyphs)]
    if one.parameters.hidden != other.parameters.hidden:
        lines.append(
            f"{one.parameters.hidden} hidden units here, {other.parameters.hidden} there: no weight for weight."
        )
        return lines + _units(situation, other, glyphs)
    weights = aligned(other.parameters, match_units(one, other, roommate))
    for name in (matrix,) if matrix else one.matrices:
        step = difference(roommate, one, weights, name, ("this", "other"))
        if matrix:
            lines += product(step, step.telling, glyphs)[0]
            continue
        largest = float(np.abs(step.result.value).max())
        place = glyphs.describe(step.result, step.telling)
        values = [number(float(operand.value.flat[step.telling])) for operand in step.operands]
        told = f"the largest difference is {number(largest)}, at {place}: {values[0]} here, {values[1]} there"
        lines.append(f"{step.name}: {told if largest else 'no difference'}.")
    return lines + _units(situation, other, glyphs)


def _weeks(situation: Situation, other: Network, glyphs: SpokenGlyphs) -> str:
    dishes = dish_axis(situation.roommate)
    run = cook(other, situation.roommate, situation.week, situation.start)
    pairs = [(situation.dish(day), int(run.dish[day, 0])) for day in range(len(situation.week))]
    differing = [day for day, (one, two) in enumerate(pairs) if one != two]
    told = []
    for day in differing[:MAX_DIFFERING]:
        mine, theirs = (glyphs.labelled(dishes, dish) for dish in pairs[day])
        told.append(f"{day_name(day)} {mine} here, {theirs} there")
    sentence = f"{len(differing)} of {len(pairs)} days differ"
    return f"{sentence}: {'; '.join(told)}." if told else f"{sentence}."


def _units(situation: Situation, other: Network, glyphs: SpokenGlyphs) -> list[str]:
    one, roommate = situation.network, situation.roommate
    match = match_units(one, other, roommate)
    mine, theirs = (glyphs.named(hidden_axis(roommate, network)) for network in (one, other))
    verb = "plays" if other.blocks and not one.blocks else "is played by"
    lines = []
    for row in range(len(mine.labels)):
        found = int(match.unit[row])
        if found < 0:
            lines.append(f"{mine.describe(row)} {verb} nobody.")
            continue
        sign = "the opposite of " if match.sign[row] < 0 else ""
        lines.append(
            f"{mine.describe(row)} {verb} {sign}{theirs.describe(found)}, likeness {match.likeness[row]:.2f}."
        )
    return lines
