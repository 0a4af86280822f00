"""Segments made of lines: the same cells in the same styles as Textual makes of them."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.content import Content, Span
from textual.style import Style

from tui.terminal.segments import SegmentMaker

BASE = Style.parse("#ddeeff on #102030")

STYLES = ["bold", "italic", "#ff0000", "#00ff00 on #000088", "on #333333 60%", "bold #123456 50%", "reverse"]

spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12), st.sampled_from(STYLES)), max_size=6)
texts = st.text(st.sampled_from("ab ·─🍝é"), max_size=30)


def cells(segments: Iterable[Segment]) -> list[tuple[str, RichStyle]]:
    """Every character with its style, without what Textual notes for the mouse."""
    plain = RichStyle.null()
    return [
        (letter, RichStyle.from_color(style.color, style.bgcolor) + attributes(style))
        for text, style, _control in segments
        for letter in text
        for style in [style or plain]
    ]


def attributes(style: RichStyle) -> RichStyle:
    return RichStyle(bold=style.bold, italic=style.italic, reverse=style.reverse)


@settings(max_examples=300, deadline=None)
@given(text=texts, marked=spans)
def test_a_line_shows_what_textual_would_show(text: str, marked: list[tuple[int, int, str]]) -> None:
    inside = [Span(min(start, len(text)), min(start + length, len(text)), style) for start, length, style in marked]
    line = Content(text, inside)
    expected = [
        Segment(piece, (BASE + style).rich_style)
        for piece, style in line.render(BASE, end="", parse_style=lambda style: Style.parse(str(style)))
    ]
    assert cells(SegmentMaker(BASE).segments(line)) == cells(expected)


def test_styles_are_worked_out_once() -> None:
    maker = SegmentMaker(BASE)
    (one, *_more), (other, *_others) = (maker.segments(Content.assemble((text, "bold"))) for text in ("a", "b"))
    assert one.style is other.style
