"""What a drawing of nodes and edges shows: its columns of nodes, and the edges between two of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from model.arrays import Array
from model.language import _
from model.network.cell import LOGITS
from model.simulation.simulation import Simulation
from model.steps.axes import Axis
from model.steps.step import Operand
from tui.rendering.block import Part, line
from tui.rendering.edges import Edge
from tui.rendering.matrix import FAINT, sign_style
from tui.rendering.network_parts import WalkedNetwork
from tui.rendering.network_places import matrix_slot, output_rows, spelled_places, vector_slot
from tui.rendering.network_plan import short_names
from tui.rendering.network_slots import Row, Slot, extent
from tui.rendering.network_style import FULL
from tui.text.glyphs import Glyphs

NUMBER = 5
"""Cells of a number at a node, where not all of them are whole."""

FIRST, MIDDLE, LAST = range(3)
"""Where a column stands: names are left of its nodes, or right of them."""

MIN_EDGE = 8
"""Cells between two columns in which the edges can be told apart."""

AROUND = (4, 6, 5)
"""The cells of a column beside its names and numbers: its nodes, the heads of arrows, and blanks."""


@dataclass(frozen=True)
class Layer:
    """A column of nodes.

    Attributes:
        names: What the nodes are called.
        numbers: What stands at them.
        on: Which of them carry something.
        role: Their colour.
        title: What they are together.
        lit: Whether a page points at them.
        side: Where the column stands.
        room: Cells of a number.
        gap_after: After how many nodes there is a gap; None: there is none.
    """

    names: Sequence[str]
    numbers: Sequence[str]
    on: Sequence[bool]
    role: str
    title: str
    lit: bool
    side: int
    room: int
    gap_after: int | None = None

    @property
    def width(self) -> int:
        """The cells it takes."""
        return max(map(cell_len, self.names)) + self.room + AROUND[self.side]

    def heading(self) -> Content:
        """What stands over the nodes."""
        return line((self.title, f"${self.role} reverse" if self.lit else f"${self.role}"))

    def lines(
        self, rows: int, places: Sequence[int], reached: Mapping[int, str], glyphs: Glyphs, *, backward: bool
    ) -> list[Content]:
        """The column as so many lines; where something reaches a node there is the head of an arrow."""
        drawn = []
        for row in range(rows):
            if row not in places:
                drawn.append(line(" " * self.width))
                continue
            at = places.index(row)
            style = f"${self.role} bold" if self.on[at] else FAINT
            node = glyphs.node if self.on[at] else glyphs.empty_node
            name, number = self.names[at], self.numbers[at].rjust(self.room)
            before, behind = ("", glyphs.heads[3]) if backward else (glyphs.arrow, "")
            head, tail = (sign if row in reached else " " for sign in (before or " ", behind or " "))
            colour = reached.get(row, "")
            spare = " " * (self.width - cell_len(name) - len(number) - AROUND[self.side])
            if self.side == FIRST:
                parts: list[Part] = [spare, (f"{name} {number} {node}", style), (tail, colour)]
            elif self.side == MIDDLE:
                parts = [(head, colour), (f" {node} {name} {number}", style), spare, (tail, colour)]
            else:
                parts = [(head, colour), (f" {node} {number} {name}", style), spare]
            drawn.append(line(*parts))
        return drawn


@dataclass(frozen=True)
class Joint:
    """An edge between two nodes.

    Attributes:
        source: The node it comes from, forwards.
        target: The node it leads to, forwards.
        weight: Whether it is more than nothing.
        text: What stands on it.
        style: Its style.
        active: Whether something passes along it now.
    """

    source: int
    target: int
    weight: bool
    text: str
    style: str
    active: bool

    def at(self, left: Sequence[int], right: Sequence[int]) -> Edge:
        """The edge between two columns whose nodes stand in these rows."""
        return Edge(left[self.source], right[self.target], self.text, self.style, self.active, quiet=not self.weight)


@dataclass(frozen=True)
class Layers:
    """The whole drawing as values.

    Attributes:
        layers: The columns, from left to right.
        edges: Those between two columns.
        names: What these edges are.
        outputs: The meaning of the last column.
        backward: Whether the way back is walked.
    """

    layers: Sequence[Layer]
    edges: Sequence[Sequence[Joint]]
    names: Sequence[Content]
    outputs: Axis
    backward: bool

    @property
    def width(self) -> int:
        """The cells it takes, if its edges are as short as they can be and still be told apart."""
        return sum(layer.width for layer in self.layers) + MIN_EDGE * len(self.edges)


def layers_of(simulation: Simulation, glyphs: Glyphs, *, pictures: bool) -> Layers:
    """What is drawn at a step.

    Args:
        simulation: A place of the walk through a network that is small enough.
        glyphs: Characters to draw with.
        pictures: Whether nodes are only pictures (or the beginnings of names), to save room.
    """
    walk = WalkedNetwork(simulation)
    cell, backward = walk.cell, simulation.backward
    *reading, last = cell.products
    rows = list(output_rows(walk))
    row = next((one for one in reversed(rows) if one.highlighted), None)
    row = row or next((one for one in reversed(rows) if one.known), rows[0])
    first = reading or [last]
    slots = [matrix_slot(walk, product, turned=False) for product in first]
    above = [slot.above for slot in slots if slot.above is not None]
    units = _units(walk) if cell.hidden else None
    numbers = [one.value for one in above] + [row.value] + ([] if units is None else [units.value])
    drawn = [*slots, *([] if units is None else [units])]
    whole = row.whole and all(slot.whole for slot in drawn)
    plain = whole and not backward and all(extent(value)[1] for value in numbers)
    sizes = [extent(value)[0] for value in numbers] + [row.largest]
    largest = max(sizes if units is None else [*sizes, units.largest])
    negative = bool((walk.network.parameters.flat < 0).any())
    room = len(f"{largest:.0f}") + negative if plain else NUMBER
    inputs = _inputs(walk, above, glyphs, room, pictures=pictures)
    outputs = walk.of_day.quantity(LOGITS).rows
    names = [_name(outputs, at, glyphs, pictures) for at in range(len(outputs.labels))]
    numbers_out = _output_numbers(walk, row, glyphs)
    title = glyphs.text(row.name) if backward else _("today, out")
    pointing = simulation.lit is not None
    pointed = pointing and row.name in walk.touched
    known = row.known or not cell.hidden  # of one product the first step makes it
    last_layer = Layer(
        names, numbers_out, [known and bool(n) for n in row.value], row.role, title, pointed, LAST, room
    )
    name = _named(slots, glyphs, pointing=pointing)
    if units is None:
        joints = _joints(walk, slots, [0], None, labelled=True)
        return Layers([inputs, last_layer], [joints], [name], outputs, backward)
    axis = walk.of_day.quantity(cell.hidden).rows
    unit, dish, _column = spelled_places(walk, last, axis)
    texts = [FULL.write(float(n), units) if units.known else _missing(units, glyphs) for n in units.value[:, 0]]
    on = [units.known and bool(n) for n in units.value[:, 0]]
    short = short_names(axis, glyphs)
    middle = Layer(short, texts, on, units.role, units.name, False, MIDDLE, room)
    merge = matrix_slot(walk, last, turned=False)
    return Layers(
        [inputs, middle, last_layer],
        [
            _joints(walk, slots, _offsets(above), unit, labelled=False),
            _joints(walk, [merge], [0], dish, labelled=False, signal=units.value[:, 0] * units.known),
        ],
        [name, _named([merge], glyphs, pointing=pointing)],
        outputs,
        backward,
    )


def _units(walk: WalkedNetwork) -> Slot:
    """The hidden units, or the sum that they are made of, whichever the step is about, or was made last."""
    made = {operation.out: operation for operation in walk.cell.operations}
    stages = [vector_slot(walk, walk.cell.hidden)]
    stages += [vector_slot(walk, name) for name in made[walk.cell.hidden].inputs if name in made]
    lit = next((one for one in stages if one.highlighted), None)
    return lit or next((one for one in stages if one.known), stages[0])


def _missing(slot: Slot, glyphs: Glyphs) -> str:
    return glyphs.unknown if slot.highlighted else glyphs.to_come


def _inputs(walk: WalkedNetwork, above: Sequence[Operand], glyphs: Glyphs, room: int, *, pictures: bool) -> Layer:
    names, numbers, on = [], [], []
    for operand in above:
        gradient = operand.symbol.startswith("∂")
        largest, whole = extent(operand.value)
        stand_in = Slot("", "", operand.value[:, None], "", gradient=gradient, largest=largest, whole=whole)
        for at, number in enumerate(operand.value.tolist()):
            names.append(_name(operand.rows, at, glyphs, pictures))
            letter = None if operand.letters is None else str(operand.letters.flat[at])
            numbers.append(FULL.write(number, stand_in) if letter is None else letter)
            on.append(bool(number))
    reads = walk.cell.reads_yesterday
    title = _("yesterday, in") if reads else _("today's weather, in")
    if len(above) > 1:
        title = _("what goes in")
    role = "yesterday" if reads else "weather"
    if any(operand.symbol.startswith("∂") for operand in above):
        title, role = f"{glyphs.text('∂d')}: {_('to yesterday')}", "error"
    lit = walk.simulation.lit is not None and any(operand.symbol in walk.touched for operand in above)
    gap = len(above[0].value) if len(above) > 1 else None
    return Layer(names, numbers, on, role, title, lit, FIRST, room, gap)


def _offsets(above: Sequence[Operand]) -> list[int]:
    return [sum(len(one.value) for one in above[:at]) for at in range(len(above))]


def _name(axis: Axis, row: int, glyphs: Glyphs, pictures: bool) -> str:
    return glyphs.short(axis, row, 3) if pictures else glyphs.labelled(axis, row)


def _output_numbers(walk: WalkedNetwork, row: Row, glyphs: Glyphs) -> list[str]:
    """What stands at the outputs: each number as short as can be, or what stands in its place."""
    result = walk.of_day.quantity(LOGITS)
    stepped = next((step.result for step in walk.simulation.steps if step.result.symbol == LOGITS), result)
    if row.name == LOGITS and not walk.simulation.backward and stepped.letters is not None:
        return [str(letter) for letter in stepped.letters.flat]
    if not row.known and not (row.name == LOGITS and not walk.cell.hidden):
        return [glyphs.unknown if row.highlighted else glyphs.to_come] * len(row.value)
    if row.kind == "part":
        return [f"{number:.0%}" for number in row.value]
    stand_in = Slot(
        "", "", row.value[:, None], "", gradient=row.kind == "gradient", largest=row.largest, whole=row.whole
    )
    return [FULL.write(float(number), stand_in) for number in row.value]


def _named(slots: Sequence[Slot], glyphs: Glyphs, *, pointing: bool) -> Content:
    """The names of the matrices whose weights the edges are; one that a page points at is reversed."""
    parts: list[Part] = []
    for slot in slots:
        style = f"${slot.role} bold" + " reverse" * (pointing and slot.highlighted)
        parts += [*([", "] if parts else []), (glyphs.text(slot.name), style)]
    return line(*parts)


def _joints(
    walk: WalkedNetwork,
    slots: Sequence[Slot],
    offsets: Sequence[int],
    spelled: int | None,
    *,
    labelled: bool,
    signal: Array | None = None,
) -> list[Joint]:
    """The edges of one or more matrices; those with numbers are all, or those of the entry that is spelled out."""
    joints = []
    dotted = not walk.cell.hidden  # among many edges those without weight would hide the others
    for slot, offset in zip(slots, offsets, strict=True):
        inputs = signal if signal is not None else None if slot.above is None else slot.above.value
        gradients = slot.above is not None and slot.above.symbol.startswith("∂")
        for target, weights in enumerate(slot.value.tolist()):
            for source, weight in enumerate(weights):
                if not weight and not dotted:
                    continue
                passes = inputs is None or inputs[source] != 0
                active = bool(weight) and (
                    slot.highlighted or gradients if walk.simulation.backward else bool(passes)
                )
                style = f"{sign_style(weight)} bold" if active else "$muted" if weight else FAINT
                text = FULL.write(weight, slot) if weight else ""
                if slot.letters is not None:
                    text = str(slot.letters[target, source])
                shown = text if labelled or target == spelled else ""
                joints.append(Joint(offset + source, target, bool(weight), shown, style, active))
    return joints
