"""Which characters may be used: pictures and box lines where the terminal has them, plain ones elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from model.foreign_text import seven_bits
from model.language import N_, _
from model.steps.axes import Axis

if TYPE_CHECKING:
    from model.steps.step import Operand


def beginning(text: str, cells: int) -> str:
    """As much of a text as has room in so many cells; of a wide letter that has no room, a blank."""
    return text if cell_len(text) <= cells else set_cell_size(text, max(cells, 0))


class Letters(dict[int, str]):
    """What stands for the letters and signs of formulas, with its words in the language in use."""

    def __getitem__(self, letter: int) -> str:
        drawn = super().__getitem__(letter)
        word = drawn.strip()
        return drawn.replace(word, _(word)) if len(word) > 1 and word.isalpha() else drawn


@dataclass(frozen=True)
class Glyphs:
    """The characters that drawings are made of; every drawing takes them from here."""

    icons: bool
    """Whether pictures of dishes and weathers are drawn."""
    corners: tuple[str, str, str, str]
    """Top left, top right, bottom left, bottom right of a bracket."""
    horizontal: str
    vertical: str
    heavy_corners: tuple[str, str, str, str]
    """The corners of highlighted brackets."""
    heavy_vertical: str
    heavy_horizontal: str
    divide_left: str
    """Where the line between two blocks meets the left bracket."""
    divide_right: str
    join_up: str
    """End of the upper branch of the map."""
    join: str
    """Where the branches of the map meet."""
    join_down: str
    """End of the lower branch of the map."""
    times: str
    arrow: str
    more: str
    """Stands for what there is no room for."""
    unknown: str
    to_come: str
    middle_dot: str
    right: str
    wrong: str
    differs: str
    """Stands beside what is another thing, and need not be wrong."""
    arrows: dict[int, str] = field(repr=False, compare=False)
    """What becomes of arrows in the names of keys."""
    letters: dict[int, str] = field(repr=False, compare=False)
    """What becomes of the letters and signs of formulas."""
    braille: bool
    """Whether lines may be drawn in braille dots."""
    bar: str
    """Parts of a bar's last cell, from the smallest to a whole one."""
    heights: str
    """Bars that stand in a cell, from the lowest to a whole one."""
    dashed: str
    """A line that is not whole."""
    lines: str
    """A line through a cell by the sides at which it leaves: the sum of 1 up, 2 right, 4 down, 8 left."""
    heads: str
    """The heads of arrows that point up, right, down, left."""
    node: str
    """A node that has something in it."""
    empty_node: str
    """A node that is 0."""
    square: str = "■"
    """A part of a bar that leaves its neighbours above and below alone."""
    names: bool = False
    """Whether letters are written as they are even where drawings are of seven bits."""

    def text(self, formula: str) -> str:
        """Formulas and sentences with only the characters that may be drawn."""
        drawn = formula.replace("·", self.times).translate(self.letters)
        return drawn if self.icons or self.names else seven_bits(drawn)

    def named(self, axis: Axis) -> Axis:
        """Rows by names in the characters that may be drawn."""
        return axis if self.icons or self.names else axis.in_ascii

    def describe(self, operand: Operand, entry: int) -> str:
        """An entry in words, in the characters that may be drawn."""
        columns = operand.columns and self.named(operand.columns)
        return self.text(replace(operand, rows=self.named(operand.rows), columns=columns).describe(entry))

    def labelled(self, axis: Axis, row: int) -> str:
        """A row's picture and name."""
        picture, name = self.picture(axis, row), self.named(axis).labels[row]
        return f"{picture} {name}" if picture else name

    def picture(self, axis: Axis, row: int) -> str:
        """A row's picture, or nothing where there is none or it may not be drawn."""
        return axis.icons[row] if self.icons and axis.icons else ""

    def short(self, axis: Axis, row: int, width: int) -> str:
        """A row's picture, or as much of its name as fits."""
        picture = self.picture(axis, row)
        return picture if picture and cell_len(picture) <= width else beginning(self.named(axis).labels[row], width)


UNICODE = Glyphs(
    icons=True,
    corners=("┌", "┐", "└", "┘"),
    horizontal="─",
    vertical="│",
    heavy_corners=("┏", "┓", "┗", "┛"),
    heavy_vertical="┃",
    heavy_horizontal="━",
    divide_left="├",
    divide_right="┤",
    join_up="╮",
    join="├",
    join_down="╯",
    times="·",
    arrow="▸",
    more="…",
    unknown="?",
    to_come="·",
    middle_dot="·",
    right="✓",
    wrong="✗",
    differs="≠",
    arrows={},
    letters=str.maketrans({"→": "▸"}),
    braille=True,
    bar="▏▎▍▌▋▊▉█",
    heights="▁▂▃▄▅▆▇█",
    dashed="╌",
    lines=" ╵╶╰╷│╭├╴╯─┴╮┤┬┼",
    heads="▴▸▾◂",
    node="●",
    empty_node="○",
)
"""A UTF-8 terminal."""

SEVEN_BITS = {
    **{"→": ">", "←": "<-", "−": "-", "–": "-", "—": "-", "·": "*", "×": "x", "≤": "<=", "‖": "|", "√": "sqrt "},
    **{"∂": "d", "Σ": N_("sum") + " ", "Δ": N_("step"), "⊙": "o", "φ": "f", "η": N_("rate"), "ε": "eps"},
    **{"ᵀ": "'", "′": "'", "²": "^2", "⁻": "-", "ᶻ": "^z", "ʸ": "^y", "\u0302": ""},
}
"""What stands for the signs of formulas where only seven bits can be shown."""

ASCII = Glyphs(
    icons=False,
    corners=("/", "\\", "\\", "/"),
    horizontal="-",
    vertical="|",
    heavy_corners=("#", "#", "#", "#"),
    heavy_vertical="#",
    heavy_horizontal="#",
    divide_left="|",
    divide_right="|",
    join_up="\\",
    join="+",
    join_down="/",
    times="*",
    arrow=">",
    more="~",
    unknown="?",
    to_come=".",
    middle_dot="-",
    right="+",
    wrong="x",
    differs="#",
    arrows=str.maketrans({"→": ">", "←": "<", "↓": "v", "↑": "^"}),
    letters=Letters(str.maketrans(SEVEN_BITS)),
    braille=False,
    bar="#",
    heights="_.:-=+*#",
    dashed="-",
    lines=" |-\\||/+-/-+\\+++",
    heads="^>v<",
    node="@",
    empty_node="o",
    square="#",
)
"""Seven bits: the Linux console, serial lines, other locales."""


NAMED = replace(ASCII, names=True)
"""Drawings of seven bits with names as they are: pipes, and consoles of which the letters are not known."""


def for_output(environ: Mapping[str, str], encoding: str, *, terminal: bool) -> Glyphs:
    """The glyphs for what a command prints, of whose names nothing may be lost where the encoding has them.

    Args:
        environ: The environment.
        encoding: The encoding of standard output.
        terminal: Whether that is a terminal.
    """
    if "utf" not in encoding.casefold():
        return ASCII
    return UNICODE if terminal and for_terminal(environ, encoding).icons else NAMED


def for_terminal(environ: Mapping[str, str], encoding: str) -> Glyphs:
    """The glyphs that a terminal can show, by its encoding and TERM.

    Args:
        environ: The environment.
        encoding: The encoding of standard output.
    """
    if "utf" not in encoding.casefold() or re.fullmatch(r"linux|dumb|vt\d+.*", environ.get("TERM", "")):
        return ASCII
    return UNICODE
