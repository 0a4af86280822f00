"""How training goes and what to try, in words; keys are named only where a screen is there to press them."""

from __future__ import annotations

from model.language import N_, _, ngettext
from model.roommate.roommate import Roommate
from model.training.diagnosis import LONG_ENOUGH, Diagnosis
from model.training.exam import ExamResult

LEARNED = frozenset({"learned", "limited"})
"""The words for a run that has learned what it can."""


def in_words(diagnosis: Diagnosis, roommate: Roommate, *, keys: bool = False) -> str:
    """A diagnosis as a sentence or two, with advice.

    Args:
        diagnosis: How the run goes.
        roommate: Whose rule is learned.
        keys: Whether the keys of the screen are named.
    """
    sentences = [_progress(diagnosis, keys=keys)]
    if diagnosis.accuracy is not None:
        return sentences[0]
    if diagnosis.exam is not None and diagnosis.word != "diverging":
        sentences.append(own_output(diagnosis.exam))
    return " ".join([*sentences, *_held(diagnosis), *_limit(diagnosis, roommate, keys=keys)])


def own_output(exam: ExamResult) -> str:
    """The second half of "learned": how a network does that is fed its own output."""
    if exam.stray is None:
        sentence = ngettext(
            "Own output: right for {right} of {weeks} week.",
            "Own output: right for {right} of {weeks} weeks.",
            exam.weeks,
        )
        return sentence.format(right=exam.right, weeks=exam.weeks)
    sentence = ngettext(
        "Own output: right for {right} of {weeks} week, strays on day {day}.",
        "Own output: right for {right} of {weeks} weeks, strays on day {day}.",
        exam.weeks,
    )
    return sentence.format(right=exam.right, weeks=exam.weeks, day=exam.stray)


def _held(diagnosis: Diagnosis) -> list[str]:
    """For how long both halves are right, where it is not yet long enough to be called learned."""
    if diagnosis.word != "learning" or not diagnosis.held:
        return []
    sentence = ngettext(
        "Both for {held:,} of {hold:,} update.", "Both for {held:,} of {hold:,} updates.", diagnosis.hold
    )
    return [sentence.format(held=min(diagnosis.held, diagnosis.hold), hold=diagnosis.hold)]


def _progress(diagnosis: Diagnosis, *, keys: bool) -> str:
    match diagnosis.word:
        case "learned" if diagnosis.uncertain:
            sentence = _(
                "The diary contradicts itself, so no rule is certain. What followed most often is learned "
                "since update {update:,}: all {cases} cases are right, the smallest margin is {margin:.2f}."
            )
        case "learned":
            sentence = _(
                "The rule is learned since update {update:,}: all {cases} cases are right, the smallest margin is "
                "{margin:.2f}."
            )
        case "limited":
            sentence = _(
                "The best rule without a memory is learned since update {update:,}: all {cases} cases are right, the "
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
        case "fitted":
            sentence = _(
                "{accuracy:.1%} of the days of the batch are right; the days held out judge what was learned."
            )
        case "stuck" if diagnosis.accuracy is not None:
            sentence = _(STANDS_STILL[keys])
        case "stuck":
            sentence = _(STUCK[diagnosis.because][keys])
        case _learning if diagnosis.accuracy is not None:
            sentence = _("{accuracy:.0%} of the days of the batch are right.")
        case _other:
            sentence = _("{right} of {cases} cases are right.")
    return sentence.format(
        right=diagnosis.right,
        cases=diagnosis.cases,
        update=diagnosis.learned_at or 0,
        margin=diagnosis.margin,
        guessing=diagnosis.guessing,
        days=LONG_ENOUGH,
        accuracy=diagnosis.accuracy or 0.0,
    )


STUCK = {
    "dead_units": (
        N_(
            "Stuck at {right} of {cases}: units of relu-1 that never fire get no gradient. Start with positive "
            "weights, or take tanh."
        ),
        N_(
            "Stuck at {right} of {cases}: units of relu-1 that never fire get no gradient. Start with positive "
            "weights (s), or take tanh."
        ),
    ),
    "linear": (
        N_(
            "Stuck at {right} of {cases}: without a non-linearity yesterday and the weather each add their share to "
            "the scores, and no sum lets them decide together. Take tanh."
        ),
        N_(
            "Stuck at {right} of {cases}: without a non-linearity yesterday and the weather each add their share to "
            "the scores, and no sum lets them decide together. Take tanh (s)."
        ),
    ),
    "alike": (
        N_(
            "Stuck at {right} of {cases}: all weights began as zero, so all hidden units are alike and get the same "
            "gradient, or none at all. Chance must break the tie: start with normal weights."
        ),
        N_(
            "Stuck at {right} of {cases}: all weights began as zero, so all hidden units are alike and get the same "
            "gradient, or none at all. Chance must break the tie: start with normal weights (s)."
        ),
    ),
    "own_output": (
        N_(
            "Stuck at {right} of {cases}: all cases are right when whole dishes are asked for, but what is fed "
            "back is never quite a whole dish. Train on, or feed back the dish chosen (feedback hard)."
        ),
        N_(
            "Stuck at {right} of {cases}: all cases are right when whole dishes are asked for, but what is fed "
            "back is never quite a whole dish. Train on (t), or feed back the dish chosen (s: feedback hard)."
        ),
    ),
    "drift": (
        N_(
            "Stuck at {right} of {cases}: what is remembered drifts in the course of a week. Longer weeks and "
            "sigmoid keep it best: try {days} days and sigmoid."
        ),
        N_(
            "Stuck at {right} of {cases}: what is remembered drifts in the course of a week. Longer weeks and "
            "sigmoid keep it best: try {days} days and sigmoid (s)."
        ),
    ),
    "plateau": (
        N_(
            "Stuck at {right} of {cases}: the loss has not fallen for 1,000 updates. Try another seed, another "
            "learning rate or another non-linearity."
        ),
        N_(
            "Stuck at {right} of {cases}: the loss has not fallen for 1,000 updates. Try another seed (R), "
            "another learning rate or another non-linearity (s)."
        ),
    ),
}
"""By why training may be stuck, what to try: without a screen, and with its keys."""

STANDS_STILL = (
    N_(
        "The loss has not fallen for 1,000 updates, and {accuracy:.0%} of the days of the batch are right. Chance "
        "cannot be learned; if it is a rule, longer weeks, more units or another seed may find it."
    ),
    N_(
        "The loss has not fallen for 1,000 updates, and {accuracy:.0%} of the days of the batch are right. Chance "
        "cannot be learned; if it is a rule, longer weeks, more units (s) or another seed (R) may find it."
    ),
)
"""The advice for a network that is not judged by a table of cases."""


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
