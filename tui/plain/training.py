"""A training run in lines: how far it has come, its settings, its loss, and what the network answers in each case."""

from __future__ import annotations

from dataclasses import fields

from model.language import _, ngettext
from model.numbers import exact
from model.simulation.simulation import Simulation
from model.steps.axes import dish_axis, state_axis, weather_axis
from model.training.config import TrainingConfig
from model.training.diagnosis import diagnose
from model.training.setting_bounds import AT_THE_START, CHOICES, title
from model.training.snapshot import TrainingSnapshot
from tui.plain.glyphs import SpokenGlyphs
from tui.text.diagnosis import in_words
from tui.text.settings import GROUPS, HELP

MAX_LOSSES = 12
"""The number of losses that are listed for a run."""

MAX_CASES = 48
"""Of more cases than this those that are wrong are told."""


def next_told(update: int) -> int:
    """The next update that gets a line: every tenth, from 100 on every hundredth, and so on."""
    stride = 10
    while stride * 10 <= update:
        stride *= 10
    return (update // stride + 1) * stride


def progress(moment: TrainingSnapshot) -> str:
    """One line: which update, its loss, and how much is right."""
    sentence = (
        _(
            "Update {update:,}, back from {latest:,}: loss {loss:.3g}, {part:.0%} of the batch's days right, "
            "{right} of {cases} cases right."
        )
        if moment.update < moment.latest
        else _(
            "Update {update:,}: loss {loss:.3g}, {part:.0%} of the batch's days right, {right} of {cases} cases "
            "right."
        )
    )
    return sentence.format(
        update=moment.update,
        latest=moment.latest,
        loss=moment.loss,
        part=moment.accuracy,
        right=moment.verdict.count,
        cases=moment.verdict.cases,
    )


def state(moment: TrainingSnapshot, trouble: str) -> list[str]:
    """How far the run has come, and how it goes."""
    return [progress(moment), trouble or in_words(diagnose(moment), moment.roommate)]


def losses(moment: TrainingSnapshot, trouble: str) -> list[str]:
    """The run as its chart shows it: some losses on the way, each the least and the greatest of a stretch."""
    config = moment.config
    sentence = (
        ngettext(
            "Seed {seed}, {optimizer} {rate:g}, {activation}, {network}, {weeks} week.",
            "Seed {seed}, {optimizer} {rate:g}, {activation}, {network}, {weeks} weeks.",
            config.weeks,
        )
        if config.cell.remembers
        else ngettext(
            "Seed {seed}, {optimizer} {rate:g}, {activation}, {feedback} feedback, {weeks} week.",
            "Seed {seed}, {optimizer} {rate:g}, {activation}, {feedback} feedback, {weeks} weeks.",
            config.weeks,
        )
    )
    lines = [
        sentence.format(
            seed=config.seed,
            optimizer=config.optimizer,
            rate=config.learning_rate,
            activation=config.activation,
            network=config.network,
            feedback=config.feedback,
            weeks=config.weeks,
        )
    ]
    count = len(moment.losses)
    if count > 1:
        most = min(MAX_LOSSES, count)
        for column, (low, high) in enumerate(zip(*moment.losses.columns(most), strict=True)):
            first, last = column * count // most, (column + 1) * count // most - 1
            lines.append(
                _losses_sentence(last > first, high > low).format(first=first, last=last, low=low, high=high)
            )
    return [*lines, *state(moment, trouble)]


def _losses_sentence(several: bool, differ: bool) -> str:
    """What is said of a stretch of updates, with blanks."""
    if several and differ:
        return _("Updates {first:,} to {last:,}: loss {low:.3g} to {high:.3g}.")
    if several:
        return _("Updates {first:,} to {last:,}: loss {low:.3g}.")
    return _("Update {first:,}: loss {low:.3g} to {high:.3g}.") if differ else _("Update {first:,}: loss {low:.3g}.")


def cases(simulation: Simulation, moment: TrainingSnapshot, glyphs: SpokenGlyphs) -> list[str]:
    """A line for each case: the network's dish, right or wrong, and by what margin; today's is marked."""
    dishes, weathers = dish_axis(moment.roommate), weather_axis(moment.roommate)
    elman = moment.network.cell.remembers
    before = state_axis(moment.roommate) if elman else dishes
    here = simulation.situation.case(max(simulation.day, 0))
    verdict = moment.verdict
    lines, hidden = [], 0
    for weather in range(len(weathers.labels)):
        for yesterday in range(len(before.labels)):
            known, right = bool(verdict.known[weather, yesterday]), bool(verdict.right[weather, yesterday])
            if verdict.right.size > MAX_CASES and (right or not known):
                hidden += 1
                continue
            sentence = _case_sentence(right if known else None, today=(weather, yesterday) == here)
            lines.append(
                sentence.format(
                    weather=glyphs.labelled(weathers, weather),
                    before=glyphs.labelled(before, yesterday),
                    dish=glyphs.labelled(dishes, int(verdict.dish[weather, yesterday])),
                    wanted=glyphs.labelled(dishes, moment.right_dishes[weather][yesterday]),
                    margin=float(verdict.margin[weather, yesterday]),
                )
            )
    if hidden:
        sentence = ngettext(
            "{count} other case is right or not known.", "{count} other cases are right or not known.", hidden
        )
        lines.append(sentence.format(count=hidden))
    sentence = _("{right:,} of {cases:,} cases are right.")
    return [*lines, sentence.format(right=verdict.count, cases=verdict.cases)]


def _case_sentence(right: bool | None, *, today: bool) -> str:
    """What is said of a case, with blanks; None: nobody knows whether it is right."""
    match right, today:
        case True, False:
            return _("{weather} after {before}: {dish}, right, margin {margin:+.2f}.")
        case True, _today:
            return _("{weather} after {before}: {dish}, right, margin {margin:+.2f}, today's case.")
        case False, False:
            return _("{weather} after {before}: {dish}, wrong: really {wanted}, margin {margin:+.2f}.")
        case False, _today:
            return _("{weather} after {before}: {dish}, wrong: really {wanted}, margin {margin:+.2f}, today's case.")
        case _unknown, False:
            return _("{weather} after {before}: {dish}, nobody knows whether it is right.")
        case _unknown:
            return _("{weather} after {before}: {dish}, nobody knows whether it is right, today's case.")


def changed_settings(before: TrainingConfig, now: TrainingConfig) -> list[str]:
    """A line for each setting that has changed; who asks for a seed is told of it anyway."""
    names = [field.name for field in fields(TrainingConfig) if field.name != "seed"]
    changed = [name for name in names if getattr(before, name) != getattr(now, name)]
    return [f"{title(name).capitalize()} {_value(now, name)}." for name in changed]


def _value(config: TrainingConfig, name: str) -> str:
    value = getattr(config, name)
    return exact(value) if isinstance(value, float) else str(value)


def settings(simulation: Simulation) -> list[str]:
    """A line for each setting, each group under its heading: its value, what it means, and what it can be."""
    config, known = simulation.situation.config, simulation.situation.setting_names
    lines = []
    for heading, names in GROUPS:
        lines += [f"{_(heading)}:"] if any(name in known for name in names) else []
        for name in (name for name in names if name in known):
            sentence = _setting_sentence(name in CHOICES, name in AT_THE_START and simulation.situation.trains)
            choices = ", ".join(CHOICES.get(name, ()))
            lines.append(
                sentence.format(name=title(name), value=_value(config, name), meaning=_(HELP[name]), choices=choices)
            )
    return [*lines, _("'set learning-rate 0.1' changes one.")]


def _setting_sentence(choices: bool, again: bool) -> str:
    """What is said of a setting, with blanks."""
    if choices and again:
        return _("{name} {value}: {meaning}: {choices}; to change it starts again.")
    if choices:
        return _("{name} {value}: {meaning}: {choices}.")
    return _("{name} {value}: {meaning}; to change it starts again.") if again else _("{name} {value}: {meaning}.")
