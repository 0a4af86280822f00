"""A sweep in words: how far it is, what its trainings come to."""

from __future__ import annotations

from dataclasses import asdict

from model.language import _, ngettext
from model.sweep.grid import GridCell
from model.sweep.statistics import CellStatistics, Quartiles, Rate, percent
from model.sweep.sweep_map import Progress, SweepMap


def progress_line(progress: Progress) -> str:
    """How fast it is, and how long the rest takes."""
    left = progress.seconds_left
    if left is None:
        return ""
    return _("{rate:,.3g} a second, {time} left").format(rate=progress.rate, time=duration(left))


def duration(seconds: float) -> str:
    """A time in the two units that matter: ``3 h 20 min``."""
    minutes = round(seconds / 60)
    if seconds < 60:
        return _("{seconds:.0f} s").format(seconds=seconds)
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    hours = round(seconds / 3600)
    if hours < 24:
        return _("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)
    return _("{days} d {hours} h").format(days=hours // 24, hours=hours % 24)


def rate_in_words(rate: Rate) -> str:
    """A rate with its interval: ``97 of 100 (92 to 99 %)``."""
    low, high = rate.interval
    return _("{count:,} of {of:,} ({low:.0f} to {high:.0f} %)").format(
        count=rate.count, of=rate.of, low=100 * low, high=100 * high
    )


def quartiles_in_words(quartiles: Quartiles | None) -> str:
    """The median with the middle half around it: ``80 (71 to 92)``; nothing where there is none."""
    if quartiles is None:
        return ""
    return _("{median:,.0f} ({lower:,.0f} to {upper:,.0f})").format(
        lower=quartiles.lower, median=quartiles.median, upper=quartiles.upper
    )


def cell_in_words(moment: SweepMap, cell: GridCell) -> str:
    """What the trainings of a cell come to, in a sentence or two."""
    statistics, name = moment.statistics(cell), moment.grid.name(cell)
    if not statistics.learned.of:
        return _("{name}: nothing is trained yet.").format(name=name) if name else _("Nothing is trained yet.")
    rate = rate_in_words(statistics.learned)
    learned = (
        _("{name}: {rate} learned the rule.").format(name=name, rate=rate)
        if name
        else _("{rate} learned the rule.").format(rate=rate)
    )
    return " ".join(
        [learned, *_when(statistics), *_how_long(statistics, moment.grid.rollout_days), *_lost(statistics)]
    )


def _when(statistics: CellStatistics) -> list[str]:
    if statistics.updates is None:
        return []
    return [
        _("It took {median:,.0f} updates in the median, {lower:,.0f} to {upper:,.0f} in the middle half.").format(
            **asdict(statistics.updates)
        )
    ]


def _how_long(statistics: CellStatistics, days: int) -> list[str]:
    true = statistics.stays_true
    if not true.of:
        return []
    return [
        _("Of these {rate} stay true on their own output for {days:,} days.").format(
            rate=rate_in_words(true), days=days
        )
    ]


def _lost(statistics: CellStatistics) -> list[str]:
    if not statistics.not_finite:
        return []
    return [
        ngettext(
            "{count:,} ended because its numbers would not have been finite.",
            "{count:,} ended because their numbers would not have been finite.",
            statistics.not_finite,
        ).format(count=statistics.not_finite)
    ]


def summary(moment: SweepMap) -> str:
    """The whole map in a sentence or two."""
    grid, progress = moment.grid, moment.progress
    learned = sum(moment.statistics(cell).learned.count for cell in grid.cells)
    done = ngettext(
        "{done:,} of {total:,} training is done, and {learned:,} learned the rule ({percent} %).",
        "{done:,} of {total:,} trainings are done, and {learned:,} learned the rule ({percent} %).",
        progress.total,
    ).format(
        done=progress.done, total=progress.total, learned=learned, percent=percent(Rate(learned, progress.done)) or 0
    )
    best = moment.best
    if not grid.axes or best is None or not moment.statistics(best).learned.count:
        return done
    return done + " " + _("Most surely: {cell}").format(cell=cell_in_words(moment, best))
