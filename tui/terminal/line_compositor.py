"""Lines on their way to the terminal without detours: what Textual leaves out of its promises.

Textual cuts every line that it paints at the edges of all widgets, makes one text of the pieces with their colours as
sequences, and the filter before the terminal takes that apart again. A line of a widget that nothing covers needs
neither: its cells are put into the picture of the terminal as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any, Protocol, cast, runtime_checkable

from rich.color import ColorSystem
from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

Line = tuple[int, int, Strip]
"""The cell that a line begins at, its row, and what it shows."""


def pieces(strip: Strip, console: Console) -> Iterator[tuple[str, str]]:
    """Give the texts of a strip, each behind the SGR codes that the console has for its style."""
    system = console._color_system or ColorSystem.TRUECOLOR
    for text, style, _control in strip:
        if style is None:
            yield "", text
        else:
            if style._ansi is None:  # Textual notes it in one of equal styles alone
                style._ansi = Strip.render_ansi(style, system)
            yield style._ansi, text


@runtime_checkable
class TakesLines(Protocol):
    """A driver that has a picture of the terminal."""

    def draw(self, lines: Sequence[Line], console: Console) -> None:
        """Put lines into the picture; what they change is written with what is written next."""


class LinesUpdate(CompositorUpdate):
    """Lines to paint.

    Args:
        lines: The lines.
        driver: Takes them, if it can.
    """

    def __init__(self, lines: Sequence[Line], driver: object) -> None:
        self.lines = lines
        self._driver = driver

    def render_segments(self, console: Console) -> str:
        """Hand the lines to the driver, or give what has to be written to show them."""
        if isinstance(self._driver, TakesLines):
            self._driver.draw(self.lines, console)
            return ""
        return "".join(Control.move_to(x, y).segment.text + strip.render(console) for x, y, strip in self.lines)


class LineCompositor(Compositor):
    """Paints whole lines of widgets where nothing covers them, and everything else as Textual does.

    Args:
        screen: The screen that is painted.
        kind: The widgets of which it does so.
    """

    def __init__(self, screen: Screen[Any], kind: type[Widget]) -> None:
        super().__init__()
        self._screen = screen
        self._kind = kind
        self._owners: dict[Region, Widget] = {}
        self._known: object = None  # the places for which the next is true
        self._in_front: dict[Widget, list[Region]] = {}

    def update_widgets(self, widgets: set[Widget]) -> None:
        """Note what of some widgets is to be painted."""
        visible, whole = self.visible_widgets, set()
        for widget in widgets & visible.keys():
            region, clip = visible[widget]
            if isinstance(widget, self._kind) and widget is not self._screen and clip.contains_region(region):
                whole.add(widget)
                x, y, width, height = region
                rows = {row for dirty in widget._exchange_repaint_regions() for row in dirty.line_range}
                owned = {Region(x, y + row, width, 1): widget for row in sorted(rows) if 0 <= row < height}
                self._owners |= owned
                self._dirty_regions |= owned.keys()
        super().update_widgets(widgets - whole)

    def render_partial_update(self) -> ChopsUpdate | None:
        """What is to be painted: the lines alone, if nothing covers them, or all that Textual makes of it."""
        owners, self._owners = self._owners, {}
        dirty = self._dirty_regions
        if not dirty or not all(line in owners and self._is_free(line, owners[line]) for line in dirty):
            return super().render_partial_update()
        rows: dict[Widget, list[int]] = {}
        for line in dirty:
            rows.setdefault(owners[line], []).append(line.y)
        dirty.clear()
        lines: list[Line] = []
        for widget, its_rows in rows.items():
            place = self.visible_widgets[widget][0]
            strips = widget.render_lines(place.reset_offset)
            lines += [(place.x, y, strips[y - place.y]) for y in its_rows]
        return cast(ChopsUpdate, LinesUpdate(lines, self._screen.app._driver))

    def _is_free(self, line: Region, owner: Widget) -> bool:
        """Whether a line is still where it was, and nothing stands before it."""
        visible = self.visible_widgets
        if visible is not self._known:
            self._known, self._in_front = visible, {}
        if owner not in visible:
            return False
        place = visible[owner][0]
        if owner not in self._in_front:
            before = takewhile(lambda widget: widget is not owner, visible)
            regions = [region.intersection(clip) for region, clip in map(visible.__getitem__, before)]
            self._in_front[owner] = [region for region in regions if region.overlaps(place)]
        return place.contains_region(line) and not any(map(line.overlaps, self._in_front[owner]))
