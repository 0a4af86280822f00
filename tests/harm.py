"""What must never come out, by Unicode's own tables and not by those of the program."""

from __future__ import annotations

import unicodedata

TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""Classes of the characters that turn the direction of writing round."""

MARKS = "\u061c\u200e\u200f"
"""Those that do so without a class of their own."""


def harm(text: str) -> list[str]:
    """The characters of a text that could steer a terminal, turn its writing round or break its encoding."""
    return [
        letter
        for letter in text
        if letter != "\n"
        and (
            unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"}
            or unicodedata.bidirectional(letter) in TURNING
            or letter in MARKS
        )
    ]
