"""Which panels of the walk there are, where they stand, and which there is room for: a row a panel.

Where there is no room for all, a key shows one after another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from textual.geometry import Size

from model.language import N_, _
from tui.rendering.network_block import MIN_WITH_NODES
from tui.widgets.cases import CasesPanel
from tui.widgets.glossary import WordsPanel
from tui.widgets.loss import LossPanel
from tui.widgets.narration import NarrationPanel
from tui.widgets.network import NetworkPanel
from tui.widgets.nodes import NodesPanel
from tui.widgets.panel import Panel
from tui.widgets.pipeline import PipelinePanel
from tui.widgets.product import ProductPanel
from tui.widgets.rule import RulePanel
from tui.widgets.sizes import (
    COLUMNS_BESIDE,
    COLUMNS_FOR_NAMES,
    ROWS_FOR_ALL,
    ROWS_FOR_FRAMES,
    ROWS_FOR_MAP,
    ROWS_FOR_WEEK,
    ROWS_FOR_WORDS,
)
from tui.widgets.title import TitlePanel
from tui.widgets.unrolled import UnrolledPanel
from tui.widgets.week import WeekPanel


class View(StrEnum):
    """What the middle of the screen shows where it cannot show all."""

    WEEK = "week"
    NETWORK = "network"
    PRODUCT = "product"
    NODES = "nodes"
    WORDS = "words"
    RULE = "rule"
    LOSS = "loss"
    CASES = "cases"


DISTANCES = (View.WEEK, View.NETWORK, View.PRODUCT)
"""From far to near: all days, one day, one step of it. The other views are no distances."""


MIN_COLUMNS_UNROLLED, MIN_ROWS_UNROLLED, UNROLLED = 160, 46, 13
"""The columns and lines from which the week unrolled is in sight beside everything else, and its lines then."""

MIN_STEP = 12
"""Lines below which a step does not stand under the network."""

MIN_NODES = 76
"""The columns from which a network with hidden units has room as nodes and edges."""

STEP = 13
"""Lines in which a step of the lecture's network has its row spelled out in three lines under it."""

ROWS_FOR_LEARNING = 36
"""Lines from which network, loss and cases have frames."""

MIN_TRAINING = 7
"""Lines in which a chart of the loss and the cases have room."""

MIN_HISTORY = 15
"""Lines in which the history of the cases has room under the loss."""

SIDE = 3
"""The part of a very wide screen that stands beside the step."""

LOSS, UNDER_LOSS = 15, 11
"""Lines of the loss with the history of the cases, and the least of step and week under it, which have the rest."""

ANSWERS = 52
"""Columns of the cases and of what happens beside the loss, where these have few lines."""

MIN_WORDS = 3
"""Lines for what happens."""

WITH_GLOSSARY = 20
"""Lines under the network in which, after what happens and the rule, a few of the subject's words have room, too."""


@dataclass(frozen=True)
class Room:
    """What there is room for: everything that the arrangement depends on.

    Attributes:
        size: Of the terminal.
        view: What the middle shows.
        learning: Whether there is a training run to be seen.
        lines: The lines that the whole network takes; 0: it is not drawn.
        more: The lines that more of its outputs would take.
        nodes: The lines that a network with hidden units takes as nodes and edges; 0: it is not drawn so.
        fewest: The lines in which all of its hidden units have room; 0: it has none.
    """

    size: Size
    view: View = View.NETWORK
    learning: bool = False
    lines: int = 0
    more: int = 0
    nodes: int = 0
    fewest: int = 0

    @property
    def for_nodes(self) -> bool:
        """Whether the network has room as nodes and edges, in a view of its own."""
        around = 2 + 2 + (5 if self.size.height < ROWS_FOR_MAP else 6)  # title and keys, its frame, the week
        wide = self.size.width >= MIN_NODES and not (self.size.width >= MIN_WITH_NODES and not self.learning)
        return wide and 0 < self.nodes <= self.size.height - around

    @property
    def network(self) -> bool:
        """Whether the whole network is in sight."""
        return self.lines > 0 and self.view is View.NETWORK

    @property
    def for_all(self) -> bool:
        """Whether loss and product are seen at once where no network is drawn."""
        return self.learning and not self.lines and has_room_for_all(self.size)

    @property
    def all_beside(self) -> bool:
        """Whether loss and product are in sight at once now."""
        return self.for_all and self.view is not View.WEEK

    @property
    def beside(self) -> bool:
        """Whether panels stand beside the product, and not only under it."""
        return self.size.width >= COLUMNS_BESIDE and not ROWS_FOR_WORDS <= self.size.height < ROWS_FOR_MAP

    @property
    def for_tables(self) -> bool:
        """Whether the rule and the words of the subject have room beside the product."""
        return self.beside and self.size.height >= ROWS_FOR_MAP and not self.learning

    # Under the network, which stands over the whole width

    @property
    def tight(self) -> bool:
        """Whether the frames of week and network are left out, so that everything else, or all units, find room."""
        framed, bare = self._under(tight=False) - 2, self._under(tight=True) - 1
        low = self.size.height < (ROWS_FOR_LEARNING if self.learning else ROWS_FOR_FRAMES)
        return low or framed < self.fewest <= bare

    @property
    def under(self) -> int:
        """The lines that are left under the whole network."""
        return self._under_week - self._lines - self._frame if self.lines else 0

    @property
    def _frame(self) -> int:
        return 1 if self.tight else 2

    @property
    def _lines(self) -> int:
        """The lines of the network; beside the training one less than it takes, for what should be in the week."""
        return self.lines - 1 if self.learning and self.tight and self.size.height >= ROWS_FOR_FRAMES else self.lines

    @property
    def _under_week(self) -> int:
        return self._under(tight=self.tight)

    def _under(self, *, tight: bool) -> int:
        """The lines under the week, with its frame or without."""
        height = self.size.height
        week = 0 if height < ROWS_FOR_WEEK else 5 if height < ROWS_FOR_MAP else 6
        if tight and week:
            week = 4 if height >= ROWS_FOR_FRAMES else 3
        around = 2 + (height >= ROWS_FOR_MAP)  # title, keys, map
        return height - around - week

    @property
    def with_step(self) -> bool:
        """Whether network and step can be in sight at once."""
        wanted = 2 * MIN_STEP + MIN_WORDS if self.learning else MIN_STEP
        return self.lines > 0 and self.size.width >= COLUMNS_BESIDE and self.under >= wanted

    @property
    def with_training(self) -> bool:
        """Whether network, loss and cases can be in sight at once."""
        wide = self.size.width >= COLUMNS_FOR_NAMES
        return self.lines > 0 and self.learning and wide and self.under >= MIN_TRAINING

    @property
    def loss_alone(self) -> bool:
        """Whether the loss in large has the history of the cases in it, and the network its cases beside it."""
        return self.with_training and self.size.height >= ROWS_FOR_WORDS

    @property
    def with_unrolled(self) -> bool:
        """Whether the week unrolled can be in sight beside network and step."""
        roomy = self.size.width >= MIN_COLUMNS_UNROLLED and self.size.height >= MIN_ROWS_UNROLLED
        return roomy and self.with_step and self.under >= MIN_STEP + UNROLLED

    @property
    def height(self) -> int:
        """The lines of the network's panel: more of its outputs are shown if there is room for them."""
        wanted = STEP if self.with_step else MIN_TRAINING if self.with_training else MIN_WORDS
        if self.with_training and not self.tight:  # the history of the cases goes before more rows
            wanted = MIN_HISTORY + (MIN_STEP if self.with_step else 0)
        spare = min(max(self.under - wanted, 0), self.more)
        return min(self._lines + self._frame + spare, self._under_week)

    @property
    def side(self) -> int:
        """The columns beside the step on a very wide screen, where it needs no more than its part; 0: as usual."""
        return self.size.width // SIDE if self.size.width >= MIN_WITH_NODES and self.beside else 0

    @property
    def answers(self) -> int:
        """The columns beside the loss over step and week; 0: as usual."""
        return ANSWERS if self.learning and self.with_unrolled else 0

    @property
    def step(self) -> int:
        """The columns of the step beside the week unrolled, on a very wide screen; 0: half of it."""
        return self.size.width * 2 // 5 if self.learning and self.size.width >= MIN_WITH_NODES else 0

    @property
    def unrolled(self) -> int:
        """The lines of the week unrolled under or beside the step, where it is in sight."""
        return max(self.left - LOSS, UNDER_LOSS) if self.learning else max(self.left - STEP - 2, UNROLLED)

    @property
    def left(self) -> int:
        """The lines under the network's panel, as high as that is."""
        return self._under_week - self.height


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


CONTAINERS = {"middle": "", "left": "middle", "stage": "left", "side": "middle", "learn": "side", "answers": "side"}
"""What panels stand in, each by the container it is in itself; one is in sight where something in it is."""

PLACES = (
    Place(TitlePanel, "title", ""),
    Place(WeekPanel, "week", "", lambda room: room.size.height >= ROWS_FOR_WEEK and room.view is not View.WEEK),
    Place(
        PipelinePanel,
        "pipeline",
        "",
        lambda room: (
            room.view not in {View.LOSS, View.WEEK, View.NODES}
            and (not room.network or room.size.height >= ROWS_FOR_MAP)
        ),
    ),
    Place(NetworkPanel, "network", "", lambda room: room.network),
    Place(
        ProductPanel,
        "product",
        "stage",
        lambda room: room.all_beside or room.view is View.PRODUCT or (room.network and room.with_step),
    ),
    Place(NodesPanel, "nodes", "stage", lambda room: room.view is View.NODES),
    Place(
        UnrolledPanel,
        "unrolled",
        "left",
        lambda room: room.view is View.WEEK or (room.network and room.with_unrolled),
    ),
    Place(
        LossPanel,
        "loss",
        "learn",
        lambda room: room.all_beside or room.view is View.LOSS or (room.network and room.with_training),
    ),
    Place(
        CasesPanel,
        "cases",
        "answers",
        lambda room: (
            room.all_beside
            or room.view is View.CASES
            or (room.view is View.LOSS and room.size.width >= COLUMNS_FOR_NAMES and not room.loss_alone)
            or (room.network and room.with_training)
        ),
    ),
    Place(
        NarrationPanel,
        "narration",
        "answers",
        lambda room: (
            room.all_beside
            or room.view is View.WORDS
            or (room.view is View.NODES and room.beside)
            or (room.view is View.PRODUCT and (room.beside or room.size.height >= ROWS_FOR_WORDS))
            or (room.network and room.under >= (MIN_STEP if room.with_training else 1))
        ),
    ),
    Place(
        RulePanel,
        "rule",
        "answers",
        lambda room: (
            room.view is View.RULE
            or (room.view is not View.WEEK and room.for_tables and (not room.network or room.with_step))
        ),
    ),
    Place(
        WordsPanel,
        "words",
        "answers",
        lambda room: (
            room.view is not View.WEEK and room.for_tables and (not room.network or room.left >= WITH_GLOSSARY)
        ),
    ),
)
"""Every panel, from the top to the bottom; the footer is under them all."""

PANELS = (*CONTAINERS, *(place.name for place in PLACES))
"""All that may be out of sight."""


def has_room_for_all(size: Size) -> bool:
    """Whether the lesson that trains can show loss and product at once."""
    high_beside = size.width >= COLUMNS_BESIDE and size.height >= ROWS_FOR_MAP
    return high_beside or (size.width >= COLUMNS_FOR_NAMES and size.height >= ROWS_FOR_ALL)


@lru_cache(256)
def views(room: Room) -> tuple[View, ...]:
    """The views that a key goes through; which one is looked at now does not matter.

    From the network it goes nearer, then to what is neither near nor far, and then to the week, which is farthest.
    """
    size = room.size
    found = [View.NETWORK] if room.lines else []
    if not room.with_step:
        found.append(View.PRODUCT)
    if room.for_nodes:
        found.append(View.NODES)
    if size.height < ROWS_FOR_WORDS and size.width < COLUMNS_BESIDE:
        found.append(View.WORDS)
    if size.height < ROWS_FOR_WEEK:
        found.append(View.RULE)
    if room.learning:
        found += [View.LOSS] if size.width >= COLUMNS_FOR_NAMES else [View.LOSS, View.CASES]
    return (*found, View.WEEK)


def another(room: Room, by: int) -> View:
    """The view that comes after the one that is looked at, or before it.

    Args:
        room: With one of its `views`.
        by: 1, or -1.
    """
    known = views(room)
    return known[(known.index(room.view) + by) % len(known)]


NAMES = {
    View.WEEK: N_("week"),
    View.NETWORK: N_("network"),
    View.PRODUCT: N_("step"),
    View.NODES: N_("nodes"),
    View.WORDS: N_("words"),
    View.RULE: N_("rule"),
    View.LOSS: N_("loss"),
    View.CASES: N_("cases"),
}
"""What the views are called in the corner of a frame; translated when they are shown."""


def ways_on(room: Room, keys: tuple[str, str], dot: str) -> tuple[str, ...]:
    """Where two keys lead from the view that is looked at, the longest form first: closer, farther, or what is there.

    Args:
        room: With one of its `views`.
        keys: What people call the key to the next view, and the one to the view before.
        dot: What stands between the two.
    """
    onwards, back = another(room, 1), another(room, -1)
    ways = [_way(room.view, onwards), _way(room.view, back)]
    if onwards is not back and ways[0] == ways[1]:  # both are closer, or both are farther
        ways = [_(NAMES[onwards]), _(NAMES[back])]
    first, second = (_("{key}: {where}").format(key=key, where=where) for key, where in zip(keys, ways, strict=True))
    return (first,) if onwards is back else (f"{first} {dot} {second}", first)


def _way(here: View, there: View) -> str:
    if here in DISTANCES and there in DISTANCES:
        return _("closer") if DISTANCES.index(there) > DISTANCES.index(here) else _("farther")
    return _(NAMES[there])


@lru_cache(256)
def in_sight(room: Room) -> frozenset[str]:
    """The panels that are shown, and the containers they stand in.

    Args:
        room: With one of its `views`.
    """
    found = set()
    for place in PLACES:
        if place.shown(room):
            found.add(place.name)
            inside = place.inside
            while inside:
                found.add(inside)
                inside = CONTAINERS[inside]
    return frozenset(found)
