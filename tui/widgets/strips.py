"""From drawn lines to strips: what Textual paints, made of text with styles without its detours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content, Span
from textual.strip import Strip
from textual.style import Style


class StripMaker:
    """Makes strips in the look of one widget; each combination of styles is worked out once.

    Args:
        base: The widget's own style, under all others.
    """

    def __init__(self, base: Style) -> None:
        self._base = base
        self._styles: dict[tuple[str | Style, ...], RichStyle] = {}

    def strip(self, text: Content, width: int) -> Strip:
        """A line as a strip of at most so many cells."""
        segments = [Segment(piece, style) for piece, style in self._pieces(text)]
        length = text.cell_length
        strip = Strip(segments, length)
        return strip.crop(0, width) if length > width else strip

    def _pieces(self, text: Content) -> Iterator[tuple[str, RichStyle]]:
        """The pieces of a line of one style each, none of them empty."""
        plain, spans, at = text.plain, text.spans, 0
        if any(after.start < before.end for before, after in pairwise(spans)):
            yield from self._overlapping(plain, spans)
            return
        for start, end, style in spans:
            if start > at:
                yield plain[at:start], self._style(())
            if end > start:
                yield plain[start:end], self._style((style,))
            at = end
        if at < len(plain):
            yield plain[at:], self._style(())

    def _overlapping(self, plain: str, spans: Sequence[Span]) -> Iterator[tuple[str, RichStyle]]:
        """The same where spans lie over each other: the last of them is on top."""
        edges = {edge for start, end, _style in spans for edge in (start, end) if 0 < edge < len(plain)}
        for start, end in pairwise([0, *sorted(edges), len(plain)]):
            if end > start:
                yield plain[start:end], self._style(tuple(style for a, b, style in spans if a <= start < b))

    def _style(self, names: tuple[str | Style, ...]) -> RichStyle:
        known = self._styles.get(names)
        if known is None:
            parsed = [Style.parse(name) if isinstance(name, str) else name for name in names]
            known = self._styles[names] = (self._base + Style.combine([self._base, *parsed])).rich_style
        return known
