"""What must never come out, by Unicode's own tables and not by those of the program."""

from __future__ import annotations

import unicodedata

TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
"""Classes of the characters that turn the direction of writing round."""

MARKS = "\u061c\u200e\u200f"
"""Those that do so without a class of their own."""


SEEN = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\u200c\u200d\U000110bd\U000110cd"
"""Formats that are seen, or needed to write a word."""


def harm(text: str) -> list[str]:
    """The characters of a text that could steer a terminal, turn its writing round, hide, or mean anything at all."""
    return [
        letter
        for letter in text
        if letter != "\n"
        and (
            unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp", "Co", "Cn"}
            or (unicodedata.category(letter) == "Cf" and letter not in SEEN)
            or unicodedata.bidirectional(letter) in TURNING
            or letter in MARKS
        )
    ]
