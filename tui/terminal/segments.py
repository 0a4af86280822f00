"""From drawn lines to segments: what Textual paints, made of text with styles without its detours."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content, Span
from textual.style import Style

_segment = partial(tuple.__new__, Segment)  # half of what one costs otherwise, and a key makes hundreds

_Name = str | Style


class SegmentMaker:
    """Makes segments in the look of one widget; each combination of styles is worked out once.

    Args:
        base: The widget's own style, under all others.
    """

    def __init__(self, base: Style) -> None:
        self._base = base
        self._styles: dict[_Name | tuple[_Name, ...], RichStyle] = {}
        self._base_style = self._style(())

    def segments(self, text: Content) -> list[Segment]:
        """The pieces of a line, each with its style."""
        plain, spans, known, at = text.plain, text.spans, self._styles, 0
        segments: list[Segment] = []
        for start, end, style in spans:
            if start < at:
                return list(self._overlapping(plain, spans))
            if start > at:
                segments.append(_segment((plain[at:start], self._base_style, None)))
            if end > start:
                segments.append(_segment((plain[start:end], known.get(style) or self._style(style), None)))
            at = end
        if at < len(plain):
            segments.append(_segment((plain[at:], self._base_style, None)))
        return segments

    def _overlapping(self, plain: str, spans: Sequence[Span]) -> Iterator[Segment]:
        """The pieces of a line where spans lie over each other: the last of them is on top."""
        edges = {edge for start, end, _style in spans for edge in (start, end) if 0 < edge < len(plain)}
        waiting = deque(sorted(range(len(spans)), key=lambda at: spans[at].start))
        here: list[int] = []
        for start, end in pairwise([0, *sorted(edges), len(plain)]):
            while waiting and spans[waiting[0]].start <= start:
                here.append(waiting.popleft())
            here = sorted(at for at in here if spans[at].end > start)
            if end > start:
                styles = tuple(spans[at].style for at in here)
                yield Segment(plain[start:end], self._styles.get(styles) or self._style(styles))

    def _style(self, names: _Name | tuple[_Name, ...]) -> RichStyle:
        """The style of a name, or of several of which each lies over those before."""
        known = self._styles.get(names)
        if known is None:
            several = names if isinstance(names, tuple) else (names,)
            parsed = [Style.parse(name) if isinstance(name, str) else name for name in several]
            known = self._styles[names] = (self._base + Style.combine([self._base, *parsed])).rich_style
        return known
