"""The lines of the week unrolled: which of them there is room for, and how one is drawn over the days in sight."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from tui.rendering.block import Part, line
from tui.rendering.week_chain import ChainLayout

MEDIUM, WIDE, WIDEST = 9, 14, 21
"""Cells of a day from which bars have room, from which they stand apart, and from which a sum has room, too."""


@dataclass(frozen=True)
class Columns:
    """The places of the days, and of what stands between them.

    Attributes:
        place: Which days are in sight, and where.
        room: The cells of a day without those before the next.
        width: The cells of the whole drawing, in which nothing need stand behind the last day.
    """

    place: ChainLayout
    room: int
    width: int

    @property
    def between(self) -> int:
        """The cells between a day and the next."""
        return self.place.cell - self.room


@dataclass(frozen=True)
class Row:
    """A line of the drawing.

    Attributes:
        label: What stands before the days.
        of_day: What it has on a day, at most as wide as the room of a day; of a long one the whole cell is drawn.
        between: What stands between a day and the next.
        long: Whether what it has on a day runs on to the next.
    """

    label: Sequence[Part]
    of_day: Callable[[int], Sequence[Part]]
    between: Callable[[int], tuple[str, str]] = lambda _day: ("", "")
    long: bool = False

    def drawn(self, columns: Columns, lit: int) -> Content:
        """The line over all days in sight, that of the cursor lit."""
        place = columns.place
        parts: list[Part] = [_filled(line(*self.label), place.left - 1), " "]
        for day in place.days:
            room = place.cell if self.long else columns.room
            text = _filled(line(*self.of_day(day)), room)
            if not self.long:
                text = line(text.stylize("on $lit") if day == lit else text)
                text = line(text, _filled(line(self.between(day)), columns.between))
            elif day == lit:
                text = text.stylize("on $lit", 0, columns.room)
            parts.append(text)
        return line(*parts).truncate(columns.width)


def _filled(text: Content, width: int) -> Content:
    text = text.truncate(width)
    return text.pad_right(width - text.cell_length)


Request = tuple[str, int, bool]
"""A kind of lines, how many of them are wanted in all, and whether they are of no use in part."""


def granted(requests: Iterable[Request], height: int) -> Mapping[str, int]:
    """How many lines of each kind there are: what is asked for first is given first, as far as there is room."""
    given: dict[str, int] = {}
    left = height
    for kind, wanted, whole in requests:
        more = wanted - given.get(kind, 0)
        if more <= 0 or left <= 0 or (whole and more > left):
            continue
        more = min(more, left)
        given[kind] = given.get(kind, 0) + more
        left -= more
    return given
