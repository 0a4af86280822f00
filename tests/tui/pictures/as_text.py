"""The screen as text that is read in a diff: what is written, the style of each cell, and what the marks mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from unicodedata import lookup

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from textual.app import App
from textual.strip import Strip
from textual.theme import Theme

from tests.tui.screen import strips
from tui.app.themes import DARK

LETTERS = {
    "yesterday": "y", "food": "f", "weather": "w", "hidden": "h", "today": "t", "plus": "p", "minus": "m",
    "merge": "g",
    "right": "r", "wrong": "x", "foreground": "n", "muted": "u", "faint": "q", "frame": "e", "accent": "a",
    "footer-key-foreground": "k", "primary": "c", "error": "z",
}  # fmt: skip
"""What is written: small letters, capitals where it is bold, letters in circles on the lit row."""

GROUNDS = {"background": " ", "panel": "░", "surface": "▒", "lit": "▓"}
"""What is blank. Letters on the first three have the same marks: the blanks around them tell them apart."""

OTHERS = "123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫"
"""Styles that are rare, in the order in which they appear."""

OF_A_THEME = (
    "foreground", "background", "surface", "panel", "primary", "secondary", "accent", "success", "warning", "error",
)  # fmt: skip
NAMES = (*DARK, "footer-key-foreground", "scrollbar", *OF_A_THEME)
COLOURS = {
    name: f"#{30 + 8 * number:02x}{220 - 7 * number:02x}{90 + 4 * number:02x}" for number, name in enumerate(NAMES)
}
MEANINGS = Theme(
    name="meanings",
    variables={name: COLOURS[name] for name in NAMES if name not in OF_A_THEME},
    **{name: COLOURS[name] for name in OF_A_THEME},  # type: ignore[arg-type]
)
"""A theme in which no two meanings share a colour: a cell tells what it means."""


def _known() -> Iterator[tuple[str, str]]:
    for name, letter in LETTERS.items():
        yield name, letter
        yield f"{name} bold", letter.upper()
        yield f"{name} on lit", lookup(f"CIRCLED LATIN SMALL LETTER {letter}")
        yield f"{name} bold on lit", lookup(f"CIRCLED LATIN CAPITAL LETTER {letter}")
    for name, mark in GROUNDS.items():
        yield f"blank {name}", mark


KNOWN = dict(_known())


class _Marks:
    """The marks of one picture."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        """Know colours by name, those of meanings before the shades that Textual derives from them."""
        self._names = {colour.lower(): name for name, colour in variables.items()}
        self._names |= {variables[name].lower(): name for name in reversed(NAMES)}
        self._marks: dict[str, str] = {}

    def line(self, strip: Strip) -> str:
        """The mark of each cell of a line."""
        return "".join(
            self._mark(style or Style(), blank=character == " ") * cell_len(character)
            for text, style, _control in strip
            for character in text
        )

    def legend(self) -> list[str]:
        """What each mark means."""
        return sorted(f"{mark} {style}" for style, mark in self._marks.items() if mark != " ")

    def _mark(self, style: Style, *, blank: bool) -> str:
        known = self._known_style(style, blank=blank)
        if known not in self._marks:
            rare = sum(mark in OTHERS for mark in self._marks.values())
            self._marks[known] = KNOWN.get(known) or OTHERS[rare]
        return self._marks[known]

    def _known_style(self, style: Style, *, blank: bool) -> str:
        """A style in words."""
        ground = self._name(style.bgcolor, "background")
        seen = [name for name in ("dim", "italic", "underline", "strike", "reverse") if getattr(style, name)]
        if blank and not {"underline", "strike", "reverse"}.intersection(seen):
            return f"blank {ground}"
        words = [self._name(style.color, "foreground"), *["bold"] * bool(style.bold), *seen]
        return " ".join(words if ground in ("background", "panel", "surface") else [*words, "on", ground])

    def _name(self, color: Color | None, otherwise: str) -> str:
        if color is None or color.triplet is None:
            return otherwise
        return self._names.get(color.triplet.hex, color.triplet.hex)


def as_text(app: App[None]) -> str:
    """The screen of an app that shows the theme of meanings."""
    lines, marks = strips(app), _Marks(app.theme_variables)
    written = [line.text.rstrip() for line in lines]
    styles = [marks.line(line).rstrip() for line in lines]
    return "\n".join([*written, "", *styles, "", *marks.legend(), ""])
