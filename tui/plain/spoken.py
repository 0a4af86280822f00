"""The characters of lines that are heard: no pictures, and words for the arrows."""

from __future__ import annotations

from dataclasses import dataclass, fields

from model.shown import shown
from model.step import Axis
from tui.rendering.glyphs import ASCII, SEVEN_BITS, UNICODE, Glyphs

ARROWS = {"→": "gives", "←": "from"}
"""What is said for an arrow: "2 is the largest gives 1", "next day: burger from pasta"."""


@dataclass(frozen=True)
class Spoken(Glyphs):
    """Glyphs without pictures: a screen reader would say "spaghetti" before every "pasta"."""

    def picture(self, axis: Axis, row: int) -> str:  # noqa: ARG002 - as that of all glyphs
        """Nothing."""
        return ""

    def line(self, text: str) -> str:
        """A line as it is written: its signs said, and nothing in it that would steer a terminal or end it early."""
        return shown(self.text(text)).replace("\n", "\\n")


def _spoken(glyphs: Glyphs, **changes: object) -> Spoken:
    values = {field.name: getattr(glyphs, field.name) for field in fields(Glyphs)}
    return Spoken(**{**values, "arrow": "gives", "more": "...", **changes})


SPOKEN = _spoken(UNICODE, times="×", letters=str.maketrans(ARROWS))
"""Where there is UTF-8; the cross is read as "times", the dot is not."""

SPOKEN_ASCII = _spoken(ASCII, letters=str.maketrans({**SEVEN_BITS, **ARROWS}))
"""Seven bits."""


def spoken(glyphs: Glyphs) -> Spoken:
    """The characters of lines where these can be drawn."""
    return SPOKEN if glyphs.icons else SPOKEN_ASCII
