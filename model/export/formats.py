"""The formats in which a walk or a step can be written, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

from model.export.walk import ON_PAPER, in_digits
from model.export.walk_json import as_json, step_as_json
from model.export.walk_latex import as_latex, step_as_latex
from model.export.walk_markdown import as_markdown, step_as_markdown
from model.export.walk_text import as_text, step_as_text
from model.simulation.situation import Situation
from model.steps.step import Step


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


def _on_paper(export: Callable[[int, Step], str]) -> Callable[[int, Step], str]:
    """An exporter of one step whose numbers are rounded as those of the whole walk are."""
    return lambda number, step: export(number, *in_digits([step], ON_PAPER))


STEP_EXPORTERS: dict[str, Callable[[int, Step], str]] = {
    "text": step_as_text,
    "json": step_as_json,
    "latex": _on_paper(step_as_latex),
    "markdown": _on_paper(step_as_markdown),
}
"""The exporters of a single step, by format; a step is numbered from 1."""
