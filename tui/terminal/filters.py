"""What every cell goes through on its way to the terminal where it cannot show all that we draw.

Textual's own widgets go through them, too: frames, scroll bars, the palette.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter, Monochrome, NoColor

from model.foreign_text import replaced, seven_bits
from tui.text.glyphs import SEVEN_BITS

FRAMES = {
    **dict.fromkeys("─━═╌╍┄┅┈┉▔▁▂▃", "-"),
    **dict.fromkeys("│┃║╎╏┆┇┊┋▏▎▍▌▐▕▊▋▉", "|"),
    **dict.fromkeys("┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┤┬┴┼╭╮╯╰╔╗╚╝╠╣╦╩╬▖▗▘▝▛▜▙▟", "+"),
    **dict.fromkeys("█▄▅▆▇▀■", "#"),
    **{"▲": "^", "▴": "^", "▼": "v", "▾": "v", "▶": ">", "▸": ">", "◀": "<", "◂": "<", "⭘": "o", "•": "*", "…": "~"},
}
"""Signs of frames, bars and cursors, each with one of seven bits as wide."""

LIGHTEST_GROUND, DARKEST_TEXT = 0.2, 0.5
"""Brightness: a field above the one is reversed, text below the other is dim."""


MAX_KNOWN = 1024
"""So many styles are known to stay as they are on one background."""


class SevenBits(LineFilter):
    """No character beyond 7 bits leaves the program; every one keeps its width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Replace characters."""
        return [Segment(plain(text), style, control) for text, style, control in segments]


@lru_cache(4096)
def plain(text: str) -> str:
    """A text in 7 bits and as many cells."""
    if text.isascii():
        return text
    return "".join(letter if letter.isascii() else _plain(letter) for letter in text)


def _plain(letter: str) -> str:
    width = cell_len(letter)
    found = FRAMES.get(letter) or SEVEN_BITS.get(letter) or seven_bits(letter)
    return found[:width].ljust(width)


class Showable(LineFilter):
    """No character reaches the terminal that could steer it, wherever it came from; every cell stays where it is.

    Text that may be foreign is escaped where it is put into words, by `shown`; this is for what nobody thought of.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Put blanks of the same width in place of such characters, which mostly is none."""
        line = "".join([text for text, _style, _control in segments])  # one look-up costs less than one a piece
        if harmless(line) == line:
            return segments
        return [Segment(text if control else harmless(text), style, control) for text, style, control in segments]


@lru_cache(4096)
def harmless(text: str) -> str:
    """A text with blanks in place of what could steer the terminal."""
    return replaced(text, _blank)


def _blank(letter: str) -> str:
    return " " * cell_len(letter)


class WhereItChanges(LineFilter):
    """A filter that changes styles alone, asked only for lines with a style that it may change.

    Args:
        asked: The filter.
    """

    def __init__(self, asked: LineFilter) -> None:
        super().__init__()
        self._asked = asked
        self._same: dict[Color, dict[int, Style | None]] = {}

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Replace styles, of which mostly none is another afterwards."""
        same = self._same.setdefault(background, {})  # by identity: a style has a slow hash
        if all(id(style) in same for _text, style, _control in segments):
            return segments
        found = self._asked.apply(segments, background)
        if len(same) >= MAX_KNOWN:
            same.clear()
        for before, after in zip(segments, found, strict=True):
            if before.style == after.style:
                same[id(before.style)] = before.style
        return found


@lru_cache(8)
def where_it_changes(asked: LineFilter) -> WhereItChanges:
    """The one instance for a filter."""
    return WhereItChanges(asked)


class Attributes(LineFilter):
    """Bold, dim and reversed instead of colours, for ``NO_COLOR``; drawn in the theme that was made for it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Replace styles."""
        return [Segment(text, style and colourless(style), control) for text, style, control in segments]


@lru_cache(1024)
def colourless(style: Style) -> Style:
    """A style without colours: fields that stand out are reversed, text that steps back is dim."""
    reverse = bool(style.reverse)
    stands_out = style.bgcolor is not None and _brightness(style.bgcolor) > LIGHTEST_GROUND
    steps_back = style.color is not None and _brightness(style.color) < DARKEST_TEXT and not (stands_out or reverse)
    return Style(
        bold=style.bold,
        italic=style.italic,
        underline=style.underline,
        strike=style.strike,
        dim=style.dim or steps_back or None,
        reverse=(stands_out != reverse) or None,
        meta=style.meta or None,
    )


def _brightness(colour: RichColor) -> float:
    return Color.from_rich_color(colour).brightness


SHOWABLE, ATTRIBUTES, SEVEN = Showable(), Attributes(), SevenBits()
"""One instance of each filter: what has gone through a filter is cached by instance."""


def filters(of_textual: Sequence[LineFilter], *, no_color: bool, ascii_only: bool) -> list[LineFilter]:
    """The filters of an app.

    Args:
        of_textual: Those of Textual. Those for ``NO_COLOR`` are left out: grey is a colour, too, and with a theme of
            the terminal's own colours they make text black on black.
        no_color: Whether there may be colours.
        ascii_only: Whether there are only 7 bits.
    """
    kept = [one for one in of_textual if not isinstance(one, Monochrome | NoColor)]
    found = [SHOWABLE, *(where_it_changes(one) if isinstance(one, ANSIToTruecolor) else one for one in kept)]
    found += [ATTRIBUTES] if no_color else []
    return found + ([SEVEN] if ascii_only else [])
