"""The edge of a frame with words on it, made of the edge that Textual has painted before: only its words are made."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from tui.terminal.segments import SegmentMaker

KINDS = {"round", "solid"}
"""The frames whose words stand on the background of what they frame."""


class FrameEdge:
    """The upper or the lower edge of a frame.

    Args:
        widget: What is framed.
        painted: The edge as it was painted last, whatever stood on it.
        upper: Whether it is the upper one.
    """

    def __init__(self, widget: Widget, painted: Strip, *, upper: bool) -> None:
        styles = widget.styles
        top, right, bottom, left = styles.border
        width = self._width = painted.cell_length
        before, behind = int(left[0] != ""), int(right[0] != "")
        self._room = width - 2 - 2 * (before + behind)
        self._left, self._right = list(painted.crop(0, before)), list(painted.crop(width - behind, width))
        align = styles.border_title_align if upper else styles.border_subtitle_align
        self._at_left = align == "left"
        at = before if self._at_left else width - behind - 1  # where there never is a word
        (self._run,) = painted.crop(at, at + 1)
        self._gaps = Content(" " * before), Content(" " * behind)
        base, background = widget.background_colors
        kind, colour = top if upper else bottom
        text, under, style = (
            (styles.border_title_color, styles.border_title_background, styles.border_title_style)
            if upper
            else (styles.border_subtitle_color, styles.border_subtitle_background, styles.border_subtitle_style)
        )
        ground = base + background
        words = Style.from_rich_style(style) + Style(_over(ground, under), _over(ground, text))
        self._words = SegmentMaker(Style(background=ground, foreground=base + colour) + words)
        self.is_known = kind in KINDS and align != "center" and self._room > 0
        """Whether words on it are made here; the words on another one are left to Textual."""

    def with_words(self, words: Content | None) -> Strip:
        """The edge with other words, as much of them as there is room for."""
        if not words:
            label, length = [], 0
        else:
            words = words.truncate(self._room, ellipsis=True) if words.cell_length > self._room else words
            words = self._gaps[0] + words + self._gaps[1]
            label, length = self._words.segments(words), words.cell_length
        text, style, _control = self._run
        free = self._width - len(self._left) - len(self._right) - length
        ends = [Segment(text, style), Segment(text * (free - 1), style)]
        before, behind = ends if self._at_left else reversed(ends)
        return Strip([*self._left, before, *label, behind, *self._right], self._width)


def _over(ground: Color, colour: Color) -> Color | None:
    return ground + colour if colour.a else None
