"""Weights in lines: the rule that they follow, and what sets them apart from others."""

from __future__ import annotations

import numpy as np

from model.analysis.automaton import Automaton
from model.analysis.rollout import Rollout
from model.analysis.unit_matching import match_units
from model.language import _, ngettext
from model.network.network import Network
from model.numbers import number
from model.roommate.parsing import listed
from model.roommate.roommate import day_name
from model.simulation.situation import Situation
from model.steps.axes import dish_axis, hidden_axis, weather_axis
from model.steps.difference import difference
from tui.plain.glyphs import SpokenGlyphs
from tui.plain.step import product, sentence
from tui.text.comparison import comparable_weights, has_the_same_units, largest_of_all
from tui.text.verdicts import verdict_sentences

MAX_DIFFERING = 7
"""The most differing days that are named."""


def rule_of_weights(automaton: Automaton, outcome: Rollout, glyphs: SpokenGlyphs) -> list[str]:
    """The verdicts, and a line for each case with its margin."""
    dishes, weathers = dish_axis(automaton.roommate), weather_axis(automaton.roommate)
    lines = [_("Weights {origin}.").format(origin=automaton.network.origin_in_words)]
    lines += [f"{verdict} {words}" for _fine, verdict, words in verdict_sentences(automaton, outcome, glyphs)]
    for weather, row in enumerate(automaton.table):
        for yesterday, dish in enumerate(row):
            template, really = _("{weather} after {before}: {dish}, right; margin {margin:.2f}."), ""
            if automaton.right is None:
                template = _("{weather} after {before}: {dish}; margin {margin:.2f}.")
            elif automaton.is_wrong(weather, yesterday) and automaton.truth is not None:
                template = _("{weather} after {before}: {dish}, wrong: really {really}; margin {margin:.2f}.")
                answers = automaton.truth[weather][yesterday]
                really = listed([glyphs.labelled(dishes, answer) for answer in answers], "or")
            lines.append(
                template.format(
                    weather=glyphs.labelled(weathers, weather),
                    before=glyphs.labelled(dishes, yesterday),
                    dish=glyphs.labelled(dishes, dish),
                    really=really,
                    margin=float(automaton.margin[weather, yesterday]),
                )
            )
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
    template = _("These weights, {origin}, and others, {others}.")
    lines = [
        template.format(origin=one.origin_in_words, others=other.origin_in_words),
        _weeks(situation, other, glyphs),
    ]
    if one.parameters.hidden != other.parameters.hidden:
        template = _("{here} hidden units here, {there} there: so their weights cannot be compared one by one.")
        lines.append(template.format(here=one.parameters.hidden, there=other.parameters.hidden))
        return lines + _units(situation, other, glyphs)
    same_units = has_the_same_units(situation, other)
    weights = comparable_weights(situation, other, matched=not same_units)
    if not same_units:
        lines.append(_("Weight for weight, the units of the others in the order of these."))
    for name in (matrix,) if matrix else one.matrices:
        step = difference(roommate, one, weights, name, ("this", "other"))
        if matrix:
            lines += product(step, step.telling, glyphs)[0]
            continue
        largest = float(np.abs(step.result.value).max())
        place = glyphs.describe(step.result, step.telling)
        values = [number(float(operand.value.flat[step.telling])) for operand in step.operands]
        template = _("{matrix}: no difference.")
        if largest:
            template = _("{matrix}: the largest difference is {largest}, at {place}: {here} here, {there} there.")
        lines.append(
            template.format(matrix=step.title, largest=number(largest), place=place, here=values[0], there=values[1])
        )
    lines.append(f"{sentence('', largest_of_all(situation, weights, glyphs))}.")
    return lines if same_units else lines + _units(situation, other, glyphs)


def _weeks(situation: Situation, other: Network, glyphs: SpokenGlyphs) -> str:
    dishes = dish_axis(situation.roommate)
    run = situation.run_of(other)
    pairs = [(situation.dish(day), int(run.dish[day, 0])) for day in range(len(situation.week))]
    differing = [day for day, (one, two) in enumerate(pairs) if one != two]
    days_that_differ = []
    for day in differing[:MAX_DIFFERING]:
        mine, theirs = (glyphs.labelled(dishes, dish) for dish in pairs[day])
        template = _("{day} {mine} here, {theirs} there, really {dish}")
        if situation.expected[day] == pairs[day][0]:
            template = _("{day} {mine} here, which is right, {theirs} there")
        elif situation.expected[day] == pairs[day][1]:
            template = _("{day} {mine} here, {theirs} there, which is right")
        dish = glyphs.labelled(dishes, situation.expected[day])
        days_that_differ.append(template.format(day=day_name(day), mine=mine, theirs=theirs, dish=dish))
    count, days = len(differing), len(pairs)
    if not days_that_differ:
        summary = ngettext("{count} of {days} days differ.", "{count} of {days} days differ.", count)
    else:
        summary = ngettext(
            "{count} of {days} days differ: {which}.", "{count} of {days} days differ: {which}.", count
        )
    return summary.format(count=count, days=days, which="; ".join(days_that_differ))


def _units(situation: Situation, other: Network, glyphs: SpokenGlyphs) -> list[str]:
    one, roommate = situation.network, situation.roommate
    match = match_units(one, other, roommate)
    mine, theirs = (glyphs.named(hidden_axis(roommate, network)) for network in (one, other))
    plays, lines = other.blocks and not one.blocks, []
    for row in range(len(mine.labels)):
        found = int(match.unit[row])
        if found < 0:
            template = _("{unit} plays nobody.") if plays else _("{unit} is played by nobody.")
            lines.append(template.format(unit=mine.describe(row)))
            continue
        template = _played(plays=plays, opposite=bool(match.sign[row] < 0))
        lines.append(
            template.format(
                unit=mine.describe(row), other=theirs.describe(found), likeness=float(match.likeness[row])
            )
        )
    return lines


def _played(*, plays: bool, opposite: bool) -> str:
    """What is said of a unit and the one like it, with blanks."""
    if opposite:
        if plays:
            return _("{unit} plays the opposite of {other}, likeness {likeness:.2f}.")
        return _("{unit} is played by the opposite of {other}, likeness {likeness:.2f}.")
    if plays:
        return _("{unit} plays {other}, likeness {likeness:.2f}.")
    return _("{unit} is played by {other}, likeness {likeness:.2f}.")
