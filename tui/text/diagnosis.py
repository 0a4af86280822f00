"""How training goes and what to try, in words; keys are named only where a screen is there to press them."""

from __future__ import annotations

from model.language import _
from model.roommate.roommate import Roommate
from model.training.diagnosis import LONG_ENOUGH, Diagnosis


def in_words(diagnosis: Diagnosis, roommate: Roommate, *, keys: bool = False) -> str:
    """A diagnosis as a sentence or two, with advice.

    Args:
        diagnosis: How the run goes.
        roommate: Whose rule is learned.
        keys: Whether the keys of the screen are named.
    """
    sentences = [_progress(diagnosis, keys=keys), *_limit(diagnosis, roommate, keys=keys)]
    return " ".join(sentences)


def _progress(diagnosis: Diagnosis, *, keys: bool) -> str:
    match diagnosis.word:
        case "learned":
            sentence = _(
                "The rule is learned: all {cases} cases are right since update {update:,}, the smallest margin is "
                "{margin:.2f}."
            )
        case "limited":
            sentence = _(
                "The best rule without a memory is learned: all {cases} cases are right since update {update:,}, the "
                "smallest margin is {margin:.2f}."
            )
        case "diverging" if keys:
            sentence = _(
                "The loss is far above the {guessing:.2f} of mere guessing: the steps are too long. Try a smaller "
                "learning rate or gradient clipping (s), or go back ([) to before it rose."
            )
        case "diverging":
            sentence = _(
                "The loss is far above the {guessing:.2f} of mere guessing: the steps are too long. Try a smaller "
                "learning rate or gradient clipping, or go back to before it rose."
            )
        case "stuck":
            sentence = _stuck(diagnosis.because, keys=keys)
        case _other:
            sentence = _("{right} of {cases} cases are right.")
    return sentence.format(
        right=diagnosis.right,
        cases=diagnosis.cases,
        update=diagnosis.learned_at or 0,
        margin=diagnosis.margin,
        guessing=diagnosis.guessing,
        days=LONG_ENOUGH,
    )


def _stuck(because: str, *, keys: bool) -> str:
    """Why training may be stuck, and what to try, with blanks."""
    match because:
        case "dead_units" if keys:
            return _(
                "Stuck at {right} of {cases}: units of relu-1 that never fire get no gradient. Start with positive "
                "weights (s), or take tanh."
            )
        case "dead_units":
            return _(
                "Stuck at {right} of {cases}: units of relu-1 that never fire get no gradient. Start with positive "
                "weights, or take tanh."
            )
        case "drift" if keys:
            return _(
                "Stuck at {right} of {cases}: what is remembered drifts in the course of a week. Longer weeks and "
                "sigmoid keep it best: try {days} days and sigmoid (s)."
            )
        case "drift":
            return _(
                "Stuck at {right} of {cases}: what is remembered drifts in the course of a week. Longer weeks and "
                "sigmoid keep it best: try {days} days and sigmoid."
            )
        case _other if keys:
            return _(
                "Stuck at {right} of {cases}: the loss has not fallen for 1,000 updates. Try another seed (R), "
                "another learning rate or another non-linearity (s)."
            )
        case _other:
            return _(
                "Stuck at {right} of {cases}: the loss has not fallen for 1,000 updates. Try another seed, another "
                "learning rate or another non-linearity."
            )


def _limit(diagnosis: Diagnosis, roommate: Roommate, *, keys: bool) -> list[str]:
    """What this network can never know of this roommate, in sentences; none where there is no such thing."""
    if diagnosis.undecided is None:
        return []
    weather, dish = diagnosis.undecided
    sentences = [
        _(
            "From dishes alone the whole rule cannot be learned: after {dish}, when it is {weather}, it is now one "
            "dish, now another."
        ).format(dish=roommate.dishes[dish], weather=roommate.weathers[weather])
    ]
    if diagnosis.soft:  # weeks with soft feedback can turn out better than any that is cooked
        sentences.append(_("Soft feedback can hint at more, the dishes cooked cannot."))
    can = _("The networks with hidden units of their own, such as elman, can.")
    can_with_keys = _("The networks with hidden units of their own, such as elman, can (s).")
    return [*sentences, can_with_keys if keys else can]
