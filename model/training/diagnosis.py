"""How a training run goes, as a word and the numbers behind it; the sentences are those of whoever shows it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from model.network.schedule import Feedback
from model.roommate.roommate import Roommate
from model.training.config import TrainingConfig
from model.training.exam import ExamResult, undecided_case
from model.training.snapshot import TrainingSnapshot

LONG_ENOUGH = 12
"""Days of a week from which a memory is learned that does not drift; `tests/benchmarks/learn_rate.py` has figures."""


@dataclass(frozen=True)
class Diagnosis:
    """How a run goes at an update.

    Attributes:
        word: "learned", "limited" (all is learned that the network can know, and that is not the whole rule),
            "diverging", "stuck" or "learning"; for a network that learns from a diary and remembers more than any
            table of it, "fitted" (the batch is as good as right) instead of the first two.
        right: How many cases of the rule are right.
        cases: How many there are.
        exam: How the network does when it is fed its own output; None where there is no exam.
        because: Why it is stuck: "dead_units", "linear" (no non-linearity), "alike" (all weights began as zero),
            "own_output" (all cases are right, and it strays all the same), "drift" or "plateau"; empty otherwise.
        learned_at: The update since which all cases and the exam are right, where they are and have been so for as
            long as the settings ask for.
        held: For how many updates all cases and the exam have been right, as seen from the latest.
        hold: For how many they must have been.
        margin: The smallest margin of all cases.
        guessing: The loss of mere guessing, in nats.
        undecided: A case (weather, dish of yesterday) that the network can never know; None where there is none.
        soft: Whether probabilities are fed back, which can hint at more than a dish.
        accuracy: The part of the batch's days that is right, where no table judges the network.
        uncertain: Whether it learns from a diary that contradicts itself: a case is then what followed most often.
    """

    word: str
    right: int
    cases: int
    exam: ExamResult | None = None
    because: str = ""
    learned_at: int | None = None
    held: int = 0
    hold: int = 0
    margin: float = 0.0
    guessing: float = 0.0
    undecided: tuple[int, int] | None = None
    soft: bool = False
    accuracy: float | None = None
    uncertain: bool = False


def beyond_a_table(moment: TrainingSnapshot) -> bool:
    """Whether a network is there to beat the table that a diary suggests, and so is not judged by it."""
    return moment.diary is not None and moment.network.cell.remembers


def diagnose(moment: TrainingSnapshot) -> Diagnosis:
    """How a run goes.

    Args:
        moment: The run at any update; what came later does not count.
    """
    verdict, undecided = moment.verdict, undecided_case(moment.roommate, moment.network)
    word, because = _progress(moment, limited=undecided is not None)
    return Diagnosis(
        word=word,
        right=verdict.count,
        cases=verdict.cases,
        exam=moment.exam,
        because=because,
        learned_at=moment.learned_at,
        held=0 if moment.right_since is None else max(moment.update - moment.right_since + 1, 0),
        hold=moment.config.hold,
        margin=verdict.smallest,
        guessing=_guessing(moment.roommate),
        undecided=None if word == "diverging" else undecided,
        soft=Feedback(moment.config.feedback) is Feedback.SOFT,
        accuracy=moment.accuracy if beyond_a_table(moment) else None,
        uncertain=moment.diary is not None and moment.diary.contradictory.size > 0,
    )


def _guessing(roommate: Roommate) -> float:
    return math.log(max(len(roommate.dishes), 2))


@np.errstate(all="ignore")  # losses may be as large as numbers can be
def _progress(moment: TrainingSnapshot, *, limited: bool) -> tuple[str, str]:
    """The word, and why it is stuck where it is."""
    losses = moment.losses.numbers[: moment.update + 1]
    if beyond_a_table(moment):
        if moment.accuracy == 1.0 or moment.loss < moment.config.loss_below:
            return "fitted", ""
    elif moment.learned_at is not None and moment.update >= moment.learned_at:
        return ("limited" if limited else "learned"), ""
    recent = float(np.median(losses[-20:]))
    # A start with large weights is no divergence.
    if len(losses) > 20 and recent > max(2 * _guessing(moment.roommate), losses[0]):
        return "diverging", ""
    if moment.config.initial == "zero" and len(losses) > 2 and np.ptp(losses[-1000:]) == 0 == losses[-1] - losses[0]:
        return "stuck", "alike"
    if len(losses) > 1000 and losses[-250:].mean() > 0.97 * losses[-1000:-750].mean():
        return "stuck", _why_stuck(moment)
    return "learning", ""


def _why_stuck(moment: TrainingSnapshot) -> str:
    config: TrainingConfig = moment.config
    if moment.verdict.all_right and config.cell.feeds_dish_back:
        return "own_output"
    if config.initial == "zero" and not config.cell.remembers:  # else a one-hot start can tell units apart
        return "alike"
    if config.activation == "relu-1" and config.initial != "positive":
        return "dead_units"
    if config.activation == "none" and not config.cell.gated:
        return "linear"
    if config.cell.remembers and (config.activation != "sigmoid" or config.days < LONG_ENOUGH):
        return "drift"
    return "plateau"
