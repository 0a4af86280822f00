"""What ``roommate-tui train --diary`` tells: how honest the grade is, and what no rule can get right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from model.language import _, ngettext
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
        _(
            "The diary has {days:,} days, {trained:,} of them trained on. Of {held_out:,} days held "
            "out {right:,} are "
            "right: {accuracy}."
        ).format(
            days=len(diary.day),
            trained=diary.taught.days - left_out,
            held_out=result.days,
            right=result.right,
            accuracy=_percent(result.accuracy),
        )
    )
    yield from _contradictions(diary)
    remembers = moment.network.cell.remembers
    if diary.contradictory.size and not remembers:
        yield _("If more is remembered than the dish, --network elman --stop loss can do better than that.")
    if diary.contradictory.size and remembers:
        yield _("The cases are judged by the majority; a network that remembers more may be right to differ.")
    if unseen := _cases(diary, ~diary.taught.seen):
        yield _("Among the days trained on there is no {cases}: what the network says there does not count.").format(
            cases=_listed(unseen)
        )
    if undecided := _cases(diary, diary.taught.seen & ~diary.taught.decided):
        yield _("As many days say one dish as another for {cases}: that does not count, either.").format(
            cases=_listed(undecided)
        )
    if diary.gaps.size:
        lines = [str(line) for line in diary.line[diary.gaps[:MAX_TOLD]]]
        yield ngettext(
            "Days are missing before line {lines}: nothing is learned across a gap.",
            "Days are missing before lines {lines}: nothing is learned across a gap.",
            diary.gaps.size,
        ).format(lines=_listed(lines, int(diary.gaps.size)))
    if left_out:
        yield (
            ngettext(
                "{count:,} day stands in a stretch too short for weeks of {days} days, and was not trained on; fewer "
                "--days reach it.",
                "{count:,} days stand in stretches too short for weeks of {days} days, and were not "
                "trained on; fewer "
                "--days reach them.",
                left_out,
            ).format(count=left_out, days=moment.config.days)
        )


def _contradictions(diary: Diary) -> Iterator[str]:
    evidence, days = diary.evidence, diary.contradictory
    if not days.size:
        yield _("No day contradicts another: one rule explains them all.")
        return
    yield (
        ngettext(
            "{count:,} day contradicts others, so no rule that goes by the weather and yesterday's "
            "dish can be right on "
            "more than {best:,} of {days:,} days, {accuracy}:",
            "{count:,} days contradict others, so no rule that goes by the weather and yesterday's "
            "dish can be right on "
            "more than {best:,} of {days:,} days, {accuracy}:",
            days.size,
        ).format(
            count=days.size, best=evidence.best, days=evidence.days, accuracy=_percent(evidence.best / evidence.days)
        )
    )
    for row in days[:MAX_TOLD].tolist():
        told = contradiction(diary, row)
        yield "  " + _(
            "line {line}, day {day}: {weather} after {yesterday} led to {dish}, mostly to {mostly}"
        ).format(**told)
    if days.size > MAX_TOLD:
        yield "  " + _("and {count:,} more").format(count=days.size - MAX_TOLD)


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
    named = [
        _("{weather} after {dish}").format(weather=diary.weathers[weather], dish=diary.dishes[dish])
        for weather, dish in islice(places, MAX_TOLD)
    ]
    return named + ([_("{count:,} more").format(count=len(places) - MAX_TOLD)] if len(places) > MAX_TOLD else [])


def _listed(names: list[str], count: int = 0) -> str:
    return listed(
        names + ([_("{count:,} more").format(count=count - len(names))] if count > len(names) else []), "and"
    )


def _percent(part: float) -> str:
    """Never 100 % for less than all."""
    return f"{int(part * 1000) / 10:g} %"
