"""States in a row and the arrows between them, with box lines: forwards above, back below, neighbours straight."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from tui.rendering.block import line
from tui.rendering.canvas import Canvas
from tui.text.glyphs import Glyphs

Label = tuple[tuple[str, str], ...]
"""The text on an arrow, in pieces with their styles."""

Ends = tuple[int, int]
"""The states that an arrow comes from and leads to."""


@dataclass(frozen=True)
class Row:
    """One way to draw: all sizes decided.

    Attributes:
        names: Of the dishes, as they stand in the boxes.
        labels: On each arrow, by its ends.
        glyphs: Characters to draw with.
        box: Cells that a box is wide.
        gap: Cells between two boxes.
        pad: Cells that a label keeps on both sides: the first is blank, another one a piece of its line.
        straight: Whether arrows between neighbours may go straight through the gap.
        width: Cells there are.
    """

    names: Sequence[str]
    labels: Mapping[Ends, Label]
    glyphs: Glyphs
    box: int
    gap: int
    pad: int
    straight: bool
    width: int

    def draw(self) -> list[Content] | None:
        """The lines, or None where a label finds no place."""
        n = len(self.names)
        wide = n * (self.box + self.gap) - self.gap
        straight = {ends for ends in self.labels if self._goes_straight(*ends)}
        rest = self.labels.keys() - straight
        over = _tracks({ends for ends in rest if ends[0] <= ends[1]}, self.span)
        under = _tracks({(n - 1 - a, n - 1 - b) for a, b in rest if a > b}, self.span)
        above, below = _height(over), _height(under)
        canvas = Canvas(wide, above + 3 + below)
        for dish, name in enumerate(self.names):
            self._box(canvas, self._left(dish), above, name)
        for ends in straight:
            self._straight(canvas, *ends, above + 1)
        sides = _Side(self, canvas, over, above, turned=False), _Side(self, canvas, under, below, turned=True)
        if not all(side.draw() for side in sides):
            return None
        margin = " " * ((self.width - wide) // 2)
        return [line(margin, row) for row in canvas.rows(self.glyphs)]

    def _goes_straight(self, source: int, target: int) -> bool:
        """Neighbours forwards; and back, where nothing leads forwards."""
        forwards = target == source + 1
        return self.straight and (forwards or (target == source - 1 and (target, source) not in self.labels))

    def _left(self, dish: int) -> int:
        return dish * (self.box + self.gap)

    def leaves(self, dish: int) -> int:
        """The column at which arrows leave a box upwards."""
        return self._left(dish) + (2 if self.box > 6 else 1)

    def arrives(self, dish: int) -> int:
        """The column at which arrows come into a box from above."""
        return self._left(dish) + self.box - (3 if self.box > 6 else 2)

    def span(self, source: int, target: int) -> tuple[int, int]:
        """The columns of an arrow over the boxes, from where it leaves to where it arrives."""
        return self.leaves(source), self.arrives(target)

    def _box(self, canvas: Canvas, left: int, top: int, name: str) -> None:
        right, style = left + self.box - 1, "$muted"
        for y in (top, top + 2):
            canvas.across(y, left, right, style)
        for x in (left, right):
            canvas.down(x, top, top + 2, style)
        canvas.write(left + (self.box - cell_len(name)) // 2, top + 1, name, "bold")

    def _straight(self, canvas: Canvas, source: int, target: int, y: int) -> None:
        label = self.labels[source, target]
        right = max(source, target)
        first, last = self._left(right) - self.gap, self._left(right) - 1
        style, forwards = line_style(label), target > source
        start, end = (first - 1, last) if forwards else (last + 1, first)
        canvas.across(y, start, end, style)
        canvas.write(end, y, self.glyphs.heads[1 if forwards else 3], style)
        shaft = first if forwards else first + 1
        self.place(canvas, shaft + (self.gap - 1 - length(label)) // 2, y, label)

    def place(self, canvas: Canvas, x: int, y: int, label: Label) -> None:
        """Write a label with its pads."""
        for beside in (x - 1, x + length(label)) if self.pad else ():
            canvas.write(beside, y, " ", "")
        for text, style in label:
            canvas.write(x, y, text, style)
            x += cell_len(text)


def length(label: Label) -> int:
    """The cells that a label takes."""
    return sum(cell_len(text) for text, _unused in label)


def line_style(label: Label) -> str:
    """An arrow's own style: wrong where nothing on it is right."""
    return label[0][1] if len(label) == 1 else "$weather"


Tracks = list[list[tuple[int, tuple[int, ...]]]]
"""Row by row from the boxes outwards: the targets that arrows lead to there, each with its sources in order."""


def _tracks(ends: set[Ends], span: Callable[[int, int], tuple[int, int]]) -> Tracks:
    """Put the arrows that lead to one target on one track, and tracks that do not touch in one row."""
    targets = sorted({target for _unused, target in ends})
    buses = [(target, tuple(sorted(source for source, to in ends if to == target))) for target in targets]
    rows: Tracks = []
    taken: list[list[tuple[int, int]]] = []
    for target, sources in sorted(buses, key=lambda bus: (bus[0] - bus[1][0], bus[0])):
        first, last = span(sources[0], target)
        for row, spans in zip(rows, taken, strict=True):
            if all(last < begin or end < first for begin, end in spans):
                row.append((target, sources))
                spans.append((first, last))
                break
        else:
            rows.append([(target, sources)])
            taken.append([(first, last)])
    return rows


def _height(tracks: Tracks) -> int:
    """Lines that some tracks need beside the boxes: one each, and one for the heads of arrows."""
    return len(tracks) + 1 if tracks else 0


@dataclass(frozen=True)
class _Side:
    """The arrows over the boxes; or, the picture turned by half, those under them.

    Attributes:
        drawing: Sizes and labels.
        canvas: What is drawn on.
        tracks: The arrows; those under the boxes with their ends counted from the right.
        height: Lines there are on this side.
        turned: Whether it is the side under the boxes.
    """

    drawing: Row
    canvas: Canvas
    tracks: Tracks
    height: int
    turned: bool

    def draw(self) -> bool:
        """Draw all arrows and then their labels; gives whether every label found a place."""
        arrows = [
            (self._style(source, target), level, source, target)
            for level, row in enumerate(self.tracks)
            for target, sources in row
            for source in sources
        ]
        arrows.sort(key=lambda arrow: "$wrong" not in arrow[0])  # what a wrong arrow shares with others is not wrong
        for style, level, source, target in arrows:
            first, last = map(self._x, self.drawing.span(source, target))
            self.canvas.across(self._y(level), first, last, style)
        for style, level, _unused, target in arrows:
            self._arrive(target, level, style)
        for source in {arrow[2] for arrow in arrows}:
            below = -1
            for style, level, _unused, _unused in sorted(
                (a for a in arrows if a[2] == source), key=lambda arrow: arrow[1]
            ):
                self.canvas.down(self._x(self.drawing.leaves(source)), self._y(level), self._y(below), style)
                below = level
        return all(self._label(level, *bus) for level, row in enumerate(self.tracks) for bus in row)

    def _x(self, x: int, length: int = 1) -> int:
        return self.canvas.width - x - length if self.turned else x

    def _y(self, level: int) -> int:
        """The row of a track; −1: that of the edge of the boxes. Between it and the first track are the heads."""
        up = self.height - 2 - level if level >= 0 else self.height
        return self.canvas.height - 1 - up if self.turned else up

    def _text(self, source: int, target: int) -> Label:
        last = len(self.drawing.names) - 1
        return self.drawing.labels[(last - source, last - target) if self.turned else (source, target)]

    def _style(self, source: int, target: int) -> str:
        return line_style(self._text(source, target))

    def _arrive(self, target: int, level: int, style: str) -> None:
        """From a track to the edge of a box, with a head that touches it."""
        x, y = self._x(self.drawing.arrives(target)), self._y(-1) + (1 if self.turned else -1)
        self.canvas.down(x, self._y(level), y, style)
        self.canvas.write(x, y, self.drawing.glyphs.heads[0 if self.turned else 2], style)

    def _label(self, level: int, target: int, sources: tuple[int, ...]) -> bool:
        """Put the label of each arrow on its own part of the track, as near to its middle as possible."""
        ends = [self.drawing.leaves(source) for source in sources[1:]] + [self.drawing.arrives(target)]
        for source, end in zip(sources, ends, strict=True):
            label, first = self._text(source, target), self.drawing.leaves(source)
            need = length(label) + 2 * self.drawing.pad
            middle = (first + end + 1 - need) / 2
            places = sorted(range(first + 1, end - need + 1), key=lambda x: abs(x - middle))
            roomy = (x for x in places if self._is_free(x - 1, level, need + 2))
            place = next(roomy, next((x for x in places if self._is_free(x, level, need)), None))
            if place is None:
                return False
            self.drawing.place(self.canvas, self._x(place, need) + self.drawing.pad, self._y(level), label)
        return True

    def _is_free(self, first: int, level: int, length: int) -> bool:
        return all(self.canvas.is_plain(self._x(x), self._y(level)) for x in range(first, first + length))
