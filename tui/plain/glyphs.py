"""The characters of lines that are heard: no pictures, and words for every sign that speech leaves out or misreads.

Speech synthesisers skip a hyphen after a bracket, an equals sign or a comma, so that −0.5 is heard as 0.5; of the
other signs of formulas they say nothing, or spell a letter's number. `espeak-ng -q -x` shows what one of them says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

from model.foreign_text import shown
from model.language import N_, _
from model.steps.axes import Axis
from tui.text.glyphs import ASCII, SEVEN_BITS, UNICODE, Glyphs, Letters

ARROWS = {"→": N_("gives"), "←": N_("from")}
"""What is said for an arrow: "2 is the largest gives 1", "next day: burger from pasta"."""

_SIGNS = tuple(
    (re.compile(sign), around, words)
    for sign, around, words in (
        (r"ᵀ", " {}", N_("transposed")),
        (r"²", " {}", N_("squared")),
        (r"⁻ᶻ", " {}", N_("to the power of minus z")),
        (r"⁻ʸ", " {}", N_("to the power of minus y")),
        (r"ᶻ", " {}", N_("to the power of z")),
        (r"ʸ", " {}", N_("to the power of y")),
        (r"\be\^", "{} ", N_("e to the power of")),
        (r"(?<=[mv])\u0302", " {}", N_("hat")),
        (r"′", " {}", N_("prime")),
        (r"‖(.+?)‖", "{}", N_("the norm of {part}")),
        (r"√", "{} ", N_("the square root of")),
        (r"⊙", "{}", N_("entry by entry times")),
        (r"Σ(?=∂)", "{} ", N_("sum of")),
        (r"∂(?=\w)", "{} ", N_("gradient of")),
        (r"∂", "{}", N_("the gradient")),
        (r"\bΔ\b", "{}", N_("delta")),
        (r"\bφ\b", "{}", N_("phi")),
        (r"\bη\b", "{}", N_("eta")),
        (r"\bε\b", "{}", N_("epsilon")),
        (r"−\s*", "{} ", N_("minus")),
        (r"(?<![\w.\-/])-(?=\.?\d|inf\b)", "{} ", N_("minus")),
        (r"(?<=\d)e-0*(?=\d)", " {} ", N_("times 10 to the power of minus")),
        (r"(?<=\d)e\+0*(?=\d)", " {} ", N_("times 10 to the power of")),
    )
)
"""The signs of formulas and numbers, the blanks around what is said for each, and that; of Greek letters only those
that stand alone."""


@dataclass(frozen=True)
class SpokenGlyphs(Glyphs):
    """Glyphs without pictures: a screen reader would say "spaghetti" before every "pasta"."""

    def picture(self, axis: Axis, row: int) -> str:  # noqa: ARG002 - as that of all glyphs
        """No picture: a screen reader would read its name aloud."""
        return ""

    def text(self, formula: str) -> str:
        """Formulas and sentences as they are said."""
        for sign, around, words in _SIGNS:
            if sign.search(formula):
                said = around.format(_(words)).replace("\\", "\\\\").replace("{part}", r"\1")
                formula = sign.sub(said, formula)
        if not self.icons:  # the asterisk and the letter x of seven bits would be heard as that
            formula = re.sub(r"\s*[·×]\s*", f" {_('times')} ", formula)
        return super().text(formula)

    def line(self, text: str) -> str:
        """A line as it is written: its signs said, and nothing in it that would steer a terminal or end it early."""
        shown_text = self.text(text)
        if isinstance(text, Verbatim):
            shown_text = text if self.icons else super().text(text)
        return shown(shown_text).replace("\n", "\\n")


class Verbatim(str):
    """A line that is data, such as JSON or a command: another program reads it, so nothing in it becomes a word."""

    __slots__ = ()


def _spoken(glyphs: Glyphs, **changes: object) -> SpokenGlyphs:
    values = {field.name: getattr(glyphs, field.name) for field in fields(Glyphs)}
    return SpokenGlyphs(**{**values, "arrow": "→", "more": "...", **changes})


SPOKEN = _spoken(UNICODE, times="×", letters=Letters(str.maketrans(ARROWS)))
"""Where there is UTF-8; the cross is read as "times", the dot is not."""

SPOKEN_ASCII = _spoken(ASCII, letters=Letters(str.maketrans({**SEVEN_BITS, **ARROWS})))
"""Seven bits."""


def spoken(glyphs: Glyphs) -> SpokenGlyphs:
    """The characters of lines where these can be drawn."""
    return SPOKEN if glyphs.icons else SPOKEN_ASCII
