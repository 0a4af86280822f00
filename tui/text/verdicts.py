"""What was found of weights, in sentences: do they follow the rule, and do they stay true to their table?"""

from __future__ import annotations

import math

from model.analysis.automaton import Automaton
from model.analysis.rollout import Divergence, Rollout
from model.network.schedule import Feedback
from tui.text.glyphs import Glyphs

FEEDBACK = {
    Feedback.SOFT: "Soft feedback: it was fed the probabilities themselves.",
    Feedback.HARD: "Hard feedback: it was fed the dish chosen, one-hot, and so met only these cases.",
}
"""What a network was fed of its own, in words."""

Told = tuple[bool | None, str, str]
"""Whether something is as it should be, if that is known; the verdict; and what there is to say about it."""


def judged(automaton: Automaton, outcome: Rollout, glyphs: Glyphs) -> tuple[Told, Told]:
    """The verdicts on a table and on the days that its network lived.

    Args:
        automaton: What was read off.
        outcome: How far the network has lived on its own output.
        glyphs: Characters to write with.
    """
    return _rule(automaton), _days(automaton, outcome, glyphs)


def _rule(automaton: Automaton) -> Told:
    cases, roommate = automaton.margin.size, automaton.roommate
    weather, yesterday = automaton.closest
    margin = float(automaton.margin[weather, yesterday])
    least = f"The smallest margin is {margin:.2f}, {roommate.weathers[weather]} after {roommate.dishes[yesterday]}."
    if not math.isfinite(margin):
        least = "The weights are so large that some of its numbers are not finite."
    if automaton.right is None:
        return None, "The true rule is not known.", least
    if automaton.matches_rule:
        return True, f"It follows the rule in all {cases} cases.", least
    if automaton.truth is not None and any(len(dishes) > 1 for row in automaton.truth for dishes in row):
        least = f"The rule needs more memory than yesterday's dish, and no such table has that. {least}"
    return False, f"It follows the rule in {int(automaton.right.sum())} of {cases} cases.", least


def _days(automaton: Automaton, outcome: Rollout, glyphs: Glyphs) -> Told:
    fed = FEEDBACK[outcome.feedback]
    if outcome.stray is not None:
        verdict = f"Fed its own output, it strays from this table on day {outcome.stray.day:,}."
        return False, verdict, f"{_told(automaton, outcome.stray)} {fed}"
    if not outcome.over:
        return (
            None,
            "Fed its own output, it is true to this table so far:",
            (f"day {outcome.days:,} of {outcome.asked:,} {glyphs.more}"),
        )
    return True, f"Fed its own output for {outcome.days:,} days, it stays true to this table.", fed


def _told(automaton: Automaton, stray: Divergence) -> str:
    dishes, weathers = automaton.roommate.dishes, automaton.roommate.weathers
    return (
        f"Started with {dishes[stray.start]}; {weathers[stray.weather]} after {dishes[stray.yesterday]}: it chooses "
        f"{dishes[stray.dish]}, its table says {dishes[stray.expected]}."
    )
