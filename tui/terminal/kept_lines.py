"""Widgets whose painted lines are kept, and how they are painted at once: what Textual leaves out of its promises.

Whenever a part of the screen is painted, Textual asks every widget in its way for all of its lines, and takes each of
them through all filters, even where one line of one widget has changed. And it paints at the end of a chain of
messages from each widget to the screen, of which some come too late for the others' paint, and wait for the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.color import Color
from textual.constants import MAX_FPS
from textual.content import Content
from textual.geometry import Region, Spacing
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from tui.terminal.line_compositor import LineCompositor


@dataclass(frozen=True)
class _Around:
    """What stands around the content of a widget in each of its lines.

    Attributes:
        left: The frame and the blanks before it.
        right: Those behind it.
        width: The cells of the content.
        blank: How blanks in it are drawn.
        background: The colour below all that.
    """

    left: tuple[Segment, ...]
    right: tuple[Segment, ...]
    width: int
    blank: RichStyle
    background: Color


class KeptLines(Widget):
    """A widget that gives the lines it gave before, but for those that were to be painted again since.

    Its stylesheet may give it a frame, blanks around its content and colours, but nothing that makes colours fade.
    """

    _kept: list[Strip]
    _kept_crop: Region | None = None
    _around: _Around | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines, of which only dirty ones are painted."""
        cache = self._styles_cache
        known, dirty = cache._cache, cache._dirty_lines
        if self._kept_crop != crop or any(y not in known for y in crop.line_range):
            self._kept, self._kept_crop, self._around = super().render_lines(crop), crop, None
        elif dirty:
            kept = self._kept.copy()  # what was given before may still be looked at
            gutter, outer = self.styles.gutter, self.outer_size
            content = range(gutter.top, outer.height - gutter.bottom)
            for y in [y for y in crop.line_range if y in dirty]:
                if y in content and crop.size == outer:
                    kept[y - crop.y] = self._composed(y, gutter)
                else:
                    (kept[y - crop.y],) = super().render_lines(Region(crop.x, y, crop.width, 1))
            self._kept = kept
        return self._kept

    def _composed(self, y: int, gutter: Spacing) -> Strip:
        """A line of the content between the ends that it had before."""
        cache = self._styles_cache
        if self._around is None:
            before, (base, background) = cache._cache[y], self.background_colors
            left, right = before.crop(0, gutter.left), before.crop(before.cell_length - gutter.right)
            width, blank = before.cell_length - gutter.width, Style(background=base + background).rich_style
            self._around = _Around(tuple(left), tuple(right), width, blank, background)
        around = self._around
        line = self.render_line(y - gutter.top)
        missing = around.width - line.cell_length
        rest = (Segment(" " * missing, around.blank),) if missing > 0 else ()
        line = line if missing >= 0 else line.crop(0, around.width)
        segments = [*around.left, *line, *rest, *around.right]
        cache._cache[y] = Strip(segments, around.width + gutter.width)
        cache._dirty_lines.discard(y)
        for line_filter in self.get_line_filters():
            segments = line_filter.apply(segments, around.background)
        return Strip(segments, around.width + gutter.width)

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
