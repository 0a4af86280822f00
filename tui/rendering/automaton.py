"""An automaton drawn with box lines: dishes in a row, the weathers that lead on above, those that lead back below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Protocol

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from model.language import _
from model.roommate.machine import Arrow
from model.roommate.roommate import Roommate
from model.steps.axes import Axis, dish_axis, weather_axis
from tui.rendering.arcs import Ends, Label, Row, length
from tui.rendering.block import Part, line
from tui.text.glyphs import Glyphs

MAX_STATES = 9
"""More dishes than this are not drawn in a row: even where they fit, nobody could follow the arrows."""


WORDS = ", "
"""The separator of whole names of weathers on an arrow."""


class Drawable(Protocol):
    """A rule that was read off weights, or a roommate's own."""

    @property
    def roommate(self) -> Roommate:
        """The names of dishes (or states) and weathers."""

    @property
    def arrows(self) -> tuple[Arrow, ...]:
        """The weathers that lead from one to another."""

    def is_wrong(self, weather: int, yesterday: int) -> bool:
        """Whether a case is known to be wrong."""


def drawing(automaton: Drawable, glyphs: Glyphs, width: int, height: int) -> list[Content]:
    """The automaton in as much detail as there is room for.

    Names and pictures where they fit, otherwise only pictures (or the beginnings of names) with a key under the
    drawing; and where even that would not fit, or could not be followed, a list.

    Args:
        automaton: What is drawn.
        glyphs: Characters to draw with.
        width: The cells there are, 20 or more.
        height: The lines there are for a drawing; a list has as many as it needs.
    """
    for attempt, key in _attempts(automaton, glyphs, width):
        drawn = attempt.draw()
        if drawn is not None and len(drawn) + len(key) <= height:
            return drawn + key
    return listing(automaton, glyphs, width)


def listing(automaton: Drawable, glyphs: Glyphs, width: int) -> list[Content]:
    """The arrows in words: a paragraph for each dish."""
    dishes = dish_axis(automaton.roommate)
    names = [cut(name, max(width // 3, 8), glyphs) for name in _full(dishes, glyphs)]
    column = max(cell_len(name) for name in names)
    skies = _full(weather_axis(automaton.roommate), glyphs)
    arrows_of: list[list[Part]] = [[] for _unused in names]
    for arrow in automaton.arrows:
        arrows_of[arrow.source] += _label(automaton, arrow, glyphs, skies, WORDS)
        arrows_of[arrow.source] += [(f" {glyphs.arrow} ", "$faint"), (f"{names[arrow.target]}   ", "bold")]
    lines = []
    for name, parts in zip(names, arrows_of, strict=True):
        arrows = line(*parts).wrap(max(width - column - 3, 1))
        lines.append(line((f"{name}{' ' * (column - cell_len(name))}   ", "bold"), arrows[0]))
        lines += [line(" " * (column + 3), rest) for rest in arrows[1:]]
    return [text.truncate(width) for text in lines]


def cut(name: str, width: int, glyphs: Glyphs) -> str:
    """A name that takes at most so many cells; where it is cut off it says so."""
    return name if cell_len(name) <= width else set_cell_size(name, width - 1).rstrip() + glyphs.more


def _full(axis: Axis, glyphs: Glyphs) -> list[str]:
    return [glyphs.labelled(axis, row) for row in range(len(axis.labels))]


def _brief(axis: Axis, glyphs: Glyphs, width: int) -> list[str]:
    """Names of at most so many cells that can be told apart: pictures, beginnings, or else numbers."""
    rows = range(len(axis.labels))
    pictures = [glyphs.picture(axis, row) for row in rows]
    if all(pictures) and len(set(pictures)) == len(pictures) and max(map(cell_len, pictures)) <= width:
        return pictures
    names = [set_cell_size(label, width).rstrip() for label in glyphs.named(axis).labels]
    if all(names) and len({name.casefold() for name in names}) == len(names):
        return names
    return [str(row + 1) for row in rows]


def _label(automaton: Drawable, arrow: Arrow, glyphs: Glyphs, names: Sequence[str], between: str) -> Label:
    """The weathers of an arrow; those that are known to be wrong are marked."""
    wrong = [weather for weather in arrow.weathers if automaton.is_wrong(weather, arrow.source)]
    right = [weather for weather in arrow.weathers if weather not in wrong]
    weathers = between.join(names[weather] for weather in right)
    if len(right) == len(names) > 1:
        weathers = _("any weather") if between == WORDS else _("any")
    parts = [(weathers + (f"{between.strip()} " if wrong else ""), "$weather")] if right else []
    if wrong:
        parts.append((f"{glyphs.wrong} {between.join(names[weather] for weather in wrong)}", "$wrong bold"))
    return tuple(parts)


def _attempts(automaton: Drawable, glyphs: Glyphs, width: int) -> Iterator[tuple[Row, list[Content]]]:
    """Drawings to try, the clearest first, each with its key."""
    dishes, weathers = dish_axis(automaton.roommate), weather_axis(automaton.roommate)
    n = len(dishes.labels)
    if n > MAX_STATES:
        return
    words, signs, letters = _full(weathers, glyphs), _brief(weathers, glyphs, 3), _brief(weathers, glyphs, 1)
    comma = "" if signs[0] == glyphs.picture(weathers, 0) else ","
    skies = [(words, WORDS, 2), (words, WORDS, 1), (signs, comma, 2), (signs, comma, 1), (signs, comma, 0)]
    skies.append((letters, comma if max(map(cell_len, letters)) > 1 else "", 0))
    for straight, (sky, between, pad), brief in product((True, False), skies, (False, True)):
        labels = {
            (arrow.source, arrow.target): _label(automaton, arrow, glyphs, sky, between) for arrow in automaton.arrows
        }
        gap = _gap(labels, pad) if straight else 3
        room = (width - (n - 1) * gap) // n
        names = _brief(dishes, glyphs, max(room - 2, 1)) if brief else _full(dishes, glyphs)
        loops = [length(label) + 2 * pad + 6 for (a, b), label in labels.items() if a == b]
        box = max(5, max(map(cell_len, names)) + (2 if brief else 4), *loops)
        if box <= room:
            gap = min(gap + 6, (width - n * box) // max(n - 1, 1))
            key = (_key(dishes, names, glyphs) if brief else []) + (
                [] if between == WORDS else _key(weathers, sky, glyphs)
            )
            yield Row(names, labels, glyphs, box, gap, pad, straight, width), _packed(key, width)


def _gap(labels: dict[Ends, Label], pad: int) -> int:
    """The cells between two boxes that the labels of straight arrows need."""
    around = 5 if pad else 3  # a piece of the line before and after, the head, and blanks beside the label
    return max([length(label) + around for (a, b), label in labels.items() if abs(a - b) == 1], default=3)


def _key(axis: Axis, brief: Sequence[str], glyphs: Glyphs) -> list[str]:
    """The key to brief names that do not explain themselves."""
    return [f"{short} {name}" for short, name in zip(brief, glyphs.named(axis).labels, strict=True) if short != name]


def _packed(words: Sequence[str], width: int) -> list[Content]:
    """Words in lines, as many as fit, each line in the middle."""
    lines: list[str] = []
    for word in words:
        if lines and cell_len(lines[-1]) + 3 + cell_len(word) <= width:
            lines[-1] += f"   {word}"
        else:
            lines.append(word)
    return [line((" " * ((width - cell_len(text)) // 2) + text, "$muted")).truncate(width) for text in lines]
