"""How training goes and what to try, in words; keys are named only where a screen is there to press them."""

from __future__ import annotations

from model.roommate.roommate import Roommate
from model.training.diagnosis import LONG_ENOUGH, Diagnosis


def in_words(diagnosis: Diagnosis, roommate: Roommate, *, keys: bool = False) -> str:
    """A diagnosis as a sentence or two, with advice.

    Args:
        diagnosis: How the run goes.
        roommate: Whose rule is learned.
        keys: Whether the keys of the screen are named.
    """
    return f"{_progress(diagnosis, keys=keys)} {_limit(diagnosis, roommate, keys=keys)}".rstrip()


def _progress(diagnosis: Diagnosis, *, keys: bool) -> str:
    right, cases = diagnosis.right, diagnosis.cases
    settings, back = (" (s)", " ([)") if keys else ("", "")
    match diagnosis.word:
        case "learned" | "limited":
            what = "rule" if diagnosis.word == "learned" else "best rule without a memory"
            return (
                f"The {what} is learned: all {cases} cases are right since update {diagnosis.learned_at:,}, "
                f"the smallest margin is {diagnosis.margin:.2f}."
            )
        case "diverging":
            return (
                f"The loss is far above the {diagnosis.guessing:.2f} of mere guessing: the steps are too long. Try a "
                f"smaller learning rate or gradient clipping{settings}, or go back{back} to before it rose."
            )
        case "stuck":
            return f"Stuck at {right} of {cases}: {_advice(diagnosis.because, keys=keys)}"
        case _:
            return f"{right} of {cases} cases are right."


def _advice(because: str, *, keys: bool) -> str:
    """Why training may be stuck, and what to try."""
    settings, seed = (" (s)", " (R)") if keys else ("", "")
    match because:
        case "dead_units":
            told = "units of relu-1 that never fire get no gradient. Start with positive weights"
            return f"{told}{settings}, or take tanh."
        case "drift":
            return (
                "what is remembered drifts in the course of a week. Longer weeks and sigmoid keep it best: try "
                f"{LONG_ENOUGH} days and sigmoid{settings}."
            )
        case _:
            return (
                f"the loss has not fallen for 1,000 updates. Try another seed{seed}, another learning rate or "
                f"another non-linearity{settings}."
            )


def _limit(diagnosis: Diagnosis, roommate: Roommate, *, keys: bool) -> str:
    """What this network can never know of this roommate; empty where there is no such thing."""
    if diagnosis.undecided is None:
        return ""
    weather, dish = diagnosis.undecided
    # Weeks with soft feedback can turn out better than any that is cooked.
    hint = "Soft feedback can hint at more, the dishes cooked cannot. " if diagnosis.soft else ""
    return (
        f"From dishes alone the whole rule cannot be learned: after {roommate.dishes[dish]}, when it is "
        f"{roommate.weathers[weather]}, it is now one dish, now another. {hint}The networks with hidden units of "
        f"their own, such as elman, can{' (s)' if keys else ''}."
    )
