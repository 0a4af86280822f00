"""What ``roommate-tui train --diary`` tells: how honest the grade is, and what no rule can get right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from model.roommate.diary import Diary
from model.roommate.parsing import listed
from model.training.held_out import HeldOutScore, score_held_out
from model.training.snapshot import TrainingSnapshot

MAX_TOLD = 20
"""So many contradictions, gaps or cases are told; of the others only how many there are."""


def report(moment: TrainingSnapshot) -> Iterator[str]:
    """The diary of a run in sentences, a line each; nothing where there is none."""
    diary = moment.diary
    if diary is None:
        return
    result = score_held_out(moment.network, moment.roommate, diary)
    left_out = diary.left_out(moment.config.days)
    yield (
        f"The diary has {len(diary.day):,} days, {diary.taught.days - left_out:,} of them trained on. "
        f"Of {result.days:,} days held out {result.right:,} are right: {_percent(result.accuracy)}."
    )
    yield from _contradictions(diary)
    remembers = moment.network.cell.remembers
    if diary.contradictory.size and not remembers:
        yield "If more is remembered than the dish, --network elman --stop loss can do better than that."
    if diary.contradictory.size and remembers:
        yield "The cases are judged by the majority; a network that remembers more may be right to differ."
    if unseen := _cases(diary, ~diary.taught.seen):
        yield f"Among the days trained on there is no {_listed(unseen)}: what the network says there does not count."
    if undecided := _cases(diary, diary.taught.seen & ~diary.taught.decided):
        yield f"As many days say one dish as another for {_listed(undecided)}: that does not count, either."
    if diary.gaps.size:
        lines = [str(line) for line in diary.line[diary.gaps[:MAX_TOLD]]]
        where = f"{'lines' if len(lines) > 1 else 'line'} {_listed(lines, int(diary.gaps.size))}"
        yield f"Days are missing before {where}: nothing is learned across a gap."
    if left_out:
        yield (
            f"{left_out:,} days stand in stretches too short for weeks of {moment.config.days} days, and were not "
            "trained on; fewer --days reach them."
        )


def _contradictions(diary: Diary) -> Iterator[str]:
    evidence, days = diary.evidence, diary.contradictory
    if not days.size:
        yield "No day contradicts another: one rule explains them all."
        return
    who = "1 day contradicts" if days.size == 1 else f"{days.size:,} days contradict"
    yield (
        f"{who} others, so no rule that goes by the weather and yesterday's dish can be right on more than "
        f"{evidence.best:,} of {evidence.days:,} days, {_percent(evidence.best / evidence.days)}:"
    )
    for row in days[:MAX_TOLD].tolist():
        told = contradiction(diary, row)
        yield (
            f"  line {told['line']}, day {told['day']}: {told['weather']} after {told['yesterday']} led to "
            f"{told['dish']}, mostly to {told['mostly']}"
        )
    if days.size > MAX_TOLD:
        yield f"  and {days.size - MAX_TOLD:,} more"


def contradiction(diary: Diary, row: int) -> dict[str, object]:
    """A contradictory day in words.

    Args:
        diary: The diary.
        row: The day, one of `Diary.contradictory`.
    """
    weather, before = int(diary.weather[row]), int(diary.dish[row - 1])
    return {
        "line": int(diary.line[row]),
        "day": diary.label(row),
        "weather": diary.weathers[weather],
        "yesterday": diary.dishes[before],
        "dish": diary.dishes[int(diary.dish[row])],
        "mostly": diary.dishes[int(diary.evidence.majority[weather, before])],
    }


def as_json(moment: TrainingSnapshot, diary: Diary) -> dict[str, object]:
    """The member "diary" of ``roommate-train``."""
    result: HeldOutScore = score_held_out(moment.network, moment.roommate, diary)
    evidence, taught = diary.evidence, diary.taught
    left_out = diary.left_out(moment.config.days)

    def following(weather: int) -> dict[str, str | None]:
        rows = zip(diary.dishes, taught.majority[weather].tolist(), taught.decided[weather], strict=True)
        return {dish: diary.dishes[today] if decided else None for dish, today, decided in rows}

    return {
        "file": diary.name,
        "days": len(diary.day),
        "stretches": diary.stretches,
        "gaps_before_lines": diary.line[diary.gaps[:MAX_TOLD]].tolist(),
        "training_days": taught.days - left_out,
        "left_out_days": left_out,
        "held_out_days": result.days,
        "held_out_accuracy": result.accuracy,
        "contradictory_days": int(diary.contradictory.size),
        "contradictions": [contradiction(diary, row) for row in diary.contradictory[:MAX_TOLD].tolist()],
        "best_accuracy": evidence.best / evidence.days,
        "table": {name: following(weather) for weather, name in enumerate(diary.weathers)},
    }


def _cases(diary: Diary, which: NDArray[np.bool_]) -> list[str]:
    places = np.argwhere(which)
    named = [f"{diary.weathers[weather]} after {diary.dishes[dish]}" for weather, dish in islice(places, MAX_TOLD)]
    return named + ([f"{len(places) - MAX_TOLD:,} more"] if len(places) > MAX_TOLD else [])


def _listed(names: list[str], count: int = 0) -> str:
    return listed(names + ([f"{count - len(names):,} more"] if count > len(names) else []), "and")


def _percent(part: float) -> str:
    """Never 100 % for less than all."""
    return f"{int(part * 1000) / 10:g} %"
