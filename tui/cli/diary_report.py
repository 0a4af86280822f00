"""The report of ``roommate-tui train --diary``: accuracy on held-out days, how sure it is, and contradictions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from model.language import _, ngettext
from model.roommate.diary import Diary
from model.roommate.parsing import listed
from model.training.held_out import HeldOutScore, score_held_out_days
from model.training.snapshot import TrainingSnapshot

MAX_TOLD = 20
"""The most contradictions, gaps or cases that are listed; further ones are only counted."""


def report(moment: TrainingSnapshot) -> Iterator[str]:
    """The diary of a run in sentences, a line each; nothing where there is none."""
    diary = moment.diary
    if diary is None:
        return
    left_out = diary.left_out(moment.config.days)
    yield _("The diary has {days:,} days, {trained:,} of them trained on.").format(
        days=len(diary.day), trained=diary.taught.days - left_out
    )
    yield from _judgement(moment, diary)
    yield from _contradictions(diary)
    remembers = moment.network.cell.remembers
    if diary.contradictory.size and not remembers:
        yield _("If more is remembered than the dish, --network elman --stop loss can do better than that.")
    if diary.contradictory.size and remembers:
        yield _("A network that remembers more is not judged by such a rule: the days held out judge it.")
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


def _judgement(moment: TrainingSnapshot, diary: Diary) -> Iterator[str]:
    """How the network does on the days held out, and what does as well without learning."""
    result = score_held_out_days(moment.network, moment.roommate, diary)
    given = (
        _("Of {days:,} days held out {right:,} are right, given the weather of all days before: {accuracy}.")
        if moment.network.cell.remembers
        else _("Of {days:,} days held out {right:,} are right, given the dish before: {accuracy}.")
    )
    score = result.next_dish
    yield given.format(days=score.days, right=score.right, accuracy=_sure(score))
    if moment.network.cell.remembers:
        yield _("It is never told a dish, so that is free running, too.")
    else:
        yield _("Free running, fed its own dishes: {right:,} are right, {accuracy}.").format(
            right=result.free_running.right, accuracy=_sure(result.free_running)
        )
    yield _(
        "On those days the commonest dish, {dish}, is right on {majority}, the same as yesterday on {same}, and the "
        "best rule without a memory on {best}."
    ).format(
        dish=diary.dishes[result.commonest],
        majority=percent(result.majority.accuracy),
        same=percent(result.same.accuracy),
        best=percent(result.best.accuracy),
    )
    if result.no_better_than_guessing:
        sentence = (
            _(
                "So it may be no better than guessing: the commonest dish is right on {part}, which these days do "
                "not rule out."
            )
            if result.guessing is result.majority
            else _(
                "So it may be no better than guessing: the same as yesterday is right on {part}, which these days do "
                "not rule out."
            )
        )
        yield sentence.format(part=percent(result.guessing.accuracy))


def _sure(score: HeldOutScore) -> str:
    """An accuracy with its confidence interval, as text."""
    least, most = score.interval
    return _("{part} (95 % interval: {least} to {most})").format(
        part=percent(score.accuracy), least=percent(least), most=percent(most)
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
            count=days.size, best=evidence.best, days=evidence.days, accuracy=percent(evidence.best / evidence.days)
        )
    )
    for row in days[:MAX_TOLD].tolist():
        names = contradiction(diary, row)
        yield "  " + _(
            "line {line}, day {day}: {weather} after {yesterday} led to {dish}, mostly to {mostly}"
        ).format(**names)
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
    result = score_held_out_days(moment.network, moment.roommate, diary)
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
        "held_out_days": result.next_dish.days,
        "held_out_accuracy": result.next_dish.accuracy,
        "held_out_interval": result.next_dish.interval,
        "free_running_accuracy": result.free_running.accuracy,
        "free_running_interval": result.free_running.interval,
        "commonest_dish": diary.dishes[result.commonest],
        "commonest_dish_accuracy": result.majority.accuracy,
        "same_as_yesterday_accuracy": result.same.accuracy,
        "best_rule_accuracy": result.best.accuracy,
        "no_better_than_guessing": result.no_better_than_guessing,
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


def percent(part: float) -> str:
    """A part rounded to a tenth of a per cent; finer where that would be all, or nothing, and it is not."""
    for digits in (1, 2, 3, 4):
        rounded = round(100 * part, digits)
        if rounded not in {0, 100} or part in {0, 1}:
            break
    return f"{rounded:g} %"
