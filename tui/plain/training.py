"""A training run in lines: how far it has come, its settings, its loss, and what the network answers in each case."""

from __future__ import annotations

from dataclasses import fields

from model.numbers import exact
from model.simulation.simulation import Simulation
from model.steps.forward import dish_axis, state_axis, weather_axis
from model.training.config import AT_THE_START, CHOICES, TrainingConfig, title
from model.training.diagnosis import diagnose
from model.training.snapshot import TrainingSnapshot
from tui.plain.glyphs import SpokenGlyphs
from tui.text.diagnosis import in_words
from tui.text.settings import HELP

MAX_LOSSES = 12
"""So many losses tell how a run went."""

MAX_CASES = 48
"""Of more cases than this those that are wrong are told."""


def next_told(update: int) -> int:
    """The update that is told of next: every tenth, from 100 on every hundredth, and so on."""
    stride = 10
    while stride * 10 <= update:
        stride *= 10
    return (update // stride + 1) * stride


def progress(moment: TrainingSnapshot) -> str:
    """One line: which update, its loss, and how much is right."""
    back = f", back from {moment.latest:,}" if moment.update < moment.latest else ""
    cases = f"{moment.verdict.count} of {moment.verdict.cases} cases right"
    batch = f"{moment.accuracy:.0%} of the batch's days right"
    return f"Update {moment.update:,}{back}: loss {moment.loss:.3g}, {batch}, {cases}."


def state(moment: TrainingSnapshot, trouble: str) -> list[str]:
    """How far the run has come, and how it goes."""
    return [progress(moment), trouble or in_words(diagnose(moment), moment.roommate)]


def losses(moment: TrainingSnapshot, trouble: str) -> list[str]:
    """The run as its chart shows it: some losses on the way, each the least and the greatest of a stretch."""
    config = moment.config
    lines = [
        f"Seed {config.seed}, {config.optimizer} {config.learning_rate:g}, {config.activation}, "
        f"{config.network if config.cell.remembers else f'{config.feedback} feedback'}, {config.weeks} weeks."
    ]
    count = len(moment.losses)
    if count > 1:
        most = min(MAX_LOSSES, count)
        for column, (low, high) in enumerate(zip(*moment.losses.columns(most), strict=True)):
            first, last = column * count // most, (column + 1) * count // most - 1
            which = f"Update {first:,}" if last <= first else f"Updates {first:,} to {last:,}"
            lines.append(f"{which}: loss {low:.3g}{f' to {high:.3g}' if high > low else ''}.")
    return [*lines, *state(moment, trouble)]


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
            told = ("right" if right else "wrong") if known else "nobody knows whether it is right"
            dish = glyphs.labelled(dishes, int(verdict.dish[weather, yesterday]))
            margin = f", margin {float(verdict.margin[weather, yesterday]):+.2f}" if known else ""
            mark = ", today's case" if (weather, yesterday) == here else ""
            name = f"{glyphs.labelled(weathers, weather)} after {glyphs.labelled(before, yesterday)}"
            lines.append(f"{name}: {dish}, {told}{margin}{mark}.")
    if hidden:
        lines.append(f"{hidden} other cases are right or not known.")
    return [*lines, f"{verdict.count:,} of {verdict.cases:,} cases are right."]


def changed_settings(before: TrainingConfig, now: TrainingConfig) -> list[str]:
    """A line for each setting that has changed; who asks for a seed is told of it anyway."""
    names = [field.name for field in fields(TrainingConfig) if field.name != "seed"]
    changed = [name for name in names if getattr(before, name) != getattr(now, name)]
    return [f"{title(name).capitalize()} {_value(now, name)}." for name in changed]


def _value(config: TrainingConfig, name: str) -> str:
    value = getattr(config, name)
    return exact(value) if isinstance(value, float) else str(value)


def settings(simulation: Simulation) -> list[str]:
    """A line for each setting: its value, what it means, and what it can be."""
    config = simulation.situation.config
    lines = []
    for name in simulation.situation.setting_names:
        choices = f": {', '.join(CHOICES[name])}" if name in CHOICES else ""
        again = "; to change it starts again" if name in AT_THE_START and simulation.situation.trains else ""
        lines.append(f"{title(name)} {_value(config, name)}: {HELP[name]}{choices}{again}.")
    return [*lines, "'set learning-rate 0.1' changes one."]
