"""The opening: the story, the rule, a door to each lesson, and how to begin, in as much room as there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from model.language import _, ngettext
from model.roommate.machine import Machine
from model.roommate.parsing import listed
from model.roommate.roommate import Roommate
from model.simulation.lessons import LESSONS
from model.steps.axes import dish_axis
from tui.rendering.automaton import drawing
from tui.rendering.block import Part, beside, filled, line
from tui.rendering.doors import CARD, CARD_LINES, brief_door, card, listed_door
from tui.rendering.key_line import keys_in_line
from tui.text.glyphs import Glyphs
from tui.text.opening import (
    MAX_NAMED,
    Door,
    begin,
    brief_story,
    doors,
    go_on,
    other_roommates,
    promise,
    rule,
    story,
)

MAX_WIDTH = 116
"""Wider than this the lines are not easier to read."""

MAX_DRAWING = (92, 9)
"""The cells and the lines that the drawing of the rule may take."""

COLUMNS_FOR_LIST, ROWS_FOR_LIST = 60, 14
"""Columns and lines from which a door has its title."""

LINES_WITH_CARDS = CARD_LINES + 22
"""Lines from which the doors are cards."""


@dataclass(frozen=True)
class LeftRun:
    """A run that another session has left.

    Attributes:
        update: How many updates it has.
        seed: Its seed.
        when: When it was left, and how.
    """

    update: int
    seed: int
    when: str


@dataclass(frozen=True)
class Opening:
    """What the opening shows.

    Attributes:
        roommate: Who cooks.
        run: The run that Enter goes on with, if there is one.
        back: Whether a walk waits below it.
    """

    roommate: Roommate
    run: LeftRun | None = None
    back: bool = False


@dataclass(frozen=True)
class Place:
    """The cells of a door: from one line and column to another, the last of each included."""

    top: int
    bottom: int
    left: int
    right: int
    lesson: int


@dataclass(frozen=True)
class Section:
    """Lines that belong together.

    Attributes:
        lines: What stands there.
        need: How early it gives way where there is little room: 0 never does, the largest first.
        gap: How early there is an empty line before it: the least first.
        doors: Whether the doors are in it.
    """

    lines: Sequence[Content]
    need: int = 0
    gap: int = 0
    doors: bool = False


def opening(about: Opening, glyphs: Glyphs, width: int, height: int) -> tuple[list[Content], list[Place]]:
    """The lines between title and keys, and where the doors are.

    Args:
        about: What is shown.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are.
    """
    sections = _Sections(about, glyphs, width, height).all()
    for need in sorted({section.need for section in sections}, reverse=True):
        if need and sum(len(section.lines) for section in sections) > height:
            sections = [section for section in sections if section.need < need]
    spare = height - sum(len(section.lines) for section in sections)
    spare -= spare > len(sections)  # one stays under them
    order = sorted(range(len(sections)), key=lambda index: sections[index].gap)
    gaps = dict.fromkeys(order, 0)
    for index in (*order, *order[: len(order) // 2]):
        if spare > 0:
            gaps[index] += 1
            spare -= 1
    lines: list[Content] = [line("")] * (spare // 3)
    places: list[Place] = []
    for index, section in enumerate(sections):
        lines += [line("")] * gaps[index]
        if section.doors:
            places = _places(doors(about.roommate), len(lines), section.lines, width)
        lines += section.lines
    return lines[:height], places


def _places(known: Sequence[Door], top: int, lines: Sequence[Content], width: int) -> list[Place]:
    """Where each door is: in a line of its own, or a card beside the others."""
    if len(lines) == len(known):
        return [Place(top + index, top + index, 0, width, door.number) for index, door in enumerate(known)]
    left = (width - CARD * len(known)) // 2
    return [
        Place(top, top + len(lines) - 1, left + CARD * index, left + CARD * (index + 1) - 1, door.number)
        for index, door in enumerate(known)
    ]


class _Sections:
    """What there is to say, as wide as there is room.

    Args:
        about: What is shown.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are.
    """

    def __init__(self, about: Opening, glyphs: Glyphs, width: int, height: int) -> None:
        self._about, self._glyphs, self._width, self._height = about, glyphs, width, height
        self._small = width < COLUMNS_FOR_LIST or height < ROWS_FOR_LIST
        self._cards = width >= len(LESSONS) * CARD + 1 and height >= LINES_WITH_CARDS
        inside = 4 if self._cards else 1 if self._small else 2
        self._margin = (width - min(width, MAX_WIDTH)) // 2 + inside
        self._room = min(width, MAX_WIDTH) - 2 * inside

    def all(self) -> list[Section]:
        """Everything, from the top to the bottom."""
        about, glyphs, room, cards = self._about, self._glyphs, self._room, self._cards
        if self._small:
            return [
                Section(self._paragraph(self._in_brief())[:2], 1, gap=3),
                Section(self._lines(brief_door(door, glyphs, room) for door in self._doors), gap=1, doors=True),
                Section(self._run()[:1], gap=2),
            ]
        sections = [
            Section(self._paragraph((glyphs.text(story(about.roommate)), "bold")), gap=4),
            Section(self._paragraph(glyphs.text(rule(about.roommate, brief=not cards))), 2, gap=7),
            Section(self._drawn(), 4, gap=3),
            Section(self._paragraph(glyphs.text(promise(brief=not cards))), 3, gap=5),
            Section(self._all_doors(), gap=1, doors=True),
            Section(self._begin(), 1, gap=2),
            Section(self._run(), gap=6),
            Section(self._others() if cards else (), gap=8),
        ]
        return [section for section in sections if section.lines]

    def _begin(self) -> list[Content]:
        text = line(" ", *filled(begin(), key=(self._key("→"), "$accent bold")), " ")
        return self._lines([text.stylize("on $lit")], -1)

    @property
    def _doors(self) -> list[Door]:
        return doors(self._about.roommate)

    def _lines(self, texts: Iterator[Content] | Sequence[Content], more: int = 0) -> list[Content]:
        return [line(" " * (self._margin + more), text) for text in texts]

    def _paragraph(self, *parts: Part) -> list[Content]:
        return self._lines(line(*parts).wrap(self._room))

    def _key(self, key: str) -> str:
        return key.translate(self._glyphs.arrows)

    def _all_doors(self) -> list[Content]:
        glyphs, known = self._glyphs, self._doors
        if not self._cards:
            return self._lines([listed_door(door, glyphs, self._room - 1) for door in known], 1)
        left = " " * ((self._width - CARD * len(known)) // 2)
        cards = [card(door, glyphs, first=not index) for index, door in enumerate(known)]
        return [line(left, text) for text in beside(cards, gap=0).lines]

    def _drawn(self) -> list[Content]:
        """The rule as a drawing; where it has none, the first lines of a list, and how many more there are."""
        most, lines_left = MAX_DRAWING
        lines = drawing(Machine.of(self._about.roommate), self._glyphs, min(self._room, most), lines_left)
        if len(lines) > lines_left:
            more = len(lines) - lines_left + 1
            sentence = ngettext("{count} more line, in lesson 3", "{count} more lines, in lesson 3", more)
            lines = [*lines[: lines_left - 1], line((sentence.format(count=more), "$muted"))]
        width = max(text.cell_length for text in lines)
        return self._lines(lines, (self._room - width) // 2)

    def _in_brief(self) -> str:
        """The whole story in two short sentences, with pictures of the dishes where there are any."""
        glyphs, axis = self._glyphs, dish_axis(self._about.roommate)
        names = glyphs.named(axis).labels
        pictures = [glyphs.picture(axis, dish) for dish in range(len(names))]
        dishes = " ".join(pictures[:MAX_NAMED]) if all(pictures) else listed(names[:MAX_NAMED], "or")
        return glyphs.text(brief_story(dishes if len(names) <= MAX_NAMED else f"{dishes} {glyphs.more}"))

    def _run(self) -> list[Content]:
        """How to go on with the run that was left; its line is there in any case, so that it moves nothing."""
        run = self._about.run
        if run is None:
            return [line("")]
        sentences = [go_on(run.when, run.update, run.seed, brief=brief) for brief in (self._small, True)]
        drawings = [self._paragraph(*filled(sentence, key=(_("Enter"), "$accent bold"))) for sentence in sentences]
        return min(drawings, key=len)[:1]

    def _others(self) -> list[Content]:
        from model.storage.scenarios import shipped  # noqa: PLC0415 - where there is room for their names

        names = [name for name in shipped() if name != "lecture"]
        return self._paragraph(*filled(self._glyphs.text(other_roommates(names)), key=("O", "$accent bold")))


def title_line(glyphs: Glyphs, width: int) -> Content:
    """The program's name, and what it is."""
    name, what = _("Perfect Roommate"), _("a recurrent neural network to walk through")
    gap = width - cell_len(name) - cell_len(what) - 2
    return line((f" {name}", "$primary bold"), " " * max(gap, 1), (glyphs.text(what) if gap > 0 else "", "$muted"))


def key_line(about: Opening, glyphs: Glyphs, width: int) -> Content:
    """The keys, as many as fit."""
    keys = [("→".translate(glyphs.arrows), _("begin")), (glyphs.text(f"1–{len(LESSONS)}"), _("lesson"))]
    keys += [("i", _("course"))]
    keys += [(_("Enter"), _("go on"))] if about.run and width >= COLUMNS_FOR_LIST else []
    keys += [("Esc", _("back"))] if about.back else []
    keys += [("?", _("all keys")), ("q", _("quit")), ("O", _("roommate")), ("^p", _("themes and commands"))]
    return keys_in_line(keys, width)[0]
