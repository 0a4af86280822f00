"""Keys and what they do in one line, as many as fit; it loads neither commands nor numpy, for the opening."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content

from tui.rendering.block import Part, line


def keys_in_line(pairs: Sequence[tuple[str, str]], width: int) -> tuple[Content, list[int]]:
    """Keys and what they do, as many as fit, and the column behind the last character of each.

    Args:
        pairs: What people call each key, and what it does.
        width: The cells there are.
    """
    parts: list[Part] = []
    ends: list[int] = []
    used = 0
    for key, label in pairs:
        size = cell_len(key) + cell_len(label) + 3
        if used + size - 1 > width:
            break
        parts += [" ", (key, "$footer-key-foreground bold"), f" {label} "]
        used += size
        ends.append(used)
    return line(*parts), ends
