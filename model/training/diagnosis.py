"""How a training run goes, in words: learned, diverging, stuck or learning, and what to try."""

from __future__ import annotations

import math

import numpy as np

from model.network.network import Feedback, Network
from model.roommate.ambiguity import ambiguous_cases
from model.roommate.roommate import Kind, Roommate
from model.training.config import TrainingConfig
from model.training.snapshot import TrainingSnapshot


def limit(roommate: Roommate, network: Network, feedback: Feedback = Feedback.HARD) -> str:
    """Sentences about what this network can never know of this roommate; empty where there is no such thing.

    Args:
        roommate: Who cooks.
        network: Any weights.
        feedback: What it is trained with. Probabilities that are fed back can carry more than a dish, so that weeks
            with soft feedback can turn out better than any that is cooked.
    """
    if network.kind is Kind.ELMAN or not (hidden := ambiguous_cases(roommate)):
        return ""
    weather, dish = hidden[0]
    hint = "Soft feedback can hint at more, the dishes cooked cannot. " if feedback is Feedback.SOFT else ""
    return (
        f"From dishes alone the whole rule cannot be learned: after {roommate.dishes[dish]}, when it is "
        f"{roommate.weathers[weather]}, it is now one dish, now another. {hint}The network elman can (s)."
    )


LONG_ENOUGH = 12
"""Days of a week from which a memory is learned that does not drift; `tests/benchmarks/learn_rate.py` has figures."""


def diagnose(moment: TrainingSnapshot) -> tuple[str, str]:
    """How a run goes, as a word ("learned", "diverging", "stuck", "learning") and as a sentence with advice.

    It is "limited" where all is learned that the network can know, and that is not the whole rule.

    Args:
        moment: The run at any update; what came later does not count.
    """
    word, sentence = _progress(moment)
    beyond = "" if word == "diverging" else limit(moment.roommate, moment.network, Feedback(moment.config.feedback))
    return "limited" if beyond and word == "learned" else word, f"{sentence} {beyond}".rstrip()


def _progress(moment: TrainingSnapshot) -> tuple[str, str]:
    cases, guessing = moment.verdict.cases, math.log(max(len(moment.roommate.dishes), 2))
    right = moment.verdict.count
    losses = moment.losses.lows[0][: moment.update + 1]
    if moment.learned_at is not None and moment.update >= moment.learned_at:
        what = "best rule without a memory" if limit(moment.roommate, moment.network) else "rule"
        return "learned", (
            f"The {what} is learned: all {cases} cases are right since update {moment.learned_at:,}, "
            f"the smallest margin is {moment.verdict.smallest:.2f}."
        )
    recent = float(np.median(losses[-20:]))
    if len(losses) > 20 and recent > max(2 * guessing, losses[0]):  # a start with large weights is no divergence
        return "diverging", (
            f"The loss is far above the {guessing:.2f} of mere guessing: the steps are too long. Try a smaller "
            "learning rate or gradient clipping (s), or go back ([) to before it rose."
        )
    if len(losses) > 1000 and losses[-250:].mean() > 0.97 * losses[-1000:-750].mean():
        return "stuck", f"Stuck at {right} of {cases}: {_advice(moment.config)}"
    return "learning", f"{right} of {cases} cases are right."


def _advice(config: TrainingConfig) -> str:
    """Why training may be stuck, and what to try."""
    if config.activation == "relu-1" and config.initial != "positive":
        return "units of relu-1 that never fire get no gradient. Start with positive weights (s), or take tanh."
    if config.kind is Kind.ELMAN and (config.activation != "sigmoid" or config.days < LONG_ENOUGH):
        return (
            "what is remembered drifts in the course of a week. Longer weeks and sigmoid keep it best: try "
            f"{LONG_ENOUGH} days and sigmoid (s)."
        )
    return (
        "the loss has not fallen for 1,000 updates. Try another seed (R), another learning rate or another "
        "non-linearity (s)."
    )
