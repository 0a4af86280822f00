"""Rectangles of styled text that are put beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from string import Formatter

from textual.content import Content, Span

from model.foreign_text import shown

EMPTY = Content("")
"""A line with nothing in it."""

Part = str | Content | tuple[str, str]

_span = partial(tuple.__new__, Span)  # a screen has thousands of them, and this is half of what one costs


def line(*parts: Part) -> Content:
    """One line of text from plain strings, (text, style) pairs and other lines; of names only what can be shown.

    Neighbours of one style become one piece: each takes its time on the way to the terminal.
    """
    texts: list[str] = []
    spans: list[Span] = []
    at, joins = 0, -1  # where a piece begins that can go on with the last span
    for part in parts:
        if isinstance(part, str):
            text = _shown(part)
        elif isinstance(part, tuple):
            text, style = _shown(part[0]), part[1]
            if style and text:
                begin = at if at != joins or spans[-1].style != style else spans.pop().start
                joins = at + len(text)
                spans.append(_span((begin, joins, style)))
        else:
            text = part.plain
            if at:
                spans += [_span((start + at, end + at, style)) for start, end, style in part.spans]
            else:
                spans += part.spans
        texts.append(text)
        at += len(text)
    return Content("".join(texts), spans, strip_control_codes=False)


@lru_cache(maxsize=4096)
def _shown(text: str) -> str:
    return shown(text)


def on_lit(text: Content, start: int = 0) -> Content:
    """A line on the lit background, on which nothing that is read is faint.

    Args:
        text: The line.
        start: The cell from which on it is lit.
    """
    spans = [span._replace(style=str(span.style).replace("$faint", "$muted")) for span in text.spans]
    return Content(text.plain, spans, strip_control_codes=False).stylize("on $lit", start)


def filled(sentence: str, **blanks: tuple[str, str]) -> Iterator[Part]:
    """The parts of a sentence of which what is filled in has styles.

    Args:
        sentence: With blanks by name: ``After {dish}``.
        blanks: What is filled in, each with its style.
    """
    for text, blank, _form, _conversion in Formatter().parse(sentence):
        if text:
            yield text, ""
        if blank is not None:
            yield blanks[blank]


@dataclass(frozen=True)
class Block:
    """Lines of one width.

    Attributes:
        lines: The text; every line is ``width`` cells wide.
        width: In cells.
    """

    lines: tuple[Content, ...]
    width: int

    @classmethod
    def of(cls, lines: Iterable[Content], width: int = 0) -> Block:
        """A block from lines of any width, padded on the right."""
        lines = tuple(lines)
        width = max([width, *(text.cell_length for text in lines)])
        return cls(tuple(text.pad_right(width - text.cell_length) for text in lines), width)

    @classmethod
    def text(cls, *parts: Part) -> Block:
        """A block of one line."""
        return cls.of([line(*parts)])

    @property
    def height(self) -> int:
        """In lines."""
        return len(self.lines)

    def centred(self, height: int) -> Block:
        """The block with empty lines above and below; the odd one goes below."""
        missing = max(height - self.height, 0)
        above = missing // 2
        blank = Content(" " * self.width)
        return Block((blank,) * above + self.lines + (blank,) * (missing - above), self.width)

    def under(self, headings: Sequence[Content]) -> Block:
        """The block under centred headings; it grows to the widest of them."""
        width = max([self.width, *(heading.cell_length for heading in headings)])
        lines = [_centred_in(width, heading) for heading in headings]
        lines += [_centred_in(width, text) for text in self.lines]
        return Block(tuple(lines), width)


def _centred_in(width: int, text: Content) -> Content:
    missing = width - text.cell_length
    return line(" " * (missing // 2), text, " " * (missing - missing // 2)) if missing > 0 else text


def beside(blocks: Sequence[Block], gap: int = 1) -> Block:
    """Blocks in a row, each centred in the height of the tallest."""
    height = max(block.height for block in blocks)
    columns = [block.centred(height) for block in blocks]
    space = " " * gap
    rows = ([part for column in columns for part in (space, column.lines[row])] for row in range(height))
    return Block.of(line(*row[1:]) for row in rows)
