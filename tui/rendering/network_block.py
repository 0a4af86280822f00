"""The whole network in one block: a line for each hidden unit through all matrices and vectors, and the loop.

The matrix that reads the units lies on its side, so that its columns, too, are their lines. Inputs stand above the
columns that they pick, outputs under the last matrix, and a line leads from there back to yesterday. Places depend on
the network and the room alone: a step moves nothing but the light.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from rich.cells import cell_len
from textual.content import Content

from model.language import _
from model.network.cell import Size
from model.simulation.simulation import Simulation
from model.steps.axes import Axis
from tui.rendering.block import Block, Part, beside, line, on_lit
from tui.rendering.kept_slots import kept
from tui.rendering.matrix import FAINT, sign_style
from tui.rendering.network_outputs import Outputs
from tui.rendering.network_parts import can_place, parts_of
from tui.rendering.network_places import places
from tui.rendering.network_plan import BACK_ROWS, HEADINGS, OUTPUT_ROWS
from tui.rendering.network_slots import Places, Slot
from tui.rendering.network_style import STYLES, Style
from tui.rendering.node_diagram import node_block, node_lines
from tui.rendering.overview import all_weights
from tui.text.glyphs import Glyphs, beginning

MAX_COLUMNS = (24, 12, 8, 5)
"""A matrix with more columns is drawn in part: fewer where even these do not fit."""

MIN_GATES = 116
"""Cells from which all gates of a cell stand in one block, if they have room."""

MIN_WITH_NODES, NODES_APART = 180, 6
"""Cells from which the network stands a second time beside itself, as nodes and edges; and those around it."""

MIN_BESIDE, SIDE, MOST_BESIDE, GAP = 100, 4, 48, 2
"""From how many cells on all weights stand beside a network that is drawn in part; the part of the width that they
have and no more than how many cells; and the cells before them."""


def network_block(simulation: Simulation, glyphs: Glyphs, width: int, height: int) -> Block | None:
    """The network of the day that is looked at, as large as there is room for.

    Args:
        simulation: A place of the walk.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are.

    Returns:
        The drawing, in the middle of the width; None for a network without hidden units, and where there is no room
        for any.
    """
    if not can_place(simulation.situation.cell):
        nodes = node_block(simulation, glyphs, width, height)
        return nodes and Block.of(line(" " * ((width - nodes.width) // 2), text) for text in nodes.lines)
    all_of_it = places(simulation, parts=parts_of(simulation.situation.cell))
    found = _found(simulation, all_of_it, glyphs, width, height)
    if found is None:
        return None
    if found.whole or width < MIN_BESIDE:
        return _with_nodes(found, simulation, glyphs, width, height)
    side = min(width // SIDE, MOST_BESIDE)
    smaller = _found(simulation, all_of_it, glyphs, width - side - GAP, height)
    if smaller is None:
        return found.block(indent=(width - found.width) // 2)
    block = smaller.block()
    whole = all_weights(all_of_it, smaller, glyphs, side, block.height)
    gap = " " * (width - side - block.width)
    return Block.of(line(text, gap, other) for text, other in zip(block.lines, whole.lines, strict=True))


def _with_nodes(drawing: Drawing, simulation: Simulation, glyphs: Glyphs, width: int, height: int) -> Block:
    """The drawing, and beside it the same network as nodes and edges, if there is room for these."""
    nodes = None
    if width >= MIN_WITH_NODES:
        nodes = node_block(simulation, glyphs, width - drawing.width - NODES_APART, height)
    if nodes is None:
        return drawing.block(indent=(width - drawing.width) // 2)
    gap = (width - drawing.width - nodes.width) // 3
    return beside([drawing.block(indent=gap), nodes], gap)


def _found(simulation: Simulation, all_of_it: Places, glyphs: Glyphs, width: int, height: int) -> Drawing | None:
    """The drawing of the whole network or, where it is a gated cell with no room for all gates, of a part of it."""
    gated = simulation.situation.cell.gated
    if not gated or width >= MIN_GATES:
        found = _widest(simulation, [all_of_it], glyphs, width, height)
        if not gated or (found is not None and found[1].whole):
            return None if found is None else found[1]
    # one style for all gates, so that a step to the next one changes no number; smaller parts if that is wider
    sizes = [_widest(simulation, _parts(simulation, small=small), glyphs, width, height) for small in (False, True)]
    found = min(filter(None, sizes), key=lambda one: one[0], default=None)
    return None if found is None else found[1]


def _parts(simulation: Simulation, *, small: bool) -> list[Places]:
    """The part of a gated cell that the step belongs to, and then all of them."""
    parts = parts_of(simulation.situation.cell, small=small)
    return [places(simulation, small=small), *(places(simulation, small=small, parts=(part,)) for part in parts)]


def _widest(
    simulation: Simulation, parts: Sequence[Places], glyphs: Glyphs, width: int, height: int
) -> tuple[int, Drawing] | None:
    """The first of several parts of a network in the widest style in which all of them fit, if there is one.

    Returns:
        How many wider styles there are, and the drawing.
    """
    largest, rank = max(slot.value.shape[1] for seen in parts for slot in seen.slots), 0
    for columns in (columns for columns in MAX_COLUMNS if columns == MAX_COLUMNS[0] or columns < largest):
        first = None
        for style in _styles(columns):
            rank += 1
            drawings = [Drawing(seen, simulation, glyphs, style, height) for seen in parts]
            if all(drawing.width <= width and drawing.height <= height for drawing in drawings):
                if drawings[0].complete:
                    return rank, drawings[0]
                first = first or (rank, drawings[0])
        if first is not None:
            return first
    return None


@lru_cache
def _styles(columns: int) -> tuple[Style, ...]:
    """All styles, with at most so many columns of a matrix."""
    return tuple(replace(style, columns=columns) for style in STYLES)


def lines_needed(simulation: Simulation, width: int = 0) -> tuple[int, int]:
    """The lines of the whole network with one row of its outputs, and how many rows more there may be.

    Both are 0 for a network that is not drawn so.

    Args:
        simulation: A place of the walk.
        width: The cells there are; where it stands as nodes and edges beside itself, it has the lines of these.
    """
    situation = simulation.situation
    if not can_place(situation.cell):
        return node_lines(simulation)
    by_hand = situation.by_hand and not situation.trains  # who trains has weights to come, if there are none yet
    blocks = len(situation.roommate.rules) if situation.network.blocks and not situation.trains else 1
    rows = BACK_ROWS if situation.can_go_back else 1 if by_hand else OUTPUT_ROWS
    lines = HEADINGS + situation.sizes[Size.HIDDEN] + blocks - 1 + 2
    if by_hand and width >= MIN_WITH_NODES:
        lines = max(lines, node_lines(simulation)[0] + 1)
    return lines, rows - 1


def fewest_lines(simulation: Simulation) -> int:
    """The lines in which all hidden units have room; 0 where there are none."""
    situation = simulation.situation
    return situation.sizes[Size.HIDDEN] + HEADINGS if can_place(situation.cell) else 0


@lru_cache(256)
def _gap(width: int, headings: int, rows: int, above: tuple[str, str], sign: tuple[str, str]) -> tuple[Content, ...]:
    """The lines between two slots.

    Args:
        width: The cells.
        headings: The lines over the units.
        rows: The lines of the units.
        above: What stands in the last of the former, at the right, and its style.
        sign: What stands in the middle of the latter, and its style.
    """
    left = (width - cell_len(sign[0])) // 2
    signed = line(" " * left, sign, " " * (width - left - cell_len(sign[0])))
    empty = line(" " * width)
    inputs = line((above[0].rjust(width), above[1]))
    return (
        *[empty] * (headings - 1),
        inputs,
        *(signed if row == rows // 2 else empty for row in range(rows)),
    )


class Drawing(Outputs):
    """One drawing in one style."""

    def block(self, indent: int = 0) -> Block:
        """The whole drawing, so many cells from the left."""
        names = self._names()
        columns: list[Sequence[Content]] = [names]
        starts: dict[str, tuple[int, int]] = {}
        at = names[0].cell_length
        for index, slot in enumerate(self.slots):
            between, drawn = self._between(slot, first=index == 0), self._slot_block(slot)
            columns += [between, drawn.lines]
            at += between[0].cell_length
            starts[slot.key] = at, drawn.width
            at += drawn.width
        before = " " * indent
        rows = (line(before, *parts) for parts in zip(*columns, strict=True))
        lines = [self._band(row, text, indent) for row, text in enumerate(rows)]
        return Block.of([*lines, *(line(before, text) for text in self.outputs(starts, at))])

    def _band(self, row: int, text: Content, indent: int) -> Content:
        """The line of the unit that is spelled out, highlighted from end to end."""
        unit = self.seen.unit
        if unit is None or unit not in self.rows or row != self._line_of(unit):
            return text
        return on_lit(text, indent + 1)

    def _line_of(self, unit: int) -> int:
        return (
            self.headings
            + sum(1 for other in self.rows if other < unit)
            + sum(1 for end in self.dividers if end < unit)
        )

    def _lines(self, of_unit: Callable[[int], Content], divider: Content) -> Iterator[Content]:
        for unit in self.rows:
            yield of_unit(unit)
            if unit in self.dividers:
                yield divider

    def _names(self) -> list[Content]:
        axis, glyphs, width = self.seen.units, self.glyphs, self.names_width
        named = glyphs.named(axis)
        symbol, corner, run, edge, style = "", " ", " ", " ", FAINT
        if self.first is not None:
            symbol = glyphs.text(self.first.symbol)
            longer = f"{symbol} {glyphs.arrow}"
            symbol = longer if self.first.role == "yesterday" and cell_len(longer) < width else symbol
            corner, run, edge, style = glyphs.lines[6], glyphs.lines[10], glyphs.lines[5], "$yesterday"
        room = max(width - 1 - cell_len(symbol), 0)
        inputs = line((corner + (run * (room - 1) + " " if room else ""), style), (symbol, f"{style} bold"))

        def name(unit: int) -> Content:
            group = ""
            if self.group_width and unit % axis.block == (axis.block - 1) // 2:
                group = named.groups[unit // axis.block]
            spelled = "bold" if unit == self.seen.unit else "$muted"
            text = self.labels[unit]
            parts: list[Part] = [(edge, style), " " * (self.longest - cell_len(text)), (text, spelled)]
            parts += [] if self.tight else [" "]
            if self.group_width:
                parts.insert(1, (" " * (self.group_width - cell_len(group)) + group + " ", "$muted italic"))
            return line(*parts)

        above = [line(" " * width)] * (self.headings - 1)
        return [*above, inputs, *self._lines(name, line((edge, style), " " * (width - 1)))]

    def _between(self, slot: Slot, *, first: bool) -> Sequence[Content]:
        width = self.gap(slot, first=first)
        sign = self.sign(slot, width)
        if self.seen.backward:  # an error goes the other way, and through sums as it is
            sign = self.glyphs.heads[3] if len(sign) > 1 or sign == self.glyphs.arrow else ""
        above = ("", "")
        if slot.above is not None and width >= 4:
            above = f"{self.glyphs.text(slot.above.symbol)} {self.glyphs.arrow}", f"${slot.above.role}"
        signed = sign, "bold" if slot.highlighted else "$muted"
        return _gap(width, self.headings, len(self.rows) + len(self.dividers), above, signed)

    def _slot_block(self, slot: Slot) -> Block:
        """A slot, drawn anew only if something of it has changed."""
        seen, column = self.seen, self.seen.column
        spelled = (column, seen.unit) if column is not None and column[0] == slot.key else None
        plan = (self.number, self.rows, tuple(self.dividers), self.headings, self.style, self.glyphs)
        return kept(slot, (spelled, seen.backward, seen.whole, *plan), lambda slot: Block.of(self._slot(slot)))

    def _slot(self, slot: Slot) -> list[Content]:
        glyphs, role = self.glyphs, f"${slot.role}"
        corners = glyphs.heavy_corners if slot.highlighted else glyphs.corners
        vertical = glyphs.heavy_vertical if slot.highlighted else glyphs.vertical
        shown = self.columns(slot)
        inside = self.inside(slot)
        first, last = self.rows[0], self.rows[-1]

        def row(unit: int) -> Content:
            left = corners[0] if unit == first else corners[2] if unit == last else vertical
            right = corners[1] if unit == first else corners[3] if unit == last else vertical
            edge = f"{role} bold" if slot.highlighted else role
            return line((left, edge), *self._numbers(slot, unit, shown, inside), (right, edge))

        rule = glyphs.divide_left + glyphs.horizontal * inside + glyphs.divide_right
        above = [self._icons(slot, shown, inside), self._inputs(slot, shown, inside)]
        if not self.style.low:
            above.insert(0, self._heading(slot, inside + 2))
        elif slot.columns is None:
            above = [line(" " * (inside + 2)), self._heading(slot, inside + 2)]
        return [*above, *self._lines(row, line((rule, role)))]

    def _heading(self, slot: Slot, room: int) -> Content:
        name = self.glyphs.text(slot.name)
        if slot.turned:
            longer = _("{matrix}, on its side").format(matrix=name)
            name = longer if cell_len(longer) <= room else self.glyphs.text(f"{slot.name}ᵀ")
        name = f"{name[: room - 1]}." if len(name) > room else name
        style = f"${slot.role} bold" if slot.known else FAINT
        left = (room - cell_len(name)) // 2
        return line(" " * left, (name, style), " " * (room - left - cell_len(name)))

    def _icons(self, slot: Slot, shown: range, inside: int) -> Content:
        if slot.columns is None:
            return line(" " * (inside + 2))
        parts: list[tuple[str, str]] = []
        for column in shown:
            name = _column_name(slot.columns, column, self.number - (self.number > 2), self.glyphs)
            spelled = self.seen.column == (slot.key, column)
            parts.append((self.in_cell(name, slot), "bold" if spelled else "$muted"))
        return self._above(slot, parts, inside)

    def _above(self, slot: Slot, parts: Sequence[tuple[str, str]], inside: int) -> Content:
        """What stands above the columns of a slot, each in its cells."""
        lead = self.lead(slot)
        return line(f" {lead}", *self.row(parts), " " * (inside + 1 - len(lead) - self.cells(slot)))

    def _inputs(self, slot: Slot, shown: range, inside: int) -> Content:
        """What the columns are multiplied with, and which of them a one-hot vector picks."""
        if slot.above is None:
            return line(" " * (inside + 2))
        value = slot.above.value.tolist()
        parts: list[tuple[str, str]] = []
        pick = self.glyphs.heads[2]
        one_hot = set(value) <= {0.0, 1.0} and sum(value) == 1
        largest = max(map(abs, value))
        stand_in = Slot("", "", slot.above.value[:, None], "", largest=largest, whole=one_hot)
        for column in shown:
            number = value[column]
            text = self.style.format.write(number, stand_in)
            style = f"${slot.above.role} bold" if number else FAINT
            style = f"${slot.above.role} reverse" if slot.pointed else style
            if one_hot and number and self.number > 1 + len(text):
                parts.append((f"{text}{pick}".rjust(self.number), style))
            else:
                parts.append((self.in_cell(text, slot), style))
        return self._above(slot, parts, inside)

    def _numbers(self, slot: Slot, unit: int, shown: range, inside: int) -> list[Part]:
        parts: list[tuple[str, str]] = []
        picked = None if slot.above is None or slot.gradient or self.seen.backward else slot.above.value
        numbers = slot.value[unit].tolist()
        for column in shown:
            number = numbers[column]
            if not slot.known:
                parts.append(self.unknown(slot, highlighted=slot.highlighted))
                continue
            text = self.style.format.write(number, slot)
            style = sign_style(number) if text.strip("+-0.") else FAINT
            if slot.letters is not None:
                text, style = self.letter(str(slot.letters[unit, column])), f"${slot.role}"
            if picked is not None and picked[column] == 0:
                style = "$muted" if number else FAINT
            elif number and (slot.highlighted or picked is not None):
                style += " bold"
            if self.seen.column == (slot.key, column) and self.seen.unit in {None, unit}:
                style += " reverse" if self.seen.unit == unit else " on $lit"
                style = style.replace(FAINT, "$muted")
            drawn, mark = self.in_cell(text, slot), self._mark(slot, unit, column)
            parts += [(drawn[:-1], style), mark] if mark and drawn.endswith(" ") else [(drawn, style)]
        lead = self.lead(slot)
        return [lead, *self.row(parts), " " * (inside - self.cells(slot) - len(lead))]

    def _mark(self, slot: Slot, unit: int, column: int) -> tuple[str, str] | None:
        """What stands behind a weight that has moved."""
        moved = 0 if slot.moved is None else slot.moved[unit, column]
        return (self.glyphs.heads[0 if moved > 0 else 2], "$accent") if moved else None


def _column_name(axis: Axis, column: int, width: int, glyphs: Glyphs) -> str:
    """A column's picture, or a part of its name that no other column has."""
    picture = glyphs.picture(axis, column)
    if picture and cell_len(picture) <= width:
        return picture
    labels = glyphs.named(axis).labels
    for part in (_beginnings(labels, width), _ends(labels, width)):
        if len(set(part)) == len(labels):
            return part[column]
    return str(column + 1)[-width:]


def _beginnings(labels: Sequence[str], width: int) -> list[str]:
    return [beginning(label, width) for label in labels]


def _ends(labels: Sequence[str], width: int) -> list[str]:
    return [beginning(label[::-1], width)[::-1] for label in labels]
