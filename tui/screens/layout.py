"""Which panels of the walk there are, where they stand, and which there is room for: a row a panel.

Where there is no room for all, a key shows one after another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from textual.geometry import Size

from tui.widgets.cases import CasesPanel
from tui.widgets.glossary import WordsPanel
from tui.widgets.loss import LossPanel
from tui.widgets.narration import NarrationPanel
from tui.widgets.panel import Panel
from tui.widgets.pipeline import PipelinePanel
from tui.widgets.product import ProductPanel
from tui.widgets.rule import RulePanel
from tui.widgets.sizes import (
    COLUMNS_BESIDE,
    COLUMNS_FOR_NAMES,
    ROWS_FOR_ALL,
    ROWS_FOR_MAP,
    ROWS_FOR_WEEK,
    ROWS_FOR_WORDS,
)
from tui.widgets.title import TitlePanel
from tui.widgets.week import WeekPanel


class View(StrEnum):
    """What the middle of the screen shows where it cannot show all."""

    PRODUCT = "product"
    WORDS = "words"
    WEEK = "week"
    LOSS = "loss"
    CASES = "cases"


@dataclass(frozen=True)
class Room:
    """What there is room for.

    Attributes:
        size: Of the terminal.
        view: What the middle shows.
        learning: Whether there is a training run to be seen.
    """

    size: Size
    view: View
    learning: bool

    @property
    def for_all(self) -> bool:
        """Whether loss and product are seen at once."""
        return self.learning and has_room_for_all(self.size)

    @property
    def beside(self) -> bool:
        """Whether panels stand beside the product, and not only under it."""
        return self.size.width >= COLUMNS_BESIDE and not ROWS_FOR_WORDS <= self.size.height < ROWS_FOR_MAP

    @property
    def for_tables(self) -> bool:
        """Whether the rule and the words of the subject have room beside the product."""
        return self.beside and self.size.height >= ROWS_FOR_MAP and not self.learning


@dataclass(frozen=True)
class Place:
    """A panel on the screen.

    Attributes:
        panel: Its class, which has its size.
        name: Its id.
        inside: The container it stands in, one of `CONTAINERS`; nothing: over all of them.
        shown: Whether it is in sight.
    """

    panel: type[Panel]
    name: str
    inside: str
    shown: Callable[[Room], bool] = lambda _room: True


CONTAINERS = {"middle": "", "stage": "middle", "side": "middle", "learn": "side"}
"""What panels stand in, each by the container it is in itself; one is in sight where something in it is."""

PLACES = (
    Place(TitlePanel, "title", ""),
    Place(WeekPanel, "week", "", lambda room: room.size.height >= ROWS_FOR_WEEK or room.view is View.WEEK),
    Place(PipelinePanel, "pipeline", ""),
    Place(ProductPanel, "product", "stage", lambda room: room.for_all or room.view is View.PRODUCT),
    Place(LossPanel, "loss", "learn", lambda room: room.for_all or room.view is View.LOSS),
    Place(
        CasesPanel,
        "cases",
        "learn",
        lambda room: (
            room.for_all
            or room.view is View.CASES
            or (room.view is View.LOSS and room.size.width >= COLUMNS_FOR_NAMES)
        ),
    ),
    Place(
        NarrationPanel,
        "narration",
        "side",
        lambda room: (
            room.for_all
            or room.view is View.WORDS
            or (room.view is View.PRODUCT and (room.beside or room.size.height >= ROWS_FOR_WORDS))
        ),
    ),
    Place(RulePanel, "rule", "side", lambda room: room.view is View.WEEK or room.for_tables),
    Place(WordsPanel, "words", "side", lambda room: room.for_tables),
)
"""Every panel, from the top to the bottom; the footer is under them all."""

PANELS = (*CONTAINERS, *(place.name for place in PLACES))
"""All that may be out of sight."""


def has_room_for_all(size: Size) -> bool:
    """Whether the lesson that trains can show loss and product at once."""
    high_beside = size.width >= COLUMNS_BESIDE and size.height >= ROWS_FOR_MAP
    return high_beside or (size.width >= COLUMNS_FOR_NAMES and size.height >= ROWS_FOR_ALL)


def views(size: Size, *, learning: bool) -> tuple[View, ...]:
    """The views that a key goes through at a size.

    Args:
        size: Of the terminal.
        learning: Whether there is a training run to be seen.
    """
    found = [View.PRODUCT]
    if size.height < ROWS_FOR_WORDS and size.width < COLUMNS_BESIDE:
        found.append(View.WORDS)
    if size.height < ROWS_FOR_WEEK:
        found.append(View.WEEK)
    if learning and not has_room_for_all(size):
        found += [View.LOSS] if size.width >= COLUMNS_FOR_NAMES else [View.LOSS, View.CASES]
    return tuple(found)


def in_sight(view: View, size: Size, *, learning: bool) -> set[str]:
    """The panels that are shown, and the containers they stand in.

    Args:
        view: One of `views`.
        size: Of the terminal.
        learning: Whether there is a training run to be seen.
    """
    room, found = Room(size, view, learning), set()
    for place in PLACES:
        if place.shown(room):
            found.add(place.name)
            inside = place.inside
            while inside:
                found.add(inside)
                inside = CONTAINERS[inside]
    return found
