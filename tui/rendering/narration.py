"""The words on the screen: a lesson's page for a step, its blanks filled with what happened today."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from string import Formatter

from textual.content import Content

from model.simulation import LEARN, Simulation
from model.trace import dish_axis, weather_axis
from model.words import listed
from tui.rendering.blocks import Part, line
from tui.rendering.glyphs import Glyphs


@cache
def pages(name: int | str) -> dict[str, str]:
    """A file of ``tui/lessons`` by headings: for a lesson one for each step, and "title", "about" and "more".

    Args:
        name: The lesson's number, or the name of another page.
    """
    file = f"lesson-{name}.md" if isinstance(name, int) else f"{name}.md"
    text = files("tui").joinpath("lessons", file).read_text(encoding="utf-8")
    found = {}
    for section in text.split("\n## ")[1:]:
        heading, _, body = section.partition("\n")
        found[heading.strip()] = " ".join(body.split())
    return found


def page_of(simulation: Simulation) -> int:
    """The lesson whose words hold: those about hand-set weights are not true of learned ones."""
    situation = simulation.situation
    return situation.lesson if situation.by_hand else LEARN


def narration(simulation: Simulation, glyphs: Glyphs) -> Content:
    """What the step under the cursor does and why, in a few sentences."""
    step = simulation.trace.steps[simulation.step]
    template = pages(page_of(simulation))[step.name]
    blanks = _blanks(simulation, glyphs)
    parts: list[Part] = []
    for text, blank, _, _ in Formatter().parse(template):
        parts.append(text)
        if blank is not None:
            parts.append(blanks[blank])
    return line(*parts)


def words(simulation: Simulation) -> list[tuple[str, str]]:
    """The words of the subject that the step's text uses, each with its meaning."""
    step = simulation.trace.steps[simulation.step]
    named = pages(page_of(simulation))[f"{step.name}: words"]
    meanings = pages("glossary")
    return [(word, meanings[word]) for word in named.split(", ")]


def _blanks(simulation: Simulation, glyphs: Glyphs) -> dict[str, tuple[str, str]]:
    situation, trace = simulation.situation, simulation.trace
    roommate = situation.roommate
    dishes, weathers = dish_axis(roommate), weather_axis(roommate)
    step = trace.steps[simulation.step]
    ways = [
        f"{rule} {glyphs.arrow} {roommate.dishes[row[trace.yesterday]]}"
        for rule, row in zip(roommate.rules, roommate.next_dish, strict=True)
    ]
    unit = step.result.rows.describe(step.telling)
    last = simulation.day == simulation.days - 1
    return {
        "yesterday": (glyphs.labelled(dishes, trace.yesterday), "$yesterday bold"),
        "weather": (glyphs.labelled(weathers, trace.weather), "$weather bold"),
        "dish": (glyphs.labelled(dishes, trace.dish), "$today bold"),
        "rule": (roommate.rules[trace.weather], "$weather bold"),
        "ways": (listed(ways), "$food"),
        "unit": (unit, "$hidden bold"),
        "blocks": (_number_word(len(roommate.rules)), ""),
        "activation": (situation.network.activation.name, "$hidden bold"),
        "probability": (f"{float(situation.run.probabilities[simulation.day, trace.dish, 0]):.0%}", "bold"),
        "expected": (glyphs.labelled(dishes, situation.expected[simulation.day]), "$today"),
        "verdict": _verdict(right=situation.expected[simulation.day] == trace.dish),
        "tomorrow": ("The next week would start from it" if last else "Tomorrow starts from it", "$yesterday"),
    }


def _verdict(*, right: bool) -> tuple[str, str]:
    return ("right", "$right bold") if right else ("wrong", "$wrong bold")


def _number_word(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)
