"""The lines that tell what changed from one simulation to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from model.language import _, ngettext
from model.roommate.roommate import day_in
from model.roommate.titles import roommate_title
from model.simulation.simulation import Simulation
from model.steps.axes import weather_axis
from model.steps.step import Operand, Step
from tui.plain.brief import brief
from tui.plain.glyphs import SpokenGlyphs
from tui.plain.step import Known, is_same, product, spelled
from tui.plain.training import changed_settings, progress
from tui.plain.week import day_heading, score, start, verdict
from tui.text.lesson_pages import lesson_page
from tui.text.narration import more_of, styled_parts

MAX_NEW = 7
"""The most days whose changed dish is listed one by one."""


@dataclass(frozen=True, eq=False)
class AlreadyTold:
    """What a person knows so far.

    Attributes:
        simulation: The last that was told; None: nothing yet.
        operands: The matrices and vectors that were told, by name.
        brief: Whether the person wants to hear of a step only what is new.
    """

    simulation: Simulation | None = None
    operands: Mapping[str, Operand] = field(default_factory=dict)
    brief: bool = False


def news(heard: AlreadyTold, now: Simulation, glyphs: SpokenGlyphs) -> tuple[list[str], AlreadyTold]:
    """What is new, in lines.

    Args:
        heard: What is known.
        now: What is to be told.
        glyphs: Characters to write with.

    Returns:
        The lines, and what is known after them.
    """
    before, operands = heard.simulation, heard.operands
    if before is now:
        return [], heard
    elsewhere = before is None or _page(before) != _page(now)
    moved = elsewhere or before is None or (before.day, before.step) != (now.day, now.step)
    lines = lesson(now) if elsewhere else []
    if before is not None:
        lines += _changes(before, now, glyphs)
    if now.situation.snapshot is not None:
        if before is None or before.situation.snapshot is not now.situation.snapshot:
            lines.append(progress(now.situation.snapshot))
    elif before is not None and not elsewhere and not _same_weights(before, now):
        sentence = _("Weights: {origin}. Loss of the week {loss:.3g}.")
        lines.append(sentence.format(origin=now.situation.network.origin_in_words, loss=now.situation.loss))
    if elsewhere or before is None or before.day != now.day:
        lines.append(day_heading(now, glyphs))
    if moved:
        lines.append(step_heading(now))
        lines += [] if heard.brief or now.asked else [narrated(now, glyphs)]
        more, operands = _step(now, glyphs, operands, brief_=heard.brief)
        lines += [*more, *outcome(now, glyphs), *asked(now, glyphs)]
    elif before is not None:
        more, operands = _in_place(before, now, glyphs, heard)
        lines += more
    return lines, replace(heard, simulation=now, operands=operands)


def _step(now: Simulation, glyphs: SpokenGlyphs, known: Known, *, brief_: bool) -> tuple[list[str], Known]:
    return (
        brief(now.current_step, glyphs, known)
        if brief_
        else product(now.current_step, now.current_entry, glyphs, known)
    )


def _same_weights(before: Simulation, now: Simulation) -> bool:
    was, is_now = before.situation.network, now.situation.network
    if was is is_now:
        return True
    if (was.cell, was.origin, was.activation) != (is_now.cell, is_now.origin, is_now.activation):
        return False
    return np.array_equal(was.parameters.flat, is_now.parameters.flat)


def _page(simulation: Simulation) -> tuple[object, ...]:
    situation = simulation.situation
    return situation.lesson, situation.roommate, situation.cell, simulation.backward


def _in_place(
    before: Simulation, now: Simulation, glyphs: SpokenGlyphs, heard: AlreadyTold
) -> tuple[list[str], Mapping[str, Operand]]:
    """What became of the step that was told already."""
    operands = heard.operands
    same = _same_numbers(before.current_step, now.current_step)
    if same and before.current_entry != now.current_entry:
        return [spelled(now.current_step, now.current_entry, glyphs)], operands
    if not same and before.situation.learning is not now.situation.learning:  # who trains asks for what they want
        return [_("The numbers of this step are new: 'product' tells them.")] if now.backward else [], operands
    lines = []
    words = narrated(now, glyphs)
    if words != narrated(before, glyphs) and not (heard.brief or now.asked):
        lines.append(words)
    if not same:
        more, operands = _step(now, glyphs, operands, brief_=heard.brief)
        lines += [*more, *outcome(now, glyphs), *asked(now, glyphs)]
    return lines, operands


def _same_numbers(one: Step, other: Step) -> bool:
    pairs = zip((*one.operands, one.result), (*other.operands, other.result), strict=False)
    return len(one.operands) == len(other.operands) and all(is_same(a, b) for a, b in pairs)


def _changes(before: Simulation, now: Simulation, glyphs: SpokenGlyphs) -> list[str]:
    """What has become of the week: its days, its weather, its start, and the dishes that are known."""
    was, now_is, lines = before.situation, now.situation, []
    if before.revealed != now.revealed:
        lines.append(_("The days to come are shown.") if now.revealed else _("The days to come are hidden."))
    if was is now_is:
        return lines
    if was.roommate != now_is.roommate:
        return [_("The roommate is the {roommate}.").format(roommate=roommate_title(now_is.roommate.name))]
    weathers = weather_axis(now_is.roommate)
    if len(was.week) != len(now_is.week):
        days = len(now_is.week)
        lines.append(ngettext("The week has {days:,} day.", "The week has {days:,} days.", days).format(days=days))
    elif changed := [day for day, weather in enumerate(now_is.week) if was.week[day] != weather]:
        sentence = _("{day} is {weather} now.")
        some = [
            sentence.format(day=day_in(sentence, day), weather=glyphs.labelled(weathers, now_is.week[day]))
            for day in changed[:MAX_NEW]
        ]
        if (more := len(changed) - MAX_NEW) > 0:
            sentence = ngettext("So has {count} other day changed.", "So have {count} other days changed.", more)
            some.append(sentence.format(count=more))
        lines.append(" ".join(some))
    if was.start != now_is.start:
        lines.append(start(now, glyphs))
    if was.lesson == now_is.lesson:
        lines += changed_settings(was.config, now_is.config)
    if before.backward != now.backward or was.lesson != now_is.lesson:
        return lines
    both = range(min(before.days, now.days))
    other = [
        day
        for day in both
        if before.is_cooked(day)
        and now.is_cooked(day)
        and (before.dish(day), was.expected[day]) != (now.dish(day), now_is.expected[day])
    ]
    sentence = _("{day}'s dish is now: {verdict}")
    lines += [
        sentence.format(day=day_in(sentence, day), verdict=verdict(now, day, glyphs)) for day in other[:MAX_NEW]
    ]
    if (more := len(other) - MAX_NEW) > 0:
        sentence = ngettext("So has {count} other day changed.", "So have {count} other days changed.", more)
        lines.append(sentence.format(count=more))
    return [*lines, f"{score(now)[0].upper()}{score(now)[1:]}."] if other else lines


def lesson(simulation: Simulation) -> list[str]:
    """Which lesson, what it is about, whose weights."""
    situation = simulation.situation
    page = lesson_page(situation.lesson)
    sentence = _("Lesson {number}, {title}: {about}. Weights {origin}.")
    origin = situation.network.origin_in_words
    lines = [sentence.format(number=situation.lesson, title=page["title"], about=page["about"], origin=origin)]
    if simulation.backward:
        feedback, loss = situation.config.feedback, situation.week_update.loss
        sentence = _("Backwards. {about}: {feedback} feedback, loss {loss:.3g}.")
        lines.append(sentence.format(about=lesson_page("backward")["about"], feedback=feedback, loss=loss))
    return lines


def step_heading(simulation: Simulation) -> str:
    """The step under the cursor, and its formula."""
    step = simulation.current_step
    return _("Step {number} of {steps}, {name}: {formula}").format(
        number=simulation.step + 1, steps=len(simulation.steps), name=step.title, formula=step.shown_formula
    )


def narrated(simulation: Simulation, glyphs: SpokenGlyphs) -> str:
    """What the step does and why: the words of the screen."""
    return "".join(text for text, _style in styled_parts(simulation, glyphs))


def outcome(simulation: Simulation, glyphs: SpokenGlyphs) -> list[str]:
    """What a day has led to, after its last step."""
    if simulation.asked or simulation.backward or simulation.step < len(simulation.steps) - 1:
        return []
    dish = verdict(simulation, simulation.day, glyphs)
    sentence = _("{day}'s dish: {dish}")
    return [sentence.format(day=day_in(sentence, simulation.day), dish=dish)]


def asked(simulation: Simulation, glyphs: SpokenGlyphs) -> list[str]:
    """What is asked of the step, and how one answers."""
    if not simulation.asked:
        return []
    question = _("Question: {question}").format(question=narrated(simulation, glyphs))
    how = _("'answer ANSWER' answers, 'show me' shows it.")
    return [f"{question} {how}"]


def about(simulation: Simulation) -> list[str]:
    """What the page that is looked at is about, at length."""
    return [*lesson(simulation), *more_of(simulation)]


def where(simulation: Simulation, glyphs: SpokenGlyphs) -> list[str]:
    """The position in the walk, in lines."""
    lines = lesson(simulation)
    if simulation.situation.snapshot is not None:
        lines.append(progress(simulation.situation.snapshot))
    return [
        *lines,
        day_heading(simulation, glyphs),
        step_heading(simulation),
        _("So far: {score}.").format(score=score(simulation)),
    ]
