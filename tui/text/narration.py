"""The words on the screen: a lesson's page for a step, its blanks filled with what happened today."""

from __future__ import annotations

import math
from collections.abc import Iterator
from string import Formatter

from model.language import _, ngettext, pgettext
from model.network.schedule import Feedback
from model.numbers import number
from model.roommate.parsing import listed
from model.roommate.roommate import day_name, day_within, is_within
from model.simulation.simulation import Simulation
from model.steps.axes import dish_axis, hidden_axis, state_axis, weather_axis
from model.steps.titles import formula_of
from tui.text.endings import ending
from tui.text.facts import number_word
from tui.text.glyphs import Glyphs
from tui.text.lesson_pages import lesson_page, more

MAX_WAYS = 4
"""Of more rules than this the text names only today's."""


_DAYS = ("day", "tomorrow", "yesterday_name")
"""The blanks that are names of days."""


def lesson_page_name(simulation: Simulation) -> int | str:
    """The page whose words hold: those about hand-set weights that are fed whole dishes are not true of others."""
    situation = simulation.situation
    if simulation.backward:
        return "backward"
    whole = not situation.cell.reads_yesterday or situation.feedback in {Feedback.HARD, Feedback.HIDDEN}
    return situation.lesson if situation.trains or (situation.by_hand and whole) else "own"


def more_of(simulation: Simulation) -> list[str]:
    """What the page that is looked at is about, at length: the lesson, and the way back or other weights."""
    situation, name = simulation.situation, lesson_page_name(simulation)
    paragraphs = [more(situation.lesson, situation.roommate)]
    return (
        paragraphs
        if name == situation.lesson
        else [*paragraphs, lesson_page(name)["more"].format(origin=situation.network.origin_in_words)]
    )


def _section(simulation: Simulation) -> tuple[dict[str, str], str]:
    """The page and the heading of the words for the step under the cursor.

    The words for a step that only one architecture has stand on a page of their own. Where a step has no words of its
    own there are those for its kind: "food total" is a total, and "back through the reset gate" begins with "back
    through the".
    """
    name, page = simulation.current_step.name, lesson_page(lesson_page_name(simulation))
    if not simulation.backward and simulation.situation.tied(simulation.day) and name in lesson_page("tie"):
        return lesson_page("tie"), name
    if name.endswith(" bias") and not simulation.backward:
        return lesson_page("bias"), name if name in lesson_page("bias") else "bias"
    if name.endswith(" bias gradient"):
        return lesson_page("bias"), "gradient"
    if name not in page and not simulation.backward:
        page = lesson_page(simulation.situation.cell.name)
    words = name.split()
    kinds = (" ".join(words[:count]) for count in range(len(words), 1, -1))
    kind = name if name in page else next((kind for kind in kinds if kind in page), words[-1])
    special = (f"{kind}: {case}" for case in _cases(simulation))
    return page, next((heading for heading in special if heading in page), kind)


def _cases(simulation: Simulation) -> Iterator[str]:
    """What a page may have other words for: they stand under a heading such as ``optimizer: adam``."""
    situation, last = simulation.situation, simulation.day == simulation.days - 1
    if simulation.backward:
        if situation.config.loss_days == "last":
            yield "the last day alone" if last else "the day does not count"
        if last:
            yield "the last day"
        if situation.week_update.norm <= situation.config.clip:
            yield "nothing is cut"
        if situation.week_update.feedback is Feedback.SOFT:
            yield "probabilities"
        yield situation.config.optimizer
    else:
        if last:
            yield "the last day"
        if situation.feedback is Feedback.SOFT and simulation.day:
            yield "probabilities"
    yield situation.network.activation.name


def styled_parts(simulation: Simulation, glyphs: Glyphs) -> list[tuple[str, str]]:
    """The words for the step under the cursor as styled pieces, blanks filled; or what is asked of it."""
    if simulation.asked:
        return asked_parts(simulation, glyphs)
    if (end := ending(simulation)) and simulation.days > 1:  # the words of the last step were there the day before
        return [(glyphs.text(end), "")]
    page, heading = _section(simulation)
    template = page[heading]
    blanks = _way_back(simulation, glyphs) if simulation.backward else _blanks(simulation, glyphs)
    parts: list[tuple[str, str]] = []
    for text, blank, _form, _conversion in Formatter().parse(template):
        parts.append((glyphs.text(text), ""))
        if blank is not None:
            filled, style = blanks[blank]
            if blank in _DAYS and is_within("".join(piece for piece, _style in parts)):
                filled = day_within(filled)
            parts.append((glyphs.text(filled), style))
    return parts


def asked_parts(simulation: Simulation, glyphs: Glyphs) -> list[tuple[str, str]]:
    """The question in place of the words that would answer it."""
    from model.course.step_question import question_of  # noqa: PLC0415 - most walks ask nothing
    from tui.text.guessing import question_said  # noqa: PLC0415

    question = question_of(simulation)
    return [] if question is None else [(glyphs.text(question_said(question, glyphs)), "bold $accent")]


def words(simulation: Simulation) -> list[tuple[str, str]]:
    """The words of the subject that the step's text uses, each with its meaning."""
    page, heading = _section(simulation)
    named = page[f"{heading.partition(': ')[0]}: words"]
    meanings = lesson_page("glossary")
    return [(word, meanings[word]) for word in named.split(", ")]


def other_words(simulation: Simulation) -> list[tuple[str, str]]:
    """The words that the texts of the lesson's other steps use, each with its meaning."""
    page, _heading = _section(simulation)
    meanings, here = lesson_page("glossary"), {word for word, _meaning in words(simulation)}
    named = [word for heading, text in page.items() if heading.endswith(": words") for word in text.split(", ")]
    return [(word, meanings[word]) for word in dict.fromkeys(named) if word not in here]


def _way_back(simulation: Simulation, glyphs: Glyphs) -> dict[str, tuple[str, str]]:
    """The blanks of the pages about the way back."""
    situation, week_update = simulation.situation, simulation.situation.week_update
    roommate, config, activation = situation.roommate, week_update.config, situation.network.activation
    day = max(simulation.day, 0)
    target = situation.expected[day]
    p = float(week_update.forward.probabilities[day, target, 0])
    further = _("It goes on to the day before.") if day else _("There is no day before: the start was given.")
    loss = _("{loss:.3g} nats").format(loss=-math.log(p)) if p > 0 else _("more than 700 nats")
    if not math.isfinite(p):
        loss = _("a number that is not finite")
    return {
        "day": (simulation.trace.name, "bold"),
        "days": (str(week_update.days), "bold"),
        "tomorrow": (day_name(day + 1), "bold"),
        "yesterday_name": (day_name(day - 1), "bold"),
        "target": (glyphs.labelled(dish_axis(roommate), target), "$today bold"),
        "cooked": (_really(simulation, glyphs), "$today bold"),
        "weather": (glyphs.labelled(weather_axis(roommate), simulation.trace.weather), "$weather bold"),
        "probability": (f"{p:.0%}", "bold"),
        "loss": (loss, "$error bold"),
        "activation": (activation.name, "$hidden bold"),
        "derivative": (glyphs.text(formula_of(activation.derivative)), "$hidden"),
        "further": (further, ""),
        "norm": (f"{week_update.norm:.3g}", "bold"),
        "most": (f"{config.clip:g}", "bold"),
        "optimizer": (config.optimizer.capitalize(), "bold"),
        "memory": (_remembered(week_update.memory.count - 1), ""),
        "rate": (f"{config.learning_rate:g}", "bold"),
    }


def _blanks(simulation: Simulation, glyphs: Glyphs) -> dict[str, tuple[str, str]]:
    situation, trace = simulation.situation, simulation.trace
    roommate = situation.roommate
    dishes, weathers = dish_axis(roommate), weather_axis(roommate)
    step = simulation.current_step
    remembering = situation.cell.remembers
    names, table = glyphs.named(dishes).labels, roommate.next_dish
    if remembering:
        names, table = glyphs.named(state_axis(roommate)).labels, roommate.transitions
    before = situation.case(simulation.day)[1]
    ways = [f"{rule} {glyphs.arrow} {names[row[before]]}" for rule, row in zip(roommate.rules, table, strict=True)]
    if len(ways) > MAX_WAYS:
        more = len(ways) - 1
        ways = [ways[trace.weather], ngettext("{count} more", "{count} more", more).format(count=more)]
    units = hidden_axis(roommate, situation.network)
    carried = int(next(iter(situation.run.handed_on.values()))[simulation.day, :, 0].argmax()) if remembering else 0
    unit = glyphs.named(step.result.rows).describe(step.telling)
    return {
        "yesterday": (glyphs.labelled(dishes, trace.yesterday), "$yesterday bold"),
        "weather": (glyphs.labelled(weathers, trace.weather), "$weather bold"),
        "dish": (glyphs.labelled(dishes, trace.dish), "$today bold"),
        "rule": (roommate.rules[trace.weather], "$weather bold"),
        "ways": (listed(ways), "$food"),
        "unit": (unit, "$hidden bold"),
        "value": (number(step.result.value.flat[step.telling]), "$hidden bold"),
        "blocks": (number_word(len(roommate.rules)), ""),
        "carried": (units.describe(carried), "$yesterday bold"),
        "state": (names[table[trace.weather][before]], "$hidden bold"),
        "origin": (situation.network.origin_in_words, ""),
        "activation": (situation.network.activation.name, "$hidden bold"),
        "probability": (f"{float(situation.run.probabilities[simulation.day, trace.dish, 0]):.0%}", "bold"),
        "expected": (_really(simulation, glyphs), "$today"),
        "verdict": _verdict(right=simulation.right(simulation.day)),
        "tied": (listed([glyphs.labelled(dishes, dish) for dish in situation.tied(simulation.day)]), "$today bold"),
    }


def _remembered(updates: int) -> str:
    if not updates:
        return _("This is its first step: it remembers nothing yet.")
    return ngettext(
        "It remembers {count:,} update before.", "It remembers {count:,} updates before.", updates
    ).format(count=updates)


def _really(simulation: Simulation, glyphs: Glyphs) -> str:
    """The dish that was really cooked; and after which, where the network goes by another yesterday."""
    situation, day = simulation.situation, max(simulation.day, 0)
    dishes = dish_axis(situation.roommate)
    dish = glyphs.labelled(dishes, situation.expected[day])
    before = situation.expected[day - 1] if day else situation.start_dish
    if not situation.cell.reads_yesterday or before == simulation.trace.yesterday:
        return dish
    return _("{dish} (really after {yesterday})").format(dish=dish, yesterday=glyphs.labelled(dishes, before))


def _verdict(*, right: bool) -> tuple[str, str]:
    if right:
        return pgettext("verdict", "right"), "$right bold"
    return pgettext("verdict", "wrong"), "$wrong bold"
