"""Text as cells of a terminal, and the cells on whose width terminals disagree."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import cell_len

JOINER = "\u200d"

DISAGREED = (
    (0x0E33, 0x0E33),  # vowels of Thai and Lao that some draw over the letter before
    (0x0EB3, 0x0EB3),
    (0x1100, 0x11FF),  # parts of Korean syllables
    (0xD7B0, 0xD7FF),
    (0x1F1E6, 0x1F1FF),  # flags are two of these
    (0x1F3FB, 0x1F3FF),  # colours of skin
    (0x1FA70, 0x1FBFF),  # pictures that older terminals do not know
)
"""Characters of no such category, first and last."""


def cells(text: str) -> Iterator[str]:
    """Give the text cell by cell, as Textual counts them: a wide one is followed by an empty one.

    What has no width of its own belongs to the character before it.
    """
    if text.isascii():
        yield from text
        return
    held = ""
    for letter in text:
        if held and (cell_len(letter) == 0 or held[-1] == JOINER):
            held += letter
            continue
        yield from _with_its_width(held)
        held = letter
    yield from _with_its_width(held)


def _with_its_width(cluster: str) -> Iterator[str]:
    width = cell_len(cluster)
    if width:
        yield cluster
        yield from [""] * (width - 1)


@lru_cache(maxsize=4096)
def is_doubtful(cell: str) -> bool:
    """Whether terminals disagree how wide a cell is: behind it nobody knows where their cursor is."""
    if cell.isascii():
        return False
    if len(cell) > 1 or unicodedata.category(cell)[0] in "MC":
        return True
    return any(first <= ord(cell) <= last for first, last in DISAGREED)
