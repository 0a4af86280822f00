"""What was found of weights, in sentences: do they follow the rule, and do they stay true to their table?"""

from __future__ import annotations

from model.analysis.automaton import Automaton
from model.analysis.rollout import Divergence, Rollout
from model.language import N_, _
from model.network.schedule import Feedback
from tui.text.glyphs import Glyphs

FEEDBACK = {
    Feedback.SOFT: N_("Soft feedback: it was fed the probabilities themselves."),
    Feedback.HARD: N_("Hard feedback: it was fed the dish chosen, one-hot, and so met only these cases."),
}
"""What a network was fed of its own, in words; translated when it is shown."""

Told = tuple[bool | None, str, str]
"""Whether something is as it should be, if that is known; the verdict; and what there is to say about it."""


def judged(automaton: Automaton, outcome: Rollout, glyphs: Glyphs) -> tuple[Told, Told]:
    """The verdicts on a table and on the days that its network lived.

    Args:
        automaton: What was read off.
        outcome: How far the network has lived on its own output.
        glyphs: Characters to write with.
    """
    if not automaton.finite:
        sentence = _("The weights are so large that some of its numbers are not finite.")
        return (None, _("No dish follows from it."), sentence), (None, _("No day follows from it."), "")
    return _rule(automaton), _days(automaton, outcome, glyphs)


def _rule(automaton: Automaton) -> Told:
    cases, roommate = automaton.margin.size, automaton.roommate
    weather, yesterday = automaton.closest
    margin = float(automaton.margin[weather, yesterday])
    least = _("The smallest margin is {margin:.2f}, {weather} after {dish}.").format(
        margin=margin, weather=roommate.weathers[weather], dish=roommate.dishes[yesterday]
    )
    if automaton.right is None:
        return None, _("The true rule is not known."), least
    if automaton.matches_rule:
        return True, _("It follows the rule in all {cases} cases.").format(cases=cases), least
    if automaton.truth is not None and any(len(dishes) > 1 for row in automaton.truth for dishes in row):
        more = _("The rule needs more memory than yesterday's dish, and no such table has that.")
        least = f"{more} {least}"
    verdict = _("It follows the rule in {right} of {cases} cases.")
    return False, verdict.format(right=int(automaton.right.sum()), cases=cases), least


def _days(automaton: Automaton, outcome: Rollout, glyphs: Glyphs) -> Told:
    fed = _(FEEDBACK[outcome.feedback])
    if outcome.stray is not None:
        verdict = _("Fed its own output, it strays from this table on day {day:,}.").format(day=outcome.stray.day)
        return False, verdict, f"{_told(automaton, outcome.stray)} {fed}"
    if not outcome.over:
        return (
            None,
            _("Fed its own output, it is true to this table so far:"),
            _("day {day:,} of {days:,} {more}").format(day=outcome.days, days=outcome.asked, more=glyphs.more),
        )
    verdict = _("Fed its own output for {days:,} days, it stays true to this table.").format(days=outcome.days)
    return True, verdict, fed


def _told(automaton: Automaton, stray: Divergence) -> str:
    dishes, weathers = automaton.roommate.dishes, automaton.roommate.weathers
    return _(
        "Started with {start}; {weather} after {yesterday}: it chooses {dish}, its table says {expected}."
    ).format(
        start=dishes[stray.start],
        weather=weathers[stray.weather],
        yesterday=dishes[stray.yesterday],
        dish=dishes[stray.dish],
        expected=dishes[stray.expected],
    )
