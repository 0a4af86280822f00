"""What of the network is drawn, and how much room it takes, in one of the styles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from rich.cells import cell_len

from model.network.cell import Cell
from model.network.operations import Add, AddBias, Operation, Product, Subtract
from model.simulation.simulation import Simulation
from model.steps.axes import Axis
from tui.rendering.matrix import FAINT
from tui.rendering.network_slots import Places, Slot
from tui.rendering.network_style import Style
from tui.text.glyphs import Glyphs

HEADINGS = 3
"""Lines above the units: names, columns, inputs."""

OUTPUT_ROWS, BACK_ROWS = 3, 5
"""So many lines under the last matrix have room for all that is made of the logits, forwards and on the way back."""

MIN_MARKED = 3
"""In so few cells there is no room for a mark behind a number."""

MAX_UNITS = 40
"""Of a network with more units a part is drawn."""


class Plan:
    """The places of a drawing in one style.

    Args:
        seen: What is to be drawn.
        simulation: The place of the walk.
        glyphs: Characters to draw with.
        style: How much room there is for everything.
        height: The lines there are.
    """

    def __init__(self, seen: Places, simulation: Simulation, glyphs: Glyphs, style: Style, height: int) -> None:
        self.seen, self.glyphs, self.style, self.simulation = seen, glyphs, style, simulation
        whole = seen.whole
        self.number = max(style.whole, _widest(seen, simulation) + 1) if whole else style.format.width
        self.slots = [*seen.slots]
        if not style.products:
            kinds = (Product, AddBias) if style.sums else (Product, AddBias, Add, Subtract)
            self.slots = [*_in_one_place(seen, simulation.situation.cell, kinds)]
        self.headings = HEADINGS - style.low
        all_fit = len(seen.units.labels) + (0 if style.low else len(self._divided_at(seen))) < height - self.headings
        self.footer = 1 if style.low or all_fit else 2
        self.rows = self._window(len(seen.units.labels), seen.unit, height)
        self.dividers = set() if style.low else self._divided()
        if not style.low:  # the rows of the outputs have what room is left, the last to be made first
            room = height - self.headings - len(self.rows) - len(self.dividers) - 1
            self.footer = 1 + min(max(room, 0), BACK_ROWS if simulation.situation.can_go_back else OUTPUT_ROWS)
        named = glyphs.named(seen.units)
        self.labels = (_names if style.names == "full" else short_names)(seen.units, glyphs)
        self.longest = _longest(self.labels)
        self.group_width = max(map(cell_len, named.groups), default=0) if style.names == "full" else 0
        self.names_width = 2 - self.tight + self.longest + (self.group_width + 1 if self.group_width else 0)
        first = next((slot.above for slot in self.slots if slot.above is not None), None)
        self.first = first if first is not None and first.role in {"yesterday", "error"} else None

    @property
    def complete(self) -> bool:
        """Whether all units are drawn."""
        return len(self.rows) == len(self.seen.units.labels)

    @property
    def whole(self) -> bool:
        """Whether all units are drawn, and all columns of their matrices."""
        return self.complete and all(slot.value.shape[1] <= self.style.columns for slot in self.slots)

    @property
    def width(self) -> int:
        """The cells it takes."""
        slots = sum(self.gap(slot, first=not index) + self.inside(slot) + 2 for index, slot in enumerate(self.slots))
        return self.names_width + slots

    @property
    def height(self) -> int:
        """The lines it takes."""
        return self.headings + len(self.rows) + len(self.dividers) + self.footer

    def inside(self, slot: Slot) -> int:
        """The cells between the brackets of a slot."""
        return self.cells(slot) + (1 if self.style.gap >= 2 else 0)

    def cells(self, slot: Slot) -> int:
        """The cells of the numbers in a row of a slot."""
        return self.number * len(self.columns(slot)) - self.tight

    @property
    def tight(self) -> bool:
        """Whether there is no blank before the first number in its brackets."""
        return not self.style.gap

    def row(self, parts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """The numbers of a row; where there is little room, without the blank before the first."""
        if not self.tight:
            return [*parts]
        (text, style), *others = parts
        return [(text[1:], style), *others]

    def letter(self, letter: str) -> str:
        """What stands in place of a weight: its letter, where it does not touch the next."""
        return letter if len(letter) < self.number else self.glyphs.unknown

    def in_cell(self, text: str, slot: Slot) -> str:
        """A number or a name in its cells.

        Behind the numbers of a matrix a cell stays free where it can, for the mark of a weight that has moved.
        """
        width = self.number - (self._has_marks(slot) and cell_len(text) < self.number)
        return " " * (width - cell_len(text)) + text + " " * (self.number - width)

    def unknown(self, slot: Slot, *, highlighted: bool) -> tuple[str, str]:
        """What stands in place of a number that is to come, or that is asked for."""
        if highlighted:
            return self.in_cell(self.glyphs.unknown, slot), "$today bold"
        return self.in_cell(self.glyphs.to_come, slot), FAINT

    def lead(self, slot: Slot) -> str:
        """What stands before the first number of a line."""
        return " " if self._has_marks(slot) and self.style.gap >= 2 else ""

    def _has_marks(self, slot: Slot) -> bool:
        """Whether a cell behind each number is kept for a mark."""
        wide = self.number > MIN_MARKED and not self.tight
        return slot.columns is not None and not self.seen.whole and wide

    def _window(self, units: int, unit: int | None, height: int) -> range:
        """The units that are drawn: all, or those around the one that is spelled out."""
        room = min(max(height - self.headings - self.footer, 3), MAX_UNITS)
        if units <= room:
            return range(units)
        first = min(max((unit or 0) - room // 2, 0), units - room)
        return range(first, first + room)

    def _divided(self) -> set[int]:
        """The units after which a line divides two blocks, if all are drawn."""
        return self._divided_at(self.seen) if self.complete else set()

    @staticmethod
    def _divided_at(seen: Places) -> set[int]:
        axis = seen.units
        return set(range(axis.block - 1, len(axis.labels) - 1, axis.block)) if axis.groups else set()

    def sign(self, slot: Slot, gap: int) -> str:
        """How a slot is made from those left of it, as far as there is room for it."""
        if not gap or (slot.sign in {"+", "="} and not self.style.products):
            return ""
        sign = self.glyphs.text(slot.sign)
        if len(sign) <= 1:
            return sign
        longer = f"{sign} {self.glyphs.arrow}"
        return longer if len(longer) <= 8 and gap >= 4 else self.glyphs.arrow

    def gap(self, slot: Slot, *, first: bool) -> int:
        """The cells before a slot."""
        gap = 0 if first else self.style.gap
        sign = self.sign(slot, gap)
        return max(gap, cell_len(sign) + (2 if gap >= 2 else 0)) if sign else gap

    def columns(self, slot: Slot) -> range:
        """The columns that are drawn: all, or those around the one that is picked or spelled out."""
        count = slot.value.shape[1]
        most = self.style.columns
        if count <= most:
            return range(count)
        middle = self.seen.column[1] if self.seen.column and self.seen.column[0] == slot.key else 0
        if slot.above is not None and not middle:
            middle = int(slot.above.value.argmax())
        first = min(max(middle - most // 2, 0), count - most)
        return range(first, first + most)


def _in_one_place(seen: Places, cell: Cell, kinds: tuple[type[Operation], ...]) -> Iterator[Slot]:
    """The slots, with one for a quantity and what it is made of: what the step is about, or was last made.

    Args:
        seen: What is to be drawn.
        cell: The architecture.
        kinds: The operations that have no place of their own.
    """
    made = {operation.out: operation for operation in cell.operations}
    biases = {operation.matrix for operation in cell.operations if isinstance(operation, AddBias)}
    keys = {slot.key: slot for slot in seen.slots}
    parts = {key: tuple(_made_of(made, key, kinds, seen.returns)) for key in keys if key in made}
    left_out = {name for names in parts.values() for name in names} | biases
    for slot in seen.slots:
        stages = [keys[name] for name in (slot.key, *parts.get(slot.key, ())) if name in keys]
        if slot.key not in left_out:
            shown = next((one for one in stages if one.highlighted), next((one for one in stages if one.known), slot))
            yield shown if shown is slot else replace(shown, key=slot.key, sign=slot.sign)


def _made_of(
    made: Mapping[str, Operation], key: str, kinds: tuple[type[Operation], ...], kept: Sequence[str]
) -> Iterator[str]:
    """What a quantity is made of by some kinds of operations, the last first; without what is kept apart."""
    for name in made[key].inputs:
        if isinstance(made.get(name), kinds) and name not in kept:
            yield name
            yield from _made_of(made, name, kinds, kept)


def _widest(seen: Places, simulation: Simulation) -> int:
    """The cells of the widest number of a network whose numbers are all whole, at any step of the week."""
    signed = (simulation.situation.network.parameters.flat < 0).any()  # without a sign they make nothing with one
    largest = max([*(slot.largest for slot in seen.slots), *(row.largest for row in seen.rows)])
    return len(f"{largest:.0f}") + bool(signed)


@lru_cache(maxsize=8)
def _names(axis: Axis, glyphs: Glyphs) -> tuple[str, ...]:
    """The names of all units, with their pictures."""
    return tuple(glyphs.labelled(axis, unit) for unit in range(len(axis.labels)))


@lru_cache(maxsize=8)
def short_names(axis: Axis, glyphs: Glyphs) -> tuple[str, ...]:
    """The units by a letter of their block and a picture, or by their numbers where these would be the same."""
    named = glyphs.named(axis)
    letters = [group[:1] for group in named.groups] or [""]
    brief = [
        f"{letters[unit // axis.block]}{glyphs.picture(axis, unit) or label[: 3 if named.groups else 4]}"
        for unit, label in enumerate(named.labels)
    ]
    return tuple(brief if len(set(brief)) == len(brief) else (f"u{unit + 1}" for unit in range(len(brief))))


@lru_cache(maxsize=8)
def _longest(labels: tuple[str, ...]) -> int:
    """The cells of the longest name of all units, whichever of them are in sight."""
    return max(map(cell_len, labels))
