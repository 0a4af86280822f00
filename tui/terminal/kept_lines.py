"""Widgets whose painted lines are kept, and how they are painted at once: what Textual leaves out of its promises.

Whenever a part of the screen is painted, Textual asks every widget in its way for all of its lines, and takes each of
them through all filters, even where one line of one widget has changed. And it paints at the end of a chain of
messages from each widget to the screen, of which some come too late for the others' paint, and wait for the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color
from textual.constants import MAX_FPS
from textual.content import Content
from textual.filter import LineFilter
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from tui.terminal.frame_edge import FrameEdge
from tui.terminal.line_compositor import LineCompositor


@dataclass(frozen=True)
class _Around:
    """What stands around the content of a widget in each of its lines.

    Attributes:
        lines: The lines that have content.
        left: The frame and the blanks before it.
        right: Those behind it.
        width: The cells of the content.
        blank: How blanks in it are drawn.
        edges: Those of the frame, by their lines.
        background: The colour below all that.
        filters: What the cells go through.
    """

    lines: range
    left: tuple[Segment, ...]
    right: tuple[Segment, ...]
    width: int
    blank: RichStyle
    edges: Mapping[int, FrameEdge]
    background: Color
    filters: Sequence[LineFilter]


class KeptLines(Widget):
    """A widget that gives the lines it gave before, but for those that were to be painted again since.

    Its stylesheet may give it a frame, blanks around its content and colours, but nothing that makes colours fade.
    """

    _kept: list[Strip]
    _kept_crop: Region | None = None
    _around: _Around | None = None

    def content_line(self, y: int) -> tuple[Sequence[Segment], int]:
        """A line of the content, and the cells it takes."""
        line = self.render_line(y)
        return list(line), line.cell_length

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines, of which only dirty ones are painted."""
        cache = self._styles_cache
        known, dirty = cache._cache, cache._dirty_lines
        if self._kept_crop != crop or any(y not in known for y in crop.line_range):
            self._kept, self._kept_crop, self._around = super().render_lines(crop), crop, None
        elif dirty:
            self._kept = self._kept.copy()  # what was given before may still be looked at
            around = self._around = self._around or self._what_is_around(crop)
            for y in [y for y in crop.line_range if y in dirty]:
                if y in around.lines:
                    strip = self._composed(y, around)
                elif y in around.edges:
                    strip = around.edges[y].with_words(self._border_subtitle if y else self._border_title)
                else:
                    (self._kept[y - crop.y],) = super().render_lines(Region(crop.x, y, crop.width, 1))
                    continue
                cache._cache[y] = strip
                cache._dirty_lines.discard(y)
                self._kept[y - crop.y] = self._filtered(strip, around)
        return self._kept

    def _what_is_around(self, crop: Region) -> _Around:
        """What stands around the content, as it was painted last."""
        gutter, (base, background), painted = self.styles.gutter, self.background_colors, self._styles_cache._cache
        lines = range(gutter.top, self.outer_size.height - gutter.bottom)
        before, edges = Strip([], 0), {}
        if crop.size != self.outer_size:
            lines = range(0)
        elif lines:
            before = painted[lines[0]]
            found = ((y, FrameEdge(self, painted[y], upper=not y)) for y in (0, crop.height - 1) if y not in lines)
            edges = {y: edge for y, edge in found if edge.is_known}
        outer = before.cell_length
        left, right = before.crop(0, gutter.left), before.crop(outer - gutter.right)
        blank = Style(background=base + background).rich_style
        filters = self.get_line_filters()
        return _Around(lines, tuple(left), tuple(right), outer - gutter.width, blank, edges, background, filters)

    def _composed(self, y: int, around: _Around) -> Strip:
        """A line of the content between the ends that it had before."""
        line, length = self.content_line(y - around.lines.start)
        missing = around.width - length
        if missing < 0:
            line = list(Strip(line, length).crop(0, around.width))
        rest = (Segment(" " * missing, around.blank),) if missing > 0 else ()
        return Strip([*around.left, *line, *rest, *around.right], self.outer_size.width)

    def _filtered(self, strip: Strip, around: _Around) -> Strip:
        """A line behind all filters."""
        before = shown = list(strip)
        for line_filter in around.filters:
            shown = line_filter.apply(shown, around.background)
        return strip if shown is before else Strip(shown, strip.cell_length)

    @property
    def in_sight(self) -> bool:
        """Whether the last layout has given the widget a place."""
        return self in self.screen._compositor.visible_widgets

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
        screen._compositor = LineCompositor(screen, KeptLines)

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
