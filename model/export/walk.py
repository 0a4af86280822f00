"""The sections of a walk, which every format writes in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from model.arrays import Array
from model.foreign_text import json_text
from model.language import _
from model.roommate.roommate import day_label
from model.simulation.situation import UPDATE, Situation
from model.steps.step import Step


def json_document(
    head: Mapping[str, object], name: str, items: Iterable[object], tail: Mapping[str, object] | None = None
) -> Iterator[str]:
    """A JSON object with a long list in it, one line an item.

    Args:
        head: The members before the list.
        name: What the list is called.
        items: Its items; each is written as it comes.
        tail: The members after it.
    """
    start = json_text(head)[:-1]
    yield f"{start}, {json_text(name)}: [\n"
    separator = ""
    for item in items:
        yield separator + json_text(item)
        separator = ",\n"
    rest = f", {json_text(tail)[1:-1]}" if tail else ""
    yield f"\n]{rest}}}\n"


ON_PAPER = 3
"""The significant digits of LaTeX and Markdown, where nobody asks for others."""


@dataclass(frozen=True, eq=False)
class Section:
    """A stretch of a walk under one heading.

    Attributes:
        heading: The day in words.
        about: The same as members of a JSON object.
        steps: What happens.
    """

    heading: str
    about: dict[str, object]
    steps: tuple[Step, ...]


def rounded(value: Array, digits: int | None) -> Array:
    """Numbers with so many significant digits; None: as they are."""
    if digits is None:
        return value
    return np.array([float(f"{number:.{digits}g}") for number in value.flat]).reshape(value.shape)


def in_digits(steps: Iterable[Step], digits: int | None) -> tuple[Step, ...]:
    """Steps whose numbers have so many digits."""
    if digits is None:
        return tuple(steps)
    round_ = cache(lambda operand: replace(operand, value=rounded(operand.value, digits)))
    return tuple(
        replace(step, operands=tuple(map(round_, step.operands)), result=round_(step.result)) for step in steps
    )


def days_of(situation: Situation, *, backward: bool, digits: int | None) -> Iterator[Section]:
    """The days of a walk in its order."""
    roommate = situation.roommate
    days = range(len(situation.week))
    for day in reversed(days) if backward else days:
        trace = situation.trace(day, backward=backward)
        weather, yesterday = roommate.weathers[trace.weather], roommate.dishes[trace.yesterday]
        dish = roommate.dishes[trace.dish]
        about: dict[str, object] = {"day": day_label(day), "weather": weather, "yesterday": yesterday, "dish": dish}
        sentence = _("{day}: {weather}, after {yesterday}: {dish}")
        target = roommate.dishes[situation.expected[day]]
        if backward:
            about["target"] = target
            sentence = _("{day}: {weather}, after {yesterday}: {dish}, really {target}")
        heading = sentence.format(day=trace.name, weather=weather, yesterday=yesterday, dish=dish, target=target)
        steps = situation.back_steps(day) if backward else trace.steps
        yield Section(heading, about, in_digits(steps, digits))


def update_of(situation: Situation, digits: int | None) -> Section:
    """The steps of the update, after the first day on the way back."""
    return Section(_("The update"), {}, in_digits(situation.back_steps(UPDATE), digits))


def sections(situation: Situation, *, backward: bool, digits: int | None) -> Iterator[Section]:
    """The whole walk; on the way back the update comes last."""
    yield from days_of(situation, backward=backward, digits=digits)
    if backward:
        yield update_of(situation, digits)
