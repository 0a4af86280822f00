"""Fewer bytes to the terminal: only the cells that change are written, and only the attributes that differ.

Textual writes whole regions, each piece of text with its full colours. Over a slow line that is most of what a key
costs. This filter keeps a picture of what the terminal shows, applies what is to be written to it, and writes the
difference. What it does not know passes unchanged, and makes it forget the picture where that could have changed.

The difference is written style by style, not row by row: to move the cursor takes about five bytes, to change between
two colours of sixteen million up to thirty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from tui.terminal.sgr import PLAIN, Style, change, near, on_blanks, styled
from tui.terminal.widths import cells, is_doubtful

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

TOKEN_OR_SPAN = re.compile(
    r"(?P<span>\x1b\[(?P<codes>[\d;]*)m(?P<inside>[^\x00-\x1f\x7f]+)\x1b\[0?m)|" + TOKEN.pattern, re.DOTALL
)
"""The same in larger pieces: mostly a style, text, and the end of the style."""

GAP = 4
"""So many unchanged cells of the same style are written again rather than jumped over: a jump costs as much."""


Cell = tuple[str, Style] | None
"""What a cell of the terminal shows; None where nobody knows."""

Row = list[Cell]

Stretch = tuple[int, int, int]
"""Cells of a row: its number, the first cell, and the one behind the last."""


class TerminalDiff:
    """A picture of the terminal, and the filter that keeps it.

    Args:
        columns: The terminal's width.
        rows: Its height.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.resize(columns, rows)

    def resize(self, columns: int, rows: int) -> None:
        """Take a new size of the terminal, whose content is unknown then."""
        self.columns, self.rows = columns, rows
        self.forget()

    def forget(self) -> None:
        """Write everything again that is drawn from now on."""
        self._shown: dict[int, Row] = {y: [None] * self.columns for y in range(self.rows)}
        self._wanted: dict[int, Row] = {}
        self._x = self._y = 0
        self._doubtful: set[int] = set()  # rows that may hold cells of which terminals disagree how wide they are
        self._style = PLAIN
        self._at: tuple[int, int] | None = None  # where the terminal's cursor is, if that is known
        self._sent_style: Style | None = None  # the style the terminal writes with, if that is known

    def draw(self, x: int, y: int, pieces: Iterable[tuple[str, str]]) -> None:
        """Put a line into the picture that is wanted; what it changes is written with what comes next.

        Args:
            x: The cell it begins at.
            y: Its row.
            pieces: SGR codes on top of plain text, and the text that is written so, which steers nothing.
        """
        cursor = self._x, self._y
        self._x, self._y = x, y
        new: list[Cell] = []
        for codes, text in pieces:
            found, doubtful = _cells_in(codes, text)
            new += found
            if doubtful:
                self._doubtful.add(y)
        self._draw(new)
        self._x, self._y = cursor

    def reduced(self, data: str) -> str:
        """What has to be written so that the terminal shows what ``data`` would make it show."""
        out: list[str] = []
        moved = bool(self._wanted)
        run: list[Cell] = []  # what stands in one row, from the cursor on
        for token in TOKEN_OR_SPAN.finditer(data):
            kind = token.lastgroup
            if kind in {"span", "sgr", "text"}:
                run += self._cells(token)
                continue
            if run:
                moved = True
                self._draw(run)
                run = []
            if kind == "line" and "\n" in token[0] and self._y >= self.rows - 1:
                kind = "other"  # the terminal scrolls
            moved |= kind in {"row", "column", "line"}
            if kind in {"row", "column"}:
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
        if run:
            moved = True
            self._draw(run)
        out += self._difference()
        if moved:
            out += self._to(self._x, self._y)
        if self._sent_style is not None:  # whoever writes past this filter finds plain text
            out += self._in(PLAIN)
        return "".join(out)

    def _cells(self, token: re.Match[str]) -> Sequence[Cell]:
        """The cells of a style, a text, or both; notes where in the row there may be some of doubtful width."""
        if token["sgr"] is not None:
            self._style = styled(self._style, token["sgr"].replace(":", ";"))
            return ()
        if token["text"] is not None:
            found, doubtful = _cells_of(self._style, token["text"])
        else:
            found, doubtful = _cells_of(styled(self._style, token["codes"]), token["inside"])
            self._style = PLAIN
        if doubtful:
            self._doubtful.add(self._y)
        return found

    def _draw(self, new: list[Cell]) -> None:
        """Put cells into the picture that is wanted, from the cursor on; what runs over the edge is let go."""
        x, y = self._x, self._y
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
        groups: dict[Style, list[Stretch]] = {}
        doubtful = [
            y
            for y in sorted(self._doubtful & self._wanted.keys())
            if _has_doubtful(self._wanted[y]) or _has_doubtful(self._shown[y])
        ]
        for y, row in sorted(self._wanted.items()):
            if y in doubtful:
                continue
            for begin, end, style in _stretches(row, self._shown[y]):
                groups.setdefault(style, []).append((y, begin, end))
        for blank in [style for style in groups if style == on_blanks(style)]:
            host = next((style for style in groups if style != blank and on_blanks(style) == blank), None)
            if host is not None:
                groups[host] = sorted(groups[host] + groups.pop(blank))
        self._shown |= self._wanted
        self._doubtful -= self._wanted.keys() - doubtful
        self._wanted = {}
        out: list[str] = []
        nearest = self._sent_style or PLAIN
        while groups:
            nearest = min(groups, key=lambda style: len(change(nearest, style)))
            for y, begin, end in groups.pop(nearest):
                out += self._write(y, begin, end, nearest)
        for y in doubtful:
            out += self._write_whole(y)
        return out

    def _write(self, y: int, begin: int, end: int, style: Style) -> list[str]:
        """Write the cells of a row from ``begin`` up to ``end`` in a style."""
        row = self._shown[y]
        text = "".join([cell[0] for cell in row[begin:end] if cell is not None])
        if not style[2] and self._sent_style is not None and not text.strip(" "):
            style = near(self._sent_style, style)
        out = [*self._to(begin, y), *self._in(style), text]
        if end < self.columns and (behind := row[end]) is not None and behind[0] == "":
            end += 1  # behind the other half of a wide character
        self._at = None if end >= self.columns else (end, y)  # at the edge terminals differ
        return out

    def _write_whole(self, y: int) -> list[str]:
        """Write a row from its beginning to its end, so that a cell of another width than expected is wrong alone.

        Such a cell is blank before, and the cursor placed anew behind it: what it covers too much is written later.
        """
        row, out = self._shown[y], []
        for x, cell in enumerate(row):
            if cell is None or not cell[0]:
                continue
            letter, style = cell
            end = next(
                (at for at in range(x + 1, self.columns) if (behind := row[at]) is None or behind[0]), self.columns
            )
            out += self._to(x, y) + self._in(style)
            if is_doubtful(letter):
                self._at = None
                out += [" " * (end - x), *self._to(x, y)]
            out.append(letter)
            self._at = None if is_doubtful(letter) or end >= self.columns else (end, y)
        return out

    def _in(self, style: Style) -> list[str]:
        """The sequence that makes the terminal write in a style."""
        before, self._sent_style = self._sent_style, style
        if before is None:
            return ["\x1b[m", change(PLAIN, style)] if style != PLAIN else ["\x1b[m"]
        return [change(before, style)] if before != style else []

    def _to(self, x: int, y: int) -> list[str]:
        """The shortest sequence that moves the terminal's cursor."""
        before, self._at = self._at, (x, y)
        if before == (x, y):
            return []
        ways = [f"\x1b[{y + 1};{x + 1}H" if x or y else "\x1b[H"]
        if before is not None:
            right, down = x - before[0], y - before[1]
            up_or_down = _by(down, "B", "A")
            ways.append(up_or_down + _by(right, "C", "D"))
            ways += [up_or_down + "\b" * -right] if right < 0 else []
            ways += [up_or_down + "\r"] if x == 0 else []
        return [min(ways, key=len)]


def _by(steps: int, forth: str, back: str) -> str:
    """The sequence that moves the cursor by so many cells, forth or back."""
    if steps == 0:
        return ""
    return f"\x1b[{abs(steps) if abs(steps) > 1 else ''}{forth if steps > 0 else back}"


@lru_cache(maxsize=4096)
def _cells_in(codes: str, text: str) -> tuple[tuple[Cell, ...], bool]:
    """The same for text in a style that is given by its codes."""
    return _cells_of(styled(PLAIN, codes) if codes else PLAIN, text)


@lru_cache(maxsize=4096)
def _cells_of(style: Style, text: str) -> tuple[tuple[Cell, ...], bool]:
    """Text in a style as cells, and whether terminals disagree how wide one of them is."""
    blank = on_blanks(style)
    found = tuple([(cell, blank if cell == " " else style) for cell in cells(text)])
    return found, not text.isascii() and _has_doubtful(found)


def _has_doubtful(row: Sequence[Cell]) -> bool:
    return any(cell is not None and is_doubtful(cell[0]) for cell in row)


def _stretches(row: Row, shown: Row) -> Iterator[tuple[int, int, Style]]:
    """Stretches of cells to write in one style, over gaps that are not worth a jump.

    Args:
        row: What the row shall show.
        shown: What it shows.

    Yields:
        Where the stretch begins, where it ends, and its style. Blanks belong to any style that looks so on them.
    """
    begin = end = -1
    style = PLAIN
    changed = [x for x, (new, old) in enumerate(zip(row, shown, strict=True)) if new is not old and new != old]
    for x in changed:
        new = row[x]
        if new is None:
            continue
        if begin >= 0:
            common = _common(style, row[end : x + 1]) if x - end <= GAP else None
            if common is not None:
                end, style = x + 1, common
                continue
            yield begin, end, style
        begin, end, style = x, x + 1, new[1]
    if begin >= 0:
        yield begin, end, style


def _common(style: Style, more: Row) -> Style | None:
    """The style in which a stretch can go on over more cells; None where there is none."""
    for cell in more:
        if cell is None:
            return None
        letter, other = cell
        if other == style or (letter == " " and other == on_blanks(style)):
            continue
        if style != on_blanks(style) or on_blanks(other) != style:
            return None
        style = other  # so far there were only blanks
    return style
