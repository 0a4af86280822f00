"""Widgets whose painted lines are kept, and how they are painted at once: what Textual leaves out of its promises.

Whenever a part of the screen is painted, Textual asks every widget in its way for all of its lines, and takes each of
them through all filters, even where one line of one widget has changed. And it paints at the end of a chain of
messages from each widget to the screen, of which some come too late for the others' paint, and wait for the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import monotonic
from typing import Any

from textual.constants import MAX_FPS
from textual.content import Content
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget


class KeptLines(Widget):
    """A widget that gives the lines it gave before, but for those that were to be painted again since."""

    _kept: list[Strip]
    _kept_crop: Region | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines, of which only dirty ones are painted."""
        cache = self._styles_cache
        known, dirty = cache._cache, cache._dirty_lines
        if self._kept_crop != crop or any(y not in known for y in crop.line_range):
            self._kept, self._kept_crop = super().render_lines(crop), crop
        elif dirty:
            kept = self._kept.copy()  # what was given before may still be looked at
            for first, last in list(_runs([y for y in crop.line_range if y in dirty])):
                lines = super().render_lines(Region(crop.x, first, crop.width, last + 1 - first))
                kept[first - crop.y : last + 1 - crop.y] = lines
            self._kept = kept
        return self._kept

    @property
    def in_sight(self) -> bool:
        """Whether neither the widget nor anything it stands in is hidden."""
        return self.is_attached and all(node.display for node in self.ancestors_with_self if isinstance(node, Widget))

    def repaint(self, *regions: Region) -> None:
        """Paint parts of the content with the next `paint` of the screen."""
        self._set_dirty(*regions)
        if self.in_sight:
            self.screen._dirty_widgets.add(self)

    def name_frame(self, *, above: Content | None = None, below: Content | None = None) -> None:
        """Write on the frame, above or below; only lines of which that is news are painted with the next `paint`."""
        top = -self.content_offset.y
        for name, text, y in (("title", above, top), ("subtitle", below, top + self.outer_size.height - 1)):
            if text is not None and not (getattr(self, f"_border_{name}") or Content("")).is_same(text):
                setattr(self, f"_border_{name}", text if text else None)
                self.repaint(Region(0, y, self.outer_size.width, 1))


class Painting:
    """Paints a screen, as often as Textual would at the most.

    Args:
        screen: The screen.
    """

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._last = 0.0

    def paint(self, widgets: Sequence[Widget]) -> None:
        """Paint what is to be painted, that of some widgets with it though they have not asked for it yet.

        Where there is a layout to be made first, they are painted after it.
        """
        screen, now = self._screen, monotonic()
        dirty = {widget for widget in widgets if widget._repaint_required and widget.display} | screen._dirty_widgets
        laid_out = not any(widget._layout_required for widget in widgets)
        if now - self._last < 1 / MAX_FPS or not laid_out or not dirty <= screen._compositor.visible_widgets.keys():
            screen.check_idle()
            return
        for widget in dirty:
            widget._repaint_required = False
        screen._dirty_widgets |= dirty
        self._last = now
        screen._on_timer_update()


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """The first and the last of each run of numbers that follow each other."""
    first = None
    for index, number in enumerate(numbers):
        first = number if first is None else first
        if index + 1 == len(numbers) or numbers[index + 1] != number + 1:
            yield first, number
            first = None
