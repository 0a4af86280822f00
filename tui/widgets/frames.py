"""What a frame says at its top: a name at the left, and a few words in its right corner."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.rendering.block import line
from tui.text.glyphs import Glyphs

BESIDE_CORNERS, WITHOUT_CORNERS = 6, 2
"""Cells of a frame's upper edge that its text cannot have, with sides and without."""

PARTS = 4
"""Of so many parts of an edge the corner has one, but for the shortest words that there are for it."""


def with_corner(name: Content, corners: Sequence[str], room: int, glyphs: Glyphs) -> Content:
    """A frame's name, its edge, and words in its right corner; the name gives way where there is little room.

    Args:
        name: What stands at the left.
        corners: What may stand at the right, the longest first; the last of them stands there in any case.
        room: The cells there are.
        glyphs: Characters to draw with.
    """
    fitting = (text for text in corners if PARTS * cell_len(text) <= room)  # whatever the name, so that nothing moves
    corner = next(fitting, corners[-1] if corners else "")
    size = cell_len(corner)
    if not corner or size + 2 >= room:
        return name
    name = name.truncate(max(room - size - 3, 0), ellipsis=True)
    run = max(room - name.cell_length - size - 2, 0)
    return line(name, (f" {glyphs.lines[10] * run} ", "$frame"), (corner, "$muted"))


def room_above(frame: Widget) -> int:
    """The cells for text in the upper edge of a frame, as it was laid out last; before that it is as wide as all."""
    sides = bool(frame.styles.border_left[0])
    return (frame.outer_size.width or frame.app.size.width) - (BESIDE_CORNERS if sides else WITHOUT_CORNERS)
