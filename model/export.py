"""A walk as text that other programs read: JSON, plain text, LaTeX, Markdown; numbers at full precision, or rounded.

Each exporter yields its document in pieces, a day at a time, so that a long week needs no memory. All of them take
steps as they come and know no network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

import numpy as np

from model.activation import Array, exact
from model.latex import heading as tex_heading
from model.latex import standalone, step_as_latex
from model.shown import json_text
from model.simulation import UPDATE, Situation
from model.step import Operand, Step


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


def _in_digits(steps: Iterable[Step], digits: int | None) -> tuple[Step, ...]:
    """Steps whose numbers have so many digits."""
    if digits is None:
        return tuple(steps)
    round_ = cache(lambda operand: replace(operand, value=rounded(operand.value, digits)))
    return tuple(
        replace(step, operands=tuple(map(round_, step.operands)), result=round_(step.result)) for step in steps
    )


def _days_of(situation: Situation, *, backward: bool, digits: int | None) -> Iterator[Section]:
    """The days of a walk in its order."""
    roommate = situation.roommate
    days = range(len(situation.week))
    for day in reversed(days) if backward else days:
        trace = situation.trace(day, backward=backward)
        weather, yesterday = roommate.weathers[trace.weather], roommate.dishes[trace.yesterday]
        dish = roommate.dishes[trace.dish]
        about: dict[str, object] = {"day": trace.name, "weather": weather, "yesterday": yesterday, "dish": dish}
        heading = f"{trace.name}: {weather}, after {yesterday}: {dish}"
        if backward:
            about["target"] = roommate.dishes[situation.expected[day]]
            heading += f", really {about['target']}"
        steps = situation.back_steps(day) if backward else trace.steps
        yield Section(heading, about, _in_digits(steps, digits))


def _update_of(situation: Situation, digits: int | None) -> Section:
    return Section("The update", {}, _in_digits(situation.back_steps(UPDATE), digits))


def _sections(situation: Situation, *, backward: bool, digits: int | None) -> Iterator[Section]:
    """The whole walk; on the way back the update comes last."""
    yield from _days_of(situation, backward=backward, digits=digits)
    if backward:
        yield _update_of(situation, digits)


def _named(operand: Operand) -> dict[str, object]:
    return {"name": operand.name, "value": operand.value.tolist()}


def _told(step: Step) -> dict[str, object]:
    return {
        "name": step.name,
        "formula": step.formula,
        "operands": [_named(operand) for operand in step.operands],
        "result": _named(step.result),
    }


def step_as_json(number: int, step: Step) -> str:  # noqa: ARG001 - the steps of a day are a list, which has no numbers
    """A member of a day's ``steps``."""
    return json_text(_told(step))


def as_json(situation: Situation, *, backward: bool = False, digits: int | None = None) -> Iterator[str]:
    """``roommate-explain``, version 1: every step of every day with its operands and its result."""
    head: dict[str, object] = {
        "format": "roommate-explain",
        "version": 1,
        "roommate": situation.roommate.name,
        "network": str(situation.kind),
        "start": situation.roommate.dishes[situation.start_dish],
        "weights": situation.network.origin,
        "activation": situation.network.activation.name,
    }
    tail: dict[str, object] = {}
    if backward:
        descent, config = situation.descent, situation.config
        head |= {
            "direction": "backward",
            "feedback": config.feedback,
            "optimizer": config.optimizer,
            "learning_rate": config.learning_rate,
            "loss": float(rounded(np.array(descent.loss), digits)),
            "gradients": {name: rounded(gradient, digits).tolist() for name, gradient in descent.gradients.items()},
        }
        tail["update"] = {"steps": [*map(_told, _update_of(situation, digits).steps)]}
    days = (
        {**section.about, "steps": [*map(_told, section.steps)]}
        for section in _days_of(situation, backward=backward, digits=digits)
    )
    return json_document(head, "days", days, tail)


def _summary(situation: Situation, *, backward: bool) -> str:
    network, config = situation.network, situation.config
    before = situation.roommate.dishes[situation.start_dish]
    summary = (
        f"{situation.roommate.name}, network {situation.kind}, weights {network.origin}, "
        f"non-linearity {network.activation.name}, before the first day {before}"
    )
    if not backward:
        return summary
    return f"{summary}; backwards, {config.feedback} feedback, loss {exact(situation.descent.loss)}"


def _rows(value: Array) -> list[list[str]]:
    """The entries as exact text; a vector becomes one column."""
    table = value[:, None] if value.ndim == 1 else value
    return [[exact(number) for number in row] for row in table]


def as_text(situation: Situation, *, backward: bool = False, digits: int | None = None) -> Iterator[str]:
    """Plain text: each operand and result as a table with the names of its rows and columns."""
    yield f"{_summary(situation, backward=backward)}\n"
    for section in _sections(situation, backward=backward, digits=digits):
        yield f"\n{section.heading}\n"
        for number, step in enumerate(section.steps, 1):
            yield f"\n{step_as_text(number, step)}"


def step_as_text(number: int, step: Step) -> str:
    """A step with its operands and its result."""
    told = f"  {number}. {step.name}: {step.formula}\n"
    for operand in (*step.operands, step.result):
        sign = "=" if operand is step.result else " "
        told += f"\n   {sign} {operand.name}\n{''.join(_text_table(operand))}"
    return told


def _text_table(operand: Operand) -> Iterator[str]:
    heads = [list(operand.columns.labels)] if operand.columns else []
    rows = heads + _rows(operand.value)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    names = [""] * len(heads) + [operand.rows.describe(row) for row in range(len(operand.rows.labels))]
    name_width = max(map(len, names))
    for name, row in zip(names, rows, strict=True):
        cells = "  ".join(text.rjust(width) for text, width in zip(row, widths, strict=True))
        yield f"     {name.ljust(name_width)}  {cells}\n"


def as_markdown(situation: Situation, *, backward: bool = False, digits: int | None = 3) -> Iterator[str]:
    """Markdown: a section a day, a table for each operand and result."""
    yield f"# {_md(_summary(situation, backward=backward))}\n"
    for section in _sections(situation, backward=backward, digits=digits):
        yield f"\n## {_md(section.heading)}\n"
        for number, step in enumerate(section.steps, 1):
            yield f"\n{step_as_markdown(number, step)}"


def step_as_markdown(number: int, step: Step) -> str:
    """A heading, the formula and the tables of a step."""
    told = f"### {number}. {step.name}\n\n`{step.formula}`\n"
    for operand in (*step.operands, step.result):
        told += "".join(_md_table(operand, is_result=operand is step.result))
    return told


def _md(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>#|" else letter for letter in text)


def _md_table(operand: Operand, *, is_result: bool) -> Iterator[str]:
    columns = [_md(label) for label in operand.columns.labels] if operand.columns else [""]
    head = f"= **{_md(operand.name)}**" if is_result else f"**{_md(operand.name)}**"
    yield f"\n| {head} | {' | '.join(columns)} |\n"
    yield f"|---|{'--:|' * len(columns)}\n"
    for row, cells in enumerate(_rows(operand.value)):
        yield f"| {_md(operand.rows.describe(row))} | {' | '.join(cells)} |\n"


def as_latex(
    situation: Situation, *, backward: bool = False, digits: int | None = 3, whole: bool = False
) -> Iterator[str]:
    """LaTeX for the body of a document that loads amsmath: a section a day, an equation a step.

    Args:
        situation: What is walked through.
        backward: Which way.
        digits: Significant digits; None: all.
        whole: Whether it is to be a document by itself.
    """
    if whole:
        body = as_latex(situation, backward=backward, digits=digits)
        yield from standalone(_summary(situation, backward=backward), body)
        return
    yield f"% {_summary(situation, backward=backward)}\n"
    for section in _sections(situation, backward=backward, digits=digits):
        yield f"\n{tex_heading('section', section.heading)}\n"
        for number, step in enumerate(section.steps, 1):
            yield f"\n{step_as_latex(number, step)}"


class Exporter(Protocol):
    """Tells a walk, forwards or backwards, piece by piece."""

    def __call__(self, situation: Situation, *, backward: bool = False, digits: int | None = ...) -> Iterator[str]:
        """The walk through a situation's week, its numbers in so many significant digits, or in all of them."""


EXPORTERS: dict[str, Exporter] = {
    "text": as_text,
    "json": as_json,
    "latex": as_latex,
    "markdown": as_markdown,
}
"""Every format of ``explain`` by its name."""

STEP_EXPORTERS: dict[str, Callable[[int, Step], str]] = {
    "text": step_as_text,
    "json": step_as_json,
    "latex": step_as_latex,
    "markdown": step_as_markdown,
}
"""What each of them prints of one step, told its number from 1."""
