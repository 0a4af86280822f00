"""Verdicts on weights in sentences: whether they follow the rule, and stay true to their table."""

from __future__ import annotations

import math

from model.analysis.automaton import Automaton
from model.analysis.rollout import Divergence, Rollout
from model.language import N_, _, ngettext
from model.network.origins import BY_HAND
from model.network.schedule import Feedback
from tui.text.glyphs import Glyphs

FEEDBACK = {
    Feedback.SOFT: N_("Soft feedback: it was fed the probabilities themselves."),
    Feedback.HARD: N_("Hard feedback: it was fed the dish chosen, one-hot, and so met only these cases."),
    Feedback.HIDDEN: N_(
        "It hands on its hidden units, which come near those that were met before and are not the same."
    ),
}
"""What a network was fed of its own, in words; translated when it is shown."""

Told = tuple[bool | None, str, str]
"""Whether something is as it should be, if that is known; the verdict; and what there is to say about it."""


def verdict_sentences(automaton: Automaton, outcome: Rollout, glyphs: Glyphs) -> tuple[Told, Told]:
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
    least = " ".join([*_states(automaton), least, *_by_hand(automaton)])
    if automaton.right is None:
        return None, _("The true rule is not known."), least
    if automaton.matches_rule:
        return True, _("It follows the rule in all {cases} cases.").format(cases=cases), least
    if (
        not automaton.by_state
        and automaton.truth is not None
        and any(len(dishes) > 1 for row in automaton.truth for dishes in row)
    ):
        more = _("The rule needs more memory than yesterday's dish, and no such table has that.")
        least = f"{more} {least}"
    verdict = _("It follows the rule in {right} of {cases} cases.")
    return False, verdict.format(right=int(automaton.right.sum()), cases=cases), least


def _days(automaton: Automaton, outcome: Rollout, glyphs: Glyphs) -> Told:
    fed = _(FEEDBACK[outcome.feedback])
    if outcome.stray is not None:
        verdict = _("Fed its own output, it strays from this table on day {day:,}.").format(day=outcome.stray.day)
        return False, verdict, f"{_divergence_sentence(automaton, outcome.stray)} {fed}"
    if not outcome.over:
        return (
            None,
            _("Fed its own output, it is true to this table so far:"),
            _("day {day:,} of {days:,} {more}").format(day=outcome.days, days=outcome.wanted_days, more=glyphs.more),
        )
    verdict = _("Fed its own output for {days:,} days, it stays true to this table.").format(days=outcome.days)
    return True, verdict, fed


def endurance(outcome: Rollout) -> str:
    """How long a network that has learned a rule stays true to it, for whoever does not see a table."""
    if outcome.stray is not None:
        return _("On its own output it strays from what it has learned on day {day:,}.").format(day=outcome.stray.day)
    return _("For {days:,} days of its own output it stays true to what it has learned.").format(days=outcome.days)


def _divergence_sentence(automaton: Automaton, stray: Divergence) -> str:
    dishes, weathers = automaton.roommate.dishes, automaton.roommate.weathers
    return _(
        "Started with {start}; {weather} after {yesterday}: it chooses {dish}, its table says {expected}."
    ).format(
        start=automaton.start(stray.start),
        weather=weathers[stray.weather],
        yesterday=dishes[stray.yesterday],
        dish=automaton.dish(stray.dish),
        expected=automaton.dish(stray.expected),
    )


def _states(automaton: Automaton) -> list[str]:
    """What was found of a network's own states, if it has any."""
    found = automaton.found
    if found is None:
        return []
    states, wanted = len(found.shows), len(automaton.starts)
    sentences = []
    if found.clusters:
        sentence = ngettext(
            "{clusters} cluster of hidden vectors behaves as {states} states.",
            "{clusters} clusters of hidden vectors behave as {states} states.",
            found.clusters,
        )
        sentences.append(sentence.format(clusters=found.clusters, states=states))
    if not found.clusters:
        sentences.append(
            _(
                "Its hidden vectors do not fall into clusters that make a machine; here they are put together by the "
                "state that the roommate is in."
            )
        )
    elif states != wanted:
        sentences.append(_("The roommate has {states} states.").format(states=wanted))
    if not automaton.as_many:
        sentences.append(
            _(
                "Beware: clusters show a machine at one distance and over some days, and others may show another "
                '(Kolen, "Fool\'s gold", 1994).'
            )
        )
    return sentences


def _by_hand(automaton: Automaton) -> list[str]:
    """Why the margins of weights set by hand are small."""
    if automaton.network.origin != BY_HAND:
        return []
    dishes = automaton.network.parameters.dishes
    best = math.e / (math.e + dishes - 1)
    sentence = _(
        "Set by hand, the right dish has the score 1 and the others 0, of which softmax makes {best:.2f} and "
        "{rest:.2f} each: small margins, and the largest score decides all the same."
    )
    return [sentence.format(best=best, rest=(1 - best) / max(dishes - 1, 1))]
