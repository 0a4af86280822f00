"""Where a dialog may stand: below or beside the drawing that it speaks of, over at most half of the screen."""

from __future__ import annotations

from textual.geometry import Region, Size

MIN_SIZE = Size(80, 24)
"""Below it a dialog takes what there is: there is no room for both."""

MIN_BESIDE = 36
"""Columns that a dialog needs beside the drawing."""


def place_for(size: Size, spared: Region, least: int) -> Region:
    """The part of the screen that a dialog may cover.

    Args:
        size: Of the screen.
        spared: The drawing that the dialog speaks of; empty where there is none.
        least: Lines that the dialog needs, with its frame: it covers the lowest lines of a drawing that leaves fewer,
            which are those under the units.
    """
    if size.width < MIN_SIZE.width or size.height < MIN_SIZE.height:
        return size.region
    half, below, beside = size.height // 2, size.height - spared.bottom, size.width - spared.right
    if below < least and MIN_BESIDE <= beside <= size.width // 2:
        return Region(spared.right, 0, beside, size.height)
    lines = min(max(below, least), half)
    return Region(0, size.height - lines, size.width, lines)
