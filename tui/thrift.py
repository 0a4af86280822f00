"""Fewer bytes to the terminal: only the cells that change are written, and only the attributes that differ.

Textual writes whole regions, each piece of text with its full colours. Over a slow line that is most of what a key
costs. This filter keeps a picture of what the terminal shows, applies what is to be written to it, and writes the
difference. What it does not know passes unchanged, and makes it forget the picture where that could have changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import cell_len

TOKEN = re.compile(
    r"\x1b\[(?P<sgr>[\d;:]*)m"
    r"|\x1b\[(?P<row>\d*)(?:;(?P<column>\d*))?H"
    r"|(?P<line>\r\n|\r|\n)"
    r"|(?P<harmless>\x1b\[\?(?!1049|47|1047)[\d;]*[hl]|\x1b\[[<>=?][\d;]*u|\x1b\[\d*[cnt]|\x1b\[\?[\d;]*\$p|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\))"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
    r"|(?P<other>\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)?|[\x00-\x1f\x7f])",
    re.DOTALL,
)
"""Everything that is written, piece by piece; "harmless" are modes, questions and titles, which draw nothing."""

OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}
"""What turns an attribute off; bold and dim go together."""

SEEN_ON_BLANKS = {"4", "7", "9"}
"""Underlined, reversed or struck out, a blank shows its colour."""

GAP = 4
"""So many unchanged cells are written again rather than jumped over: a jump costs as much."""

Style = tuple[str, str, frozenset[str]]
"""Foreground, background and attributes, as the terminal is told them."""

PLAIN: Style = ("", "", frozenset())


@lru_cache(maxsize=4096)
def styled(before: Style, codes: str) -> Style:
    """A style after a sequence of SGR codes (ECMA-48, 8.3.117)."""
    foreground, background, attributes = before
    parts = iter(codes.split(";"))
    for code in parts:
        if code in {"", "0"}:
            foreground, background, attributes = PLAIN
        elif code in {"38", "48"}:
            kind = next(parts, "")
            count = {"5": 1, "2": 3}.get(kind, 0)
            colour = ";".join([code, kind, *(next(parts, "") for _ in range(count))])
            if code == "38":
                foreground = colour
            else:
                background = colour
        elif code in OFF:
            attributes |= {code}
        elif code in OFF.values():
            attributes -= {attribute for attribute, off in OFF.items() if off == code}
        elif code == "39":
            foreground = ""
        elif code == "49":
            background = ""
        elif code[:1] in {"3", "9"}:
            foreground = code
        else:
            background = code
    return foreground, background, attributes


@lru_cache(maxsize=4096)
def change(before: Style, after: Style) -> str:
    """The shortest way we know from one style to another."""
    codes = []
    gone = before[2] - after[2]
    if gone:
        codes += sorted({OFF[attribute] for attribute in gone})
        kept = after[2] & {attribute for attribute in OFF if OFF[attribute] in codes}  # bold off is dim off, too
        codes += sorted((after[2] - before[2]) | kept)
    else:
        codes += sorted(after[2] - before[2])
    if before[0] != after[0]:
        codes.append(after[0] or "39")
    if before[1] != after[1]:
        codes.append(after[1] or "49")
    if after == PLAIN:
        return "\x1b[m"
    told = f"\x1b[{';'.join(codes)}m"
    anew = f"\x1b[0;{';'.join([*sorted(after[2]), *filter(None, after[:2])])}m"
    return min(told, anew, key=len)


def cells(text: str) -> Iterator[str]:
    """The text cell by cell: a wide character is followed by an empty one, a combining one joins its base."""
    if text.isascii():
        yield from text
        return
    held = ""
    for letter in text:
        width = cell_len(letter)
        if width == 0:
            held += letter
            continue
        if held:
            yield held
        if held and cell_len(held[0]) == 2:
            yield ""
        held = letter
    if held:
        yield held
        if cell_len(held[0]) == 2:
            yield ""


Cell = tuple[str, Style] | None
"""What a cell of the terminal shows; None where nobody knows."""


class Thrift:
    """A picture of the terminal, and the filter that keeps it.

    Args:
        columns: The terminal's width.
        rows: Its height.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.resize(columns, rows)

    def resize(self, columns: int, rows: int) -> None:
        """The terminal has another size: nobody knows what it shows now."""
        self.columns, self.rows = columns, rows
        self.forget()

    def forget(self) -> None:
        """Write everything again that is drawn from now on."""
        self._shown: list[list[Cell]] = [[None] * self.columns for _ in range(self.rows)]
        self._wanted: dict[int, list[Cell]] = {}
        self._x = self._y = 0
        self._style = PLAIN
        self._at: tuple[int, int] | None = None  # where the terminal's cursor is, if that is known
        self._told: Style | None = None  # the style the terminal writes with, if that is known

    def reduced(self, data: str) -> str:
        """What has to be written so that the terminal shows what ``data`` would make it show."""
        out: list[str] = []
        moved = False
        for token in TOKEN.finditer(data):
            kind = token.lastgroup
            if kind == "line" and "\n" in token[0] and self._y >= self.rows - 1:
                kind = "other"  # the terminal scrolls
            moved |= kind in {"text", "row", "column", "line"}
            if kind == "text":
                self._draw(token[0])
            elif kind == "sgr":
                self._style = styled(self._style, token["sgr"].replace(":", ";"))
            elif kind in {"row", "column"}:
                self._y, self._x = int(token["row"] or 1) - 1, int(token["column"] or 1) - 1
            elif kind == "line":
                self._x = 0 if "\r" in token[0] else self._x
                self._y += "\n" in token[0]
            else:
                out += self._difference()
                if kind == "other":  # it may depend on the cursor and on the colours
                    out += self._to(self._x, self._y) if moved else []
                    out += self._in(self._style)
                out.append(token[0])
                if kind == "other":
                    x, y, style = 0 if "\r" in token[0] else self._x, self._y, self._style
                    self.forget()
                    self._x, self._y, self._style = x, y, style
        out += self._difference()
        if moved:
            out += self._to(self._x, self._y)
        if self._told is not None:  # whoever writes past this filter finds plain text
            out += self._in(PLAIN)
        return "".join(out)

    def _draw(self, text: str) -> None:
        """Put text into the picture that is wanted; what runs over the edge is let go."""
        x, y = self._x, self._y
        style, blank = self._style, _blank(self._style)
        new: list[Cell] = [(cell, blank if cell == " " else style) for cell in cells(text)]
        self._x = x + len(new)
        if not 0 <= y < self.rows or x >= self.columns:
            return
        new = new[: self.columns - x]
        row = self._wanted.get(y) or self._shown[y]
        if row[x : x + len(new)] == new:
            return
        row = self._wanted.setdefault(y, self._shown[y].copy())
        # Half a wide character that is written over leaves a cell of which nobody knows what it shows.
        if x and (before := row[x]) is not None and before[0] == "":
            row[x - 1] = None
        end = x + len(new)
        if end < self.columns and (behind := row[end]) is not None and behind[0] == "":
            row[end] = None
        row[x:end] = new

    def _difference(self) -> list[str]:
        """What turns the picture that is shown into the one that is wanted."""
        out: list[str] = []
        for y, row in sorted(self._wanted.items()):
            shown = self._shown[y]
            for begin, end in _runs(row, shown):
                out += self._write(row, begin, end, y)
            self._shown[y] = row
        self._wanted = {}
        return out

    def _write(self, row: list[Cell], begin: int, end: int, y: int) -> list[str]:
        """Write the cells of a row from ``begin`` up to ``end``."""
        while begin and (first := row[begin]) is not None and first[0] == "":
            begin -= 1
        out = self._to(begin, y)
        for cell in row[begin:end]:
            assert cell is not None
            letter, style = cell
            if letter == " " and not style[2] and self._told is not None:
                style = _on_blank(self._told, style)
            out += self._in(style) if letter else []
            out.append(letter)
        if end < self.columns and (behind := row[end]) is not None and behind[0] == "":
            end += 1  # behind the other half of a wide character
        self._at = None if end >= self.columns else (end, y)  # at the edge terminals differ
        return out

    def _in(self, style: Style) -> list[str]:
        """Have the terminal write in a style."""
        before, self._told = self._told, style
        if before is None:
            return ["\x1b[m", change(PLAIN, style)] if style != PLAIN else ["\x1b[m"]
        return [change(before, style)] if before != style else []

    def _to(self, x: int, y: int) -> list[str]:
        """Move the terminal's cursor, the shortest way."""
        if self._at == (x, y):
            return []
        before, self._at = self._at, (x, y)
        if before is not None and before[1] == y and x > before[0]:
            return [f"\x1b[{x - before[0]}C"]
        return [f"\x1b[{y + 1};{x + 1}H"]


def _blank(style: Style) -> Style:
    """What of a style is seen on a blank: its background, unless it is underlined, reversed or struck out."""
    return style if style[2] & SEEN_ON_BLANKS else ("", style[1], frozenset())


def _on_blank(told: Style, blank: Style) -> Style:
    """The style to write a blank with that needs the least change from the one before."""
    return blank if told[2] & SEEN_ON_BLANKS else (told[0], blank[1], told[2])


def _alike(before: Cell, cell: Cell) -> bool:
    """Whether a cell can be written after another without a change of style."""
    if before is None or cell is None:
        return False
    return cell[1] == before[1] or (cell[0] == " " and cell[1] == _blank(before[1]))


def _runs(row: list[Cell], shown: list[Cell]) -> Iterator[tuple[int, int]]:
    """Stretches of cells to write, over gaps that are not worth a jump."""
    begin = end = -1
    for x, (new, old) in enumerate(zip(row, shown, strict=True)):
        if new is None or new == old:
            continue
        if end >= 0:
            if x - end > GAP or not all(_alike(row[end - 1], cell) for cell in row[end:x]):
                yield begin, end
                begin = x
        else:
            begin = x
        end = x + 1
    if end >= 0:
        yield begin, end
